// The rules of a consensus session, act by act.

import Foundation
import TestSupport
import Testing

@testable import ReviewCore

@Suite struct DeliberationTests {
  private let rim = key(ID.rimSign)
  private let split: [FindingID: [GradeValue?]] = [ID.rimSign: [.level("absent"), .level("present"), .level("absent")]]

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
