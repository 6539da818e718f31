// The impression asked a second time, a finding of its own: the first stays as it was signed.

extension Codebook {
  /// Why the version that answers was begun.
  public static let askedAgain = "asked again with the clinical data"

  /// The codebook with what a protocol asks once the clinical data are shown.
  func asking(_ studyProtocol: StudyProtocol) -> Codebook {
    guard studyProtocol.mode == .independent, studyProtocol.impressionAfterClinicalData, askedAfterwards.isEmpty,
      let index = findings.firstIndex(where: { $0.id == ID.impression })
    else { return self }
    let first = findings[index]
    var asking = self
    asking.findings.insert(
      Finding(
        ID.impressionAfter, "impression, all known", short: "all known", phase: first.phase, scale: first.scale,
        levels: first.levels,
        definition: "What images and clinical data suggest together. The first impression stays as it was signed.",
        source: first.source, aliases: ["impression_again"], afterwards: true),
      at: index + 1)
    return asking
  }
}
