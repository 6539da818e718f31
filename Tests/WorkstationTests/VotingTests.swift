// Votes on the consensus screen: called, cast, revealed, called off, and what comes of them.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct VotingTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

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

  @Test func anOpenVoteOnAnAgreedFindingIsSomethingToSettle() throws {
    // Given all settled, when a vote is called on a finding that is agreed already
    var bench = try Bench.settled()
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
    #expect(
      bench.state.message?.text == "a vote on rim sign is open; it waits for R1, R2, R3; n goes there; X calls it off")
  }

  @Test func theFooterHasTheWayOutOfAVoteForWhoLeads() throws {
    var bench = try Bench.session(120, 40)
    bench.act(room(host: "a"))
    bench.press("↓")
    #expect(!bench.footer.contains("X call off"))
    bench.press("v")
    #expect(bench.footer.contains("X call off"), "\(bench.footer)")
    #expect(bench.frame().text.contains("v votes; X calls it off"))
    bench.press("e")
    #expect(bench.state.message?.text.hasSuffix("r reveals it; X calls it off") == true)
    bench.press("r")
    #expect(bench.state.message?.text.hasSuffix("A records who is absent; X calls it off") == true)
    // Who follows cannot.
    bench.act(room(host: "c", at: bench.state.consensus.focus))
    bench.press("⎋c")
    bench.act(room(host: "c", at: SessionFocus(caseID: "1", key: rim)))
    #expect(!bench.footer.contains("X call off"))
    bench.press("e")
    #expect(bench.state.message?.text == "a vote is open here: once all have voted, r reveals it")
  }

  /// What was agreed before a vote that came to something else is marked, until it is agreed again or reasoned.
  @Test func aVoteAgainstTheAgreedGradeIsMarked() throws {
    var bench = try Bench.settled()
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
    // What is typed is the whole vote: what it drops of what all named is said.
    bench.press("vtT5,T7,T11,L2,L4⏎")
    #expect(bench.state.message?.text == "your vote leaves out T9, which all had named; v votes again")
    bench.press("vtT5,T7,T9,T11,L2,L4⏎")
    #expect(bench.state.message == nil)
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
          "R1 revealed the vote on involved bones (L4 and S1): A otherwise: T1, L4; B L4 yes, S1 no; C L4 no")
      }, "\(log)")
    #expect(
      log.contains { $0.contains("changed on involved bones (L4 and S1): L4 no, S1 yes → L4 no, S1 no") }, "\(log)")
  }

  /// For the record bones are joined as most readers do, and not as the one who agrees had stated them.
  @Test func theRecordIsOfTheMajorityAndNotOfWhoAgrees() throws {
    var bench = try Bench.session()
    let bones = GradeKey(.baseline, Codebook.ID.involvedBones)
    let finding = try #require(bench.state.session.codebook[bones.finding])
    let said = try ["T5-T6,T7,T8", "T5-T7,T8", "T5,T6-T8"].map { try finding.value($0) }
    bench.readings = bench.readings.map { entry in
      var entry = entry
      if entry.caseID == "1", entry.reading.examination == .baseline,
        let index = ["R1", "R2", "R3"].firstIndex(of: entry.reading.reader)
      {
        entry.reading.grades[bones] = Grade(said[index])
      }
      return entry
    }
    bench.open("1")
    bench.act(.changedElsewhere)
    while bench.state.consensus.row?.key != bones { bench.press("↓") }
    bench.press("e⏎")
    #expect(bench.state.consensus.row?.decision?.grade?.value == said[1])
    // What is agreed stays as it is where Enter changes nothing.
    bench.press("et" + "T5,T6-T8⏎" + "e⏎")
    #expect(bench.state.consensus.row?.decision?.grade?.value == said[2])
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
    // What is chosen is not given up at the first Esc, nor without a word.
    bench.press("2⎋")
    #expect(
      bench.state.message?.text == "what you chose is not voted yet: Enter takes it, Esc again gives it up")
    bench.press("⏎")

    #expect(bench.state.consensus.row?.vote?.own == .cast(.map([.l5: "decreased"])))
    bench.press("v1⎋↓⎋")
    #expect(bench.state.overlay != nil)
    bench.press("⎋")
    #expect(bench.state.overlay == nil)
    #expect(!bench.frame().text.contains("decreased;"))
  }

  /// Who calls votes is told how; who leads on is told that one stays open; who is recorded absent, how to be back.
  @Test func messagesOfAVoteAreForWhoReadsThem() throws {
    var bench = try Bench.session(120, 40)
    bench.act(room(host: "a"))
    bench.press("↓r")
    #expect(bench.state.message?.text == "no vote is open here; v calls one")
    bench.press("v")
    try bench.play(.vote(rim, .level("present")), by: "R2")
    try bench.play(.vote(rim, .level("absent")), by: "R3")
    bench.act(.changedElsewhere)
    bench.press("v1r")
    bench.press("v")
    try bench.play(.absent("R1", reason: "phone call", records: false), by: "R3")
    bench.act(.changedElsewhere)
    #expect(
      bench.state.message?.text == "R3 recorded you absent: phone call; vote or confirm, and you are back")
    bench.act(room(host: "c", at: bench.state.consensus.focus))
    bench.press("↑X")
    #expect(bench.state.message?.text == "no vote is open here")
  }

  @Test func whatOneVotedIsNotOnOnesOwnScreen() throws {
    var bench = try Bench.session()
    bench.press("↓vvx")

    #expect(bench.state.consensus.row?.vote?.own == .cast(.notAssessable))
    #expect(bench.frame().text.contains("your vote is in, v changes it"))
    #expect(!bench.frame().text.contains("not assessable"))
  }
}
