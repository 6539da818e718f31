// What else shows a sign, and what it stands for: the comparators that the source paper quotes.

/// One statement about a level of a finding, with where it comes from.
public struct SignEvidence: Hashable, Sendable {
  public var finding: FindingID
  public var level: LevelID
  public var text: String
  public var source: String

  /// All that is known of a finding's level.
  public static func of(_ finding: FindingID, _ level: LevelID) -> [SignEvidence] {
    table.filter { $0.finding == finding && $0.level == level }
  }

  private typealias ID = Codebook.ID

  private static func quoted(_ finding: FindingID, _ level: LevelID, _ text: String) -> SignEvidence {
    SignEvidence(finding: finding, level: level, text: text, source: "as quoted by the source paper")
  }

  private static func proposed(_ finding: FindingID, _ level: LevelID, _ text: String) -> SignEvidence {
    SignEvidence(finding: finding, level: level, text: text, source: "proposed by the source paper")
  }

  /// Source: the source paper's introduction and discussion, and the studies it quotes there.
  public static let table: [SignEvidence] = [
    quoted(
      ID.rimSign, "present",
      "seen in 93 % of patients with chronic osteomyelitis; how often a rim is something else is not given"),
    quoted(ID.rimSign, "present", "stands for fibrosis or reactive bone"),
    quoted(ID.haloSign, "present", "most common in osteoblastic metastases of prostate cancer"),
    proposed(
      ID.haloSign, "present",
      "in osteomyelitis it may be hypervascular granulation tissue around the fibrotic or necrotic focus"),
    quoted(ID.enhancement, "marginal", "inflammation around tissue that is necrotic or devitalised"),
    quoted(ID.enhancement, "global", "vascularised inflammatory tissue"),
    quoted(
      ID.enhancement, "global",
      "metastases and inflammation without infection can enhance in the same way: marrow findings are not specific"),
    quoted(ID.t1w, "hypo", "also in metastases and in inflammation without infection"),
    quoted(ID.t2w, "hyper", "also in metastases and in inflammation without infection"),
    quoted(ID.stir, "hyper", "also in metastases and in inflammation without infection"),
    quoted(
      ID.posteriorElements, "involved", "makes tuberculosis of the spine hard to tell from a neoplasm"),
    quoted(ID.disks, "involved", "often reported in infection of the spine"),
    quoted(
      ID.disks, "preserved", "relative preservation is known of tuberculosis and of some fungal infections"),
    quoted(ID.softTissueInflammation, "limited", "paraspinal inflammation is often reported in infection of the spine"),
    quoted(
      ID.softTissueInflammation, "extensive", "paraspinal inflammation is often reported in infection of the spine"),
    quoted(ID.softTissueAbscess, "present", "not rare in infection of the spine"),
  ]
}
