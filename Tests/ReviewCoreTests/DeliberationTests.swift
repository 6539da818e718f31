// The rules of a consensus session, act by act.

import Foundation
import TestSupport
import Testing

@testable import ReviewCore

@Suite struct DeliberationTests {
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

  @Test func howAGradeWasReachedFollowsFromWhatWasSaid() throws {
    var table = Table.agreeing(except: split)
    try table.play(.agree(rim, AgreedGrade(Grade(.level("absent")))))
    #expect(table.session.decisions[rim]?.how == .majority)

    #expect(
      table.refusal(.agree(rim, AgreedGrade(Grade(.level("absent")), how: .unanimous)))
        == .howDoesNotFit("rim sign", .unanimous))
    #expect(
      table.refusal(.agree(rim, AgreedGrade(Grade(.level("present")), how: .majority)))
        == .howDoesNotFit("rim sign", .majority))
    try table.play(.agree(rim, AgreedGrade(Grade(.level("present")), cause: .missedFinding)))
    #expect(
      table.session.decisions[rim] == AgreedGrade(Grade(.level("present")), how: .discussed, cause: .missedFinding))

    try table.play(.agree(rim, AgreedGrade(nil)))
    #expect(table.session.decisions[rim] == AgreedGrade(nil, how: .unresolved))
    #expect(table.session.consensus.values(at: .baseline)[ID.rimSign] == nil)
  }

  @Test func aGradeOfNobodyNeedsARationale() throws {
    var table = Table.agreeing(except: split)
    let nobodys = AgreedGrade(Grade(.notAssessable))
    #expect(table.refusal(.agree(rim, nobodys)) == .rationaleNeeded("rim sign"))
    #expect(
      table.refusal(.agree(rim, AgreedGrade(Grade(.notAssessable), rationale: "  "))) == .rationaleNeeded("rim sign"))

    try table.play(.agree(rim, AgreedGrade(Grade(.notAssessable), rationale: " motion ")))

    #expect(table.session.decisions[rim]?.rationale == "motion")
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

  @Test func inAJointProtocolTheReadersGradeTogether() throws {
    // Given three readers without readings
    var table = Table([:])
    table.session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: threeReaders.map(\.id),
      readings: [])
    #expect(table.refusal(.takeOver(nil)) == .nothingToTakeOver("1"))

    // When they agree on everything, one finding by vote
    for key in table.session.keys {
      try table.play(.agree(key, key == rim ? AgreedGrade(Grade(.level("absent"))) : AgreedGrade(nil)))
    }
    try table.play(.call(rim))
    for reader in threeReaders { try table.play(.vote(rim, .level("present")), by: reader) }
    try table.play(.reveal(rim))
    #expect(table.session.changesOfMind.isEmpty, "a first word is no change of mind")
    #expect(table.session.unanimousGrade(on: rim) == Grade(.level("present")))
    try table.play(.agree(rim, AgreedGrade(Grade(.level("present")))))
    for reader in threeReaders { try table.play(.confirm(table.session.version), by: reader) }

    // Then the same record comes of it
    #expect(table.session.isRecorded)
    #expect(table.session.consensus.grades[rim] == AgreedGrade(Grade(.level("present")), how: .unanimous))
  }

  @Test func whatOneAgreedOnLastIsUndone() throws {
    var table = Table.agreeing(except: split)
    let (absent, present) = (AgreedGrade(Grade(.level("absent"))), AgreedGrade(Grade(.level("present"))))
    #expect(table.refusal(.undo) == .nothingToUndo("R1"))
    try table.play(.takeOver(nil))
    try table.play(.agree(rim, absent))
    try table.play(.agree(rim, present))

    // One step back after another, each to what stood before it
    try table.play(.undo)
    #expect(table.session.decisions[rim]?.grade == absent.grade)
    #expect(table.seen().log.last?.text == "R1 undid: rim sign present; absent stands again")
    try table.play(.undo)
    #expect(table.seen().log.last?.text == "R1 undid: rim sign absent")
    #expect(table.session.decisions[rim] == nil && table.session.unsettled == [rim])
    try table.play(.undo)
    #expect(table.session.decisions.isEmpty)
    #expect(table.seen().log.last?.text.hasPrefix("R1 undid what was agreed on ") == true)
    #expect(table.refusal(.undo) == .nothingToUndo("R1"))

    // Nobody's word is undone by another: neither what they agreed on, nor what stands in its place
    try table.play(.agree(rim, absent))
    #expect(table.refusal(.undo, by: threeReaders[1]) == .nothingToUndo("R2"))
    try table.play(.agree(rim, present), by: threeReaders[1])
    #expect(table.refusal(.undo) == .agreedMeanwhile("rim sign", "present"))
    #expect(table.refusal(.undo, by: Principal("coord", role: .coordinator)) == .notAReaderOfIt("coord", "1"))
    #expect(table.seen().log.last?.text == "R2 recorded rim sign: present, discussed (before: absent)")
  }

  @Test func theLogSaysInWhichBoneASignIsSeen() throws {
    var table = Table.agreeing(except: split)
    try table.play(.agree(rim, AgreedGrade(Grade(.level("present")))))
    try table.play(.agree(rim, AgreedGrade(Grade(.level("present"), bone: .l5))))
    #expect(table.seen().log.last?.text.contains("rim sign: present") == true)
    #expect(table.seen().log.last?.text.contains("seen in L5") == true)
    #expect(table.seen().log.last?.text.contains("before") == false)
  }

  @Test func whatIsAgreedIsTakenBack() throws {
    var table = Table.agreeing(except: split)
    try table.play(.takeOver(nil))
    #expect(table.refusal(.takeBack(rim, AgreedGrade(nil, how: .unresolved))) != nil)
    try table.play(.agree(rim, AgreedGrade(nil)))
    let unresolved = try #require(table.session.decisions[rim])
    #expect(unresolved.how == .unresolved, "left unresolved is agreed on")
    let version = table.session.version
    try table.play(.takeBack(rim, unresolved))
    #expect(table.session.decisions[rim] == nil && table.session.version != version)
    #expect(table.refusal(.takeBack(rim, unresolved)) != nil)
    #expect(table.seen().log.last?.text == "R1 undid: rim sign unresolved")
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

  @Test(arguments: 0..<60)
  func randomMovesKeepTheRules(seed: UInt64) {
    // Given readers who say anything, and a session in which anybody tries anything
    var generator = SeededGenerator(seed: seed)
    let baseline = Codebook.vertebralOsteomyelitis.findings(in: .baseline)
    var table = Table(
      baseline.reduce(into: [:]) { grades, finding in
        grades[finding.id] = (0..<3).map { _ in randomValue(finding, using: &generator) }
      }, examinations: [.baseline, "5"])
    let first = table.session.first
    for _ in 0..<400 {
      let reader = threeReaders.randomElement(using: &generator) ?? r1
      let move = randomMove(table.session, using: &generator)
      let before = table.session
      do throws(ConsensusRefusal) { try table.play(move, by: reader) } catch { continue }

      // Then readings stay, what was confirmed was settled, and a recorded consensus has everybody's word
      #expect(table.session.first == first)
      if before.isRecorded { #expect(move.isReopening && !table.session.isRecorded) }
      if table.session.isRecorded {
        #expect(table.session.unsettled.isEmpty)
        #expect(table.session.readers.allSatisfy { !table.session.standing(of: $0).isPending })
        #expect(table.session.standings.values.contains(.confirmed))
      }
      if table.session.version != before.version {
        #expect(table.session.standings.values.allSatisfy { $0.isAbsent })
      }
    }
    // And the log can be played again to the same end
    var again = table.session
    again = Deliberation(
      caseID: again.caseID, codebook: again.codebook, examinations: again.examinations, readers: again.readers,
      readings: first.map { Reading(reader: $0.key, examination: .baseline, grades: $0.value) }, events: again.events)
    #expect(again.decisions == table.session.decisions && again.standings == table.session.standings)
    _ = table.seen()
  }
}

extension ConsensusMove {
  fileprivate var isReopening: Bool { if case .reopen = self { true } else { false } }
}

/// Anything that somebody may try, sensible more often than not.
func randomMove(_ session: Deliberation, using generator: inout SeededGenerator) -> ConsensusMove {
  let open = session.keys.filter { session.openBallot(on: $0) != nil }
  let key =
    (Bool.random(using: &generator) ? open.randomElement(using: &generator) : nil)
    ?? session.unsettled.randomElement(using: &generator) ?? session.keys.randomElement(using: &generator)
    ?? GradeKey(.baseline, "none")
  let finding = session.finding(key) ?? Codebook.vertebralOsteomyelitis.findings[0]
  switch Int.random(in: 0..<14, using: &generator) {
  case 0: return .call(key)
  case 1, 2: return .vote(key, randomValue(finding, using: &generator))
  case 3: return .reveal(key)
  case 4: return .takeOver(nil)
  case 5, 6, 7:
    let rationale = Bool.random(using: &generator) ? "because" : nil
    return .agree(key, AgreedGrade(randomValue(finding, using: &generator).map { Grade($0) }, rationale: rationale))
  case 8: return .note(key, Bool.random(using: &generator) ? "a note" : nil)
  case 9, 10, 11: return .confirm(session.version)
  case 12:
    return Bool.random(using: &generator)
      ? .dissent(session.version, reason: "I see none")
      : .absent(session.readers.randomElement(using: &generator) ?? "R1", reason: "away")
  default: return .reopen(session.version, reason: "again")
  }
}
