// The answers of one reader, consensus or publication about one case, as rules look at them.

package struct CaseRecord: Hashable, Sendable {
  package struct Key: Hashable, Sendable {
    package var question: Int
    /// 0 for the baseline; given facts have 0.
    package var examination: Int
    package var against: ComparedWith
    /// Nil for the question as a whole.
    package var place: Int?

    package init(_ question: Int, at examination: Int, against: ComparedWith = .baseline, place: Int? = nil) {
      (self.question, self.examination, self.against, self.place) = (question, examination, against, place)
    }
  }

  package struct Examination: Hashable, Sendable {
    package var months: Exact
    /// Series that were not acquired.
    package var lacking: Set<Int>

    package init(months: Exact = .zero, lacking: Set<Int> = []) { (self.months, self.lacking) = (months, lacking) }
  }

  /// The baseline first.
  package var examinations: [Examination]
  package var answers: [Key: Answer]
  /// Segments of the body that only some patients have, and this one has.
  package var segments: Set<Int> = []
  /// Given facts that the reader may not know.
  package var withheld: Set<Int>

  package init(examinations: [Examination] = [Examination()], answers: [Key: Answer] = [:], withheld: Set<Int> = []) {
    (self.examinations, self.answers, self.withheld) = (examinations, answers, withheld)
  }
}

/// An answer that is missing.
package struct OpenQuestion: Hashable, Sendable {
  package enum Why: Hashable, Sendable {
    case notGraded
    /// No reader can cure these two.
    case notAssessable, notAcquired
    case withheld
  }
  package var key: CaseRecord.Key
  package var why: Why
  /// Answers that are told apart; nil where there are too many.
  var classes: [Answer]?
}
