// What readers say of a version of a consensus, and what it held.

/// What a reader says of the version as it stands.
public enum ReaderStanding: Codable, Hashable, Sendable {
  case pending
  case confirmed
  case dissented(reason: String)
  /// For this version, until the reader votes, confirms or dissents.
  case absent(reason: String)

  public var isPending: Bool { self == .pending }
  /// What it is of a version, as in *R2's dissent*.
  public var noun: String {
    switch self {
    case .pending, .confirmed: "confirmation of version"
    case .dissented: "dissent from version"
    case .absent: "absence from version"
    }
  }
  public var isAbsent: Bool { if case .absent = self { true } else { false } }

  public var title: String {
    switch self {
    case .pending: "has not confirmed"
    case .confirmed: "confirmed"
    case .dissented(let reason): "dissented: \(reason)"
    case .absent(let reason): "absent: \(reason)"
    }
  }
}

/// What a reader confirmed: the agreed grades and notes of a version.
public struct ConfirmedContent: Hashable, Sendable {
  public var version: ConsensusVersion
  public var decisions: [GradeKey: AgreedGrade]
  public var notes: [GradeKey: String]

  public init(version: ConsensusVersion, decisions: [GradeKey: AgreedGrade], notes: [GradeKey: String]) {
    self.version = version
    self.decisions = decisions
    self.notes = notes
  }
}
