// The list of findings a study grades. Panels, forms, statistics, exports and help are derived from it.

import Codebooks

/// A versioned list of findings. A study carries its own copy.
public struct Codebook: Codable, Hashable, Sendable {
  public var id: String
  /// Counts up with every change of meaning.
  public var version: Int
  public var findings: [Finding]
  /// The file it was made from; nil for a list of findings without one.
  public var origin: CodebookOrigin?
  /// Nil in nearly every study.
  private var formerly: [FormerCodebook]?

  /// The versions that the study graded by before, oldest first: what was signed under one of them counts as it says.
  public var former: [FormerCodebook] {
    get { formerly ?? [] }
    set { formerly = newValue.isEmpty ? nil : newValue }
  }

  public init(id: String, version: Int, findings: [Finding], origin: CodebookOrigin? = nil) {
    self.id = id
    self.version = version
    self.findings = findings
    self.origin = origin
  }

  private enum CodingKeys: String, CodingKey {
    case id, version, findings, origin
    case formerly = "former"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(String.self, forKey: .id), version: try values.decode(Int.self, forKey: .version),
      findings: try values.decode([Finding].self, forKey: .findings),
      origin: try values.decodeIfPresent(CodebookOrigin.self, forKey: .origin))
    self = completed
    formerly = try values.decodeIfPresent([FormerCodebook].self, forKey: .formerly)
  }

  public subscript(id: FindingID) -> Finding? {
    if let place = origin?.place(of: id), findings.indices.contains(place), findings[place].id == id {
      return findings[place]
    }
    return findings.first { $0.id == id } ?? whole(id)
  }

  /// What is graded place by place, as one finding: its levels, and the id that its cells name.
  private func whole(_ id: FindingID) -> Finding? {
    origin == nil ? nil : findings.first { $0.cell?.finding == id }?.whole
  }

  /// The finding a person means: its id, an alias, or the id with `-` or blanks for `_`; case does not matter.
  public func finding(named text: String) -> Finding? {
    let key = text.replacing(" ", with: "_")
    return findings.first { finding in
      finding.id.rawValue.isSameID(as: key) || finding.aliases.contains { $0.isSameID(as: key) }
    } ?? findings.first { $0.cell?.finding.rawValue.isSameID(as: key) ?? false }?.whole
  }

  /// The findings of a phase, and what rules work out of them.
  public func findings(in phase: Phase) -> [Finding] { findings.filter { $0.phase.includes(phase) } }

  /// The findings that are graded at an examination: all of its phase against the baseline; against the previous
  /// examination those that compare.
  public func findings(at examination: ExaminationID, comparator: Comparator = .baseline) -> [Finding] {
    findings(in: examination.isBaseline ? .baseline : .followUp)
      .filter { !$0.isDerived && (comparator == .baseline || !examination.isBaseline && $0.isComparison) }
  }

  /// What a signature asks for: all of an examination's findings but those asked afterwards.
  public func findings(toSign examination: ExaminationID) -> [Finding] {
    findings(at: examination).filter { !$0.isAskedAfterwards }
  }

  /// What is asked again once a case's readings are signed and its clinical data are shown.
  public var askedAfterwards: [Finding] { findings.filter(\.isAskedAfterwards) }
}
