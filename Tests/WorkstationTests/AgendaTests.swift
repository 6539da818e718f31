// The agenda of a session: its order, and which case is the next.

import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct AgendaTests {
  private func rows(_ stages: [CaseID: CaseStage]) -> Action {
    .session(.agenda(stages.sorted { $0.key < $1.key }.map { AgendaRow(id: $0.key, patient: "", stage: $0.value) }))
  }

  @Test func afterTheLastComesTheFirstThatIsLeft() throws {
    var bench = try Bench.session()
    for id in ["4", "6"] as [CaseID] { bench.open(id) }
    func go(_ stages: [CaseID: CaseStage]) -> String? {
      bench.act(rows(stages))
      bench.press("]")
      return bench.state.consensus.caseID?.rawValue
    }
    let open = CaseStage.inDiscussion
    // One that is recorded already is passed over
    #expect(go(["1": open, "4": .recorded, "6": open]) == "6")
    #expect(bench.state.message == nil)
    // From the end it goes on at the first that is left, and says so
    #expect(go(["1": open, "4": .recorded, "6": open]) == "1")
    #expect(bench.state.message?.text == "none is left after case 6: back to case 1")
    // Also where the one that is open was recorded just now
    bench.press("]")
    #expect(go(["1": open, "4": open, "6": .recorded]) == "1")
    // A parked one comes once nothing else is left
    bench.state.consensus.parked = ["4"]
    #expect(go(["1": open, "4": open, "6": open]) == "6")
    #expect(go(["1": .recorded, "4": open, "6": open]) == "4")
    // And where this is the only one that is left
    bench.state.consensus.parked = []
    bench.act(rows(["4": open]))
    bench.press("]")
    #expect(bench.state.message?.text == "no other case of the agenda is left; [ goes back")
  }
}
