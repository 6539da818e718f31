// Why an act in a consensus session cannot be done now, and what to do instead.

/// A refused act; nothing was changed. Findings are named by their titles.
public enum ConsensusRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case notOpen(CaseID)
  case published(CaseID)
  case imported(CaseID)
  case notAReaderOfIt(PrincipalID, CaseID)
  case notPermitted(PrincipalID, PrincipalRole)
  case noSuchFinding(String, CaseID)
  case recorded(CaseID, ConsensusVersion)
  case notRecorded(CaseID)
  case voteIsOpen(String)
  case noVote(String)
  case votesMissing(String, [PrincipalID])
  case badGrade(String)
  case howDoesNotFit(String, Agreed)
  case rationaleNeeded(String)
  /// The sequential change departs from what the rule makes of the agreed findings.
  case departureNeedsReason(GradeKey, String, rule: String)
  /// Another seat agreed on something else than was shown.
  case agreedMeanwhile(String, String)
  case nothingAgreed(String)
  case nothingToUndo(PrincipalID)
  case absenceIsOtherwise(PrincipalID, records: Bool)
  case isSoAlready(String)
  case nothingToTakeOver(CaseID)
  case notUnanimous(String)
  case notSettled([String])
  case versionIsNow(ConsensusVersion, asked: ConsensusVersion)
  case saidAlready(PrincipalID, ConsensusVersion)
  case reasonNeeded(String)
  case tooFewPresent(needed: Int, of: Int)
  /// So many have left the study that nothing can be recorded any more.
  case tooFewLeft(needed: Int, of: Int, left: [PrincipalID])
  case votesAreSealed

  public var description: String {
    switch self {
    case .notOpen(let id): "case \(id) is not open for consensus; open it first"
    case .published(let id): "the consensus of case \(id) is published, not of a session; it cannot be changed"
    case .imported(let id): "case \(id) was read elsewhere and imported; there is no session on it here"
    case .notAReaderOfIt(let reader, let id):
      "\(reader) has not read case \(id): only its readers agree on grades, vote, confirm or dissent"
    case .notPermitted(let id, let role):
      "\(id) is a \(role.rawValue): readers and the coordinator act in a consensus session"
    case .noSuchFinding(let name, let id): "case \(id) has no finding \(name) to agree on"
    case .recorded(let id, let version):
      "the consensus of case \(id) is recorded as version \(version.number); reopen it with a reason to change it"
    case .notRecorded(let id): "the consensus of case \(id) is not recorded; only a recorded one is reopened"
    case .voteIsOpen(let name): "a vote on \(name) is open; reveal it, or call it off, first"
    case .noVote(let name): "no vote on \(name) is open; call one first"
    case .votesMissing(let name, let readers):
      "the vote on \(name) waits for \(Self.list(readers)); wait for them, record them absent with a reason, or call the vote off"
    case .badGrade(let fault): fault
    case .howDoesNotFit(let name, let how):
      "\(name) was not reached as ‘\(how.rawValue)’: the readers' grades and votes say otherwise"
    case .rationaleNeeded(let name): "no reader gave this grade for \(name); give a rationale"
    case .departureNeedsReason(_, let grade, let rule):
      "\(grade) is not the rule's \(rule); give a rationale, or agree on the rule's"
    case .agreedMeanwhile(let name, let grade):
      "\(name) was meanwhile agreed as \(grade) at another seat; nothing was changed, please look again"
    case .nothingAgreed(let name): "nothing is agreed on \(name) that could be taken back"
    case .nothingToUndo(let reader): "\(reader) has agreed on nothing in this version that could be undone"
    case .absenceIsOtherwise(let reader, let records):
      records
        ? "everybody else has now confirmed or dissented: recording \(reader) absent now records the consensus; look at it again"
        : "the consensus has changed meanwhile: recording \(reader) absent does not record it any more; look at it again"
    case .isSoAlready(let name): "\(name) is already the same; nothing was changed"
    case .nothingToTakeOver(let id):
      "case \(id): every finding that the readers graded alike is agreed already; settle the disputed ones"
    case .notUnanimous(let name): "\(name) was not graded alike by all; vote on it, or agree on a grade"
    case .notSettled(let names):
      "not settled yet: \(names.prefix(6).joined(separator: ", "))"
        + (names.count > 6 ? " and \(names.count - 6) more" : "")
        + "; agree on a grade for each, or leave it unresolved"
    case .versionIsNow(let now, let asked):
      "the consensus is version \(now) now, not \(asked); look again, then confirm or dissent from \(now)"
    case .saidAlready(let reader, let version): "\(reader) has already said so of version \(version)"
    case .reasonNeeded(let what): "say why \(what); the reason goes on the record"
    case .tooFewPresent(let needed, let count):
      "\(needed) of the case's \(count) readers must be present, as the protocol has it; wait for them, or go on with "
        + "another case"
    case .tooFewLeft(let needed, let count, let left):
      "too few readers are left for it to be recorded: \(needed) of \(count) must be, and \(Self.list(left)) left the "
        + "study; what is agreed stays in the minutes; go on with another case"
    case .votesAreSealed: "votes are sealed until they are revealed"
    }
  }

  private static func list(_ readers: [PrincipalID]) -> String { readers.map(\.rawValue).joined(separator: ", ") }
}
