// Why a reading has no grade of a finding: it was not asked, or it was and was not graded.

import Foundation
import ReviewCore

/// What readings were asked. Of the study's own the codebook knows it; of a table from elsewhere only that was asked of which it
/// grades anything. A study of Endplate asks all that its codebook has, and a reading that was signed under another version
/// what readings of that version grade.
struct AskedElsewhere {
  private struct Source: Hashable {
    var madeIn: String
    var codebook: Int?
  }

  private let codebook: Codebook
  private var asked: [Source: Set<FindingID>] = [:]

  init(_ opened: [OpenedCase], _ codebook: Codebook) {
    self.codebook = codebook
    for reading in opened.flatMap(\.readings) {
      guard case .imported(let elsewhere) = reading.state else { continue }
      asked[Source(madeIn: elsewhere.madeIn, codebook: elsewhere.codebook), default: []]
        .formUnion(reading.grades.keys.map(\.finding))
    }
  }

  func missing(_ finding: Finding, in reading: Reading) -> NoAnswer {
    if finding.isAskedAfterwards { return .notAsked }
    guard case .imported(let elsewhere) = reading.state else {
      return codebook.wasAsked(finding.id, of: reading) ? .notGraded : .notAsked
    }
    let isOfThisVersion = elsewhere.codebook ?? codebook.version == codebook.version
    if UUID(uuidString: elsewhere.madeIn) != nil, isOfThisVersion { return .notGraded }
    let known = asked[Source(madeIn: elsewhere.madeIn, codebook: elsewhere.codebook)]
    return known?.contains(finding.id) == true ? .notGraded : .notAsked
  }
}
