// The consensus screen's own state: a case, a finding under the cursor, and who else is here.

import ReviewCore

package struct ConsensusState: Sendable {
  package var caseID: CaseID?
  package var view: CaseView?
  /// Nil while the case is not open.
  package var table: ConsensusTable?
  package var key: GradeKey?
  package var isDisputedFirst = true
  /// Nil while this seat is on its own.
  package var room: Room?
  /// False once this seat looks at another finding than the leader's.
  package var isFollowing = true
  /// Who was here and has gone.
  var gone: Set<PrincipalID> = []
  /// What was told last of who is here: what comes after it takes its place.
  var presence: Message?
  /// This seat asked that another lead, or that it leads itself: what comes of it is nobody else's doing.
  var changesLead = false
  /// Readers who act one after another at this screen.
  package var turns: Turns?
  package var agenda: [AgendaRow] = []
  package var agendaCursor = 0
  package var order: [CaseID] = []
  package var parked: [CaseID] = []
  package var figures: ConsensusFigures?
  /// Of a joint reading: what the grading screen shows of it.
  var sheet: JointSheet?
  /// The next answer of the store undoes something: the cursor goes there.
  var isUndoing = false
  /// It just did, and nothing else was done since.
  var hasUndone = false
  /// What the rules make of what is agreed, once for each state of it and not for each frame.
  fileprivate(set) var worked: WorkedConsensus?
  /// How often it was worked out.
  package fileprivate(set) var evaluations = 0

  /// Rows in the order shown.
  package var rows: [ConsensusRow] {
    guard let table else { return [] }
    return isDisputedFirst ? table.disputedFirst : table.rows
  }

  package var index: Int { rows.firstIndex { $0.key == key } ?? 0 }

  package var row: ConsensusRow? {
    let rows = rows
    return rows.first { $0.key == key } ?? rows.first
  }

  /// Others sit at seats of their own.
  package var isShared: Bool { (room?.members.count ?? 0) > 1 }
  /// Those of some readers who do not sit at another seat.
  package func atThisScreen(_ readers: [PrincipalID]) -> [PrincipalID] {
    readers.filter { reader in room?.members.contains { $0.principal == reader && $0.seat != room?.own } != true }
  }
  package var isHost: Bool { room?.isHost ?? true }

  package var focus: SessionFocus? {
    caseID.map {
      SessionFocus(caseID: $0, key: key, isDisputedFirst: isDisputedFirst, order: order, parked: parked)
    }
  }

  /// Keeps the row of the case that is talked about; the whole agenda is only loaded where it is shown.
  mutating func noteOnAgenda(_ view: CaseView, _ table: ConsensusTable?) {
    guard let index = agenda.firstIndex(where: { $0.id == view.id }) else { return }
    agenda[index].stage = view.stage
    if let table { agenda[index].note(table) }
  }

  /// The agenda in the order of the session.
  var inOrder: [AgendaRow] {
    let places = Dictionary(uniqueKeysWithValues: zip(order, 0...))
    return agenda.enumerated().sorted {
      (places[$0.element.id] ?? .max, $0.offset) < (places[$1.element.id] ?? .max, $1.offset)
    }.map(\.element)
  }

  /// The same with what is done or parked last.
  package var planned: [AgendaRow] {
    func group(_ row: AgendaRow) -> Int { row.isDone ? 2 : parked.contains(row.id) ? 1 : 0 }
    return (0...2).flatMap { wanted in inOrder.filter { group($0) == wanted } }
  }
}

/// What the codebook makes of what is agreed.
struct WorkedConsensus: Sendable {
  let table: ConsensusTable
  let view: CaseView
  let outcome: AgreedOutcome
  var warnings: [ExaminationID: [ConsistencyWarning]] { outcome.warnings }
}

/// Readers who vote or confirm one after another at one screen, a curtain between them.
package struct Turns: Hashable, Sendable {
  package enum Deed: Hashable, Sendable {
    case vote(GradeKey)
    case confirm
  }

  package var deed: Deed
  /// Who is at the screen, and who comes after.
  package var left: [PrincipalID]
  package var now: PrincipalID? { left.first }
}

extension State {
  /// Shows another finding: as the leader to everybody, else to this seat alone.
  mutating func pointAt(_ key: GradeKey?) -> [Effect] {
    guard let key, key != consensus.key else { return [] }
    consensus.key = key
    return sharing()
  }

  /// Asks the rules anew what they make of what is agreed, where that has changed.
  mutating func refreshWorkedOut() {
    guard let table = consensus.table, let view = consensus.view else {
      consensus.worked = nil
      return
    }
    if let worked = consensus.worked, worked.table == table, worked.view == view { return }
    consensus.evaluations += 1
    consensus.worked = WorkedConsensus(
      table: table, view: view, outcome: table.workedOut(session.codebook, of: view))
  }

  /// What everybody should see of a change of place, order or agenda.
  mutating func sharing() -> [Effect] {
    guard consensus.isHost else {
      consensus.isFollowing = false
      return []
    }
    consensus.isFollowing = true
    return consensus.focus.map { [.session(.share($0))] } ?? []
  }

  mutating func goToConsensus(_ id: CaseID) -> [Effect] {
    if let left = consensus.caseID, left != id, consensus.isHost,
      let row = consensus.table?.rows.first(where: \.hasOpenVote)
    {
      message = Message("the vote on \(row.title) of case \(left) stays open", .warning)
    }
    if consensus.caseID != id { (consensus.table, consensus.view, consensus.key) = (nil, nil, nil) }
    if !consensus.isHost, consensus.isFollowing, consensus.caseID != id {
      message = Message("you have left \(WhyNotInSession.leader(self)) at their case; f goes back to the others")
    }
    consensus.caseID = id
    return [.session(.load(id))] + sharing()
  }
}

extension State {
  /// The bones of the patient whose consensus is on the screen.
  var consensusAnatomy: Anatomy { consensus.view?.patientCase.bones ?? .usual }
}
