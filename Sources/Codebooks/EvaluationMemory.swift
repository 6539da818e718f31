// What an evaluation found, for the one after the next key: what hangs on no answer that has changed is not worked out again.

/// The answers of rules, and what is asked, with what they were found from.
package struct EvaluationMemory: Sendable {
  struct RuleKey: Hashable, Sendable {
    var rule: Int
    var examination: Int
    var against: ComparedWith
    var place: Int?
  }

  struct AskedKey: Hashable, Sendable {
    var question: Int
    var examination: Int
    var place: Int?
  }

  /// Whether something is asked; nil where that cannot be told yet.
  struct Asked: Sendable {
    var isAsked: Bool?
  }

  fileprivate(set) var record: CaseRecord
  let dependencies: Dependencies
  var answers: [RuleKey: RuleAnswer] = [:]
  var asked: [AskedKey: Asked] = [:]
  /// Of checks, by their place in the list and the examination.
  var warnings: [[Int]: Bool] = [:]

  init(_ scheme: Scheme, _ record: CaseRecord) {
    (self.record, dependencies) = (record, Dependencies(scheme))
  }

  /// The same for another state of the answers, without what that may have changed.
  func moved(to next: CaseRecord) -> EvaluationMemory? {
    guard next.examinations == record.examinations, next.withheld == record.withheld else { return nil }
    var changed = Set(next.answers.filter { record.answers[$0.key] != $0.value }.map(\.key.question))
    changed.formUnion(record.answers.keys.filter { next.answers[$0] == nil }.map(\.question))
    var moved = self
    moved.record = next
    guard !changed.isEmpty else { return moved }
    moved.answers = answers.filter { dependencies.ofRules[$0.key.rule].isDisjoint(with: changed) }
    moved.asked = asked.filter { dependencies.ofQuestions[$0.key.question].isDisjoint(with: changed) }
    moved.warnings = warnings.filter { dependencies.ofChecks[$0.key[0]].isDisjoint(with: changed) }
    return moved
  }
}

/// On which questions rules, questions and checks hang, however far off.
struct Dependencies: Sendable {
  private(set) var ofRules: [Set<Int>] = []
  /// Of whether a question is asked, itself not among them.
  private(set) var ofQuestions: [Set<Int>] = []
  private(set) var ofChecks: [Set<Int>] = []

  init(_ scheme: Scheme) {
    var search = Search(scheme: scheme)
    ofRules = scheme.rules.indices.map { search.of(.rule($0)) }
    ofQuestions = scheme.questions.indices.map { search.of(.question($0)) }
    ofChecks = scheme.checks.map { search.of($0.when) }
  }

  private struct Search {
    let scheme: Scheme
    private var known: [Scheme.Name: Set<Int>] = [:]

    init(scheme: Scheme) { self.scheme = scheme }

    mutating func of(_ name: Scheme.Name) -> Set<Int> {
      if let found = known[name] { return found }
      // A checked codebook has no cycles; what asks for itself adds nothing.
      known[name] = []
      var found: Set<Int> = []
      switch name {
      case .question(let index):
        let own = scheme.questions[index]
        if let when = own.when { found.formUnion(of(when)) }
        found.formUnion(of(own.family))
        for other in [own.now, own.atBaseline].compactMap({ $0 }) {
          found.insert(other)
          if let when = scheme.questions[other].when { found.formUnion(of(when)) }
          found.formUnion(of(scheme.questions[other].family))
        }
      case .condition(let index):
        for part in scheme.conditions[index].parts { found.formUnion(of(part.when)) }
      case .rule(let index): found = of(scheme.rules[index])
      }
      known[name] = found
      return found
    }

    private mutating func of(_ rule: BoundRule) -> Set<Int> {
      var found = of(rule.family)
      switch rule.form {
      case .firstOf(let rows):
        for row in rows {
          if let when = row.when { found.formUnion(of(when)) }
          if let when = row.called?.when { found.formUnion(of(when)) }
          for condition in row.tells + row.but { found.formUnion(of(.condition(condition))) }
          if case .take(let item) = row.result { found.formUnion(of(item: item)) }
        }
      case .fold(_, let items): for item in items { found.formUnion(of(item: item)) }
      case .count(let condition, let family):
        found.formUnion(of(condition))
        found.formUnion(of(family))
      case .change(_, let item, _): found.formUnion(of(item: item))
      case .pointsByPlace: break
      }
      return found
    }

    private mutating func of(item: BoundRule.Item) -> Set<Int> {
      switch item {
      case .question(let index): of(.question(index)).union([index])
      case .rule(let index): of(.rule(index))
      }
    }

    private mutating func of(_ family: Family?) -> Set<Int> {
      guard case .named(let question)? = family else { return [] }
      return of(.question(question)).union([question])
    }

    mutating func of(_ condition: Condition) -> Set<Int> {
      switch condition {
      case .term(let term):
        switch term.subject {
        case .question(let index): return of(.question(index)).union([index])
        case .rule(let index): return of(.rule(index))
        case .series, .months: return []
        }
      case .change(let index, _, _): return of(.question(index)).union([index])
      case .named(let index): return of(.condition(index))
      case .not(let inner): return of(inner)
      case .all(let parts), .any(let parts):
        var found: Set<Int> = []
        for part in parts { found.formUnion(of(part)) }
        return found
      case .somewhere(let family, let inner), .everywhere(let family, let inner):
        return of(inner).union(of(family))
      }
    }
  }
}
