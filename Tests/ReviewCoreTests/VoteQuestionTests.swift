// Extents of readers compared vertebra by vertebra, and votes on the bones that are in question.

import Foundation
import Testing

@testable import ReviewCore

@Suite struct VoteQuestionTests {
  private static func sites(_ text: String) -> GradeValue? {
    let bones = Codebook.vertebralOsteomyelitis[ID.involvedBones]
    return text.isEmpty ? nil : try? bones?.value(text)
  }

  /// What three readers state, what is agreed and what is in question, and what the majority is.
  private static let rows: [(stated: [String], agreed: String, disputed: String, majority: String?)] = [
    (["T5-L5", "T6-L5", "T6-L5"], "T6–L5", "T5", "T6-L5"),
    (["T5-L5", "T5-L5", "T6-L5"], "T6–L5", "T5", "T5-L5"),
    (["T5-L5", "T6-L5", "not-assessable"], "", "T5", nil),
    (["T5-T8", "T7-T10", "T7-T9"], "T7–T8", "T5 T6 T9 T10", "T7-T9"),
    (["T5-T8,ribs_left", "T5-T8", "T5-T8"], "T5–T8", "ribs left", "T5-T8"),
    // Single bones are no run, even where they are neighbours.
    (["T5,T6", "T5,T6", "T5"], "T5", "T6", "T5,T6"),
    (["T5-T6", "T5,T6", "T5-T6"], "T5–T6", "", "T5-T6"),
    // What more state is kept: single bones are no extent, and where as many say one as the other nothing is adopted.
    (["T5-T8", "T5,T6,T7,T8", "T6,T7,T8"], "T6–T8", "T5", "T5,T6,T7,T8"),
    (["T5-T8", "T5,T6,T7,T8"], "T5–T8", "", nil),
    (["upper_sacrum", "S1", "upper_sacrum"], "S1", "S2", "upper_sacrum"),
    (["whole_spine", "whole_spine", "C1-S4"], "C1–S4", "S5", "whole_spine"),
    // Who names a bone beside an extent that covers it says more of it: compared as it was stated.
    (["whole_spine,T11", "whole_spine", "whole_spine"], "whole spine", "T11", "whole_spine"),
  ]

  @Test(arguments: rows.indices) func extentsAreComparedVertebraByVertebra(index: Int) throws {
    let row = Self.rows[index]
    let values = row.stated.map(Self.sites)
    let bones = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let tally = BoneTally(values, of: bones)
    let noAnswer = values.contains(.notAssessable)
    #expect(tally.agreed.map(\.place.title).joined(separator: " ") == row.agreed)
    if noAnswer {
      #expect(tally.agreed.isEmpty && tally.items.count == 13)
    } else {
      #expect(tally.disputed.map(\.place.title).joined(separator: " ") == row.disputed)
      #expect(ReaderAgreement.majority(values, of: bones) == row.majority.flatMap(Self.sites))
    }
  }

  @Test func anExtentAndItsVertebraeAreToldApart() throws {
    let bones = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let values = ["T5-L5", "T5,T6,T7,T8,T9,T10,T11,T12,L1,L2,L3,L4,L5"].map(Self.sites)
    #expect(values.map { bones.ranged($0 ?? .notAcquired) } == ["T5–L5", "T5–L5 each"])
    // From the top of the spine, whatever is an extent.
    let mixed = try #require(Self.sites("S1,T5-L5,ribs_left,C2,ribs_right,T1,T2,T3"))
    #expect(bones.ranged(mixed) == "C2, T1–T3 each, T5–L5, S1, both ribs")
    #expect(ReaderAgreement(values, of: bones).title == "same bones")
    #expect(ReaderAgreement.majority(values, of: bones) == nil)
    #expect(bones.ranged(.sites([.bone(.t11), .bone(.t12)])) == "T11, T12")
  }

  /// Who gave up a bone that the majority did not name went toward it, whatever else they hold.
  @Test(arguments: [
    ("T5,L1", "toward the majority"), ("T5,S1,L5", "neither toward nor away from a majority"),
    ("L1,S1", "away from the majority"), ("S1,L1,T5,L5", "away from the majority"),
  ])
  func aBoneIsGivenUpTowardTheMajority(vote: String, direction: String) throws {
    let bones = key(ID.involvedBones)
    var table = Table.agreeing(except: [ID.involvedBones: ["T5,L1,S1", "T5", "T5,L5"].map(Self.sites)])
    try table.play(.call(bones))
    for (reader, text) in zip(threeReaders, [vote, "T5", "T5,L5"]) {
      try table.play(.vote(bones, Self.sites(text)), by: reader)
    }
    try table.play(.reveal(bones))
    #expect(table.session.changesOfMind.map(\.direction.title) == [direction])
  }

  @Test func whatIsNotMadeOfWhatReadersNamedIsNobodys() throws {
    let bones = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let tally = BoneTally(["T5-L5", "T6-L5", "T7-L5"].map(Self.sites), of: bones)
    for (text, isMade) in [
      ("T6-L5", true), ("T5,T7-L5", true), ("T5-L5", true), ("T8-L5", false), ("T4-L5", false), ("T6-L4", false),
    ] {
      #expect(tally.isMadeOfMarks(try #require(Self.sites(text))) == isMade, "\(text)")
    }
    #expect(ReaderAgreement(["T5-L5", "T6-L5", "T6-L5"].map(Self.sites), of: bones).title == "12/13 bones")
  }

  @Test func theVoteIsOnTheDisputedVertebra() throws {
    let bones = key(ID.involvedBones)
    var table = Table.agreeing(except: [ID.involvedBones: ["T5-L5", "T6-L5", "T6-L5"].map(Self.sites)])
    try table.play(.call(bones))
    let question = try #require(table.seen().row(bones)?.vote?.question)
    #expect(question.title == "T5")
    #expect(try question.value("T5:yes") == Self.sites("T5-L5"))
    #expect(try question.value("T5:no") == Self.sites("T6-L5"))
    #expect(try question.value("T5-L5") == nil)
    #expect(
      throws: VoteQuestionError("‘T6’ is not in question; the vote is on T5, the other places are taken as agreed")
    ) {
      try question.value("T6:no")
    }
    // Kept as whole sets: R2 changes their mind, R3 votes as before, R1 says something of another bone too.
    try table.play(.vote(bones, Self.sites("T5-L5,ribs_left")), by: r1)
    try table.play(.vote(bones, question.value("T5:yes")), by: r2)
    try table.play(.vote(bones, question.value("T5:no")), by: r3)
    try table.play(.reveal(bones))

    let row = try #require(table.seen(showsNames: true, order: ["R1", "R2", "R3"]).row(bones))
    // What each had signed stays, and the set that results is what is adopted.
    #expect(row.grades.map { $0?.value } == ["T5-L5", "T6-L5", "T6-L5"].map(Self.sites))
    #expect(row.suggestion?.grade?.value == Self.sites("T5-L5"))
    let log = table.seen(showsNames: true, order: ["R1", "R2", "R3"]).log.map(\.text)
    #expect(log.contains("R1 called a vote on involved bones (T5)"))
    #expect(
      log.contains("R1 revealed the vote on involved bones (T5): R1 otherwise: T5–L5, ribs left; R2 yes; R3 no"),
      "\(log)")
    try table.play(.agree(bones, try #require(row.suggestion)))
    #expect(table.session.consensus.grades[bones]?.grade?.value == Self.sites("T5-L5"))

    // The next vote is on what is still disputed.
    try table.play(.call(bones))
    #expect(table.seen().row(bones)?.vote?.question?.title == "T5 and ribs left")
  }

  /// Who abstains on some bones still holds what they said of the others, and the next vote is not on those.
  @Test(arguments: [["T5,L1,S1", "L1,S1", "L1,S1,T6"], ["T5-L5", "T6-L5", "T6-L5"]])
  func whoAbstainsDoesSoOnWhatIsInQuestion(texts: [String]) throws {
    let bones = key(ID.involvedBones)
    let finding = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let values = texts.map(Self.sites)
    var table = Table.agreeing(except: [ID.involvedBones: values])
    try table.play(.call(bones))
    let asked = try #require(table.seen().row(bones)?.vote?.question)
    for (reader, value) in zip(threeReaders, [nil] + values.dropFirst()) {
      try table.play(.vote(bones, value), by: reader)
    }
    try table.play(.reveal(bones))

    let row = try #require(table.seen(showsNames: true, order: ["R1", "R2", "R3"]).row(bones))
    let tally = row.tally(finding)
    #expect(Set(tally.disputed.map(\.place)) == Set(asked.places))
    #expect(tally.disputed.allSatisfy { $0.marks.first == .noAnswer && !$0.marks.dropFirst().contains(.noAnswer) })
    #expect(!tally.agreed.isEmpty && tally.agreed.allSatisfy { !$0.marks.contains(.noAnswer) })
    try table.play(.call(bones))
    #expect(table.seen().row(bones)?.vote?.question?.places == asked.places)
    // A vote on them ends it; one on the whole abstains on all.
    try table.play(.vote(bones, values[0]), by: r1)
    for (reader, value) in zip(threeReaders, values).dropFirst() { try table.play(.vote(bones, value), by: reader) }
    try table.play(.reveal(bones))
    let again = try #require(table.seen().row(bones)).tally(finding)
    #expect(again.items.allSatisfy { !$0.marks.contains(.noAnswer) })
  }

  /// Who abstains on one run or each still holds the bones that all agree on.
  @Test func whoAbstainsOnTheFormStillHoldsTheBones() throws {
    let bones = key(ID.involvedBones)
    let finding = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let values = ["T5-T8", "T5-T8 each", "T5-T8"].map(Self.sites)
    var table = Table.agreeing(except: [ID.involvedBones: values])
    try table.play(.call(bones))
    for (reader, value) in zip(threeReaders, [nil] + values.dropFirst()) {
      try table.play(.vote(bones, value), by: reader)
    }
    try table.play(.reveal(bones))
    let row = try #require(table.seen().row(bones))
    #expect(row.tally(finding).disputed.isEmpty && !row.tally(finding).items.isEmpty)
    try table.play(.call(bones))
    #expect(table.seen().row(bones)?.vote?.question == nil)
  }

  /// Who abstains says nothing of how the bones are named either: one against one is no majority.
  @Test func whoAbstainsSaysNothingOfTheForm() throws {
    let bones = key(ID.involvedBones)
    var table = Table.agreeing(except: [ID.involvedBones: ["T5-T8", "T5-T8 each", "T4-T8"].map(Self.sites)])
    for votes in [["T5-T8", "T5-T8 each", nil], ["T5-T8 each", nil, "T5-T8"], [nil, nil, "T5-T8"]] as [[String?]] {
      try table.play(.call(bones))
      for (reader, text) in zip(threeReaders, votes) {
        try table.play(.vote(bones, text.flatMap(Self.sites)), by: reader)
      }
      try table.play(.reveal(bones))
      #expect(table.seen().row(bones)?.suggestion == nil, "\(votes)")
    }
    try table.play(.call(bones))
    for (reader, text) in zip(threeReaders, ["T5-T8", nil, "T5-T8"]) {
      try table.play(.vote(bones, text.flatMap(Self.sites)), by: reader)
    }
    try table.play(.reveal(bones))
    #expect(table.seen().row(bones)?.suggestion?.grade?.value == Self.sites("T5-T8"))
  }

  /// Bones that are not in question stay named as the voter had named them, and nobody has changed there.
  @Test func theFormOfAVoteIsTheVoters() throws {
    let bones = key(ID.involvedBones)
    let values = ["T5-T8 each", "T5-T8", "T4-T8"].map(Self.sites)
    var table = Table.agreeing(except: [ID.involvedBones: values])
    try table.play(.call(bones))
    let question = try #require(table.seen().row(bones)?.vote?.question)
    #expect(question.title == "T4, and one run or each")
    #expect(try question.value("T4:no", own: values[0]) == values[0])
    #expect(try question.value("T4:no", own: values[1]) == values[1])
    #expect(values.compactMap { $0 }.compactMap(question.words) == ["no (each)", "no (run)", "yes (run)"])
    try table.play(.vote(bones, question.value("T4:no", own: values[0])), by: r1)
    try table.play(.vote(bones, question.value("T4:no", own: values[1])), by: r2)
    try table.play(.vote(bones, question.value("T4:no", own: values[1])), by: r3)
    try table.play(.reveal(bones))
    #expect(table.session.changesOfMind.map(\.reader.rawValue) == ["R3"])
  }

  /// Who states a run and single vertebrae beside it keeps both in a vote on another bone: nothing is joined for them.
  @Test func aRunAndSingleBonesBesideItStayAsTheVoterStatedThem() throws {
    let finding = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let values = ["T5-T7,T9,T10", "T5-T10", "T5-T10"].map(Self.sites)
    let question = try #require(VoteQuestion(values, of: finding))
    #expect(question.title == "T8, and one run or each")
    #expect(try question.value("T8:no", own: values[0]) == values[0])
    #expect(question.words(try #require(values[0])) == "no (part run)")
    // Of neighbours that the voter had not named both it is as most state it.
    #expect(try question.value("T8:yes", own: values[0]) == Self.sites("T5-T9,T10"))
    // Of who has signed nothing it is as most state it.
    #expect(try question.value("T8:no") == Self.sites("T5-T7,T9-T10"))
    // What the voter had named apart stays apart where another bone goes.
    let parts = ["T5-T6,T7-T8", "T5-T8", "T6-T8"].map(Self.sites)
    let other = try #require(VoteQuestion(parts, of: finding))
    #expect(try other.value("T5:no", own: parts[0]) == Self.sites("T6,T7-T8"))
  }

  /// Who names bones otherwise than as one run or each has a row for it too, and half of the readers are no majority of it.
  @Test func howBonesAreJoinedIsInQuestion() throws {
    let finding = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    func tally(_ stated: [(String?, Bool)]) -> BoneTally {
      BoneTally(stated.map { BoneTally.Stance($0.flatMap(Self.sites), saysForm: $1) }, of: finding)
    }
    let apart = tally([("T5-T6,T7,T8", true), ("T5-T7,T8", true), ("T5,T6-T8", true)])
    #expect(apart.disputed.isEmpty && apart.forms == [.mixed, .mixed, .mixed])
    #expect(tally([("T5-T7,T8", true), ("T5-T7,T8", true)]).forms.isEmpty)
    // Two of four, and one of two, whichever way they name them.
    #expect(tally([("T5-T8", true), ("T5-T8", true), ("T5,T6-T8", true), ("T5-T6,T7-T8", false)]).majorityValue == nil)
    #expect(tally([("T5,T6,T7", true), ("T5,T6,T7", false)]).majorityValue == nil)
    #expect(tally([("T5-T7", true), ("T5-T7", false)]).majorityValue == nil)
    #expect(tally([("T5,T6,T7", true), ("T5,T6,T7", true), ("T5-T7", false)]).majorityValue == Self.sites("T5,T6,T7"))
  }

  /// Where readers join bones otherwise, the majority is one for each two neighbours; a run that nobody states is none.
  @Test(
    arguments: [
      (["T5-T6,T7,T8", "T5-T7,T8", "T5,T6-T8"], "T5-T7,T8"),
      (["T5-T8 each", "T5-T6,T7-T8", "T5-T7,T8"], "T5-T6,T7,T8"),
      (["T5-T8", "T5-T8 each", "T5-T6,T7,T8"], "T5-T6,T7,T8"), (["T5-T8", "T5-T8", "T5-T7,T8"], "T5-T8"),
      (["T5-T8", "T5-T8 each", nil], nil), (["T5-T8", "T5-T7", "T6-T8"], "T5-T8"),
    ] as [([String?], String?)])
  func theMajorityIsOfEachTwoNeighbours(stated: [String?], majority: String?) throws {
    let finding = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let values = stated.map { $0.flatMap(Self.sites) }
    #expect(BoneTally(values, of: finding).majorityValue == majority.flatMap(Self.sites), "\(stated)")
  }

  @Test func severalAnswersAreAskedForEach() throws {
    let bones = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    let question = try #require(VoteQuestion(["T5-T8", "T6-T9"].map(Self.sites), of: bones))
    #expect(question.title == "T5 and T9")
    #expect(question.words(try #require(Self.sites("T5-T8"))) == "T5 yes, T9 no")
    #expect(throws: VoteQuestionError("say yes or no of T9 too")) { try question.value("T5:yes") }
    #expect(throws: VoteQuestionError("T5 is there twice")) { try question.value("T5:yes,T5:no") }
    // Nobody named anything alike, or said anything: nothing to take as agreed.
    #expect(VoteQuestion([Self.sites("T5-T8"), Self.sites("T5-T8")], of: bones) == nil)
    #expect(VoteQuestion([GradeValue?.none, nil], of: bones) == nil)
  }

  /// Of a patient who has an L6 it is compared like any vertebra, and is not lost from what is agreed.
  @Test func aTransitionalSegmentIsPartOfAnExtent() throws {
    let bones = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    func sites(_ text: String) throws -> GradeValue { try bones.value(text, in: Anatomy(extra: [.l6])) }
    let question = try #require(VoteQuestion([sites("L4-L6"), sites("L3-L6")], of: bones))
    #expect(question.title == "L3")
    #expect(try question.value("L3:no") == sites("L4-L6"))
    #expect(try question.value("L3:yes") == sites("L3-L6"))
  }
}
