// Why something cannot be done in a session just now, in the words of the room.

import ReviewCore

enum WhyNotInSession {
  /// Why nothing can be said of the finding under the cursor; nil when it can.
  @Sendable static func closed(_ state: State) -> String? {
    guard let table = state.consensus.table else { return "the case is not open for consensus; O opens it" }
    guard table.stage != .recorded else { return "the consensus is recorded; O reopens it with a reason" }
    return state.consensus.row == nil ? "there is no finding here" : nil
  }

  @Sendable static func votingClosed(_ state: State) -> String? {
    if let closed = closed(state) { return closed }
    guard state.consensus.row?.hasOpenVote == true else { return nil }
    return "a vote is open here: once all have voted, r reveals it\(callsOff(state))"
  }

  /// The other way to end a vote, for whoever may take it.
  static func callsOff(_ state: State) -> String { state.consensus.isHost ? "; X calls it off" : "" }

  /// Who leads, where it is not this seat.
  static func leader(_ state: State) -> String { state.consensus.room?.hostName?.rawValue ?? "the leader" }

  /// What is agreed is the word of the case's readers.
  @Sendable static func cannotAgree(_ state: State) -> String? {
    if let closed = votingClosed(state) { return closed }
    return readsIt(state) ? nil : "only the readers of the case can agree on grades"
  }

  static func readsIt(_ state: State) -> Bool {
    state.consensus.table?.readers.contains { $0.id == state.session.principal.id } ?? false
  }

  @Sendable static func noDecision(_ state: State) -> String? {
    if let closed = cannotAgree(state) { return closed }
    return state.consensus.row?.decision == nil ? "agree on a grade first" : nil
  }

  /// Why nothing can be taken back.
  @Sendable static func nothingAgreed(_ state: State) -> String? {
    if let closed = cannotAgree(state) { return closed }
    return state.consensus.row?.decision == nil ? "nothing is agreed here that could be taken back" : nil
  }

  /// Why nothing can be said of the cause of a difference.
  @Sendable static func noDifference(_ state: State) -> String? {
    if let closed = cannotAgree(state) { return closed }
    guard let row = state.consensus.row else { return nil }
    if !row.hasDiffered { return "the readers did not differ here" }
    return row.decision == nil ? "agree on a grade first" : nil
  }

  /// What can be done about a finding that no grade has a majority of, by who looks: `v calls a vote, e agrees on a grade, U
  /// leaves it unresolved`.
  static func waysToSettle(_ state: State) -> String {
    ((state.consensus.isHost ? ["v calls a vote"] : [])
      + (readsIt(state) ? ["e agrees on a grade", "U leaves it unresolved"] : []))
      .joined(separator: ", ")
  }

  /// - Parameter turns: the key that lets those take turns who sit at this screen.
  static func notReader(_ state: State, turns: Character) -> String? {
    if let closed = closed(state) { return closed }
    guard !readsIt(state) else { return nil }
    let here = state.consensus.atThisScreen(state.consensus.table?.readers.map(\.id) ?? [])
    return "only the readers of the case can do this" + (here.isEmpty ? "" : "; \(turns) lets them take turns")
  }

  /// That no vote is open, and who calls one.
  static func noVote(_ state: State) -> String {
    "no vote is open here" + (state.consensus.isHost ? "; v calls one" : "")
  }

  /// Why nobody can speak for the consensus as it stands; nil when they can.
  @Sendable static func notSettled(_ state: State) -> String? {
    if let closed = closed(state) { return closed }
    if let tooFewLeft = state.consensus.table?.tooFewLeft { return tooFewLeft.description }
    let rows = state.consensus.rows
    if let row = rows.first(where: \.hasOpenVote) {
      let waiting = (row.vote?.waiting ?? []).map(\.rawValue).joined(separator: ", ")
      let how = waiting.isEmpty ? "n goes there, r reveals it" : "it waits for \(waiting); n goes there"
      return "a vote on \(row.title) is open; \(how)\(callsOff(state))"
    }
    let open = rows.count { $0.decision == nil }
    if open == 0, let row = rows.first(where: { !$0.isSettled }) {
      return "\(row.title) departs from the rule without a reason; n goes there, R gives one"
    }
    guard open > 0 else { return nil }
    return "\(open) \(open == 1 ? "finding is" : "findings are") not yet settled; n goes to the next"
  }

  /// Why there is nobody to take turns at this screen.
  static func noTurns(_ state: State, _ readers: [PrincipalID]?, _ alone: String) -> String? {
    let here = state.consensus.atThisScreen(readers ?? [])
    return here.isEmpty || here == [state.session.principal.id] && state.consensus.isShared
      ? "the others sit at seats of their own" + (readsIt(state) ? "; \(alone) here" : "") : nil
  }

  @Sendable static func cannotSpeak(_ state: State) -> String? { notSettled(state) ?? notReader(state, turns: "W") }
}
