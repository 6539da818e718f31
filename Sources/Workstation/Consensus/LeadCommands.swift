// Who leads a session and who follows: the keys for it, and the way out.

import Grid
import ReviewCore

extension Commands {
  private static let command = CommandMaker(.consensus)

  /// First of all: in the footer nothing is more urgent to somebody who has lost the others.
  static let followTheLeader = command(
    "follow", "rejoin the others, at the leader's finding", [.character("f")], hint: "rejoin the others",
    whyNot: { state in
      if !state.consensus.isShared { return "nobody else is here" }
      guard state.consensus.isFollowing else { return nil }
      return state.consensus.isHost
        ? "you lead; the others follow you"
        : "you are following the leader; move the cursor to look around on your own"
    }
  ) { state in
    // Who was given the lead while they wrote goes where the others are already.
    if state.consensus.isHost { return state.consensus.room?.focus.map { state.go(to: $0, of: nil) } ?? [] }
    state.consensus.isFollowing = true
    return [.session(.join(state.consensus.caseID))]
  }

  static let leading: [Command] = [
    command(
      "lead", "take the lead", [.character("H")],
      whyNot: { $0.consensus.isHost ? "you are already leading; L hands the lead to the next seat" : nil }
    ) { state in
      (state.consensus.isFollowing, state.consensus.changesLead) = (true, true)
      return [.session(.lead)]
    },
    command(
      "handOver", "hand over the lead to the next seat", [.character("L")],
      whyNot: { state in
        if !state.consensus.isShared { return "nobody else is here" }
        return state.consensus.isHost ? nil : "only the leader can hand over the lead"
      }
    ) { state in
      (state.consensus.isFollowing, state.consensus.changesLead) = (true, true)
      return [.session(.handOver)]
    },
    Command("consensus.leave", "back to the previous screen", keys: [.escape, .character("q")], on: [.consensus]) {
      state in
      state.pop()
      return [.session(.leave), .session(.dismissGuests)] + state.comeBack()
    },
  ]
}
