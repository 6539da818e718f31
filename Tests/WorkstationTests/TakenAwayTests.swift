// Cases, boxes and choices that others take away while somebody types.

import Grid
import ReviewCore
import Testing

@testable import Workstation

/// What is typed is for the case that is seen: a case that closes under somebody's hands takes no other with it.
@Suite struct TakenAwayTests {
  @Test(arguments: ["m", "s"]) func aCaseThatIsOpenedMeanwhileTakesNoMoreKeys(_ opened: String) throws {
    var bench = try Bench.practice()
    bench.press("↓g" + (opened == "m" ? "↓1m" : "s"))
    if opened == "m" { bench.press("seen at ") }
    bench.open("2")
    bench.act(.changedElsewhere)
    #expect(bench.state.overlay is TakenAway && bench.state.grading.picker == nil)
    let (asked, stack) = (bench.asked.count, bench.state.stack)
    bench.press("gross L4 only?")
    #expect(bench.asked.count == asked && bench.state.stack == stack)
    let frame = bench.frame().text
    #expect(frame.contains("the case is opened for consensus"))
    #expect(frame.contains("‘seen at’") == (opened == "m"))
    bench.press("⎋")
    #expect(bench.state.overlay == nil && bench.frame().text.contains("the case is opened for consensus"))
  }

  /// A joint reading that its leader takes to another case: what is being chosen is not agreed there.
  @Test func whatIsChosenInAJointReadingIsNotAgreedInTheNextCase() throws {
    var bench = try Bench.joint()
    bench.open("4")
    bench.act(room(host: "b", at: SessionFocus(caseID: "2")))
    bench.press("s")
    #expect(bench.state.grading.picker != nil)
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.grading.view?.id == "4" && bench.state.overlay is TakenAway)
    bench.press("1")
    #expect(bench.sessions["4"]?.decisions.isEmpty == true)
  }

  /// A choice that is open as the leader goes on is closed, and the keys meant for it do nothing.
  @Test func aChoiceIsClosedWhenTheLeaderGoesOn() throws {
    var bench = try Bench.session()
    bench.act(room(host: "b", at: SessionFocus(caseID: "1")))
    bench.press("e")
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.frame().text.contains("R2 went on to case 4"))
    bench.press("H")
    #expect(bench.state.consensus.changesLead == false && bench.state.overlay is TakenAway)
  }
}
