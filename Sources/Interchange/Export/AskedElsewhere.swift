// Why a reading has no grade of a finding: it was not asked, or it was and was not graded.

import Foundation
import ReviewCore

/// What was asked where imported readings were made. A study of Endplate asks all that its codebook has; of another table
/// only that was asked of which it grades anything.
struct AskedElsewhere {
  private var asked: [String: Set<FindingID>] = [:]

  init(_ opened: [OpenedCase]) {
    for reading in opened.flatMap(\.readings) {
      guard case .imported(let elsewhere) = reading.state else { continue }
      asked[elsewhere.madeIn, default: []].formUnion(reading.grades.keys.map(\.finding))
    }
  }

  func missing(_ finding: Finding, in reading: Reading) -> NoAnswer {
    if finding.isAskedAfterwards { return .notAsked }
    guard case .imported(let elsewhere) = reading.state, UUID(uuidString: elsewhere.madeIn) == nil else {
      return .notGraded
    }
    return asked[elsewhere.madeIn]?.contains(finding.id) == true ? .notGraded : .notAsked
  }
}
