// The list of findings a study grades. Panels, forms, statistics, exports and help are derived from it.

/// A versioned list of findings. A study carries its own copy.
public struct Codebook: Codable, Hashable, Sendable {
  public var id: String
  /// Counts up with every change of meaning.
  public var version: Int
  public var findings: [Finding]

  public init(id: String, version: Int, findings: [Finding]) {
    self.id = id
    self.version = version
    self.findings = findings
  }

  public subscript(id: FindingID) -> Finding? { findings.first { $0.id == id } }

  /// The finding a person means: its id, an alias, or the id with `-` or blanks for `_`.
  public func finding(named text: String) -> Finding? {
    let key = text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    return findings.first { $0.id.rawValue == key || $0.aliases.contains(key) }
  }

  public func findings(in phase: Phase) -> [Finding] { findings.filter { $0.phase == phase } }

  /// The findings that are graded at an examination: all of its phase against the baseline; against the previous
  /// examination those that compare.
  public func findings(at examination: ExaminationID, comparator: Comparator = .baseline) -> [Finding] {
    findings(in: examination.isBaseline ? .baseline : .followUp)
      .filter { comparator == .baseline || !examination.isBaseline && $0.isComparison }
  }

  /// What a signature asks for: all of an examination's findings but those asked afterwards.
  public func findings(toSign examination: ExaminationID) -> [Finding] {
    findings(at: examination).filter { !$0.isAskedAfterwards }
  }

  /// What is asked again once a case's readings are signed and its clinical data are shown.
  public var askedAfterwards: [Finding] { findings.filter(\.isAskedAfterwards) }
}
