// Votes of a session, by its rules.

import TestSupport
import Testing

@testable import ReviewCore

@Suite struct DeliberationVoteTests {
  private let rim = key(ID.rimSign)
  private let split: [FindingID: [GradeValue?]] = [ID.rimSign: [.level("absent"), .level("present"), .level("absent")]]

  @Test func aVoteIsSealedUntilItsReveal() throws {
    // Given a vote on which R1 and R2 have voted
    var table = Table.agreeing(except: split)
    try table.play(.call(rim), by: r2)
    try table.play(.vote(rim, .level("present")), by: r1)
    try table.play(.vote(rim, .level("present")), by: r2)

    // Then who has voted is seen, the reveal waits for R3, and nothing can be agreed meanwhile
    let vote = try #require(table.seen().row(rim)?.vote)
    #expect(
      vote
        == VoteState(
          count: 1, isOpen: true, voted: ["R1", "R2"], waiting: ["R3"], own: .cast(.level("present")), revealed: nil))
    #expect(table.refusal(.reveal(rim)) == .votesMissing("rim sign", ["R3"]))
    #expect(table.refusal(.agree(rim, AgreedGrade(Grade(.level("absent"))))) == .voteIsOpen("rim sign"))
    #expect(table.refusal(.call(rim)) == .voteIsOpen("rim sign"))

    // When R3 votes and the votes are revealed
    try table.play(.vote(rim, .level("absent")), by: r3)
    try table.play(.reveal(rim), by: r3)

    // Then all are there under the letters, and R1's change of mind is logged with the majority of that moment
    let row = try #require(table.seen().row(rim))
    #expect(row.vote?.revealed == [.cast(.level("present")), .cast(.level("absent")), .cast(.level("present"))])
    #expect(row.grades.map { $0?.value } == [.level("present"), .level("absent"), .level("absent")])
    #expect(
      table.session.changesOfMind == [
        ChangeOfMind(
          reader: "R1", key: rim, from: .level("absent"), to: .level("present"), majority: .level("absent"))
      ])
    #expect(table.session.changesOfMind.first?.direction == .away)
    let log = table.seen().log.map(\.text)
    #expect(log.contains("R3 revealed the vote on rim sign: A present, B absent, C present"))
    #expect(
      log.last == "C changed on rim sign: absent → present; majority then: absent (away from the majority)")
  }

  /// The last vote counts, however the first reads were.
  @Test func aVoteCountsAlsoWhereTheFirstReadsWereUnanimous() throws {
    var table = Table.agreeing(except: [ID.rimSign: [.level("absent"), .level("absent"), .level("absent")]])
    #expect(table.seen().row(rim)?.suggestion == AgreedGrade(Grade(.level("absent")), how: .unanimous))
    func vote(_ levels: [LevelID]) throws {
      try table.play(.call(rim))
      for (reader, level) in zip(threeReaders, levels) { try table.play(.vote(rim, .level(level)), by: reader) }
      try table.play(.reveal(rim))
    }
    try vote(["absent", "present", "present"])
    #expect(table.seen().row(rim)?.suggestion == AgreedGrade(Grade(.level("present")), how: .majority))
    #expect(table.refusal(.takeOver([rim])) == .notUnanimous("rim sign"))
    #expect(
      table.refusal(.agree(rim, AgreedGrade(Grade(.level("absent")), how: .unanimous)))
        == .howDoesNotFit("rim sign", .unanimous))
    // What all vote for again is unanimous as it was.
    try vote(["absent", "absent", "absent"])
    #expect(table.seen().row(rim)?.suggestion == AgreedGrade(Grade(.level("absent")), how: .unanimous))
  }

  @Test func whoAbstainsHoldsNoGradeAndAllAbstainingIsNoMajority() throws {
    var table = Table.agreeing(except: split)
    #expect(table.seen().row(rim)?.suggestion?.grade?.value == .level("absent"))
    // When one of the two abstains
    try table.play(.call(rim))
    try table.play(.vote(rim, nil), by: r1)
    try table.play(.vote(rim, .level("present")), by: r2)
    try table.play(.vote(rim, .level("absent")), by: r3)
    try table.play(.reveal(rim))
    // Then neither grade has more than half
    #expect(table.session.positions(on: rim) == [nil, .level("present"), .level("absent")])
    #expect(table.seen().row(rim)?.suggestion == nil)
    // When all abstain
    try table.play(.call(rim))
    for reader in threeReaders { try table.play(.vote(rim, nil), by: reader) }
    try table.play(.reveal(rim))
    #expect(table.seen().row(rim)?.suggestion == nil)
  }

  @Test func changesOfMindAreToldInTheOrderOfTheLetters() throws {
    // Given a vote in which all change their minds
    var table = Table.agreeing(except: split)
    try table.play(.call(rim))
    try table.play(.vote(rim, .level("present")), by: r1)
    try table.play(.vote(rim, .level("absent")), by: r2)
    try table.play(.vote(rim, .notAssessable), by: r3)
    try table.play(.reveal(rim))

    // Then the order in which it is told does not say who is who
    for order in [["R2", "R3", "R1"], ["R3", "R2", "R1"]] as [[PrincipalID]] {
      let told = table.seen(order: order).log.map(\.text).filter { $0.contains(" changed on ") }
      #expect(told.map { $0.prefix(1) } == ["A", "B", "C"])
    }
  }

  /// Two had signed absent; once a vote has denied it, that is no majority any more.
  @Test func aVoteTakesTheMajorityOfWhatWasSignedAway() throws {
    var table = Table.agreeing(except: split)
    try table.play(.call(rim))
    try table.play(.vote(rim, .level("present")), by: r1)
    try table.play(.vote(rim, .level("absent")), by: r2)
    try table.play(.vote(rim, nil), by: r3)
    try table.play(.reveal(rim))
    try table.play(.agree(rim, AgreedGrade(Grade(.level("absent")))))
    #expect(table.session.decisions[rim]?.how == .discussed)
  }
}
