// How the consensus of a study was reached, counted from the acts of its sessions.

/// Counts over the sessions of opened cases. What was said behind a vote that is not revealed is not in it.
public struct ConsensusProcess: Hashable, Sendable {
  /// Something that a person said of one case.
  public struct Remark: Codable, Hashable, Sendable {
    public var caseID: CaseID
    public var round: Int
    public var reason: String
  }

  /// What happened in all sessions.
  public var sessions = 0
  public var recorded = 0
  /// Cases by how many readers they had and how many of those had to be present.
  public var quorums: [Quorum: Int] = [:]
  /// Votes called, those of them revealed, and those on a finding that was voted on before.
  public var called = 0
  public var revealed = 0
  public var repeated = 0
  /// Of the revealed votes: grades given, abstentions, and readers who gave none.
  public var votes = 0
  public var abstentions = 0
  public var withoutVote = 0
  public var changes: [ChangeOfMind.Direction: Int] = [:]
  public var reopenings: [Remark] = []

  /// What was recorded, over recorded cases.
  public var grades = 0
  public var disputed = ConsensusFigures.Share()
  public var ways: [Agreed: Int] = [:]
  public var rationales = 0
  public var causes: [DiscrepancyCause: Int] = [:]
  public var notes = 0
  /// Grades of a follow-up that depart from the rule, and those of them with a reason.
  public var departures = ConsensusFigures.Share()
  public var confirmations = 0
  public var dissents: [Remark] = []
  public var absences: [Remark] = []

  /// How many of the readers of a case had to be present.
  public struct Quorum: Hashable, Sendable, Comparable {
    public var present: Int
    public var readers: Int

    public init(_ present: Int, of readers: Int) { (self.present, self.readers) = (present, readers) }

    public static func < (a: Quorum, b: Quorum) -> Bool { (a.readers, a.present) < (b.readers, b.present) }
  }

  public init(_ sessions: [Deliberation] = []) {
    for session in sessions {
      addActs(session)
      if session.isRecorded { addRecord(session) }
    }
  }

  private mutating func addActs(_ session: Deliberation) {
    sessions += 1
    quorums[Quorum(session.quorum, of: session.readers.count), default: 0] += 1
    for ballots in session.ballots.values {
      called += ballots.count
      repeated += max(0, ballots.count - 1)
      for ballot in ballots where ballot.isRevealed {
        revealed += 1
        for reader in session.readers {
          switch ballot.votes[reader] {
          case .cast(nil): abstentions += 1
          case .cast: votes += 1
          case .sealed, nil: withoutVote += 1
          }
        }
      }
    }
    for change in session.changesOfMind { changes[change.direction, default: 0] += 1 }
    for event in session.events {
      if case .reopened(let reason) = event.act { reopenings.append(remark(session, reason)) }
    }
  }

  private mutating func addRecord(_ session: Deliberation) {
    recorded += 1
    notes += session.notes.count
    for key in session.keys {
      guard let decision = session.decisions[key] else { continue }
      grades += 1
      let agreement = session.agreement(on: key)
      if agreement != .notGraded { disputed.add(agreement.isDisputed) }
      ways[decision.grade == nil ? .unresolved : decision.how ?? .discussed, default: 0] += 1
      if decision.rationale != nil { rationales += 1 }
      if let cause = decision.cause { causes[cause, default: 0] += 1 }
      if let rule = session.rule(on: key), rule.overruled != nil { departures.add(!rule.lacksReason) }
    }
    for reader in session.readers {
      switch session.standing(of: reader) {
      case .confirmed: confirmations += 1
      case .dissented(let reason): dissents.append(remark(session, reason))
      case .absent(let reason): absences.append(remark(session, reason))
      case .pending: break
      }
    }
  }

  private func remark(_ session: Deliberation, _ reason: String) -> Remark {
    Remark(caseID: session.caseID, round: session.round, reason: reason)
  }
}
