// What rules, checks and criteria say of a case.

/// What a rule says at an examination.
package struct RuleAnswer: Sendable {
  /// Nil while it is not decided.
  package var value: RuleValue?
  /// Open questions that can still change it.
  package var missing: [OpenQuestion]
  /// False where there were too many possibilities to look through: what is missing *may* change it then.
  package var isExact: Bool
  /// Between what a number lies; nil where that is not known, or would tell what is withheld.
  package var bounds: (low: Exact, high: Exact)?
  /// What the answer is called beside its level, as *mixed*.
  package var called: [(id: String, title: String)]
  /// The sentences that led to it.
  package var reasons: [String]

  package var isWithheld: Bool { value == nil && missing.contains { $0.why == .withheld } }
}

package enum Standing: String, Hashable, Sendable {
  case met
  case notMet = "not met"
  case notStated = "not stated"
}

package final class Evaluation {
  package let scheme: Scheme
  package let record: CaseRecord
  let grounding: Grounding
  /// What was found so far; nil where nobody goes on from it.
  package private(set) var memory: EvaluationMemory?

  package init(_ scheme: Scheme, _ record: CaseRecord) {
    (self.scheme, self.record) = (scheme, record)
    grounding = Grounding(scheme, record)
  }

  /// One of several after another, as keys change a reading.
  ///
  /// - Parameter before: what was found for the state before, of the same codebook; nil for the first.
  package convenience init(_ scheme: Scheme, _ record: CaseRecord, after before: EvaluationMemory?) {
    self.init(scheme, record)
    memory = before?.moved(to: record) ?? EvaluationMemory(scheme, record)
  }

  /// Places at which a rule is told; `[nil]` for one without places, empty while they are not known.
  package func places(ofRule index: Int, at examination: Int) -> [Int?] {
    guard let family = scheme.rules[index].family else { return [nil] }
    guard case .known(let places) = grounding.places(of: family, Grounding.Context(examination: examination)) else {
      return []
    }
    return places
  }

  package func answer(
    rule index: Int, at examination: Int, against: ComparedWith = .baseline, place: Int? = nil
  ) -> RuleAnswer {
    let key = EvaluationMemory.RuleKey(rule: index, examination: examination, against: against, place: place)
    if let known = memory?.answers[key] { return known }
    let answer = found(rule: index, at: examination, against: against, place: place)
    memory?.answers[key] = answer
    return answer
  }

  private func found(rule index: Int, at examination: Int, against: ComparedWith, place: Int?) -> RuleAnswer {
    let context = Grounding.Context(examination: examination, against: against, place: place)
    let diagram = grounding.diagram
    let root = grounding.value(rule: index, context)
    let reading = diagram.whatMatters(to: root, classes: grounding.open.map { $0.classes?.count ?? 0 })
    var answer = RuleAnswer(
      value: reading.decided.flatMap(diagram.value), missing: reading.matters.map { grounding.open[$0] },
      isExact: reading.isExact, bounds: nil, called: [], reasons: [])
    if answer.value == nil, !answer.isWithheld {
      answer.bounds = diagram.bounds(root).map { ($0.low, $0.high) }
    }
    tell(&answer, scheme.rules[index], context)
    return answer
  }

  private func tell(_ answer: inout RuleAnswer, _ rule: BoundRule, _ context: Grounding.Context) {
    guard let value = answer.value, case .firstOf(let rows) = rule.form else { return }
    let truths = rows.map { row in
      row.when.map { grounding.diagram.truth(grounding.truth($0, context)) } ?? true
    }
    // Where a row before it cannot be told, the first that holds and gives the same; else one that may hold.
    let row =
      rows.indices.first { truths[$0] == true && !truths[..<$0].contains(nil) }
      ?? rows.indices.first { truths[$0] == true && gives(rows[$0], value) }
      ?? rows.indices.first { truths[$0] != false && gives(rows[$0], value) }
    guard let row = row.map({ rows[$0] }) else { return }
    // One "but" is enough for all that speaks against it.
    let against = row.but.flatMap { sentences(of: $0, context) }
    answer.reasons =
      row.tells.flatMap { sentences(of: $0, context) } + against.prefix(1).map { "but " + $0 } + against.dropFirst()
    if let says = row.says { answer.reasons.append(says) }
    if let called = row.called, grounding.diagram.truth(grounding.truth(called.when, context)) == true {
      answer.called.append((called.id, called.title))
    }
  }

  /// What a level is called that somebody gave, whatever the rule itself says: the names of the rows that give it.
  package func names(
    of level: Int, rule index: Int, at examination: Int, against: ComparedWith = .baseline
  ) -> [(id: String, title: String)] {
    guard case .firstOf(let rows) = scheme.rules[index].form else { return [] }
    let context = Grounding.Context(examination: examination, against: against)
    return rows.compactMap { row in
      guard case .level(level) = row.result, let called = row.called,
        grounding.diagram.truth(grounding.truth(called.when, context)) == true
      else { return nil }
      return (called.id, called.title)
    }
  }

  private func gives(_ row: BoundRule.Row, _ value: RuleValue) -> Bool {
    switch (row.result, value) {
    case (.level(let level), .level(let given)): level == given
    case (.value(let number), .number(let given)): number == given
    case (.take, _): true
    default: false
    }
  }

  /// The sentences of a named condition's parts that hold.
  func sentences(of index: Int, _ context: Grounding.Context) -> [String] {
    scheme.conditions[index].parts.compactMap { part in
      guard let says = part.says, grounding.diagram.truth(grounding.truth(part.when, context)) == true else {
        return nil
      }
      return says.filling { name in
        switch name {
        case "places": places(where: part.when, context).map { scheme.body.places[$0].title }.joined(separator: ", ")
        case "level": levelTitle(in: part.when, context)
        default: nil
        }
      }
    }
  }

  private func places(where condition: Condition, _ context: Grounding.Context) -> [Int] {
    for case .term(let term) in condition.leaves {
      guard case .question(let index) = term.subject, scheme.questions[index].family != nil,
        case .known(let cells) = grounding.cells(of: index, context)
      else { continue }
      return cells.filter { place in
        var here = context
        here.place = place
        return grounding.diagram.truth(grounding.truth(.term(term), here)) == true
      }
    }
    return []
  }

  private func levelTitle(in condition: Condition, _ context: Grounding.Context) -> String? {
    for leaf in condition.leaves {
      let index: Int? =
        switch leaf {
        case .term(let term): if case .question(let index) = term.subject { index } else { nil }
        case .change(let index, _, _): index
        default: nil
        }
      guard let index, case .levels(let levels)? = record.answers[grounding.key(index, context, place: context.place)]
      else { continue }
      return levels.map { scheme.questions[index].levels[$0].title }.joined(separator: " + ")
    }
    return nil
  }

  // MARK: checks

  /// The checks that warn at an examination.
  package func warnings(at examination: Int, against: ComparedWith = .baseline) -> [String] {
    let context = Grounding.Context(examination: examination, against: against)
    return scheme.checks.indices.filter { index in
      guard scheme.checks[index].at.includes(examination) else { return false }
      let key = [index, examination, against == .baseline ? 0 : 1]
      if let known = memory?.warnings[key] { return known }
      let holds = truth(scheme.checks[index].when, context) == true
      memory?.warnings[key] = holds
      return holds
    }.map { scheme.checks[$0].title }
  }

  /// Findings that are answered although every series that they are read on was not acquired, as warnings.
  package func gradedUnseen(at examination: Int) -> [String] {
    guard record.examinations.indices.contains(examination) else { return [] }
    let lacking = record.examinations[examination].lacking
    return scheme.questions.indices.compactMap { index -> String? in
      let question = scheme.questions[index]
      let series = question.written.readOn.compactMap { scheme.series($0.text) }
      guard !series.isEmpty, lacking.isSuperset(of: series), !scheme.checks(question: index, with: series) else {
        return nil
      }
      let isGraded = record.answers.contains { key, answer in
        key.question == index && key.examination == examination && answer.isAnswer
          && isAsked(index, at: examination, place: key.place) != false
      }
      guard isGraded else { return nil }
      let titles = series.map { scheme.file.series[$0].title }
      return
        "\(question.written.title) is graded, but \(titles.joined(separator: " and ")) "
        + "\(titles.count == 1 ? "was" : "were") not acquired"
    }
  }

  package func standings(of criterion: BoundCriterion, at examination: Int) -> [(title: String, standing: Standing)] {
    let context = Grounding.Context(examination: examination)
    return criterion.parts.filter { $0.at.includes(examination) }.map { part in
      (part.title, truth(part.when, context).map { $0 ? .met : .notMet } ?? .notStated)
    }
  }

  /// Flags and pages of the atlas look at the whole case.
  package func holdsOfCase(_ remark: BoundRemark) -> Bool {
    truth(remark.when, Grounding.Context(examination: 0, isWholeCase: true)) == true
  }

  /// Whether a question is asked; nil where that cannot be told yet.
  package func isAsked(_ question: Int, at examination: Int, place: Int? = nil) -> Bool? {
    guard scheme.questions[question].isAsked(at: examination) else { return false }
    guard scheme.questions[question].when != nil else { return true }
    let key = EvaluationMemory.AskedKey(question: question, examination: examination, place: place)
    if let known = memory?.asked[key] { return known.isAsked }
    let isAsked = decided(grounding.isAsked(question, place, Grounding.Context(examination: examination, place: place)))
    memory?.asked[key] = EvaluationMemory.Asked(isAsked: isAsked)
    return isAsked
  }

  private func truth(_ condition: Condition, _ context: Grounding.Context) -> Bool? {
    decided(grounding.truth(condition, context))
  }

  private func decided(_ id: Diagram.ID) -> Bool? { grounding.diagram.truth(id) }
}

extension Scheme {
  /// Whether a check of the codebook's own looks at a finding together with one of its series.
  fileprivate func checks(question: Int, with series: [Int]) -> Bool {
    checks.contains { check in
      let subjects = check.when.leaves.compactMap { leaf -> Condition.Subject? in
        if case .term(let term) = leaf { term.subject } else { nil }
      }
      return subjects.contains(.question(question)) && series.contains { subjects.contains(.series($0)) }
    }
  }
}

extension WrittenFinding.At {
  package func includes(_ examination: Int) -> Bool {
    switch self {
    case .baseline: examination == 0
    case .followUp: examination > 0
    case .every: true
    }
  }
}

extension String {
  /// The text with each `{name}` replaced; names that nothing is known of stay.
  func filling(_ value: (String) -> String?) -> String {
    var result = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result.append(contentsOf: rest[..<open])
      let name = String(rest[rest.index(after: open)..<close])
      result.append(contentsOf: (value(name) ?? "{\(name)}").unicodeScalars)
      rest = rest[rest.index(after: close)...]
    }
    result.append(contentsOf: rest)
    return String(result)
  }
}
