// What else shows a sign, and what it stands for: what a codebook quotes of a level.

/// One statement about a level of a finding, with where it comes from.
public struct SignEvidence: Hashable, Sendable {
  public var finding: FindingID
  public var level: LevelID
  public var text: String
  public var source: String
}
