// What a teaching script can show or keep hidden: facts of a case, findings, follow-up examinations.

/// A fact of a case, apart from its grades. Sex and age are never hidden.
public enum TeachingFact: String, CaseIterable, Codable, Hashable, Sendable {
  case presentation
  case originalReport = "original_report"
  /// Biopsies, and on what the diagnosis rests.
  case biopsy
  case culture, therapy, outcome
  /// The case's title, which mostly tells the answer.
  case title

  /// As people read it, at most 12 columns.
  public var label: String {
    switch self {
    case .presentation: "symptoms"
    case .originalReport: "1st report"
    default: rawValue
    }
  }
}

/// One thing that is shown or hidden.
public enum TeachingElement: Codable, Hashable, Sendable {
  case fact(TeachingFact)
  /// The consensus on a finding of the baseline.
  case finding(FindingID)
  /// A follow-up examination with all that is graded of it.
  case followUp(ExaminationID)

  /// `biopsy`, `rim_sign`, `follow_up_10.5`.
  public var id: String {
    switch self {
    case .fact(let fact): fact.rawValue
    case .finding(let finding): finding.rawValue
    case .followUp(let examination): Self.followUpPrefix + examination.rawValue
    }
  }

  /// Nil for what is neither a fact, a finding of the codebook's baseline, nor a follow-up at some months.
  public init?(id: String, codebook: Codebook) {
    if let fact = TeachingFact(rawValue: id) {
      self = .fact(fact)
    } else if let finding = codebook[FindingID(id)], finding.phase == .baseline {
      self = .finding(finding.id)
    } else if id.hasPrefix(Self.followUpPrefix), let months = Double(id.dropFirst(Self.followUpPrefix.count)),
      months > 0, months.isFinite
    {
      self = .followUp(ExaminationID(months: months))
    } else {
      return nil
    }
  }

  private static let followUpPrefix = "follow_up_"

  /// As people read it: `rim`, `biopsy`, `follow-up at 5 months`.
  public func title(_ codebook: Codebook) -> String {
    switch self {
    case .fact(let fact): fact.label
    case .finding(let finding): codebook[finding]?.shortTitle ?? finding.rawValue
    case .followUp(let examination): "follow-up at \(examination.title)"
    }
  }
}
