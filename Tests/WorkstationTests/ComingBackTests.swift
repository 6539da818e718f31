// After a dropped link and after a pause one is where one was.

import Foundation
import Grid
import ReviewCore
import Testing

@testable import Workstation

@Suite struct ComingBackTests {
  /// A place as it comes back from the disk, in a workstation that has just started.
  private func restarted(_ bench: Bench, at size: Size = Size(width: 80, height: 24)) throws -> Bench {
    let kept = try JSONDecoder().decode(Place.self, from: try JSONEncoder().encode(Place(bench.state)))
    var again = try Bench.practice(size.width, size.height)
    again.state.return(to: kept)
    again.act(.started)
    return again
  }

  @Test func onTheGradingScreenCaseExaminationAndFindingAreBack() throws {
    var bench = try Bench.practice()
    bench.press("jjg")
    bench.press("jjjj")
    let before = bench.frame().text

    let again = try restarted(bench)

    #expect(again.state.screen == .grading)
    #expect(again.state.grading.cursor == bench.state.grading.cursor && again.state.grading.cursor > 4)
    #expect(again.frame().text == before)
  }

  @Test func aFollowUpIsBackToo() throws {
    var bench = try Bench.practice()
    bench.press("g}jj")
    try #require(!bench.state.grading.examination.isBaseline)

    let again = try restarted(bench)

    #expect(again.state.grading.examination == bench.state.grading.examination)
    #expect(again.state.grading.cursor == 2)
    #expect(Place(again.state) == Place(bench.state))
  }

  @Test func inASessionCaseAndFindingAreBack() throws {
    // Given a seat that looks around alone, after the host went on to another case than the list's
    var bench = try Bench.session()
    bench.open("4")
    let members = [Room.Member(seat: "a", principal: "R1"), Room.Member(seat: "b", principal: "R2")]
    let focus = SessionFocus(caseID: "4")
    bench.act(.session(.room(Room(members: members, host: "b", own: "a", focus: focus))))
    bench.press("↓↓↓")
    let key = try #require(bench.state.consensus.key)

    // When its link drops and it comes back
    var again = try Bench.practice()
    again.open("4")
    again.state.return(to: try JSONDecoder().decode(Place.self, from: JSONEncoder().encode(Place(bench.state))))
    again.act(.started)

    // Then it is there, and sits among the others
    #expect(again.state.screen == .consensus && again.state.consensus.caseID == "4")
    #expect(again.state.consensus.row?.key == key && !again.state.consensus.isFollowing)
    #expect(again.asked.contains(.session(.join("4"))))
    again.press("⎋")
    #expect(again.state.screen == .worklist)
  }

  @Test func aHalfTypedNoteIsOpenAgainAndTypingGoesOn() throws {
    var bench = try Bench.practice()
    bench.press("jjgjjjj1km")
    for character in "  two wor" { bench.press(String(character)) }
    guard let before = bench.state.overlay as? Prompt, let finding = before.purpose.finding else {
      Issue.record("no note is open")
      return
    }

    var again = try restarted(bench)
    again.act(.grading(.draftFound(finding, before.editor.text)))
    again.press("ds")

    guard let prompt = again.state.overlay as? Prompt else {
      Issue.record("the note was not opened again")
      return
    }
    #expect(prompt.purpose == before.purpose)
    #expect(prompt.editor.text == before.editor.text + "ds")
  }

  /// No draft in the study holds these: they are kept with the place.
  @Test func aHalfTypedReasonIsOpenAgainToo() throws {
    var bench = try Bench.practice()
    bench.press("g")
    try #require(bench.state.reading?.state.isSigned == true)
    bench.press("A")
    bench.press("missed the ri")

    var again = try restarted(bench)
    again.press("m⏎")

    #expect(again.asked.contains(.grading(.amend("1", .baseline, version: 1, reason: "missed the rim"))))
  }

  @Test func theComparatorIsBack() throws {
    var bench = try Bench.practice()
    bench.press("jjjjg{{{}}pjj")
    try #require(bench.state.grading.comparator == .previous)

    let again = try restarted(bench)

    #expect(again.state.grading.comparator == .previous)
    #expect(again.frame().text == bench.frame().text)
  }

  @Test func aDraftLeftEarlierOpensNothing() throws {
    var bench = try Bench.practice()
    bench.press("jjg")

    var again = try restarted(bench)
    again.act(.grading(.draftFound("rim_sign", "old")))

    #expect(again.state.overlay == nil)
    #expect(again.state.message?.text.contains("was kept") == true)
  }

  @Test func onTheCaseScreenPanelAndExaminationAreBack() throws {
    var bench = try Bench.published()
    bench.press("jj⏎⇥⇥")
    let kept = Place(bench.state)
    var again = try Bench.published()

    again.state.return(to: kept)
    again.act(.started)

    #expect(again.frame().text == bench.frame().text)
    #expect(Place(again.state) == kept)
  }

  @Test func filterOrderAndCursorOfTheWorklistAreBack() throws {
    var bench = try Bench.practice()
    bench.press("rjjj")

    let again = try restarted(bench)

    #expect(again.state.worklist.query == bench.state.worklist.query)
    #expect(again.state.worklist.cursor == 3)
    #expect(again.state.stack == [.worklist])
  }

  @Test func aPlaceThatIsNoMoreLeadsToTheWorklist() throws {
    var bench = try Bench.practice()
    bench.press("jjg")
    var place = Place(bench.state)
    place.patientCase = "gone"
    place.filter = "nonsense:("
    var again = try Bench.practice()

    again.state.return(to: place)
    again.act(.started)
    again.press("⏎")

    #expect(again.state.screen == .patientCase)
    #expect(again.state.worklist.query.filter.isEmpty)
  }

  @Test func whoMayNotGradeIsNotLedToTheGradingScreen() throws {
    var bench = try Bench.practice()
    bench.press("g")
    var again = try Bench.practice()
    again.state.session.principal.role = .learner

    again.state.return(to: Place(bench.state))
    again.act(.started)

    #expect(!again.state.stack.contains(.grading))
  }

  // MARK: The locked screen

  @Test func theLockedScreenShowsNothingOfTheStudyAndLosesNothing() throws {
    var bench = try Bench.practice()
    bench.press("jjg1m")
    bench.press("abc")
    let before = bench.frame().text

    bench.act(.paused)
    let locked = bench.frame().text
    bench.press("x1?:q")
    bench.act(.changedElsewhere)
    bench.press("⏎")

    #expect(locked.contains("Locked") && !locked.contains("case") && !locked.contains("Grade"))
    #expect(bench.frame().text == before)
    #expect(!bench.hasQuit)
  }

  @Test func whereThereIsAPassphraseItIsAskedAndNeverShown() throws {
    var bench = try Bench.practice()
    bench.state.session.hasPassphrase = true
    bench.press("j⏎")
    let before = bench.frame().text
    bench.act(.paused)

    bench.press("⏎")
    bench.press("wrong horse")
    let typed = bench.frame().text
    bench.press("⏎")
    let refused = bench.frame().text
    bench.press("correct horse⏎")

    #expect(!typed.contains("horse") && typed.contains("***********"))
    #expect(refused.contains("that is not the passphrase"))
    #expect(bench.frame().text == before)
  }

  @Test func fromTheLockedScreenOneCanLeave() throws {
    var bench = try Bench.practice()
    bench.act(.paused)

    bench.act(.key(.control("c")))

    #expect(bench.hasQuit)
  }

  @Test(arguments: [Size(width: 1, height: 1), Size(width: 5, height: 2), Size(width: 59, height: 15)])
  func theLockedScreenFitsAnywhere(size: Size) throws {
    var bench = try Bench.practice(size.width, size.height)
    bench.state.session.hasPassphrase = true
    bench.act(.paused)

    bench.press("secret")

    #expect(bench.frame().size == size)
    #expect(!bench.frame().text.contains("secret"))
  }
}
