// A codebook whose names are bound: what can be graded, evaluated and described.

package struct SchemeFault: Hashable, Sendable {
  package var spot: Spot
  package var message: String
  /// Nothing is wrong with the file, but something could not be checked.
  package var isWarning = false

  package init(_ spot: Spot, _ message: String, isWarning: Bool = false) {
    (self.spot, self.message, self.isWarning) = (spot, message, isWarning)
  }
}

/// A finding or given fact.
package struct Question: Sendable {
  package var written: WrittenFinding
  /// What it is answered for; nil where there is one answer an examination.
  package var family: Family?
  /// Every place of the family is asked for.
  package var asksEveryPlace: Bool
  /// False: not asked.
  package var when: Condition?
  package var at: WrittenFinding.At
  /// Of the follow-up finding for which this one answers at the baseline.
  package var now: Int?
  /// The finding that answers for this one at the baseline.
  package var atBaseline: Int?
  /// Places that may be named; empty but for a scale of places.
  package var places: [Int] = []
  /// Stands for each answer that conditions and rules tell apart; nil where there are too many.
  var classes: [Answer]?
  /// The same of a finding as a whole that is graded at some places only.
  var wholeClasses: [Answer]?

  package var id: String { written.id.text }
  package var scale: AnswerScale { written.scale }
  package var levels: [ScaleLevel] { written.scale.levels }

  func isAsked(at examination: Int) -> Bool {
    switch at {
    case .baseline: examination == 0
    case .followUp: examination > 0
    case .every: true
    }
  }
}

package struct BoundCondition: Sendable {
  package struct Part: Sendable {
    package var when: Condition
    package var says: String?
  }
  package var id: String
  package var parts: [Part]
  package var spot: Spot
  var condition: Condition { .any(parts.map(\.when)) }
}

package struct BoundRule: Sendable {
  enum Item: Hashable, Sendable {
    case question(Int)
    case rule(Int)
  }
  enum Result: Sendable {
    case level(Int)
    case value(Exact)
    case take(Item)
  }
  /// A name beside the level that a row gives.
  package struct Called: Sendable {
    package var id: String
    package var title: String
    package var definition: String?
    var when: Condition
  }
  struct Row: Sendable {
    var result: Result
    var when: Condition?
    var tells: [Int]
    var but: [Int]
    var says: String?
    var called: Called?
  }
  enum Form: Sendable {
    case firstOf([Row])
    case fold(WrittenRule.Fold, [Item])
    /// At how many places of the family it holds.
    case count(Condition, Family?)
    case change(WrittenRule.Change, Item, against: WrittenRule.Against)
    case pointsByPlace([Int: Exact])
  }

  package var written: WrittenRule
  package var family: Family?
  package var scale: AnswerScale?
  package var at: WrittenFinding.At
  package var suggests: Int?
  var ofNone: RuleValue?
  var form: Form

  package var id: String { written.id.text }

  /// The names that its answers may have beside their level, in the order of the rows.
  package var names: [Called] {
    guard case .firstOf(let rows) = form else { return [] }
    return rows.compactMap(\.called)
  }

  /// What it computes with.
  var items: [Item] {
    switch form {
    case .firstOf(let rows): rows.compactMap { if case .take(let item) = $0.result { item } else { nil } }
    case .fold(_, let items): items
    case .change(_, let item, _): [item]
    case .count, .pointsByPlace: []
    }
  }
}

package struct BoundRemark: Sendable {
  package var id: String?
  package var title: String
  package var when: Condition
  package var at: WrittenFinding.At
}

package struct BoundCriterion: Sendable {
  package var title: String
  package var parts: [BoundRemark]
}

/// A checked codebook.
package struct Scheme: Sendable {
  enum Name: Hashable, Sendable {
    case question(Int)
    case condition(Int)
    case rule(Int)
  }

  package var file: CodebookFile
  package var body: Body
  package var questions: [Question] = []
  package var conditions: [BoundCondition] = []
  package var rules: [BoundRule] = []
  package var checks: [BoundRemark] = []
  package var criteria: [BoundCriterion] = []
  package var flags: [BoundRemark] = []
  package var atlas: [BoundRemark] = []
  /// By id, as ids are compared, and by alias.
  var names: [String: Name] = [:]

  package func question(_ name: String) -> Int? {
    if case .question(let index)? = names[name.asID] { index } else { nil }
  }

  package func rule(_ name: String) -> Int? { if case .rule(let index)? = names[name.asID] { index } else { nil } }

  package func series(_ name: String) -> Int? { file.series.firstIndex { $0.id.text.isSameID(as: name) } }

  /// The places a question can be answered for.
  /// Whether a place is one of a family's, or a segment of some patients right below one.
  func includes(_ place: Int, in family: Family) -> Bool {
    let places = places(of: family)
    return places.contains(place) || body.segments[place].map(places.contains) ?? false
  }

  package func places(of family: Family) -> [Int] {
    switch family {
    case .named(let question): questions[question].places
    case .places(let places): places
    }
  }
}
