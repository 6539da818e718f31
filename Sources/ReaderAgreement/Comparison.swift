// Whose ratings are held against whose.

import ReviewCore

package enum Comparison: Hashable, Sendable {
  /// The readers with each other, in one round.
  case readers(round: Int)
  /// One reader with themselves, from round to round.
  case rounds(of: PrincipalID)

  package var title: String {
    switch self {
    case .readers(let round): "between readers, round \(round)"
    case .rounds(let reader): "\(reader) from round to round"
    }
  }
}

/// What was rated once by each reader: an examination of a case.
package struct RatedUnit: Hashable, Sendable {
  package var caseID: CaseID
  package var examination: ExaminationID
  /// The title of the place, where a finding is graded place by place and all places are compared together.
  package var place: String?

  package init(_ caseID: CaseID, _ examination: ExaminationID, place: String? = nil) {
    self.caseID = caseID
    self.examination = examination
    self.place = place
  }

  /// `4`, of a follow-up `4 at 12 months`, of a place `4, T12`.
  package var title: String {
    (examination.isBaseline ? caseID.rawValue : "\(caseID) at \(examination.title)") + (place.map { ", \($0)" } ?? "")
  }
}

/// The ratings that could not be used, and why. They are missing for coefficients, and counted here.
package struct Exclusions: Hashable, Sendable {
  /// One for each reader and examination.
  package var ratings = 0
  package var notAssessable = 0
  package var notAcquired = 0
  /// Without a signed reading, or with one that leaves the finding out.
  package var notGraded = 0
  /// Of readings that were signed before the codebook had the finding. Not counted among the ratings: nothing is missing.
  package var notAsked = 0
  /// Levels that the codebook has had since some of the readings were signed, and how many those are.
  package var lateLevels: [LateLevel] = []

  /// A level that some readings could not give.
  package struct LateLevel: Hashable, Sendable {
    package var title: String
    package var ratings: Int
  }

  package init() {}

  package var used: Int { ratings - notAssessable - notAcquired - notGraded }

  /// `not asked of 3 readings`, `the level ‘unclear’ not asked of 2`: what they were signed before the codebook had. Nil where
  /// all were asked for all of it.
  package var notAskedWords: String? {
    var parts: [String] = []
    if notAsked > 0 { parts.append("not asked of \(notAsked) \(notAsked == 1 ? "reading" : "readings")") }
    for level in lateLevels { parts.append("the level ‘\(level.title)’ not asked of \(level.ratings)") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
