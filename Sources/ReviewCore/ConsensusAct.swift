// What is said by keys in a consensus session: each act is a row of the log, none is ever taken back.

import struct Foundation.Date

/// What a reader voted.
public enum Vote: Codable, Hashable, Sendable {
  /// Another reader's vote before its reveal: given, and no more is known of it.
  case sealed
  /// Nil abstains.
  case cast(GradeValue?)
}

public enum ConsensusAct: Hashable, Sendable {
  case called(GradeKey)
  case voted(GradeKey, Vote)
  case revealed(GradeKey)
  /// The open vote was called wrongly: it is over, and what was voted in it stays sealed.
  case calledOff(GradeKey)
  /// Several when unanimous ones were taken over together.
  case agreed([GradeKey: AgreedGrade])
  /// Nil takes the note away.
  case noted(GradeKey, String?)
  case confirmed
  case dissented(reason: String)
  case absent(PrincipalID, reason: String)
  case reopened(reason: String)

  /// The kinds by name, as the study file keeps them.
  public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
    case called, voted, revealed, agreed, noted, confirmed, dissented, absent, reopened
    case calledOff = "called_off"
  }

  public var kind: Kind {
    switch self {
    case .called: .called
    case .voted: .voted
    case .revealed: .revealed
    case .calledOff: .calledOff
    case .agreed: .agreed
    case .noted: .noted
    case .confirmed: .confirmed
    case .dissented: .dissented
    case .absent: .absent
    case .reopened: .reopened
    }
  }
}

/// An act with who did it and when.
public struct ConsensusEvent: Hashable, Sendable {
  public var at: Date
  public var by: PrincipalID
  /// The version as it stood after the act: of a confirmation, what was confirmed.
  public var version: ConsensusVersion
  public var act: ConsensusAct

  public init(at: Date, by: PrincipalID, version: ConsensusVersion, act: ConsensusAct) {
    self.at = at
    self.by = by
    self.version = version
    self.act = act
  }
}

/// What somebody wants to do in a session. `Deliberation.act(_:by:)` says whether they can.
public enum ConsensusMove: Hashable, Sendable {
  /// Calls a vote on a finding.
  case call(GradeKey)
  /// Votes in private, or changes the vote before the reveal; nil abstains.
  case vote(GradeKey, GradeValue?)
  /// Shows all votes at once.
  case reveal(GradeKey)
  /// Calls the open vote off, without showing what was voted.
  case callOff(GradeKey)
  /// Agrees on grades, all or none. Without `how` it is worked out from what the readers said; a nil grade is
  /// unresolved. `instead` is what was agreed on them as it was shown; nil takes the place of anything.
  case agree([GradeKey: AgreedGrade], instead: [GradeKey: AgreedGrade]? = nil)
  /// Nothing is agreed on a finding any more, in place of what was shown.
  case takeBack(GradeKey, AgreedGrade)
  /// Takes back what one agreed on last, as long as nothing else was agreed there since: what stood before stands again.
  case undo
  /// Takes over what all readers graded alike; nil for all such findings that are not agreed yet.
  case takeOver([GradeKey]?)
  case note(GradeKey, String?)
  case confirm(ConsensusVersion)
  case dissent(ConsensusVersion, reason: String)
  /// `records` says whether that was shown to record the consensus; nil records what it comes to.
  case absent(PrincipalID, reason: String, records: Bool? = nil)
  /// The recorded version that was shown.
  case reopen(ConsensusVersion, reason: String)

  public static func agree(_ key: GradeKey, _ grade: AgreedGrade) -> ConsensusMove { .agree([key: grade]) }

  /// In place of what was agreed on the row as it was shown.
  public static func agree(_ row: ConsensusRow, _ grade: AgreedGrade) -> ConsensusMove {
    .agree([row.key: grade], instead: row.decision.map { [row.key: $0] } ?? [:])
  }
}
