// The consensus screen: its frames, its list, what others do, and the record.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct ConsensusTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

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

  /// Where readers have graded alone, a digit agrees on nothing.
  @Test func aDigitIsNoGradeWhereReadersHaveGradedAlone() throws {
    var bench = try Bench.session()
    bench.press("↓2")
    #expect(bench.sessions["1"]?.decisions[rim] == nil)
    #expect(
      bench.state.message?.text
        == "the readers graded on their own; v calls a vote, e agrees on a grade, U leaves it unresolved")
  }

  /// What is refused is refused in the words of the moment, and of who presses the key.
  @Test func aKeySaysWhatHoldsHereAndNow() throws {
    var bench = try Bench.session()
    let alike = try #require(bench.state.consensus.rows.first { $0.agreement == .unanimous }?.key)
    bench.press("↓⌫")
    #expect(bench.state.message?.text == "nothing is agreed here that could be taken back")
    bench.press("y")
    while bench.state.consensus.row?.key != alike { bench.press("↓") }
    #expect(!bench.footer.contains("d cause"))
    bench.press("d")
    #expect(bench.state.message?.text == "the readers did not differ here" && bench.state.overlay == nil)

    // Who only chairs is told of nothing that they may not do.
    let coordinator = Principal("coordinator", role: .coordinator)
    let sample = try SampleStudies.practice(SampleCases.files)
    var chair = Bench(sample, 80, 24, as: coordinator)
    chair.open("1")
    chair.act(.changedElsewhere)
    chair.press("c")
    for row in chair.state.consensus.rows {
      while chair.state.consensus.row?.key != row.key { chair.press("↓") }
      let text = chair.frame().text
      #expect(!text.contains("e agrees") && !text.contains("Enter adopts") && !text.contains("U leaves"), "\(text)")
    }
    chair.press("2")
    #expect(chair.state.message?.text == "the readers graded on their own; v calls a vote")
  }

  /// While readers take turns at a screen, what it says below is nobody's own.
  @Test func inTurnsNobodysOwnVoteIsToldToTheNext() throws {
    var bench = try Bench.session()
    bench.press("↓vw⏎x")
    guard case .curtain? = bench.state.overlay as? SessionDialog else {
      Issue.record("no curtain")
      return
    }
    bench.press("⏎")
    #expect(bench.state.consensus.row?.vote?.own != nil && bench.state.consensus.turns?.now != "R1")
    #expect(!bench.frame().text.contains("your vote is in"), "\(bench.frame().text)")
  }

  /// Of a grade that only one reader gave, as of an interval, one is told of the key that leaves it open.
  @Test func whatOnlyOneGradedCanBeLeftUnresolved() throws {
    var sample = try SampleStudies.practice(SampleCases.files)
    let interval = GradeKey("2", Codebook.ID.foci, comparator: .previous)
    sample.readings = sample.readings.map { entry in
      var entry = entry
      if entry.caseID == "1", entry.reading.reader == "R1", entry.reading.examination == "2" {
        entry.reading.grades[interval] = Grade(.level("decreased"))
      }
      return entry
    }
    var bench = Bench(sample, 80, 24)
    bench.open("1")
    bench.act(.changedElsewhere)
    bench.press("c")
    while bench.state.consensus.row?.key != interval { bench.press("↓") }
    let text = bench.frame().text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(" graded it: v calls a vote, e agrees on a grade, U leaves it unresolved"), "\(text)")
    #expect(text.contains("only "))
    bench.press("⏎")
    #expect(bench.state.message?.text.hasSuffix("U leaves it unresolved") == true)
  }

  /// A newcomer finds the key that takes 31 findings at once, at every width.
  @Test(arguments: [(80, 24), (120, 40)]) func whatAllGradedAlikeIsOffered(width: Int, height: Int) throws {
    var bench = try Bench.session(width, height)
    #expect(bench.footer.contains("y unanimous"), "\(bench.footer)")
    bench.press("y↓")
    #expect(!bench.footer.contains("y unanimous") && bench.footer.contains("v vote"), "\(bench.footer)")
  }

  /// A key is told once: by the command that has it.
  @Test func helpTellsEachKeyOnce() throws {
    var bench = try Bench.session(120, 60)
    bench.press("?")
    var seen = ""
    for _ in 0..<6 {
      seen += bench.frame().text + "\n"
      bench.press(" ")
    }
    let lines = Set(seen.split(separator: "\n").filter { $0.contains("Esc") && $0.contains("previous screen") })
    #expect(lines.count == 1, "\(lines)")
    let commands = Commands.reachable(bench.state)
    #expect(commands.count { $0.keys.contains(.escape) } == 1)
    bench.press("⎋:back to the")
    #expect(bench.frame().text.split(separator: "\n").count { $0.contains("previous screen") } == 1)
  }

  @Test func asciiFramesAreAscii() throws {
    var bench = try Bench.session(120, 40)
    for keys in ["", "y↓v", "v", "⎋w", "⎋a", "⎋C", "⎋b"] {
      bench.press(keys)
      let text = bench.frame(Look(colors: .none, unicode: false)).text
      #expect(text.allSatisfy { $0.isASCII }, "after \(keys): \(text.filter { !$0.isASCII })")
    }
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
      #expect(head.contains("reader-2 leads") && head.contains("open 23") && head.hasSuffix("on your own"), "\(head)")
      #expect(!head.contains("…"))
      bench.press("f")
    }
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
    #expect(bench.frame().text.contains("version 1  recorded") && bench.footer.contains("O reopen"))
    bench.press("b")
    #expect(bench.frame().text.contains("Disputed before discussion"))
    bench.press("⎋Onew biopsy⏎")
    #expect(bench.sessions["1"]?.version.number == 2)
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
