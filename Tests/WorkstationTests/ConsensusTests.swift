// The consensus screen: votes, agreement, confirmation, turns at one screen, and following a host.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct ConsensusTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  private func room(host: String, own: String = "a", at focus: SessionFocus? = nil) -> Action {
    let members = [
      Room.Member(seat: "a", principal: "R1"), Room.Member(seat: "b", principal: "R2"),
      Room.Member(seat: "c", principal: "R3"),
    ]
    return .session(
      .room(Room(members: members.filter { $0.seat >= min(host, own) }, host: host, own: own, focus: focus)))
  }

  @Test(arguments: [
    (80, 24, "", "consensus"), (120, 40, "↓", "consensus"), (60, 16, "", "consensus"), (80, 24, "↓v", "consensus-vote"),
    (80, 24, "↓vv", "consensus-choice"), (80, 24, "nnnnnve", "consensus-voting"),
    (120, 40, "yd", "consensus-unanimous"),
    (80, 24, "a", "agenda"), (80, 24, "↓vw", "curtain"), (200, 60, "↓", "consensus"), (80, 24, "?", "consensus-help"),
  ])
  func frames(width: Int, height: Int, keys: String, name: String) throws {
    var bench = try Bench.session(width, height)
    bench.press(keys)
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  /// Three readers in front of one screen: the keys of the grading screen, and the bones typed.
  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func aJointReadingIsGradedWithTheKeysOfGrading(width: Int, height: Int) throws {
    var bench = try Bench.joint(width, height)
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.involvedBones)
    bench.press("s1⏎" + "1112,3")
    func agreed(_ finding: FindingID) -> String? {
      bench.sessions["2"]?.decisions[GradeKey(.baseline, finding)]?.grade?.value.text
    }
    #expect(agreed(Codebook.ID.involvedBones) == "S1")
    #expect(agreed(Codebook.ID.t1w) == "hypo")
    #expect(agreed(Codebook.ID.t2w) == "iso,hyper")
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.stir)
    expectGolden(bench.frame(), "consensus-joint-\(width)x\(height)")
    bench.press("3,⎋9x")
    #expect(agreed(Codebook.ID.stir) == "hyper")
    #expect(agreed(Codebook.ID.enhancement) == "not-assessable")

    // What was agreed last is undone, with the cursor on it; Backspace takes away what is under the cursor
    bench.press("u")
    #expect(agreed(Codebook.ID.enhancement) == nil)
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.enhancement)
    bench.press("↑" + "⌫")
    #expect(agreed(Codebook.ID.stir) == nil)

    // Where a sign was seen is asked of the row just graded; Enter opens the map on what is agreed
    bench.press("3" + "1" + "2b" + "L4⏎")
    #expect(bench.sessions["2"]?.decisions[rim]?.grade?.bone == .l4)
    bench.press("↑↑↑↑↑↑↑↑⏎")
    #expect(bench.state.grading.picker?.value?.text == "S1")
    bench.press("⎋")
    #expect(bench.state.screen == .consensus && bench.state.grading.picker == nil)

    // What the sentences beside a grade say can be done: another grade is chosen with e
    bench.press("e")
    #expect(bench.state.overlay is SessionDialog)
    bench.press("⎋")

    // The session's own capitals are no bones
    bench.press("C")
    #expect(bench.state.grading.picker == nil)
    #expect(bench.state.message?.text.hasSuffix("not yet settled; n goes to the next") == true)

    // Outside nothing is asked of a reader alone
    bench.press("⎋")
    #expect(!bench.frame().text.contains("0 signed") && !bench.frame().text.contains("your grades"))
    bench.press("g")
    #expect(
      bench.state.message?.text == "the readers of this study grade together: c opens the joint reading of the case")
  }

  /// At a follow-up the rule's grade is one key, and another one asks for its reason.
  @Test func aJointFollowUpKnowsTheRule() throws {
    var bench = try Bench.joint(120, 40)
    bench.press("s1⏎" + "}")
    let examination = try #require(bench.state.consensus.row?.key.examination)
    #expect(!examination.isBaseline && bench.state.grading.examination == examination)
    for row in bench.state.consensus.rows where row.key.examination == examination {
      #expect(bench.state.consensus.row?.key == row.key)
      let isRule = row.key.finding == bench.state.session.codebook.suggestedGrade
      bench.press(isRule ? "⏎" : bench.state.session.codebook[row.key.finding]?.scale == .choice ? "1" : "↓")
    }
    bench.press("↑")
    expectGolden(bench.frame(), "consensus-joint-follow-up-120x40")
  }

  /// What does not go together in what is agreed is said beside it, and before it is confirmed.
  @Test func whatDoesNotGoTogetherIsSaidBeforeItIsConfirmed() throws {
    var bench = try Bench.session(120, 40)
    let solitary = GradeKey(.baseline, Codebook.ID.lesionNumber)
    let words = "! solitary, but several bones are involved"
    try bench.play(.agree(solitary, AgreedGrade(Grade(.level("solitary")), rationale: "one")), by: "R1")
    let bones = GradeKey(.baseline, Codebook.ID.involvedBones)
    try bench.play(
      .agree(bones, AgreedGrade(Grade(.sites([.bone(.l1), .bone(.l5)])), rationale: "two")), by: "R1")
    bench.act(.changedElsewhere)
    #expect(bench.frame().text.contains(words))
    let table = try #require(bench.state.consensus.table)
    for row in table.rows where row.decision == nil {
      try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R1")
    }
    bench.act(.changedElsewhere)
    bench.press("C")
    #expect(bench.frame().text.contains(words))
    bench.press("?")
    #expect(bench.frame().text.contains("confirm this version as your own"))
    bench.press("⎋")
    guard case .confirm? = bench.state.overlay as? SessionDialog else {
      Issue.record("the box is gone")
      return
    }
  }

  /// A vote that waits for somebody is where `n` takes them first.
  @Test func nGoesToAVoteThatWaits() throws {
    var bench = try Bench.session()
    bench.press("n")
    try bench.play(.call(rim), by: "R2")
    bench.act(.changedElsewhere)
    while bench.state.consensus.key == rim { bench.press("↓") }
    bench.press("n")
    #expect(bench.state.consensus.key == rim)
  }

  /// Who chose another case than the one that is talked about is told that they are not there.
  @Test func whoChoseAnotherCaseIsToldWhereTheyAre() throws {
    var bench = try Bench.session()
    bench.act(room(host: "b", at: SessionFocus(caseID: "4")))
    #expect(bench.state.consensus.caseID == "4")
    #expect(bench.state.message?.text == "not case 1: R2 leads the others at case 4; ] and [ leave them")
  }

  /// Where readers have graded alone, a digit agrees on nothing.
  @Test func aDigitIsNoGradeWhereReadersHaveGradedAlone() throws {
    var bench = try Bench.session()
    bench.press("↓2")
    #expect(bench.sessions["1"]?.decisions[rim] == nil)
    #expect(bench.state.message?.text == "the readers graded on their own; v votes, e agrees on a grade")
  }

  @Test func longIdsKeepTheirEndsOnTheAgenda() throws {
    var bench = try Bench.session()
    bench.press("a")
    let rows = [1, 2].map { number in
      AgendaRow(
        id: CaseID("multicentre-spine-infection-000\(number)"), patient: "M 5\(number)", stage: .inDiscussion,
        disputed: 3,
        open: 2, pending: ["R1"])
    }
    bench.act(.session(.agenda(rows)))
    let lines = bench.frame().text.split(separator: "\n").filter { $0.contains("infection-000") }
    #expect(lines.count == 2 && lines[0].contains("0001 M 51") && lines[1].contains("0002 M 52"))
  }

  @Test func asciiFramesAreAscii() throws {
    var bench = try Bench.session(120, 40)
    for keys in ["", "y↓v", "v", "⎋w", "⎋a", "⎋C", "⎋b"] {
      bench.press(keys)
      let text = bench.frame(Look(colors: .none, unicode: false)).text
      #expect(text.allSatisfy { $0.isASCII }, "after \(keys): \(text.filter { !$0.isASCII })")
    }
  }

  @Test func aDisputedFindingIsVotedOnAndAdopted() throws {
    // Given the rim sign, on which two of three agree
    var bench = try Bench.session()
    bench.press("↓")
    #expect(bench.state.consensus.row?.key == rim)

    // When a vote is called, all vote, it is revealed, adopted, and the cause given
    bench.press("vv2")
    try bench.play(.vote(rim, .level("present")), by: "R2")
    try bench.play(.vote(rim, .level("present")), by: "R3")
    bench.act(.changedElsewhere)
    bench.press("r⏎d2")

    // Then that is on the record
    #expect(
      bench.sessions["1"]?.decisions[rim]
        == AgreedGrade(Grade(.level("present")), how: .discussed, cause: .missedFinding))
    #expect(bench.frame().text.contains("last vote: A present, B present, C present"))
  }

  /// What somebody does at another seat is told in the last row, and that one's own word no longer counts.
  @Test func whatOthersDoIsTold() throws {
    var bench = try Bench.session()
    bench.press("↓")
    try bench.play(.call(rim), by: "R2")
    bench.act(.changedElsewhere)
    #expect(bench.state.message?.text == "R2 called a vote on rim sign")
    bench.press("⎋c")
    try bench.play(.vote(rim, .level("present")), by: "R3")
    bench.act(.changedElsewhere)
    #expect(bench.state.message?.text == "R3 voted on rim sign")
    // When all is settled, confirmed, and then changed by another.
    bench.sessions["1"] = nil
    bench.open("1")
    for row in bench.table("1")?.rows ?? [] where row.suggestion == nil {
      try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R2")
    }
    for row in bench.table("1")?.rows ?? [] where row.decision == nil {
      try bench.play(.agree(row.key, row.suggestion ?? AgreedGrade(nil)), by: "R2")
    }
    bench.act(.changedElsewhere)
    let version = try #require(bench.table("1")?.version)
    try bench.play(.confirm(version), by: "R1")
    bench.act(.changedElsewhere)
    try bench.play(.note(rim, "looked at again"), by: "R2")
    bench.act(.changedElsewhere)
    #expect(
      bench.state.message?.text
        == "your confirmation of version \(version) no longer counts, because R2 noted on rim sign: looked at again; "
        + "C confirms again")
    // And when it is a vote that ended it, that has to end first.
    try bench.play(.dissent(bench.sessions["1"]?.version ?? version, reason: "I see a rim"), by: "R1")
    bench.act(.changedElsewhere)
    let dissented = try #require(bench.table("1")?.version)
    try bench.play(.call(rim), by: "R2")
    bench.act(.changedElsewhere)
    #expect(
      bench.state.message?.text
        == "your dissent from version \(dissented) no longer counts, because R2 called a vote on rim sign; "
        + "D dissents again once all is settled")
  }

  private func footer(_ bench: Bench) -> String { bench.frame().line(bench.state.size.height - 1) }

  /// Case 1 with a grade or *unresolved* agreed for everything, the rim present.
  private func settled(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.session(width, height)
    try bench.play(.agree([rim: AgreedGrade(Grade(.level("present")))], instead: nil), by: "R2")
    for row in bench.table("1")?.rows ?? [] where row.decision == nil {
      try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R2")
    }
    bench.act(.changedElsewhere)
    return bench
  }

  @Test func anOpenVoteOnAnAgreedFindingIsSomethingToSettle() throws {
    // Given all settled, when a vote is called on a finding that is agreed already
    var bench = try settled()
    #expect(bench.frame().text.contains("all is settled") && bench.frame().text.contains("open 0"))
    bench.press("↓")
    bench.press("v")

    // Then nobody is invited to confirm, the head counts it, and n finds it from elsewhere
    let frame = bench.frame().text
    #expect(bench.state.consensus.row?.key == rim)
    #expect(frame.contains("vote 1 is open") && frame.contains("open 1"), "\(frame)")
    #expect(!frame.contains("all is settled") && !frame.contains("C confirms"))
    bench.press("n")
    #expect(bench.state.message?.text == "this is the only finding left to settle")
    bench.press("↓↓n")
    #expect(bench.state.consensus.row?.key == rim)
    bench.press("↓C")
    #expect(bench.state.message?.text == "a vote on rim sign is open; n goes there, r reveals it; X calls it off")
  }

  @Test func theFooterHasTheWayOutOfAVoteForWhoLeads() throws {
    var bench = try Bench.session(120, 40)
    bench.act(room(host: "a"))
    bench.press("↓")
    #expect(!footer(bench).contains("X call off"))
    bench.press("v")
    #expect(footer(bench).contains("X call off"), "\(footer(bench))")
    #expect(bench.frame().text.contains("v votes; X calls it off"))
    bench.press("e")
    #expect(bench.state.message?.text.hasSuffix("r reveals it; X calls it off") == true)
    bench.press("r")
    #expect(bench.state.message?.text.hasSuffix("A records who is absent; X calls it off") == true)
    // Who follows cannot.
    bench.act(room(host: "c", at: bench.state.consensus.focus))
    bench.press("⎋c")
    bench.act(room(host: "c", at: SessionFocus(caseID: "1", key: rim)))
    #expect(!footer(bench).contains("X call off"))
    bench.press("e")
    #expect(bench.state.message?.text == "a vote is open here: once all have voted, r reveals it")
  }

  /// What was agreed before a vote that came to something else is marked, until it is agreed again or reasoned.
  @Test func aVoteAgainstTheAgreedGradeIsMarked() throws {
    var bench = try settled()
    bench.press("↓v")
    for reader in ["R1", "R2", "R3"] as [PrincipalID] {
      try bench.play(.vote(rim, .level(reader == "R3" ? "present" : "absent")), by: reader)
    }
    bench.act(.changedElsewhere)
    #expect(bench.state.consensus.row?.outvoted == nil)
    bench.press("r")
    let outvoted = try #require(bench.state.consensus.row?.outvoted)
    #expect(outvoted.value == .level("absent") && (outvoted.votes, outvoted.of) == (2, 3))
    let frame = bench.frame().text
    #expect(frame.contains("! present") && !frame.contains("✓ present"), "\(frame)")
    let words = frame.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    #expect(
      words.contains(
        "! the last vote was for absent, 2 of 3; agreed is present: e changes it, R says why"), "\(words)")
    bench.press("e1")
    #expect(bench.state.consensus.row?.outvoted == nil && bench.frame().text.contains("✓ absent"))
    // Without a majority there is nothing to depart from.
    bench.press("v")
    for (reader, value) in [("R1", "absent"), ("R2", "present")] as [(PrincipalID, LevelID)] {
      try bench.play(.vote(rim, .level(value)), by: reader)
    }
    try bench.play(.vote(rim, nil), by: "R3")
    bench.act(.changedElsewhere)
    bench.press("r")
    #expect(bench.state.consensus.row?.outvoted == nil && bench.state.consensus.row?.vote?.outcome == nil)
  }

  /// Of bones a vote is on those that differ; the others stand in one line.
  @Test func aVoteOnBonesShowsNoRowOfWhatIsAgreed() throws {
    var bench = try Bench.session()
    let bones = GradeKey(.baseline, Codebook.ID.involvedBones)
    func name(_ sites: String) throws -> GradeValue {
      try #require(bench.state.session.codebook[bones.finding]).value(sites)
    }
    let said = try ["T5,T7,T9,T11,L2,L4", "T5,T7,T9,T11,L2,S1", "T5,T7,T9,T11,L2"].map(name)
    bench.readings = bench.readings.map { entry in
      var entry = entry
      guard entry.caseID == "1", entry.reading.examination == .baseline,
        let index = ["R1", "R2", "R3"].firstIndex(of: entry.reading.reader)
      else { return entry }
      entry.reading.grades[bones] = Grade(said[index])
      return entry
    }
    bench.open("1")
    bench.act(.changedElsewhere)
    while bench.state.consensus.row?.key != bones { bench.press("↓") }
    bench.press("vv")
    let frame = bench.frame().text
    #expect(frame.contains("taken as agreed: T5, T7, T9, T11, L2"), "\(frame)")
    #expect(frame.contains("≠ L4") && frame.contains("≠ S1") && !frame.contains("n none"))
    #expect(!frame.split(separator: "\n").contains { $0.contains("T7   ") && $0.contains("yes") })
    bench.press("n")
    #expect(bench.state.message?.text.hasPrefix("the vote takes T5, T7, T9, T11, L2 as agreed; ") == true)
    bench.press(" ")
    bench.press("↓ ")
    bench.press(" ⏎")
    #expect(bench.state.consensus.row?.vote?.own == .cast(try name("T5,T7,T9,T11,L2,L4")))
    // And the log has every vote in one form, also one that was typed and says something else.
    try bench.play(.vote(bones, name("T5,T7,T9,T11,L2")), by: "R2")
    try bench.play(.vote(bones, name("T1,L4")), by: "R3")
    bench.act(.changedElsewhere)
    bench.press("r")
    let log = try #require(bench.table("1")).log.map(\.text)
    #expect(log.contains("R1 called a vote on involved bones (L4 and S1)"), "\(log)")
    #expect(
      log.contains {
        $0.hasPrefix(
          "R1 revealed the vote on involved bones (L4 and S1): A otherwise: T1, L4, B L4 yes, S1 no, C L4 no")
      }, "\(log)")
    #expect(
      log.contains { $0.contains("changed on involved bones (L4 and S1): L4 no, S1 yes → L4 no, S1 no") }, "\(log)")
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

  /// Which examination a row is of is never cut, at any width.
  @Test(arguments: [(80, 24), (120, 40)]) func theExaminationOfARowIsNeverCut(width: Int, height: Int) throws {
    var bench = try Bench.session(width, height)
    bench.open("6")
    bench.press("a↓⏎")
    #expect(bench.state.consensus.caseID == "6")
    for key in bench.state.consensus.rows.map(\.key) where !key.examination.isBaseline {
      while bench.state.consensus.row?.key != key { bench.press("↓") }
      let line = bench.frame().text.split(separator: "\n").first { $0.contains("▸") }
      #expect(line?.contains("6.5 ") == true && line?.contains("6.5 …") == false, "\(line ?? "")")
    }
  }

  /// Where the head has no room for all, what matters least is left out, and no word is cut.
  @Test func theHeadHasNoHalfWord() throws {
    var bench = try Bench.session()
    let people = (1...9).map { Room.Member(seat: "\($0)", principal: PrincipalID("reader-\($0)")) }
    for count in 2...9 {
      bench.act(
        .session(
          .room(Room(members: Array(people.prefix(count)), host: "2", own: "1", focus: SessionFocus(caseID: "1")))))
      bench.press("↓")
      let head = try #require(bench.frame().text.split(separator: "\n").dropFirst().first)
      #expect(head.contains("reader-2 leads") && head.contains("open 23") && head.hasSuffix("not following"), "\(head)")
      #expect(!head.contains("…"))
      bench.press("f")
    }
  }

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

  @Test func aVoteOnBonesStartsWithNothingSaidForTheVoter() throws {
    // Given a vote on the change per bone
    var bench = try Bench.session()
    let key = GradeKey("2", Codebook.ID.lesionChanges)
    while bench.state.consensus.row?.key != key { bench.press("↓") }
    bench.press("vv")

    // When nothing is decided, then nothing is voted
    #expect(bench.frame().text.contains("L5                   to decide"))
    bench.press("⏎")
    #expect(bench.state.message?.text == "decide on L5 first")
    bench.press("r")
    #expect(bench.state.message?.text == "decide on L5 first" && bench.state.consensus.row?.vote?.own == nil)
    bench.press("2⏎")

    #expect(bench.state.consensus.row?.vote?.own == .cast(.map([.l5: "decreased"])))
    #expect(!bench.frame().text.contains("decreased;"))
  }

  @Test func whatOneVotedIsNotOnOnesOwnScreen() throws {
    var bench = try Bench.session()
    bench.press("↓vvx")

    #expect(bench.state.consensus.row?.vote?.own == .cast(.notAssessable))
    #expect(bench.frame().text.contains("your vote is in, v changes it"))
    #expect(!bench.frame().text.contains("not assessable"))
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

  @Test func turnsAreForThoseWhoHaveNoSeatOfTheirOwn() throws {
    var bench = try Bench.session()
    bench.act(room(host: "a"))
    bench.press("↓vw")
    #expect(bench.state.message?.text == "the others sit at seats of their own; v votes here")

    let two = [Room.Member(seat: "a", principal: "R1"), Room.Member(seat: "b", principal: "R2")]
    bench.act(.session(.room(Room(members: two, host: "a", own: "a", focus: bench.state.consensus.focus))))
    bench.press("w⏎2")

    #expect(bench.frame().text.contains("R3 votes on rim sign now"))
  }

  @Test func atOneScreenTheVotesComeInTurnBehindACurtain() throws {
    // Given a vote, and readers with and without a passphrase
    var bench = try Bench.session()
    bench.passphrases["R2"] = "open sesame"
    bench.press("↓vw")

    // Then before each vote nothing but the curtain is seen
    #expect(bench.frame().text.contains("R1 votes on rim sign now"))
    #expect(!bench.frame().text.contains("absent"))
    bench.press("⏎2")
    #expect(bench.frame().text.contains("R2 votes on rim sign now"))
    bench.press("⏎wrong⏎")
    #expect(bench.frame().text.contains("! that is not the passphrase of R2"))
    #expect(!bench.frame().text.contains("wrong"))
    bench.press("open sesame⏎1")
    #expect(bench.frame().text.contains("R3 votes on rim sign now"))
    bench.press("⏎2")

    // And when the last has voted the votes can be revealed, and not sooner seen
    #expect(bench.state.overlay == nil && bench.state.consensus.turns == nil)
    #expect(bench.state.message?.text == "all have voted; r reveals")
    #expect(bench.asked.last(where: { $0 == .session(.dismissGuests) }) != nil)
    bench.press("r")
    #expect(
      bench.state.consensus.row?.vote?.revealed == [
        .cast(.level("present")), .cast(.level("present")), .cast(.level("absent")),
      ])
  }

  @Test func theThirdConfirmationRecordsAndShowsNames() throws {
    var bench = try Bench.session()
    bench.press("y")
    for row in bench.state.consensus.rows where row.decision == nil {
      try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R2")
    }
    bench.press("C")
    #expect(bench.state.message?.text == "11 findings are not yet settled; n goes to the next")
    bench.act(.changedElsewhere)
    bench.press("C")
    expectGolden(bench.frame(), "consensus-confirm-80x24")
    bench.press("⎋W⏎⏎⏎⏎⏎⏎⏎DI see a rim⏎")

    #expect(bench.sessions["1"]?.isRecorded == true)
    #expect(bench.sessions["1"]?.standing(of: "R3") == .dissented(reason: "I see a rim"))
    #expect(bench.state.message?.text == "✓ the consensus of case 1 is recorded, version 1")
    // Recorded, the version has one name everywhere; and O says what it does.
    bench.press("↓")
    #expect(bench.frame().text.contains("version 1  recorded") && footer(bench).contains("O reopen"))
    bench.press("b")
    #expect(bench.frame().text.contains("Disputed before discussion"))
    bench.press("⎋Onew biopsy⏎")
    #expect(bench.sessions["1"]?.version.number == 2)
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

  @Test(arguments: 0..<10) func randomKeysAtRandomSizes(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bench = try Bench.session()
    bench.open("4")
    let readings = bench.readings
    for step in 0..<250 {
      if step % 12 == 0 {
        bench.act(
          .resized(
            Size(width: Int.random(in: 0...150, using: &generator), height: Int.random(in: 0...50, using: &generator))))
        if bench.state.screen == .worklist { bench.press("c") }
      }
      bench.act(.key(RandomKeysTests.keys.randomElement(using: &generator) ?? .enter))
      let frame = bench.frame(Look(colors: .many, unicode: Bool.random(using: &generator)))
      #expect(frame.size == bench.state.size)
    }
    #expect(
      bench.readings.filter { $0.caseID == "1" || $0.caseID == "4" }
        == readings.filter { $0.caseID == "1" || $0.caseID == "4" })
  }
}
