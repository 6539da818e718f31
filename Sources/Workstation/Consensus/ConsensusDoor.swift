// The way into a session, from the worklist and the case screen.

import Grid
import ReviewCore

extension Commands {
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
      return [.session(.load(row.id)), .session(.loadAgenda), .session(.join(row.id))]
    })

  static func holdsSessions(_ state: State) -> Bool {
    [.reader, .coordinator].contains(state.session.principal.role)
  }
}
