// Who leads a session, and who follows.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct LeadingTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  /// Who chose another case than the one that is talked about is told that they are not there.
  @Test func whoChoseAnotherCaseIsToldWhereTheyAre() throws {
    var bench = try Bench.session()
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.consensus.caseID == "4")
    #expect(bench.state.message?.text == "not case 1: R2 leads at case 4; ] and [ leave them")
  }

  /// Nobody is led to where nobody is waited for: by another window of their own, or to a case that is recorded.
  @Test func whoChoseACaseStaysThereBesideTheirOtherWindowOrARecordedCase() throws {
    var bench = try Bench.session()
    bench.act(
      .session(
        .room(
          Room(
            members: [Room.Member(seat: "b", principal: "R1"), Room.Member(seat: "a", principal: "R1")], host: "b",
            own: "a", focus: SessionFocus(caseID: "4")))))
    #expect(bench.state.consensus.caseID == "1" && bench.state.consensus.table?.caseID == "1")
    #expect(
      bench.state.message?.text == "another window of yours leads at case 4; f goes there, H leads from here")

    bench = try Bench.session()
    bench.state.consensus.agenda = [AgendaRow(id: "4", patient: "", stage: .recorded)]
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.consensus.caseID == "1" && !bench.state.consensus.isFollowing)
    #expect(
      bench.state.message?.text
        == "R2 leads at case 4, which is recorded; f goes there, H leads from here")
    bench.press("f")
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.consensus.caseID == "4")
  }

  /// Who is taken to another case is told with whom, and after who leads now.
  @Test func whoIsLedToAnotherCaseIsToldSo() throws {
    var bench = try Bench.session()
    bench.open("4")
    bench.act(room(host: "b", at: SessionFocus(caseID: "1", key: rim)))
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.message?.text == "on to case 4 with R2")
    bench.act(room(host: "b", own: "c", at: SessionFocus(caseID: "4")))
    bench.act(room(host: "c", own: "b", at: SessionFocus(caseID: "1")))
    #expect(bench.state.message?.text == "R3 leads now; on to case 1")
  }

  /// Who leads is said as it is: who took the lead was not given it.
  @Test func whoTookTheLeadIsNotToldThatItWasGiven() throws {
    var bench = try Bench.session()
    bench.act(room(host: "b", at: SessionFocus(caseID: "1", key: rim)))
    bench.act(room(host: "a", at: SessionFocus(caseID: "1", key: rim)))
    #expect(bench.state.message?.text == "R2 gave you the lead")
    bench.act(room(host: "b", at: SessionFocus(caseID: "1", key: rim)))
    #expect(bench.state.message?.text == "R2 took the lead from you; H takes it back")
    bench.press("H")
    bench.act(room(host: "a", at: SessionFocus(caseID: "1", key: rim)))
    #expect(bench.state.message?.text == "you lead now; R2 led before")
    bench.press("L")
    bench.act(room(host: "b", at: SessionFocus(caseID: "1", key: rim)))
    #expect(bench.state.message?.text == "R2 leads now")
    let leads = bench.frame().text
    #expect(leads.contains("R1, R2 leads, R3") && !leads.contains("host"))
  }

  @Test func aSeatFollowsTheHostUntilItLooksAroundAlone() throws {
    // Given a seat at which R3 leads
    var bench = try Bench.session()
    bench.act(room(host: "c", at: SessionFocus(caseID: "1", key: rim)))
    #expect(bench.state.consensus.row?.key == rim)
    bench.press("v")
    #expect(bench.state.message?.text == "R3 leads and calls the votes; H takes the lead")

    // When it moves its own cursor, it stays there until it follows again
    bench.press("↓")
    let alone = bench.state.consensus.row?.key
    bench.act(room(host: "c", at: SessionFocus(caseID: "1", key: GradeKey(.baseline, Codebook.ID.t2w))))
    #expect(alone != rim && bench.state.consensus.row?.key == alone)
    bench.press("f")
    bench.act(room(host: "c", at: SessionFocus(caseID: "1", key: GradeKey(.baseline, Codebook.ID.t2w))))
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.t2w)

    // And when the host has gone, this seat leads where the session was
    bench.act(
      .session(
        .room(
          Room(
            members: [Room.Member(seat: "a", principal: "R1")], host: "a", own: "a", focus: bench.state.consensus.focus)
        )))
    #expect(bench.state.message?.text == "R3 has gone; you lead now; R2 has gone")
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.t2w)
  }
}
