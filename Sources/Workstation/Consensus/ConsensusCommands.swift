// Commands of the consensus screen.

import Grid
import ReviewCore

extension Commands {
  private static func command(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    run: @escaping @Sendable (inout State) -> [Effect]
  ) -> Command {
    Command("consensus.\(id)", title, keys: keys, on: [.consensus], hint: hint, whyNot: whyNot, run: run)
  }

  private static let reopening = "reopen"

  /// `O` opens a case, and one that is open already it reopens.
  static func isForTheCase(_ command: Command, _ state: State) -> Bool {
    switch command.id {
    case "consensus.open": state.consensus.table == nil
    case "consensus.\(reopening)": state.consensus.table != nil
    default: true
    }
  }

  /// Why nothing can be said of the finding under the cursor; nil when it can.
  @Sendable private static func closed(_ state: State) -> String? {
    guard let table = state.consensus.table else { return "the case is not open for consensus; O opens it" }
    guard table.stage != .recorded else { return "the consensus is recorded; O reopens it with a reason" }
    return state.consensus.row == nil ? "there is no finding here" : nil
  }

  @Sendable private static func votingClosed(_ state: State) -> String? {
    if let closed = closed(state) { return closed }
    guard state.consensus.row?.hasOpenVote == true else { return nil }
    return "a vote is open here: once all have voted, r reveals it\(callsOff(state))"
  }

  /// The other way to end a vote, for whoever may take it.
  private static func callsOff(_ state: State) -> String { state.consensus.isHost ? "; X calls it off" : "" }

  /// Who leads, where it is not this seat.
  private static func leader(_ state: State) -> String { state.consensus.room?.hostName?.rawValue ?? "the leader" }

  /// What is agreed is the word of the case's readers.
  @Sendable static func cannotAgree(_ state: State) -> String? {
    if let closed = votingClosed(state) { return closed }
    return readsIt(state) ? nil : "only the readers of the case can agree on grades"
  }

  private static func readsIt(_ state: State) -> Bool {
    state.consensus.table?.readers.contains { $0.id == state.session.principal.id } ?? false
  }

  @Sendable private static func noDecision(_ state: State) -> String? {
    if let closed = cannotAgree(state) { return closed }
    return state.consensus.row?.decision == nil ? "agree on a grade first" : nil
  }

  @Sendable private static func notReader(_ state: State) -> String? {
    if let closed = closed(state) { return closed }
    return readsIt(state) ? nil : "only the readers of the case can do this; W lets them take turns"
  }

  /// Why nobody can speak for the consensus as it stands; nil when they can.
  @Sendable private static func notSettled(_ state: State) -> String? {
    if let closed = closed(state) { return closed }
    let rows = state.consensus.rows
    if let row = rows.first(where: \.hasOpenVote) {
      return "a vote on \(row.title) is open; n goes there, r reveals it\(callsOff(state))"
    }
    let open = rows.count { $0.decision == nil }
    if open == 0, let row = rows.first(where: { !$0.isSettled }) {
      return "\(row.title) departs from the rule without a reason; n goes there, R gives one"
    }
    guard open > 0 else { return nil }
    return "\(open) \(open == 1 ? "finding is" : "findings are") not yet settled; n goes to the next"
  }

  /// Why there is nobody to take turns at this screen.
  private static func noTurns(_ state: State, _ readers: [PrincipalID]?, _ alone: String) -> String? {
    let here = state.consensus.atThisScreen(readers ?? [])
    return here.isEmpty || here == [state.session.principal.id] && state.consensus.isShared
      ? "the others sit at seats of their own; \(alone) here" : nil
  }

  @Sendable private static func cannotSpeak(_ state: State) -> String? { notSettled(state) ?? notReader(state) }

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
    state.overlay = SessionDialog.choose(GradeChoice(purpose, row, finding))
    return []
  }

  private static func ask(
    _ state: inout State, _ purpose: SessionDialog.Purpose, text: String = ""
  ) -> [Effect] {
    state.overlay = SessionDialog.text(purpose, LineEditor(text))
    return []
  }

  static let consensus: [Command] =
    [follow] + jointReading
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
          if let closed = closed(state) { return closed }
          if state.consensus.row?.hasOpenVote == true { return notReader(state) }
          return state.consensus.isHost
            ? nil : "\(leader(state)) leads and calls the votes; H takes the lead"
        }
      ) { state in
        guard let row = state.consensus.row else { return [] }
        guard row.hasOpenVote else { return act(state, .call(row.key)) }
        return choose(.vote(as: nil), &state)
      },
      command(
        "reveal", "reveal all votes at once", [.character("r")], hint: "reveal",
        whyNot: { state in
          if let closed = closed(state) { return closed }
          guard let vote = state.consensus.row?.vote, vote.isOpen else { return "no vote is open here; v calls one" }
          let waiting = vote.waiting.map(\.rawValue).joined(separator: ", ")
          return waiting.isEmpty
            ? nil : "the vote waits for \(waiting); A records who is absent\(callsOff(state))"
        }
      ) { state in
        state.consensus.row.map { act(state, .reveal($0.key)) } ?? []
      },
      command(
        "callOff", "call off the open vote", [.character("X")], hint: "call off",
        whyNot: { state in
          if let closed = closed(state) { return closed }
          guard state.consensus.row?.hasOpenVote == true else { return "no vote is open here; v calls one" }
          return state.consensus.isHost
            ? nil : "\(leader(state)) leads and calls votes off; H takes the lead"
        }
      ) { state in
        state.consensus.row.map { act(state, .callOff($0.key)) } ?? []
      },
      command(
        "turns", "vote in turn at this screen, behind a curtain", [.character("w")], hint: "vote in turn",
        whyNot: { state in
          if let closed = closed(state) { return closed }
          guard let vote = state.consensus.row?.vote, vote.isOpen else { return "no vote is open here; v calls one" }
          return vote.waiting.isEmpty ? "all have voted; r reveals" : noTurns(state, vote.waiting, "v votes")
        }
      ) { state in
        guard let row = state.consensus.row else { return [] }
        state.startTurns(.vote(row.key), state.consensus.atThisScreen(row.vote?.waiting ?? []))
        return []
      },
      command(
        "adopt", "adopt the unanimous or majority grade", [.enter], hint: "adopt",
        whyNot: { state in
          if let closed = cannotAgree(state) { return closed }
          if state.consensus.row?.decision != nil { return "a grade is already agreed; e changes it" }
          return state.consensus.row?.suggestion == nil ? "no grade has a majority; e chooses one, v votes" : nil
        }
      ) { state in
        guard let row = state.consensus.row, let suggestion = row.suggestion else { return [] }
        return act(state, .agree(row, suggestion))
      },
      command("choose", "agree on a grade", [.character("e")], hint: "grade", whyNot: cannotAgree) { state in
        choose(.agree, &state)
      },
      command("unresolved", "leave the finding unresolved", [.character("U")], whyNot: cannotAgree) { state in
        state.consensus.row.map { act(state, .agree($0, $0.agreed(nil))) } ?? []
      },
      command("cause", "say why the readers differed", [.character("d")], hint: "cause", whyNot: noDecision) { state in
        state.overlay = state.consensus.row.map { SessionDialog.cause($0.key) }
        return []
      },
      command(
        "how", "say how the grade was reached", [.character("h")],
        whyNot: { state in
          if let reason = noDecision(state) { return reason }
          let ways = state.consensus.row?.ways ?? []
          return ways.count > 1 ? nil : "it can only be ‘\(ways.first?.rawValue ?? "")’"
        }
      ) { state in
        state.overlay = state.consensus.row.map { SessionDialog.how($0.key) }
        return []
      },
      command("rationale", "write why this grade", [.character("R")], whyNot: noDecision) { state in
        guard let row = state.consensus.row, let decision = row.decision else { return [] }
        return ask(&state, .rationale(row.key, decision, instead: decision), text: decision.rationale ?? "")
      },
      command("note", "write a note on the finding", [.character("m")], hint: "note", whyNot: closed) { state in
        guard let row = state.consensus.row else { return [] }
        return ask(&state, .note(row.key), text: row.note ?? "")
      },
      command(
        "undo", "undo what you agreed on last", [.character("u")], hint: "undo",
        whyNot: { state in
          guard let table = state.consensus.table, table.stage != .recorded else { return closed(state) }
          return readsIt(state) ? nil : "only the readers of the case can agree on grades"
        }
      ) { state in
        state.consensus.isUndoing = true
        return act(state, .undo)
      },
      command("clear", "take back what is agreed", [.backspace, .delete], whyNot: noDecision) { state in
        guard let row = state.consensus.row, let agreed = row.decision else { return [] }
        return act(state, .takeBack(row.key, agreed))
      },
      command(
        "unanimous", "accept every finding that all readers graded alike", [.character("y")], hint: "accept unanimous",
        whyNot: { state in
          if let closed = closed(state) { return closed }
          guard readsIt(state) else { return "only the readers of the case can agree on grades" }
          let left = state.consensus.rows.contains { $0.agreement == .unanimous && $0.decision == nil }
          return left ? nil : "all unanimous findings have been accepted"
        }
      ) { act($0, .takeOver(nil)) },
      command(
        "confirm", "confirm the consensus, or dissent", [.character("C")], hint: "confirm",
        whyNot: { state in
          if let reason = cannotSpeak(state) { return reason }
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
          notSettled(state) ?? noTurns(state, state.consensus.table?.pending, "C confirms")
        }
      ) { state in
        state.startTurns(.confirm, state.consensus.atThisScreen(state.consensus.table?.pending ?? []))
        return []
      },
      command("dissent", "dissent on the record", [.character("D")], whyNot: cannotSpeak) { state in
        state.consensus.table.map { ask(&state, .dissent(as: nil, $0.version)) } ?? []
      },
      command(
        "absent", "record a reader absent", [.character("A")],
        whyNot: {
          closed($0)
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
    ] + live + agenda

  /// First of all: in the footer nothing is more urgent to somebody who has lost the others.
  private static let follow = command(
    "follow", "go to the leader's finding and follow", [.character("f")], hint: "follow the leader",
    whyNot: { state in
      if !state.consensus.isShared { return "nobody else is here" }
      if state.consensus.isHost { return "you lead; the others follow you" }
      return state.consensus.isFollowing
        ? "you are following the leader; move the cursor to look around on your own" : nil
    }
  ) { state in
    state.consensus.isFollowing = true
    state.message = Message("following the leader")
    return [.session(.join)]
  }

  private static let live: [Command] = [
    command(
      "lead", "take the lead", [.character("H")],
      whyNot: { $0.consensus.isHost ? "you are already leading; L hands the lead to the next seat" : nil }
    ) { state in
      (state.consensus.isFollowing, state.consensus.changesLead) = (true, true)
      return [.session(.lead(seat: nil))]
    },
    command(
      "handOver", "hand over the lead to the next seat", [.character("L")],
      whyNot: { state in
        if !state.consensus.isShared { return "nobody else is here" }
        return state.consensus.isHost ? nil : "only the leader can hand over the lead"
      }
    ) { state in
      (state.consensus.isFollowing, state.consensus.changesLead) = (true, true)
      return state.consensus.room?.next.map { [.session(.lead(seat: $0.seat))] } ?? []
    },
    Command("consensus.leave", "back to the previous screen", keys: [.escape, .character("q")], on: [.consensus]) {
      state in
      state.pop()
      return [.session(.leave), .session(.dismissGuests)] + state.comeBack()
    },
  ]

  /// From the worklist and the case screen.
  static let startConsensus = Command(
    "consensus", "open the consensus of the case", keys: [.character("c")], on: [.worklist, .patientCase],
    hint: "consensus",
    whyNot: { state in
      guard holdsSessions(state) else {
        return "readers and the coordinator hold consensus sessions"
      }
      guard let row = state.worklist.row else { return "there is no case here" }
      if row.stage == .imported { return "case \(row.id) was read elsewhere and imported; Enter shows it" }
      if row.stage == .published {
        return "the consensus of case \(row.id) is \(state.session.study.title(of: row.stage)); Enter shows it"
      }
      return row.stage == .reading ? "case \(row.id): \(row.signed) of \(row.required) readers have signed" : nil
    },
    keepsPlace: { holdsSessions($0) && $0.worklist.row.map { !$0.stage.isFromElsewhere } ?? false },
    run: { state in
      guard let row = state.worklist.row else { return [] }
      state.push(.consensus)
      state.consensus.isFollowing = true
      state.consensus.room = nil
      if state.consensus.caseID != row.id { state.consensus.key = nil }
      state.consensus.caseID = row.id
      return [.session(.load(row.id)), .session(.loadAgenda), .session(.join)]
    })

  static func holdsSessions(_ state: State) -> Bool {
    [.reader, .coordinator].contains(state.session.principal.role)
  }
}
