// Named conditions, rules and golden rows as a file says them.

package struct WrittenCondition: Codable, Hashable, Sendable {
  package struct Part: Codable, Hashable, Sendable {
    package var when: Written
    package var says: String?
    package init(when: Written, says: String?) { (self.when, self.says) = (when, says) }
  }
  package var id: Written
  package var parts: [Part]
  package init(_ id: Written, _ parts: [Part]) { (self.id, self.parts) = (id, parts) }
}

package struct WrittenRule: Codable, Sendable {
  package enum Result: Codable, Hashable, Sendable {
    case level(Written)
    case value(Exact)
    case take(Written)
  }
  package struct Called: Codable, Hashable, Sendable {
    package var id: Written
    package var title: String
    package var when: Written
    /// What it stands for, as tables note it.
    package var definition: String?
    package init(_ id: Written, title: String, when: Written, definition: String? = nil) {
      (self.id, self.title, self.when, self.definition) = (id, title, when, definition)
    }
  }
  package struct Row: Codable, Hashable, Sendable {
    package var result: Result
    package var when: Written?
    package var tells: [Written] = []
    package var but: [Written] = []
    package var says: String?
    package var called: Called?
    package init(_ result: Result, when: Written?) { (self.result, self.when) = (result, when) }
  }
  package enum Against: String, CaseIterable, Codable, Hashable, Sendable { case baseline, previous, smallest }
  package enum Fold: String, CaseIterable, Codable, Hashable, Sendable { case sum, mean, most }
  package enum Change: String, CaseIterable, Codable, Hashable, Sendable { case difference, percent }
  package struct Points: Codable, Hashable, Sendable {
    package var points: Exact
    package var places: [Written]
    package init(_ points: Exact, _ places: [Written]) { (self.points, self.places) = (points, places) }
  }
  package enum Form: Codable, Sendable {
    case firstOf([Row])
    case fold(Fold, [Written])
    case count(Written)
    case change(Change, Written, against: Against)
    case pointsByPlace([Points])
  }

  package var id: Written
  package var title: String
  package var form: Form
  package var per: [Written]?
  package var scale: AnswerScale?
  package var suggests: Written?
  package var at: WrittenFinding.At?
  package var leavesOutUnassessed = false
  package var ofNone: Written?

  package init(_ id: Written, title: String, form: Form) { (self.id, self.title, self.form) = (id, title, form) }
}

package struct WrittenGrade: Hashable, Sendable {
  package var finding: Written
  /// Nil for the finding as a whole.
  package var place: Written?
  package var value: Written
  package init(_ finding: Written, place: Written? = nil, _ value: Written) {
    (self.finding, self.place, self.value) = (finding, place, value)
  }
}

package struct WrittenExample: Sendable {
  package struct Examination: Hashable, Sendable {
    package var months: Exact?
    package var grades: [WrittenGrade]
    package var lacking: [Written]
    package init(months: Exact?, grades: [WrittenGrade], lacking: [Written]) {
      (self.months, self.grades, self.lacking) = (months, grades, lacking)
    }
  }
  package var spot: Spot
  /// Empty where only a finding's own examination counts.
  package var examinations: [Examination]
  package var isAgainstPrevious = false
  package var withheld: [Written] = []
  /// A rule, or the finding it suggests a grade for; at a place where it has places.
  package var gives: [WrittenGrade] = []
  package var lacks: [(rule: Written, missing: [Written])] = []
  package var called: [Written] = []
  package var warns: [Written]?
  package var asks: [Written] = []
  package var omits: [Written] = []
  package var reasons: [Written]?

  package init(_ spot: Spot, examinations: [Examination]) { (self.spot, self.examinations) = (spot, examinations) }
}
