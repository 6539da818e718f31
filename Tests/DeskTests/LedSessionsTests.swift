// Two seats in one session: the file says who led, and when a seat was lost and came back.

import CaseStore
import DeskSupport
import Foundation
import ReviewCore
import Testing
import Workstation

@Suite struct LedSessionsTests {
  @Test func leadAndSeatsAreOnRecord() throws {
    let first = try Workbench.practice()
    let home = FileManager.default.temporaryDirectory
    func seat(_ id: PrincipalID) throws -> Workbench {
      try Workbench(at: first.path, as: id, environment: first.environment, home: home, 80, 24)
    }
    func record() throws -> [String] {
      try first.store.audit(AuditFilter(caseID: "4", kinds: [.sessionLed])).map {
        "\($0.principal?.rawValue ?? "") with \($0.detail ?? "nobody")"
      }
    }
    first.press("/case:4⏎c")
    #expect(try record() == [])
    first.press("O")
    #expect(try record() == ["R1 with nobody"])
    let second = try seat("R2")
    second.press("/case:4⏎c")
    for action in first.runner.poll() { first.act(action) }
    #expect(try record() == ["R1 with nobody", "R1 with R2"])
    second.press("H")
    #expect(try record().last == "R2 with R1")
    second.runner.leave()
    for action in first.runner.poll() { first.act(action) }
    #expect(try record().last == "R1 with nobody")
    #expect(try record().count == 4)
  }
}
