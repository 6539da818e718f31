// Grading: recorded, taken back, signed, amended; and everything that is refused.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct GradingTests {
  let study: TestStudy
  let reader: StudyStore

  init() throws {
    study = try TestStudy()
    reader = try study.open("R1")
  }

  @Test func aGradeComesBackAsItWasRecorded() throws {
    let grade = Grade(.level("present"), note: "upper endplate", image: ImageReference(series: 4, slice: 12), bone: .l5)
    let result = try reader.record(GradeChange("1", .baseline, ID.rimSign, grade))
    let key = GradeKey(.baseline, ID.rimSign)
    let reading = Reading(reader: "R1", examination: .baseline, state: .draft, grades: [key: grade])
    #expect(
      result
        == GradingResult(
          reading: reading, changes: [GradeDifference(key: key, old: nil, new: grade)], at: study.world.now,
          canUndo: true, canRedo: false))
    #expect(try study.open("R1").caseView("1").readings == [reading])
    #expect(try reader.counts().draft == 1)
  }

  @Test func gradesOfOneActAreOneStep() throws {
    let keys = [ID.t1w, ID.t2w, ID.stir].map { GradeKey(.baseline, $0) }
    let grades = Dictionary(uniqueKeysWithValues: keys.map { ($0, Optional(Grade(.levels(["hyper"])))) })
    let result = try reader.record(GradeChange("1", grades: grades, readingNote: "quick look"))
    #expect(result.changes.map { $0.key?.finding } == [ID.t1w, ID.t2w, ID.stir, nil])
    #expect(result.reading.note == "quick look")
    let undone = try reader.undo("1")
    #expect(undone.reading.grades == [:])
    #expect(undone.reading.note == nil)
    #expect(undone.changes.map { $0.key?.finding } == [ID.t1w, ID.t2w, ID.stir, nil])
    #expect((undone.canUndo, undone.canRedo) == (false, true))
    #expect(try reader.redo("1").reading == result.reading)
  }

  @Test func undoAndRedoWorkAcrossRestarts() throws {
    for level in ["absent", "present"] as [LevelID] {
      _ = try reader.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level(level))))
    }
    _ = try reader.record(GradeChange("1", .baseline, ID.haloSign, nil))
    func value(_ result: GradingResult) -> GradeValue? { result.reading.values()[ID.haloSign] }
    #expect(try value(study.open("R1").undo("1")) == .level("present"))
    #expect(try value(study.open("R1").undo("1")) == .level("absent"))
    #expect(try value(study.open("R1").undo("1")) == nil)
    #expect(storeError { try study.open("R1").undo("1") } == .nothingToUndo)
    #expect(try value(study.open("R1").redo("1")) == .level("absent"))
    _ = try reader.record(GradeChange("1", .baseline, ID.disks, Grade(.level("preserved"))))
    #expect(storeError { try study.open("R1").redo("1") } == .nothingToRedo)
  }

  @Test func whatIsSoAlreadyMakesNoStep() throws {
    let change = GradeChange("1", .baseline, ID.haloSign, Grade(.level("absent")))
    _ = try reader.record(change)
    let again = try reader.record(change)
    #expect(again.changes == [])
    _ = try reader.undo("1")
    #expect(storeError { try reader.undo("1") } == .nothingToUndo)
    #expect(try reader.record(GradeChange("1", .baseline, ID.haloSign, nil)).changes == [])
  }

  @Test func randomKeysEndWhereAModelEnds() throws {
    var dice = Dice(7)
    var done: [[FindingID: GradeValue]] = [[:]]
    var undone: [[FindingID: GradeValue]] = []
    let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline).filter { $0.scale == .choice }
    for _ in 0..<200 {
      var state = done[done.count - 1]
      switch Int.random(in: 0..<6, using: &dice) {
      case 0 where done.count > 1:
        undone.append(done.removeLast())
        #expect(try reader.undo("1").reading.values() == done[done.count - 1])
      case 0:
        #expect(storeError { try reader.undo("1") } == .nothingToUndo)
      case 1 where !undone.isEmpty:
        done.append(undone.removeLast())
        #expect(try reader.redo("1").reading.values() == done[done.count - 1])
      case 1:
        #expect(storeError { try reader.redo("1") } == .nothingToRedo)
      default:
        let finding = try #require(findings.randomElement(using: &dice))
        let value =
          Bool.random(using: &dice) ? finding.levels.randomElement(using: &dice).map { GradeValue.level($0.id) } : nil
        if state[finding.id] != value {
          state[finding.id] = value
          done.append(state)
          undone = []
        }
        #expect(
          try reader.record(GradeChange("1", .baseline, finding.id, value.map { Grade($0) })).reading.values() == state)
      }
    }
    #expect(try study.open("R1").caseView("1").readings.first?.values() == done.last)
    #expect(try reader.verify().faults == [])
  }

  @Test func everyFaultOfAChangeIsNamed() throws {
    let error = storeError {
      try reader.record(
        GradeChange(
          "1",
          grades: [
            GradeKey(.baseline, "rim_sing"): Grade(.level("absent")),
            GradeKey(.baseline, ID.t1w): Grade(.levels(["hyper", "hypo"])),
            GradeKey(.baseline, ID.disks): Grade(.level("gone"), bone: .l5, confidence: 9),
          ]))
    }
    #expect(
      error
        == .badData([
          "disks: there is no level ‘gone’; allowed: preserved, involved, not-assessable, not-acquired",
          "disks: takes no bone", "disks: this protocol asks for no confidence",
          "disks: a confidence is 1 (guess) to 5 (certain)",
          "‘rim_sing’ is not graded at baseline; did you mean ‘rim_sign’?",
          "t1w: ‘hyper,hypo’ is not written in the order of the codebook",
        ]))
    #expect(error?.category == .badData)
    #expect(try reader.caseView("1").readings == [])
  }

  @Test func whoAndWhatIsRefused() throws {
    let change = GradeChange("1", .baseline, ID.haloSign, Grade(.level("absent")))
    #expect(storeError { try study.open("coord").record(change) } == .notAReader("coord", .coordinator))
    #expect(
      storeError { try reader.record(GradeChange("11", .baseline, ID.haloSign, nil)) }
        == .noSuchCase("11", nearest: "1"))
    #expect(
      storeError { try reader.record(GradeChange("1", .baseline, round: 2)) } == .otherRound(2, reading: 1))
    // The follow-up is withheld until the baseline is signed: as if there were none.
    #expect(
      storeError { try reader.record(GradeChange("1", "5", ID.marrow, Grade(.level("partial")))) }
        == .noSuchExamination("5", "1", known: [.baseline]))
    #expect(
      storeError { try reader.record(GradeChange("1", "7", ID.marrow, nil)) }
        == .noSuchExamination("7", "1", known: [.baseline]))
    let joint = try TestStudy(StudyProtocol(mode: .joint))
    #expect(storeError { try joint.open("R1").record(change) } == .joint)
  }

  @Test func signingLocksAndNamesWhatIsMissing() throws {
    let change = GradeChange("1", .baseline, ID.haloSign, Grade(.level("absent")))
    let seen = try reader.record(change).reading
    try reader.addSeconds(30, "1")
    try reader.addSeconds(12, "1")
    try reader.keepDraft(DraftNote(ID.rimSign, "half a"), "1")
    let receipt = try reader.sign("1")
    let missing = Codebook.vertebralOsteomyelitis.findings(in: .baseline).map(\.id).filter { $0 != ID.haloSign }
    #expect(
      receipt
        == SigningReceipt(
          receipt: Receipt(at: study.world.now, head: receipt.receipt.head), version: 1,
          meaning: "I graded this examination independently.", missing: missing))
    let view = try reader.caseView("1")
    var signed = Reading(
      reader: "R1", examination: .baseline, state: .signed(study.world.now), grades: seen.grades, seconds: 42)
    signed.codebook = 1
    #expect(
      view.readings == [
        signed
      ])
    #expect(view.patientCase.examinations.map(\.id) == [.baseline, "5"])
    for act in [
      { try reader.record(change) }, { try reader.undo("1") }, { try reader.redo("1") },
    ] as [() throws -> GradingResult] {
      #expect(storeError(act) == .readingSigned("1", .baseline))
    }
    #expect(storeError { try reader.sign("1") } == .readingSigned("1", .baseline))
    #expect(storeError { try reader.addSeconds(1, "1") } == .readingSigned("1", .baseline))
    #expect(try reader.draftNotes("1") == [])
    #expect(try reader.info().auditHead == receipt.receipt.head)
  }

  @Test func whatAnotherWindowChangedIsNotSignedUnseen() throws {
    _ = try reader.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level("absent"))))
    let seen = try reader.signingSheet("1")
    _ = try study.open("R1").record(GradeChange("1", .baseline, ID.haloSign, Grade(.level("present"))))
    #expect(storeError { try reader.sign("1", .baseline, seen: seen) } == .changedMeanwhile("1", .baseline))
    #expect(try reader.caseView("1").readings.first?.state == .draft)
  }

  @Test func aDraftNoteSurvivesAndGoes() throws {
    try reader.keepDraft(DraftNote(ID.rimSign, "half a no"), "1")
    try reader.keepDraft(DraftNote(ID.rimSign, "half a note"), "1")
    try reader.keepDraft(DraftNote(nil, "all in all"), "1")
    #expect(
      try study.open("R1").draftNotes("1") == [DraftNote(nil, "all in all"), DraftNote(ID.rimSign, "half a note")])
    #expect(try study.open("R2").draftNotes("1") == [])
    try reader.keepDraft(DraftNote(nil, ""), "1")
    #expect(try reader.draftNotes("1") == [DraftNote(ID.rimSign, "half a note")])
  }

  @Test func anAmendmentIsAVersionOfItsOwn() throws {
    let key = GradeKey(.baseline, ID.haloSign)
    func set(_ level: LevelID) throws -> GradingResult {
      try reader.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level(level))))
    }
    #expect(storeError { try reader.amend("1", reason: "slip") } == .notSigned("1", .baseline))
    _ = try set("absent")
    _ = try reader.sign("1")
    #expect(storeError { try reader.amend("1", reason: " \n") }?.category == .badData)
    study.world.wait(seconds: 60)
    let amended = try reader.amend("1", reason: " hit the wrong key ")
    #expect(amended.reading.version == 2)
    #expect(amended.reading.state == .draft)
    #expect(amended.reading.values() == [ID.haloSign: .level("absent")])
    #expect((amended.canUndo, amended.canRedo) == (false, false))
    #expect(storeError { try reader.undo("1") } == .nothingToUndo)
    #expect(
      try set("present").changes == [
        GradeDifference(key: key, old: Grade(.level("absent")), new: Grade(.level("present")))
      ])
    #expect(try reader.undo("1").reading.values() == [ID.haloSign: .level("absent")])
    _ = try reader.redo("1")
    #expect(try reader.sign("1").version == 2)
    let acts = try reader.history("1").map { "\($0.version) \($0.act)".prefix(while: { $0 != "(" }) }
    #expect(
      acts == ["1 graded", "1 signed", "2 amended", "2 graded", "2 undone", "2 redone", "2 signed"])
    #expect(try reader.history("1")[2].act == .amended(reason: "hit the wrong key"))
    #expect(try reader.history("1")[0].changes == [GradeDifference(key: key, new: Grade(.level("absent")))])
    #expect(try reader.verify().faults == [])
  }

  @Test func openingNeedsAllSignaturesAndEndsGrading() throws {
    let coordinator = try study.open("coord")
    _ = try coordinator.importCases([.sample("1", followUps: [])])
    let readers = try ["R1", "R2", "R3"].map { try study.open(PrincipalID($0)) }
    for (index, store) in readers.enumerated() {
      #expect(
        storeError { try coordinator.openForConsensus("1") }
          == .notReady("1", waitingFor: Array(["R1", "R2", "R3"][index...])))
      _ = try store.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level(index == 0 ? "present" : "absent"))))
      _ = try store.sign("1")
    }
    #expect(try coordinator.caseView("1").stage == .ready)
    #expect(try coordinator.counts().ready == 1)
    #expect(try coordinator.caseView("1").readings == [])
    #expect(storeError { try study.open("show").openForConsensus("1") }?.category == .notPermitted)
    let receipt = try readers[1].openForConsensus("1")
    #expect(receipt.at == study.world.now)
    for id in people.map(\.id) {
      let view = try study.open(id).caseView("1")
      #expect(view.stage == .opened)
      #expect(view.readings.count == 3)
      #expect(view.readings.count { $0.values()[ID.haloSign] == .level("present") } == 1)
      #expect(try study.open(id).openedCases().map { [$0.id.rawValue, "\($0.readings.count)"] } == [["1", "3"]])
      #expect(try study.open(id).history("1").count == 6)
    }
    #expect(storeError { try readers[0].amend("1", reason: "late") } == .caseOpened("1"))
    #expect(storeError { try readers[0].undo("1") } == .caseOpened("1"))
    #expect(storeError { try coordinator.openForConsensus("1") } == .caseOpened("1"))
    #expect(storeError { try coordinator.importCases([.sample("1", followUps: [5])]) }?.category == .notPermitted)
    #expect(try coordinator.audit(AuditFilter(kinds: [.opened])).map(\.principal) == ["R2"])
  }

  @Test func aProtocolMayOpenTheCasesTogether() throws {
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 1, opening: .round),
      cases: [
        .sample("1", followUps: []), .sample("2", followUps: []),
      ])
    let reader = try study.open("R1")
    _ = try reader.sign("1")
    let error = storeError { try reader.openForConsensus("1") }
    #expect(error?.description.contains("1 are not signed by all readers yet") == true)
    _ = try reader.sign("2")
    _ = try reader.openForConsensus("1")
    #expect(try reader.caseView("1").stage == .opened)
  }
}
