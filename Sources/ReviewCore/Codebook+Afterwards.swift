// The impression asked a second time, a finding of its own: the first stays as it was signed.

import Foundation

extension Codebook {
  /// The finding that says what the images suggest: quizzes compare it with the diagnosis, and a protocol may ask it again.
  public static let impression: FindingID = "impression"
  /// The same asked again, in studies whose protocol says so.
  public static let impressionAfter: FindingID = "impression_after"

  /// Why the version that answers was begun.
  public static let askedAgain = "asked again with the clinical data"
  /// Why a version was begun by whose drafts a reset had locked.
  public static let setAside = "set aside after a reset of the passphrase"

  /// Whether a typed reason reads like one that the program writes by itself, whatever its case, blanks and marks.
  public static func isAutomatic(reason: String) -> Bool {
    func letters(_ text: String) -> [Unicode.Scalar] {
      text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars.filter(\.properties.isAlphabetic)
    }
    return [askedAgain, setAside].contains { letters($0) == letters(reason) }
  }

  /// The codebook with what a protocol asks once the clinical data are shown.
  func asking(_ studyProtocol: StudyProtocol) -> Codebook {
    guard studyProtocol.mode == .independent, studyProtocol.impressionAfterClinicalData, askedAfterwards.isEmpty,
      let index = findings.firstIndex(where: { $0.id == Codebook.impression })
    else { return self }
    let first = findings[index]
    var asking = self
    asking.findings.insert(
      Finding(
        Codebook.impressionAfter, "impression, all known", short: "all known", phase: first.phase, scale: first.scale,
        levels: first.levels,
        definition: "What images and clinical data suggest together. The first impression stays as it was signed.",
        source: first.source, aliases: ["impression_again"], afterwards: true),
      at: index + 1)
    return asking
  }
}
