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

  @Test func longIdsKeepTheirEndsOnTheAgenda() throws {
    var bench = try Bench.session()
    bench.press("a")
    let rows = [1, 2].map { number in
      AgendaRow(
        id: CaseID("multicentre-spine-infection-000\(number)"), patient: "M 5\(number)", stage: .inDiscussion,
        table: bench.table("1"))
    }
    bench.act(.session(.agenda(rows)))
    let lines = bench.frame().text.split(separator: "\n").filter { $0.contains("infection-000") }
    #expect(lines.count == 2 && lines[0].contains("0001 M 51") && lines[1].contains("0002 M 52"))
  }

  /// Whatever a case waits for is said, and has room beside long ids and stages.
  @Test func theAgendaSaysWhatEachCaseWaitsFor() throws {
    var bench = try Bench.session()
    bench.press("a")
    let table = try #require(bench.table("1"))
    var left = table
    left.tooFewLeft = .tooFewLeft(needed: 2, of: 3, left: ["R2", "R3"])
    let rows = [
      AgendaRow(id: "multicentre-spine-01", patient: "M 51", stage: .inDiscussion, table: table),
      AgendaRow(id: "multicentre-spine-02", patient: "M 52", stage: .inDiscussion, table: left),
      AgendaRow(id: "multicentre-spine-03", patient: "M 53", stage: .ready),
      AgendaRow(id: "multicentre-spine-04", patient: "M 54", stage: .recorded),
    ]
    bench.act(.session(.agenda(rows)))
    bench.press("p")
    let lines = bench.frame().text.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains(" waits for") })
    func line(_ id: String) throws -> String { try #require(lines.first { $0.contains(id) }) }
    #expect(try line("spine-01").contains("in discussion, parked"))
    #expect(try line("spine-01").hasSuffix("R1, R2, R3"))
    #expect(try line("spine-02").hasSuffix("nobody: too few left"), "\(lines)")
    #expect(try line("spine-03").hasSuffix("its opening"))
    #expect(try line("spine-04").hasSuffix("recorded"))
  }

  @Test func theAgendaIsOrderedParkedAndRecalled() throws {
    var bench = try Bench.session()
    bench.open("4")
    bench.open("6")
    bench.press("a")
    #expect(bench.state.consensus.planned.map(\.id) == ["1", "4", "6"])

    bench.press("p")
    #expect(bench.state.consensus.planned.map(\.id) == ["4", "6", "1"])
    bench.press("J")
    #expect(bench.state.consensus.planned.map(\.id) == ["6", "4", "1"])
    bench.press("⏎")
    #expect(bench.state.screen == .consensus && bench.state.consensus.caseID == "4")
    bench.press("]")
    #expect(bench.state.consensus.caseID == "6")
    #expect(bench.asked.contains(.session(.share(SessionFocus(caseID: "6", order: ["6", "4", "1"], parked: ["1"])))))
  }
}
