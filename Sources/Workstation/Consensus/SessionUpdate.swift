// What comes from the store and from other seats of a session.

import ReviewCore

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
  case .leadStays(let why):
    state.consensus.changesLead = false
    state.consensus.isFollowing = state.consensus.room?.focus?.caseID == state.consensus.caseID
    state.message = Message(why, .warning)
    return []
  case .regrouped(let room, let why):
    (state.consensus.room, state.consensus.changesLead) = (nil, false)
    let effects = enter(&state, room)
    state.message = Message(why, .warning)
    return effects
  case .agenda(let rows):
    state.consensus.agenda = rows
    return []
  case .figures(let figures):
    state.consensus.figures = figures
    return []
  }
}

/// Follows the leader; who leads from now on goes where they were given the lead, or shows the others their own place.
private func enter(_ state: inout State, _ room: Room?) -> [Effect] {
  let (before, tookIt) = (state.consensus.room, state.consensus.changesLead)
  state.consensus.room = room
  guard let room else { return [] }
  if let before { state.tellPresence(before, room) }
  if room.isHost {
    guard before?.isHost != true else { return [] }
    if before == nil { state.takeUp(room.focus) }
    // Given by somebody who is here: they may have gone on to another case first.
    if !tookIt, let before, let focus = room.focus, room.members.contains(where: { $0.seat == before.host }) {
      return state.go(to: focus, of: before.hostName)
    }
    state.consensus.isFollowing = true
    return room.focus == state.consensus.focus ? [] : state.sharing()
  }
  guard state.consensus.isFollowing, let focus = room.focus else { return [] }
  if before == nil {
    if let why = state.staysAlone(room, focus) {
      state.consensus.isFollowing = false
      state.message = Message(why, .warning)
      return []
    }
    if let chosen = state.consensus.caseID, chosen != focus.caseID {
      state.message = Message(
        "not case \(chosen): \(WhyNotInSession.leader(state)) leads at case \(focus.caseID); ] and [ leave them",
        .warning)
    }
  }
  return state.go(to: focus, of: room.hostName)
}

extension State {
  /// Goes where the others are; not while something is being written.
  ///
  /// - Parameter leader: who led there.
  mutating func go(to focus: SessionFocus, of leader: PrincipalID?) -> [Effect] {
    let isElsewhere = focus.caseID != consensus.caseID
    if isElsewhere, (overlay as? SessionDialog)?.isBegun == true {
      // Half a sentence, or half a grade, is not taken from under somebody's hands.
      consensus.isFollowing = false
      let goesOn = "the session goes on with case \(focus.caseID)"
      message = Message(
        (consensus.isHost ? "you lead now; \(goesOn); f goes there" : "\(goesOn); f follows") + " when this is done",
        .warning)
      return []
    }
    consensus.isFollowing = true
    consensus.isDisputedFirst = focus.isDisputedFirst
    (consensus.order, consensus.parked) = (focus.order, focus.parked)
    var effects: [Effect] = []
    if isElsewhere {
      if consensus.table != nil { tellMove(to: focus.caseID, with: leader) }
      consensus.caseID = focus.caseID
      (consensus.table, consensus.view) = (nil, nil)
      if overlay is SessionDialog {
        takeAway("\(leader?.rawValue ?? "the leader") went on to case \(focus.caseID)")
        if consensus.turns != nil { effects.append(.session(.dismissGuests)) }
        consensus.turns = nil
      }
      effects.append(.session(.load(focus.caseID)))
    }
    consensus.key = focus.key
    return effects
  }

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

  /// Goes on where the last session was left.
  fileprivate mutating func takeUp(_ focus: SessionFocus?) {
    guard let focus else { return }
    (consensus.order, consensus.parked) = (focus.order, focus.parked)
    guard focus.caseID == consensus.caseID else { return }
    consensus.isDisputedFirst = focus.isDisputedFirst
    consensus.key = consensus.key ?? focus.key
  }
}
