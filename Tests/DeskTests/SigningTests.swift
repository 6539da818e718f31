// Two windows of one reader on one study file: what is signed is what the signing window showed.

import CaseStore
import DeskSupport
import ReviewCore
import Testing
import Workstation

@Suite struct SigningTests {
  private typealias ID = Codebook.ID

  /// Case 2, all graded, with the box open.
  private func boxed() throws -> Workbench {
    let bench = try Workbench.practice()
    bench.press("↓g⏎ ⏎111333221212S")
    return bench
  }

  private func reading(_ bench: Workbench) throws -> Reading? { try bench.store.caseView("2").readings.first }

  @Test func aGradeOfAnotherWindowIsNotSignedUnseen() throws {
    // Given: another window's grade, of which this one has not heard.
    let bench = try boxed()
    _ = try bench.store.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("absent"), note: "a vessel")))
    // When, then
    bench.press("⏎")
    #expect(try reading(bench)?.state == .draft)
    #expect(bench.frame().text.contains("rim sign: present → absent, “a vessel”"))
    bench.press("⏎⏎⏎")
    #expect(try reading(bench)?.state.isSigned == true)
    #expect(try reading(bench)?.grades[GradeKey(.baseline, ID.rimSign)]?.note == "a vessel")
  }

  @Test func whatAnotherWindowSignedIsNotSignedAgain() throws {
    let bench = try boxed()
    _ = try bench.store.sign("2", .baseline, seen: bench.store.signingSheet("2", .baseline))
    bench.press("⏎")
    #expect(bench.state.overlay is TakenAway && bench.state.reading?.state.isSigned == true)
    bench.press("⏎")
    #expect(bench.state.message?.text.hasPrefix("not signed from here: this reading is signed") == true)
    // And the version that this window shows is the one it amends.
    bench.press("Aslip")
    _ = try bench.store.amend("2", version: 1, reason: "missed the rim")
    _ = try bench.store.sign("2", .baseline, seen: bench.store.signingSheet("2", .baseline))
    bench.press("⏎")
    #expect(try reading(bench)?.version == 2)
    #expect(bench.state.message?.text.contains("changed in another window") == true)
  }

  @Test func aSequentialChangeThatIsTheRulesNoMoreIsNotSigned() throws {
    // Given: the follow-up of case 2 with the rule's grade, and then an abscess.
    let bench = try boxed()
    bench.press("⏎}1⏎2⏎211131" + "2⏎")
    #expect(bench.state.missing.isEmpty)
    bench.press("↑↑2")
    // When
    bench.press("S⏎")
    guard let prompt = bench.state.overlay as? Prompt else {
      Issue.record("no reason is asked for: \(bench.frame().text)")
      return
    }
    #expect(prompt.purpose == .overruling(.level("healing")))
    #expect(try bench.store.caseView("2").reading(of: "R1", "5")?.state == .draft)
    bench.press("it is sterile⏎S⏎⏎")
    #expect(try bench.store.caseView("2").reading(of: "R1", "5")?.state.isSigned == true)
  }
}
