// A coordinator's one-time code: what it opens, and what a reset hides until its owner has shown who they are.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct ResetTests {
  let study: TestStudy
  let own = "correct horse 1"
  let new = "battery staple 2"

  init() throws {
    study = try TestStudy(
      StudyProtocol(seed: 7, withheld: []), cases: ["1", "2", "3"].map { .sample($0, followUps: []) })
    // R2 has signed case 1, begun case 2 with a note half typed, and not touched case 3.
    let reader = try study.open("R2")
    try reader.choosePassphrase(own)
    _ = try reader.record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("absent"))))
    _ = try reader.sign("1")
    _ = try reader.amend("1", reason: "telling reason")
    _ = try reader.sign("1")
    _ = try reader.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("present"), note: "faint")))
    _ = try reader.keepDraft(DraftNote(nil, "half typed"), "2")
  }

  private func reset() throws -> String { try study.open("coord").issueCode(for: "R2") }

  private func come(_ code: String, former: String? = nil) throws -> StudyStore {
    try StudyStore.open(
      at: study.path, as: "R2", code: code, choosing: new, former: former, environment: study.world.environment())
  }

  /// Whether anything that R2 had graded can be had through a handle.
  private func tells(_ store: StudyStore) throws -> Bool {
    let views = try ["1", "2"].map { try store.caseView($0) }
    let rows = try ["rim:present", "rim:absent"].flatMap { text in
      let query = WorklistQuery(
        filter: WorklistFilter.parse(text, codebook: .vertebralOsteomyelitis).filter, sort: .number)
      return try store.worklist(query, offset: 0, limit: 9).rows
    }
    let audit = try store.audit().contains { $0.reason != nil }
    return try !rows.isEmpty || audit
      || views.contains { $0.readings.contains { !$0.grades.isEmpty || $0.note != nil } }
      || ["1", "2"].contains { try store.history($0).contains { !$0.changes.isEmpty } }
      || !store.draftNotes("2").isEmpty
  }

  @Test func theCodeOpensNothingAndIsGoodOnce() throws {
    let code = try reset()
    #expect(code.utf8.count == 14)
    #expect(storeError { try study.open("R2") } == .passphraseNeeded("R2"))
    #expect(storeError { try study.open("R2", passphrase: own) } == .wrongCode("R2"))
    #expect(storeError { try study.open("R2", passphrase: code) } == .codeGiven("R2"))
    #expect(storeError { try come("0000-0000-0000") } == .wrongCode("R2"))
    #expect(
      storeError {
        try StudyStore.open(
          at: study.path, as: "R2", code: code, choosing: "        ", environment: study.world.environment())
      }?.category
        == .badData)

    // Small letters and no dashes are the same code.
    _ = try come(code.lowercased().replacingOccurrences(of: "-", with: ""))

    #expect(storeError { try come(code) } == .noCode("R2"))
    #expect(storeError { try study.open("R2", passphrase: code) } == .wrongPassphrase("R2"))
    #expect(try study.open("R2", passphrase: new).principal.id == "R2")
    let file = try DatabaseQueue(path: study.path).read {
      try String.fetchAll($0, sql: "SELECT passphrase FROM principal WHERE passphrase IS NOT NULL")
    }
    #expect(!file.contains { $0.contains(OneTimeCode.plain(code)) })
  }

  @Test func onlyTheCoordinatorGivesCodesAndOnlyToOthers() throws {
    #expect(storeError { try study.open("R1").issueCode(for: "R3") }?.category == .notPermitted)
    #expect(storeError { try study.open("coord").issueCode(for: "coord") }?.category == .badData)
    #expect(
      storeError { try study.open("coord").issueCode(for: "R7") } == .noSuchPrincipal("R7", known: people.map(\.id)))
  }

  /// The coordinator resets, types the code, chooses, and looks: nothing of R2 is there, and nothing can be changed.
  @Test func whoComesWithACodeSeesNothingOfBefore() throws {
    #expect(try tells(study.open("R2", passphrase: own)))
    let intruder = try come(reset())

    #expect(try !tells(intruder))
    #expect(try intruder.lockedReadings() == (drafts: 1, signed: 1))
    let change = GradeChange("2", .baseline, ID.haloSign, Grade(.level("absent")))
    #expect(storeError { try intruder.record(change) } == .readingLocked("2", .baseline))
    #expect(storeError { try intruder.undo("2") } == .readingLocked("2", .baseline))
    #expect(storeError { try intruder.sign("2") } == .readingLocked("2", .baseline))
    #expect(storeError { try intruder.amend("1", reason: "to see it") } == .readingLocked("1", .baseline))
    #expect(storeError { try intruder.unlockReadings() }?.category == .notPermitted)
    #expect(storeError { try intruder.unlockReadings(former: new) } == .wrongPassphrase("R2"))
    // What is begun now is no secret from whoever begins it.
    _ = try intruder.record(GradeChange("3", .baseline, ID.haloSign, Grade(.level("absent"))))
    #expect(try study.open("coord").verify().faults == [])
    try study.open("coord").rebuild()
    #expect(try !tells(intruder))
  }

  @Test func aSecondResetUnlocksNothing() throws {
    _ = try come(reset())
    let intruder = try come(reset())
    #expect(storeError { try intruder.unlockReadings(former: "never chosen 3") } == .wrongPassphrase("R2"))
    // The intruder's own passphrase unlocks what was begun under it, and no more.
    _ = try? intruder.unlockReadings(former: new)
    #expect(try !tells(intruder))
  }

  @Test func thePassphraseFromBeforeUnlocks() throws {
    let reader = try come(reset())
    let seen = try reader.unlockReadings(former: own)
    #expect(seen == 2)
    #expect(try tells(reader))
    #expect(
      try reader.record(GradeChange("2", .baseline, ID.haloSign, Grade(.level("absent")))).reading.grades.count == 2)
    #expect(try study.open("coord").verify().faults == [])
    // At the first use too.
    #expect(try tells(come(reset(), former: new)))
  }

  @Test func aKeyFromBeforeUnlocksOnceAPassphraseIsChosen() throws {
    let coordinator = try study.open("coord")
    func byKey(_ key: String) throws -> StudyStore {
      try StudyStore.open(at: study.path, as: "R2", environment: study.world.environment(keyFingerprint: key))
    }
    try coordinator.noteSeatAdded("R2", fingerprint: "SHA256:old")
    // It came after a passphrase: its owner chooses one again, and so it is theirs.
    try study.open("R2", passphrase: own).choosePassphrase(own)
    _ = try reset()
    try coordinator.noteSeatAdded("R2", fingerprint: "SHA256:new")

    // The key that the coordinator gave after the reset shows nothing.
    #expect(storeError { try byKey("SHA256:new") } == .passphraseNeeded("R2"))
    #expect(storeError { try study.open("R2", passphrase: own) } == .wrongCode("R2"))
    let planted = try come(reset())
    #expect(try !tells(planted))
    let reader = try byKey("SHA256:old")
    #expect(try !tells(reader))
    #expect(storeError { try reader.unlockReadings() }?.category == .notPermitted)
    try reader.choosePassphrase(new)
    #expect(try tells(reader))
  }

  /// What a coordinator can give somebody opens nothing of theirs.
  @Test func aKeyThatCameAfterThePassphraseAsksForIt() throws {
    try study.open("coord").noteSeatAdded("R2", fingerprint: "SHA256:planted")
    let environment = study.world.environment(keyFingerprint: "SHA256:planted")
    #expect(
      storeError { try StudyStore.open(at: study.path, as: "R2", environment: environment) } == .passphraseNeeded("R2"))
    let reader = try StudyStore.open(at: study.path, as: "R2", passphrase: own, environment: environment)
    #expect(try tells(reader))
    #expect(try study.open("R2", passphrase: own).takeNotices().contains { $0.kind == .seatAdded })
    try reader.choosePassphrase(new)
    _ = try StudyStore.open(at: study.path, as: "R2", environment: environment)
  }

  @Test func anAccountOrAKeyOfWhoResetsUnlocksNothing() throws {
    let coordinator = try study.open("coord")
    try coordinator.bind("R2", toUser: study.world.environment().osUser)
    try coordinator.noteSeatAdded("R2", fingerprint: "SHA256:planted")
    let intruder = try come(reset())
    #expect(try !tells(intruder))
    let planted = study.world.environment(keyFingerprint: "SHA256:planted")
    #expect(
      storeError { try StudyStore.open(at: study.path, as: "R2", environment: planted) } == .passphraseNeeded("R2"))
    #expect(try !tells(StudyStore.open(at: study.path, as: "R2", passphrase: new, environment: planted)))
    // What was half typed is gone with the reset: no lock could hold it.
    #expect(try intruder.draftNotes("2").isEmpty)
  }

  /// Nor does one that the coordinator bound after the owner had chosen a passphrase.
  @Test func anAccountThatCameAfterThePassphraseUnlocksNothing() throws {
    try study.open("coord").bind("R2", toUser: "anna")
    func byAccount(_ code: String, _ passphrase: String) throws -> StudyStore {
      try StudyStore.open(
        at: study.path, as: "R2", code: code, choosing: passphrase,
        environment: study.world.environment(osUser: "anna"))
    }
    #expect(try !tells(byAccount(reset(), new)))
    // Chosen again by its owner with the account bound, it is theirs.
    let owner = try study.open("R2", passphrase: new)
    _ = try owner.unlockReadings(former: own)
    try owner.choosePassphrase(own)
    #expect(try tells(byAccount(reset(), new)))
  }

  @Test func draftsAreGivenUpWithoutBeingSeen() throws {
    let reader = try come(reset())
    #expect(try reader.setAsideLocked() == 1)
    #expect(try reader.lockedReadings() == (drafts: 0, signed: 1))
    #expect(try !tells(reader))
    #expect(storeError { try reader.undo("2") } == .nothingToUndo)
    _ = try reader.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("absent"))))
    let undone = try reader.undo("2")
    #expect(undone.reading.grades.isEmpty && !undone.canUndo)
    #expect(
      try reader.history("2").allSatisfy { event in
        event.changes.allSatisfy { $0.old?.value != .level("present") && $0.new?.value != .level("present") }
      })
    _ = try reader.redo("2")
    _ = try reader.sign("2")
    #expect(try study.open("coord").verify().faults == [])
    try study.open("coord").rebuild()
    #expect(try reader.caseView("2").readings.first?.values()[ID.rimSign] == .level("absent"))
  }

  /// What is locked says so, and is not what nobody has graded.
  @Test func whatIsLockedIsNotNotGraded() throws {
    let reader = try come(reset())
    #expect(try ["1", "2", "3"].map { try reader.caseView($0).locked } == [[.baseline], [.baseline], []])
    #expect(try reader.caseView("2").missingGrade(at: .baseline) == "locked")
    #expect(try study.open("coord").caseView("2").locked == [])
    let locked = StoreError.readingLocked("2", .baseline)
    #expect(storeError { try reader.signingSheet("2") } == locked)
    #expect(
      storeError { try reader.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("absent")))) } == locked)
    _ = try reader.unlockReadings(former: own)
    #expect(try reader.caseView("2").locked == [])
  }

  @Test func anOpenCaseIsEverybodysAgain() throws {
    let reader = try come(reset())
    for id in ["R1", "R3"] as [PrincipalID] { _ = try study.open(id).sign("1") }
    _ = try study.open("coord").openForConsensus("1")
    #expect(try reader.caseView("1").readings.first { $0.reader == "R2" }?.values()[ID.rimSign] == .level("absent"))
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func aFirstCodeLocksNothing() throws {
    _ = try study.open("R1").record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("present"))))
    let code = try study.open("coord").issueCode(for: "R1")
    let reader = try StudyStore.open(
      at: study.path, as: "R1", code: code, choosing: new, environment: study.world.environment())
    #expect(try reader.caseView("2").readings.first?.grades.count == 1)
    #expect(try reader.takeNotices() == [])
  }

  @Test func theNextSittingSaysSoWhoeverCameBefore() throws {
    let coordinator = try study.open("coord")
    try coordinator.noteSeatAdded("R2", fingerprint: "SHA256:old")
    // The key came after the passphrase: its owner chooses one again, and so it is theirs.
    try study.open("R2", passphrase: own).choosePassphrase(own)
    // Whoever came in by the code was told, and that tells the owner nothing.
    let intruder = try come(reset())
    #expect(try intruder.takeNotices().map(\.kind) == [.seatAdded, .passphraseCodeIssued])
    #expect(try intruder.takeNotices() == [])

    let owner = try StudyStore.open(
      at: study.path, as: "R2", environment: study.world.environment(keyFingerprint: "SHA256:old"))
    let notices = try owner.takeNotices()
    #expect(notices.map(\.kind) == [.passphraseCodeIssued])
    #expect(notices.first?.text.hasPrefix("coord reset your passphrase on 2026-02-25 ") == true)
    #expect(try owner.takeNotices() == [])
    try coordinator.noteSeatAdded("R2", fingerprint: "SHA256:new")
    try coordinator.bind("R2", toUser: "anna")
    #expect(try owner.takeNotices().map(\.kind) == [.seatAdded, .userBound])
    #expect(try coordinator.verify().faults == [])
  }

  @Test func aResetIsNoWayPastALockedScreen() throws {
    let seat = try study.open("R2", passphrase: own)
    _ = try reset()
    #expect(storeError { try seat.checkPassphrase("") } == .wrongPassphrase("R2"))
    _ = try come(reset())
    // Whoever has the code does not get on at the seat that its owner left; the owner does.
    #expect(storeError { try seat.checkPassphrase(new) } == .wrongPassphrase("R2"))
    try seat.checkPassphrase(own)
  }

  @Test func whatTheCoordinatorHadSetInTheFirstVersionIsACode() throws {
    try DatabaseQueue(path: study.path).write { db in
      let old = try Document.text(PassphraseHash("set by coord"))
      try db.execute(sql: "UPDATE principal SET passphrase = ? WHERE id IN ('R1', 'R3')", arguments: [old])
      let transaction = try Transaction(
        db, study: StudyDatabase.study(db), environment: study.world.environment(), actor: nil)
      for (who, whose) in [("coord", "R1"), ("R3", "R3")] as [(PrincipalID, PrincipalID)] {
        let person = try StudyDatabase.person(db, who)
        try transaction.audit(.passphraseSet, detail: whose.rawValue, by: person.record)
      }
      try Schema.adoptPassphrases(db, study.world.environment())
    }
    #expect(storeError { try study.open("R1", passphrase: "set by coord") } == .codeGiven("R1"))
    #expect(try study.open("R3", passphrase: "set by coord").principal.id == "R3")
  }
}
