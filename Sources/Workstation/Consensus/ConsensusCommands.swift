// Commands of the consensus screen.

import Grid
import ReviewCore

extension Commands {
  private static let command = CommandMaker(.consensus)

  private static let reopening = "reopen"

  /// `O` opens a case, and one that is open already it reopens.
  static func isForTheCase(_ command: Command, _ state: State) -> Bool {
    switch command.id {
    case "consensus.open": state.consensus.table == nil
    case "consensus.\(reopening)": state.consensus.table != nil
    default: true
    }
  }

  private static func act(_ state: State, _ move: ConsensusMove) -> [Effect] {
    state.consensus.caseID.map { [.session(.act($0, move, as: nil))] } ?? []
  }

  private static func move(_ state: inout State, to index: Int) -> [Effect] {
    let rows = state.consensus.rows
    guard !rows.isEmpty else { return [] }
    return state.pointAt(rows[max(0, min(index, rows.count - 1))].key)
  }

  /// The next disputed finding that is not settled, then any that is not; once all are, any disputed one.
  private static func next(_ state: State, forward: Bool) -> Int? {
    let rows = state.consensus.rows
    let indices = forward ? Array(rows.indices) : rows.indices.reversed()
    let here = state.consensus.index
    let me = state.session.principal.id
    let wanted: [(ConsensusRow) -> Bool] = [
      { $0.hasOpenVote && $0.vote?.waiting.contains(me) == true },
      { $0.isDisputed && !$0.isSettled }, { !$0.isSettled },
      { $0.isDisputed && state.consensus.row?.isSettled != false },
    ]
    for condition in wanted {
      let found = indices.filter { condition(rows[$0]) && $0 != here }
      if let next = found.first(where: { forward ? $0 > here : $0 < here }) ?? found.first { return next }
    }
    return nil
  }

  private static func choose(_ purpose: GradeChoice.Purpose, _ state: inout State) -> [Effect] {
    guard let row = state.consensus.row, let finding = state.session.codebook[row.key.finding] else { return [] }
    state.overlay = SessionDialog.choose(
      GradeChoice(purpose, row, finding, own: state.signed(row.key, by: state.session.principal.id)))
    return []
  }

  private static func ask(
    _ state: inout State, _ purpose: SessionDialog.Purpose, text: String = ""
  ) -> [Effect] {
    state.overlay = SessionDialog.text(purpose, LineEditor(text))
    return []
  }

  static let consensus: [Command] =
    [followTheLeader] + jointReading
    + [
      command(
        "next", "next finding to settle", [.character("n")], hint: "next",
        whyNot: { state in
          guard next(state, forward: true) == nil else { return nil }
          return state.consensus.row?.isSettled == false
            ? "this is the only finding left to settle" : "there is nothing to settle here"
        }
      ) { state in
        next(state, forward: true).map { move(&state, to: $0) } ?? []
      },
      command("before", "previous finding to settle", [.character("N")]) { state in
        next(state, forward: false).map { move(&state, to: $0) } ?? []
      },
      command(
        "vote", "call a vote on the finding, or vote", [.character("v")], hint: "vote",
        whyNot: { state in
          if let closed = WhyNotInSession.closed(state) { return closed }
          if state.consensus.row?.hasOpenVote == true { return WhyNotInSession.notReader(state, turns: "w") }
          return state.consensus.isHost
            ? nil : "\(WhyNotInSession.leader(state)) leads and calls the votes; H takes the lead"
        }
      ) { state in
        guard let row = state.consensus.row else { return [] }
        guard row.hasOpenVote else { return act(state, .call(row.key)) }
        return choose(.vote(as: nil), &state)
      },
      command(
        "reveal", "reveal all votes at once", [.character("r")], hint: "reveal",
        whyNot: { state in
          if let closed = WhyNotInSession.closed(state) { return closed }
          guard let vote = state.consensus.row?.vote, vote.isOpen else { return WhyNotInSession.noVote(state) }
          let waiting = vote.waiting.map(\.rawValue).joined(separator: ", ")
          return waiting.isEmpty
            ? nil : "the vote waits for \(waiting); A records who is absent\(WhyNotInSession.callsOff(state))"
        }
      ) { state in
        state.consensus.row.map { act(state, .reveal($0.key)) } ?? []
      },
      command(
        "callOff", "call off the open vote", [.character("X")], hint: "call off",
        whyNot: { state in
          if let closed = WhyNotInSession.closed(state) { return closed }
          guard state.consensus.row?.hasOpenVote == true else { return WhyNotInSession.noVote(state) }
          return state.consensus.isHost
            ? nil : "\(WhyNotInSession.leader(state)) leads and calls votes off; H takes the lead"
        }
      ) { state in
        state.consensus.row.map { act(state, .callOff($0.key)) } ?? []
      },
      command(
        "turns", "vote in turn at this screen, behind a curtain", [.character("w")], hint: "vote in turn",
        whyNot: { state in
          if let closed = WhyNotInSession.closed(state) { return closed }
          guard let vote = state.consensus.row?.vote, vote.isOpen else { return WhyNotInSession.noVote(state) }
          return vote.waiting.isEmpty
            ? "all have voted; r reveals" : WhyNotInSession.noTurns(state, vote.waiting, "v votes")
        }
      ) { state in
        guard let row = state.consensus.row else { return [] }
        state.startTurns(.vote(row.key), state.consensus.atThisScreen(row.vote?.waiting ?? []))
        return []
      },
      command(
        "adopt", "adopt the unanimous or majority grade", [.enter], hint: "adopt",
        whyNot: { state in
          if let closed = WhyNotInSession.cannotAgree(state) { return closed }
          if let decision = state.consensus.row?.decision {
            return decision.grade == nil
              ? "the finding is left unresolved; e agrees on a grade" : "a grade is already agreed; e changes it"
          }
          return state.consensus.row?.suggestion == nil
            ? "no grade has a majority; \(WhyNotInSession.waysToSettle(state))" : nil
        }
      ) { state in
        guard let row = state.consensus.row, let suggestion = row.suggestion else { return [] }
        return act(state, .agree(row, suggestion))
      },
      command(
        "unanimous", "accept every finding that all readers graded alike", [.character("y")], hint: "unanimous",
        whyNot: { state in
          if let closed = WhyNotInSession.closed(state) { return closed }
          guard WhyNotInSession.readsIt(state) else { return "only the readers of the case can agree on grades" }
          let left = state.consensus.rows.contains { $0.agreement == .unanimous && $0.decision == nil }
          return left ? nil : "all unanimous findings have been accepted"
        }
      ) { act($0, .takeOver(nil)) },
      command("choose", "agree on a grade", [.character("e")], hint: "grade", whyNot: WhyNotInSession.cannotAgree) {
        state in
        choose(.agree, &state)
      },
      command(
        "unresolved", "leave the finding unresolved", [.character("U")],
        // Elsewhere U does again what was undone.
        whyNot: { state in
          if let closed = WhyNotInSession.cannotAgree(state) { return closed }
          guard state.consensus.hasUndone, let row = state.consensus.row else { return nil }
          return "U redoes nothing here; press it again to leave \(row.title) unresolved"
        }
      ) { state in
        state.consensus.row.map { act(state, .agree($0, $0.agreed(nil))) } ?? []
      },
      command(
        "cause", "say why the readers differed", [.character("d")], hint: "cause", whyNot: WhyNotInSession.noDifference
      ) { state in
        state.overlay = state.consensus.row.map { SessionDialog.cause($0.key) }
        return []
      },
      command(
        "how", "say how the grade was reached", [.character("h")],
        whyNot: { state in
          if let reason = WhyNotInSession.noDecision(state) { return reason }
          let ways = state.consensus.row?.ways ?? []
          return ways.count > 1 ? nil : "it can only be ‘\(ways.first?.rawValue ?? "")’"
        }
      ) { state in
        state.overlay = state.consensus.row.map { SessionDialog.how($0.key) }
        return []
      },
      command("rationale", "write why this grade", [.character("R")], whyNot: WhyNotInSession.noDecision) { state in
        guard let row = state.consensus.row, let decision = row.decision else { return [] }
        return ask(&state, .rationale(row.key, decision, instead: decision), text: decision.rationale ?? "")
      },
      command("note", "write a note on the finding", [.character("m")], hint: "note", whyNot: WhyNotInSession.closed) {
        state in
        guard let row = state.consensus.row else { return [] }
        return ask(&state, .note(row.key), text: row.note ?? "")
      },
      command(
        "undo", "undo what you agreed on last", [.character("u")], hint: "undo",
        whyNot: { state in
          guard let table = state.consensus.table, table.stage != .recorded else {
            return WhyNotInSession.closed(state)
          }
          return WhyNotInSession.readsIt(state) ? nil : "only the readers of the case can agree on grades"
        }
      ) { state in
        state.consensus.isUndoing = true
        return act(state, .undo)
      },
      command("clear", "take back what is agreed", [.backspace, .delete], whyNot: WhyNotInSession.nothingAgreed) {
        state in
        guard let row = state.consensus.row, let agreed = row.decision else { return [] }
        return act(state, .takeBack(row.key, agreed))
      },
      command(
        "confirm", "confirm the consensus, or dissent", [.character("C")], hint: "confirm",
        whyNot: { state in
          if let reason = WhyNotInSession.cannotSpeak(state) { return reason }
          let own = state.consensus.table?.readers.first { $0.id == state.session.principal.id }
          return own?.standing == .confirmed ? "you have confirmed this version; D dissents from it after all" : nil
        }
      ) { state in
        state.openConfirmation(as: nil)
        return []
      },
      command(
        "confirmInTurn", "let the readers confirm in turn at this screen", [.character("W")], hint: "confirm in turn",
        whyNot: { state in
          WhyNotInSession.notSettled(state)
            ?? WhyNotInSession.noTurns(state, state.consensus.table?.pending, "C confirms")
        }
      ) { state in
        state.startTurns(.confirm, state.consensus.atThisScreen(state.consensus.table?.pending ?? []))
        return []
      },
      command("dissent", "dissent on the record", [.character("D")], whyNot: WhyNotInSession.cannotSpeak) { state in
        state.consensus.table.map { ask(&state, .dissent(as: nil, $0.version)) } ?? []
      },
      command(
        "absent", "record a reader absent", [.character("A")],
        whyNot: {
          WhyNotInSession.closed($0)
            ?? $0.consensus.table?.tooFewLeft?.description
            ?? ($0.consensus.table?.pending.isEmpty == true
              ? "everybody has confirmed, dissented or is recorded absent" : nil)
        }
      ) { state in
        state.overlay = SessionDialog.who(state.consensus.table?.pending ?? [])
        return []
      },
      command(
        "open", "open the case", [.character("O")], hint: "open",
        whyNot: {
          $0.consensus.view?.stage.isFromElsewhere == true ? "its consensus was reached elsewhere" : nil
        }
      ) { state in
        state.consensus.caseID.map { [.session(.open($0))] } ?? []
      },
      command(
        reopening, "reopen the consensus with a reason", [.character("O")], hint: "reopen",
        whyNot: { $0.consensus.table?.stage == .recorded ? nil : "the case is open" }
      ) { state in
        state.consensus.table.map { ask(&state, .reopen($0.version)) } ?? []
      },
      command("order", "disputed findings first, or the order of the codebook", [.character("o")]) { state in
        state.consensus.isDisputedFirst.toggle()
        return state.sharing()
      },
      command("down", "next finding", [.down, .character("j")]) { move(&$0, to: $0.consensus.index + 1) },
      command("up", "previous finding", [.up, .character("k")]) { move(&$0, to: $0.consensus.index - 1) },
      command("pageDown", "a screen down", [.pageDown]) { move(&$0, to: $0.consensus.index + 10) },
      command("pageUp", "a screen up", [.pageUp]) { move(&$0, to: $0.consensus.index - 10) },
      command("first", "first finding", [.home]) { move(&$0, to: 0) },
      command("last", "last finding", [.end]) { move(&$0, to: .max) },
    ] + leading + agenda
}
