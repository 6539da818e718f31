// After a dropped link one is back in the consensus session: at the finding, with the sentence half typed.

import Foundation
import ReviewCore
import Testing

@testable import Workstation

@Suite struct ComingBackToASessionTests {
  /// The same session after the link was dropped, in a workstation that has just started.
  private func restarted(_ bench: Bench) throws -> Bench {
    let kept = try JSONDecoder().decode(Place.self, from: try JSONEncoder().encode(Place(bench.state)))
    var again = try Bench.practice()
    again.sessions = bench.sessions
    again.state.return(to: kept)
    again.act(.started)
    return again
  }

  private func room(_ own: String, host: String, at focus: SessionFocus?) -> Action {
    let members = [Room.Member(seat: "b", principal: "R2"), Room.Member(seat: own, principal: "R1")]
    return .session(.room(Room(members: members, host: host, own: own, focus: focus)))
  }

  @Test func caseAndFindingAreBackAndTheSeatJoinsTheOthers() throws {
    var bench = try Bench.session()
    bench.press("nnn")

    let again = try restarted(bench)

    #expect(again.frame().text == bench.frame().text)
    #expect(again.state.consensus.key == bench.state.consensus.key)
    #expect(again.asked.contains(.session(.join(bench.state.consensus.caseID))))
    #expect(Place(again.state) == Place(bench.state))
  }

  @Test(arguments: ["nm", "nUR", "nA1"])
  func aHalfTypedSentenceGoesOn(keys: String) throws {
    var bench = try Bench.session()
    bench.press(keys)
    bench.press("not clo")
    guard case .text(let purpose, _)? = bench.state.overlay as? SessionDialog else {
      Issue.record("nothing is being typed")
      return
    }

    var again = try restarted(bench)
    again.press("sed")

    #expect(again.state.overlay as? SessionDialog == .text(purpose, LineEditor("not closed")))
    again.press("⏎")
    #expect("\(String(describing: again.sessions["1"]))".contains("not closed"))
  }

  @Test func whatIsSecretIsNotKept() throws {
    var bench = try Bench.session()
    bench.passphrases["R2"] = "open sesame"
    bench.press("↓vw⏎2⏎")
    bench.press("open se")

    let kept = String(decoding: try JSONEncoder().encode(Place(bench.state)), as: UTF8.self)

    #expect(bench.frame().text.contains("*******"))
    #expect(!kept.contains("open se") && !kept.contains("present"))
  }

  @Test func whoFollowedFollowsAgainAndWhoLookedAroundAloneStays() throws {
    var bench = try Bench.session()
    bench.act(room("a", host: "b", at: bench.state.consensus.focus))
    bench.press("nn")
    let alone = bench.state.consensus.key
    #expect(!bench.state.consensus.isFollowing)
    var elsewhere = try #require(bench.state.consensus.focus)
    elsewhere.key = GradeKey(.baseline, Codebook.ID.disks)

    var again = try restarted(bench)
    again.act(room("c", host: "b", at: elsewhere))
    #expect(again.state.consensus.key == alone)

    bench.press("f")
    again = try restarted(bench)
    again.act(room("c", host: "b", at: elsewhere))
    #expect(again.state.consensus.key == elsewhere.key)
  }

  @Test func aSentenceIsNotTakenAwayWhenTheHostGoesOn() throws {
    var bench = try Bench.session()
    bench.open("4")
    bench.act(room("a", host: "b", at: bench.state.consensus.focus))
    bench.press("mhalf a")

    bench.act(room("a", host: "b", at: SessionFocus(caseID: "4")))

    #expect(bench.state.consensus.caseID == "1")
    #expect(bench.frame().text.contains("f follows when this is done"))
    bench.press(" line⏎")
    #expect("\(String(describing: bench.sessions["1"]))".contains("half a line"))
    bench.press("f")
    bench.act(room("a", host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.consensus.caseID == "4")
  }

  /// What is half chosen neither: who chose nothing yet goes along. Who leads from then on is on their own for a while.
  @Test(arguments: [("e ", false), ("e", true)]) func aHalfMadeChoiceIsNotTakenAwayEither(keys: String, goes: Bool)
    throws
  {
    var bench = try Bench.session()
    bench.open("4")
    bench.act(room("a", host: "b", at: bench.state.consensus.focus))
    let changes = GradeKey("2", Codebook.ID.lesionChanges)
    while bench.state.consensus.row?.key != changes { bench.press("↓") }
    bench.press("f" + keys)
    bench.state.consensus.key = changes
    bench.act(room("a", host: "b", at: SessionFocus(caseID: "4")))
    #expect((bench.state.consensus.caseID == "4") == goes)
    guard !goes else { return }
    #expect(bench.state.message?.text == "the session goes on with case 4; f follows when this is done")
    bench.act(room("a", host: "a", at: SessionFocus(caseID: "4")))
    let head = bench.frame().line(1)
    #expect(head.contains("on your own") && !bench.footer.contains("follow the leader"), "\(head)")
    bench.press("⏎f")
    #expect(bench.state.consensus.caseID == "4")
    #expect("\(String(describing: bench.sessions["1"]))".contains("unchanged"))
  }

  @Test func aLearnerIsNotLedIntoASession() throws {
    let bench = try Bench.session()
    var again = try Bench.practice()
    again.state.session.principal.role = .learner

    again.state.return(to: Place(bench.state))
    again.act(.started)

    #expect(again.state.stack == [.worklist])
  }
}
