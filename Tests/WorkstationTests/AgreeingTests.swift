// Grades that are agreed on one by one, with their reasons.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct AgreeingTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  /// One step back: from the text to the choice, and from the choice to the screen; a step of the choice is undone.
  @Test func escGoesBackOneStepAndUUndoesOne() throws {
    var bench = try Bench.session()
    let key = GradeKey("2", Codebook.ID.lesionChanges)
    while bench.state.consensus.row?.key != key { bench.press("↓") }
    bench.press("e u")
    guard case .choose(let choice)? = bench.state.overlay as? SessionDialog else {
      Issue.record("no choice is open")
      return
    }
    #expect(choice.marks == [.site(.bone(.l5)): .level("decreased")])
    bench.press("u")
    #expect(bench.state.message?.text == "nothing has been chosen here yet")
    bench.press("?")
    #expect(bench.frame().text.contains("what the readers said of the bone, one after another"))
    bench.press("⎋")
    #expect(bench.state.overlay is SessionDialog)
    bench.press("t⎋")
    #expect(bench.frame().text.contains("t type it"))
    bench.press("⎋")
    #expect(bench.state.overlay == nil && bench.state.screen == .consensus)
    bench.press("A1⎋")
    #expect(bench.frame().text.contains("Who is absent?"))
  }

  /// In a consensus U leaves a finding unresolved: not for who has just undone something, and takes it for redo.
  @Test func uIsNoRedo() throws {
    var bench = try Bench.session()
    let rim = GradeKey(.baseline, Codebook.ID.rimSign)
    bench.press("↓⏎")
    #expect(bench.state.consensus.row?.key == rim && bench.state.consensus.row?.decision != nil)
    bench.press("uU")
    #expect(bench.state.consensus.row?.decision == nil)
    #expect(bench.state.message?.text == "U redoes nothing here; press it again to leave rim sign unresolved")
    bench.press("U")
    #expect(bench.sessions["1"]?.decisions[rim]?.how == .unresolved)
  }

  @Test func aGradeOfNobodyAsksForItsReason() throws {
    var bench = try Bench.session()
    bench.press("↓ex")
    guard case .text(.rationale(rim, _, _), _)? = bench.state.overlay as? SessionDialog else {
      Issue.record("no reason was asked for")
      return
    }
    bench.press("motion⏎")

    #expect(bench.sessions["1"]?.decisions[rim]?.rationale == "motion")
  }

  @Test func bonesAreSettledOneByOne() throws {
    // Given the change per bone, of which two readers say decreased and one unchanged
    var bench = try Bench.session()
    let key = GradeKey("2", Codebook.ID.lesionChanges)
    while bench.state.consensus.row?.key != key { bench.press("↓") }

    // When the bone's mark is changed and taken
    bench.press("e ⏎")

    #expect(bench.sessions["1"]?.decisions[key]?.grade?.value == .map([.l5: "unchanged"]))
  }

  @Test func howAndCauseAreSaidAndStayWithTheGrade() throws {
    // Given the majority's grade, adopted after a talk, with the cause of the discrepancy
    var bench = try Bench.session()
    bench.press("↓⏎d4Rseen twice⏎")
    bench.press("h")
    #expect(bench.frame().text.contains("How it was agreed: rim sign"))
    bench.press("2")
    #expect(
      bench.sessions["1"]?.decisions[rim]
        == AgreedGrade(
          Grade(.level("present"), bone: nil), how: .discussed, cause: .imageQuality, rationale: "seen twice"))

    // When one tries to adopt again, and agrees on another grade
    bench.press("⏎")
    #expect(bench.state.message?.text == "a grade is already agreed; e changes it")
    bench.press("e1")

    // Then the cause stays, and the words for the other grade do not
    #expect(
      bench.sessions["1"]?.decisions[rim]
        == AgreedGrade(Grade(.level("absent")), how: .discussed, cause: .imageQuality))
  }
}
