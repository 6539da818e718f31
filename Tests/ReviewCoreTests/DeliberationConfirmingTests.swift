// Who must speak for a version of a consensus, and who need not.

import TestSupport
import Testing

@testable import ReviewCore

@Suite struct DeliberationConfirmingTests {
  private let rim = key(ID.rimSign)
  private let split: [FindingID: [GradeValue?]] = [ID.rimSign: [.level("absent"), .level("present"), .level("absent")]]

  @Test func thatAConfirmationNoLongerCountsIsInTheLog() throws {
    var table = Table.agreeing(except: [:])
    try table.play(.takeOver(nil))
    try table.play(.confirm(table.session.version), by: r1)
    try table.play(.dissent(table.session.version, reason: "I see a rim"), by: r2)
    let before = table.session.version
    try table.play(.note(rim, "looked at again"), by: r3)
    #expect(before != table.session.version)
    #expect(
      table.seen().log.last?.text
        == "R1's confirmation of version \(before) and R2's dissent from version \(before) no longer count: "
        + "the consensus is version \(table.session.version) now")
  }

  @Test func everyoneMustSpeakForTheSameVersion() throws {
    // Given a case of which all is settled
    var table = Table.agreeing(except: split)
    #expect(table.refusal(.confirm(ConsensusVersion())) == .notSettled(table.session.keys.map(table.session.title)))
    try table.play(.takeOver(nil))
    #expect(table.refusal(.confirm(table.session.version)) == .notSettled(["rim sign"]))
    try table.play(.agree(rim, AgreedGrade(Grade(.level("absent")))))
    let before = table.session.version

    // When R1 and R2 confirm, and then a grade changes
    try table.play(.confirm(before), by: r1)
    #expect(table.refusal(.confirm(before), by: r1) == .saidAlready("R1", before))
    try table.play(.confirm(before), by: r2)
    try table.play(.agree(rim, AgreedGrade(Grade(.level("present")))), by: r3)

    // Then their confirmations are void, and nobody can confirm what was there before
    let now = table.session.version
    #expect(table.seen().pending == ["R1", "R2", "R3"])
    #expect(table.refusal(.confirm(before), by: r3) == .versionIsNow(now, asked: before))

    // When R1 confirms, R2 dissents and R3 is recorded absent
    try table.play(.confirm(now), by: r1)
    try table.play(.dissent(now, reason: "seen on one sequence only"), by: r2)
    #expect(!table.session.isRecorded)
    try table.play(.absent("R3", reason: "called away"), by: r1)

    // Then it is recorded, and changes only after it was reopened
    #expect(table.session.isRecorded)
    #expect(table.refusal(.call(rim)) == .recorded("1", now))
    #expect(table.refusal(.reopen(table.session.version, reason: " ")) == .reasonNeeded("it is reopened"))
    try table.play(.reopen(table.session.version, reason: "new biopsy"), by: r2)
    #expect(table.session.version == ConsensusVersion(2))
    #expect(table.session.decisions.count == table.session.keys.count)
    #expect(table.seen().pending == ["R1", "R2", "R3"])
  }

  @Test func whoIsAbsentIsNotWaitedForAndComesBackByActing() throws {
    var table = Table.agreeing(except: split)
    try table.play(.call(rim))
    try table.play(.vote(rim, .level("absent")), by: r1)
    try table.play(.vote(rim, nil), by: r2)
    try table.play(.absent("R3", reason: "line dropped"))
    #expect(table.refusal(.absent("R3", reason: "line dropped")) == .saidAlready("R3", table.session.version))

    try table.play(.vote(rim, .level("absent")), by: r3)

    #expect(table.session.standing(of: "R3") == .pending)
    #expect(table.refusal(.vote(rim, .level("absent")), by: r3) == .isSoAlready("your vote on rim sign"))
    try table.play(.absent("R1", reason: "left"), by: r2)
    #expect(table.refusal(.absent("R3", reason: "left"), by: r2) == .tooFewPresent(needed: 2, of: 3))
  }

  @Test(arguments: [
    (readers: 1, quorum: nil as Int?, mayLeave: 0), (2, nil, 0), (3, nil, 1), (4, nil, 1), (5, nil, 2), (3, 1, 2),
    (3, 3, 0),
    (2, 5, 0),
  ])
  func aQuorumStays(readers: Int, quorum: Int?, mayLeave: Int) throws {
    let people = (1...readers).map { Principal(PrincipalID("R\($0)"), role: .reader) }
    var session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: people.map(\.id),
      quorum: StudyProtocol(quorum: quorum).quorum(of: readers), readings: [])
    var left = 0
    for person in people.reversed() {
      do throws(ConsensusRefusal) {
        let act = try session.act(.absent(person.id, reason: "away"), by: people[0])
        session.apply(ConsensusEvent(at: .distantPast, by: "R1", version: session.version, act: act))
        left += 1
      } catch { #expect(error == .tooFewPresent(needed: session.quorum, of: readers)) }
    }
    #expect(left == mayLeave)
  }

  @Test func aSessionThatLetTooManyGoIsNotConfirmed() throws {
    // Given a session of the first version, in which one reader recorded the two others absent
    var table = Table.agreeing(except: [:])
    try table.play(.takeOver(nil))
    for reader in [r2, r3] {
      table.session.apply(
        ConsensusEvent(
          at: .distantPast, by: "R1", version: table.session.version, act: .absent(reader.id, reason: "away")))
    }

    // Then one alone records nothing, and two do
    #expect(table.refusal(.confirm(table.session.version)) == .tooFewPresent(needed: 2, of: 3))
    #expect(table.refusal(.dissent(table.session.version, reason: "I see none")) == .tooFewPresent(needed: 2, of: 3))
    table.session.apply(
      ConsensusEvent(at: .distantPast, by: "R2", version: table.session.version, act: .confirmed))
    try table.play(.confirm(table.session.version))
    #expect(table.session.isRecorded)
  }

  @Test func onlyItsReadersSpeakForACase() throws {
    var table = Table.agreeing(except: split)
    let coordinator = Principal("coord", role: .coordinator)
    let learner = Principal("learner", role: .learner)
    try table.play(.call(rim), by: coordinator)

    // The coordinator chairs, and agrees on nothing.
    for move in [
      ConsensusMove.vote(rim, nil), .takeOver(nil), .takeOver([rim]), .agree(rim, AgreedGrade(nil)),
      .confirm(table.session.version), .dissent(table.session.version, reason: "I see none"),
    ] {
      #expect(table.refusal(move, by: coordinator) == .notAReaderOfIt("coord", "1"), "\(move)")
    }
    for move in [ConsensusMove.note(rim, "seen"), .absent("R3", reason: "on leave")] {
      #expect(table.refusal(move, by: coordinator) == nil, "\(move)")
    }
    #expect(table.refusal(.reveal(rim), by: learner) == .notPermitted("learner", .learner))
    #expect(table.refusal(.vote(rim, .level("hypo")), by: r1)?.description.contains("hypo") == true)
    #expect(table.refusal(.call(key("foci"))) == .noSuchFinding("number and extent of foci", "1"))
  }
}
