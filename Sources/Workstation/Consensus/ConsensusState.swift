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
    guard let table else { return }
    agenda[index].disputed = table.disputed.count
    agenda[index].open = table.unsettled.count
    agenda[index].pending = table.pending
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
    return consensus.focus.map { [.session(.share($0))] } ?? []
  }

  mutating func goToConsensus(_ id: CaseID) -> [Effect] {
    if consensus.caseID != id { (consensus.table, consensus.view, consensus.key) = (nil, nil, nil) }
    consensus.caseID = id
    return [.session(.load(id))] + sharing()
  }
}

func updateSession(_ state: inout State, _ action: SessionAction) -> [Effect] {
  switch action {
  case .loaded(let view, let table):
    guard view.id == state.consensus.caseID else { return [] }
    state.consensus.view = view
    let shown = state.consensus.table
    state.consensus.table = table
    state.consensus.noteOnAgenda(view, table)
    state.tellOthersActs(since: shown)
    state.refreshConfirmation(shown: shown)
    return state.closeEndedVote()
  case .acted(let table, let view):
    guard table.caseID == state.consensus.caseID else { return [] }
    let shown = state.consensus.table
    let wasRecorded = shown?.stage == .recorded
    state.consensus.table = table
    if table.stage == .recorded, !wasRecorded {
      state.message = Message("✓ the consensus of case \(table.caseID) is recorded, version \(table.version.number)")
    }
    if let view { state.consensus.view = view }
    if let view = state.consensus.view { state.consensus.noteOnAgenda(view, table) }
    return state.showUndone(since: shown) + nextTurn(&state) + state.closeEndedVote()
  case .outdated(let view, let table, let move, let guest, let why):
    guard view.id == state.consensus.caseID else { return [] }
    let shown = state.consensus.table
    (state.consensus.view, state.consensus.table) = (view, table)
    state.message = Message(why, .warning)
    state.askAgain(move, as: guest, table, shown: shown)
    return []
  case .asksRationale(let key, let grade):
    let shown = state.consensus.table?.row(key)?.decision
    state.overlay = SessionDialog.text(.rationale(key, grade, instead: shown), LineEditor())
    return []
  case .admitted(let reader):
    guard state.consensus.turns?.now == reader else { return [] }
    return proceed(&state, reader)
  case .asksPassphrase(let reader):
    guard state.consensus.turns?.now == reader else { return [] }
    state.overlay = SessionDialog.text(.passphrase(reader), LineEditor())
    return []
  case .room(let room): return enter(&state, room)
  case .agenda(let rows):
    state.consensus.agenda = rows
    return []
  case .figures(let figures):
    state.consensus.figures = figures
    return []
  }
}

/// That another leads than before, in words; nil where it is the same.
private func leadChange(_ state: State, _ before: Room, _ now: Room) -> Message? {
  guard before.host != now.host, let left = before.hostName else { return nil }
  let (isHere, me) = (now.members.contains { $0.seat == before.host }, state.session.principal.id)
  let isOwn = state.consensus.changesLead
  if now.isHost {
    if !isHere { return Message("\(left) has gone; you lead now", .warning) }
    if left == me { return Message("you lead at this seat now") }
    return isOwn
      ? Message("you lead now; \(left) led before") : Message("\(left) gave you the lead", .warning)
  }
  guard let leader = now.hostName, leader != left else { return nil }
  if before.isHost, !isOwn { return Message("\(leader) took the lead from you; H takes it back", .warning) }
  return Message(isHere ? "\(leader) leads now" : "\(left) has gone; \(leader) leads now")
}

extension State {
  /// Who came, came back or went, and who leads now. It takes the place of what was told before of who is here, and of no
  /// other warning.
  fileprivate mutating func tellPresence(_ before: Room, _ now: Room) {
    let lead = leadChange(self, before, now)
    if before.host != now.host { consensus.changesLead = false }
    let (came, left) = (now.people.subtracting(before.people), before.people.subtracting(now.people))
    let led = lead == nil ? nil : before.hostName
    let words =
      came.sorted().map { "\($0) is \(consensus.gone.contains($0) ? "back" : "here")" }
      + left.sorted().filter { $0 != led }.map { "\($0) has gone" }
    consensus.gone = consensus.gone.union(left).subtracting(came)
    let said = (lead.map { [$0.text] } ?? []) + words
    guard !said.isEmpty else { return }
    if lead == nil, let message, message != consensus.presence, message.tone != .information { return }
    message = Message(said.joined(separator: "; "), lead?.tone ?? .information)
    consensus.presence = message
  }
}

/// Follows the leader, or leads where the leader has gone.
private func enter(_ state: inout State, _ room: Room?) -> [Effect] {
  let before = state.consensus.room
  state.consensus.room = room
  guard let room else { return [] }
  if let before { state.tellPresence(before, room) }
  if room.isHost {
    if before == nil { state.takeUp(room.focus) }
    return room.focus == state.consensus.focus ? [] : state.sharing()
  }
  guard state.consensus.isFollowing, let focus = room.focus else { return [] }
  if before == nil, let why = state.staysAlone(room, focus) {
    state.consensus.isFollowing = false
    state.message = Message(why, .warning)
    return []
  }
  if focus.caseID != state.consensus.caseID, case .text(let purpose, _)? = state.overlay as? SessionDialog,
    purpose.isWriting
  {
    // Half a sentence is not taken from under somebody's hands.
    state.consensus.isFollowing = false
    state.message = Message("the session goes on with case \(focus.caseID); f follows when this is written", .warning)
    return []
  }
  state.consensus.isDisputedFirst = focus.isDisputedFirst
  (state.consensus.order, state.consensus.parked) = (focus.order, focus.parked)
  var effects: [Effect] = []
  if focus.caseID != state.consensus.caseID {
    if before == nil, let chosen = state.consensus.caseID {
      let leader = room.hostName?.rawValue ?? "the leader"
      state.message = Message(
        "not case \(chosen): \(leader) leads the others at case \(focus.caseID); ] and [ leave them", .warning)
    }
    state.consensus.caseID = focus.caseID
    (state.consensus.table, state.consensus.view) = (nil, nil)
    if state.overlay is SessionDialog {
      state.takeAway("\(room.hostName?.rawValue ?? "the leader") went on to case \(focus.caseID)")
      if state.consensus.turns != nil { effects.append(.session(.dismissGuests)) }
      state.consensus.turns = nil
    }
    effects.append(.session(.load(focus.caseID)))
  }
  state.consensus.key = focus.key
  return effects
}

extension State {
  /// Why somebody who chose another case is not led to the leader's: nobody is waited for there. Nil where they are led.
  fileprivate func staysAlone(_ room: Room, _ focus: SessionFocus) -> String? {
    guard let chosen = consensus.caseID, chosen != focus.caseID, let leader = room.hostName else { return nil }
    if leader == session.principal.id {
      return "another window of yours leads at case \(focus.caseID); f goes there, H leads from here"
    }
    guard consensus.agenda.first(where: { $0.id == focus.caseID })?.isDone == true else { return nil }
    return "\(leader) leads at case \(focus.caseID), which is recorded; f goes there, H leads from here"
  }

  /// The vote that an open box is for: the finding and, where it is chosen already, which vote on it.
  private var votedOn: (key: GradeKey, ballot: Int?)? {
    switch overlay as? SessionDialog {
    case .choose(let choice) where choice.isVote, .text(.value(let choice), _) where choice.isVote:
      return (choice.key, choice.ballot)
    case .curtain, .text(.passphrase, _):
      guard case .vote(let key)? = consensus.turns?.deed else { return nil }
      return (key, nil)
    default: return nil
    }
  }

  /// Closes the box of a vote that another seat ended, and the turns with it.
  fileprivate mutating func closeEndedVote() -> [Effect] {
    guard let (key, ballot) = votedOn, let row = consensus.table?.row(key) else { return [] }
    guard row.vote?.isOpen != true || ballot.map({ $0 != row.vote?.count }) == true else { return [] }
    takeAway(message?.text ?? "the vote on \(row.title) is over")
    guard consensus.turns != nil else { return [] }
    consensus.turns = nil
    return [.session(.dismissGuests)]
  }

  /// What others did since a table was shown: people are named, and beside grades letters, as in the log. That one's own
  /// word no longer counts comes first.
  fileprivate mutating func tellOthersActs(since shown: ConsensusTable?) {
    guard let shown, let table = consensus.table, shown.caseID == table.caseID, shown.round == table.round,
      table.log.count > shown.log.count
    else { return }
    let acts = table.log.dropFirst(shown.log.count).filter { $0.by != session.principal.id }
    guard !acts.isEmpty else { return }
    func own(_ table: ConsensusTable) -> ReaderStanding? {
      table.readers.first { $0.id == session.principal.id }?.standing
    }
    let isVoided = own(shown)?.isPending == false && own(table)?.isPending == true
    guard isVoided, let before = own(shown), let why = acts.first(where: { $0.version != shown.version }) else {
      message = Message(acts.suffix(2).map(\.text).joined(separator: "; "))
      return
    }
    // Both keys work once all is settled; until then there is something to do first.
    let again = before == .confirmed ? "C confirms again" : "D dissents again"
    message = Message(
      "your \(before.noun) \(shown.version) no longer counts, because \(why.text); "
        + (table.unsettled.isEmpty ? again : "\(again) once all is settled"), .warning)
  }

  /// After an undo: what stands now, with the cursor on it.
  fileprivate mutating func showUndone(since shown: ConsensusTable?) -> [Effect] {
    guard consensus.isUndoing else { return [] }
    consensus.isUndoing = false
    guard let table = consensus.table,
      let row = table.rows.first(where: { shown?.row($0.key)?.decision != $0.decision })
    else { return [] }
    message = table.log.last.map { Message($0.text) }
    return pointAt(row.key)
  }

  /// Goes on where the last session was left.
  fileprivate mutating func takeUp(_ focus: SessionFocus?) {
    guard let focus else { return }
    (consensus.order, consensus.parked) = (focus.order, focus.parked)
    guard focus.caseID == consensus.caseID else { return }
    consensus.isDisputedFirst = focus.isDisputedFirst
    consensus.key = consensus.key ?? focus.key
  }
}

extension State {
  /// The bones of the patient whose consensus is on the screen.
  var consensusAnatomy: Anatomy { consensus.view?.patientCase.bones ?? .usual }
}
