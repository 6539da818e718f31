// After a reset: what whoever has the code can do in the owner's name, and what they see of what the owner does.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct UnprovenTests {
  let study: TestStudy
  let own = "correct horse 1"
  let evil = "battery staple 2"
  let key = "SHA256:old"
  private var reset: PassphraseReset { PassphraseReset(by: "coord", at: study.world.now) }

  init() throws {
    study = try TestStudy(
      StudyProtocol(readersPerCase: 1, seed: 7, opening: .caseByCase), readers: 2,
      cases: ["1", "2", "3"].map { .sample($0, followUps: []) })
    try study.open("coord").noteSeatAdded("R2", fingerprint: key)
    let owner = try study.open("R2")
    try owner.choosePassphrase(own)
    _ = try owner.record(change("2"))
  }

  private func change(_ id: CaseID, _ level: LevelID = "present") -> GradeChange {
    GradeChange(id, .baseline, ID.rimSign, Grade(.level(level)))
  }

  private func issueCode() throws -> String { try study.open("coord").issueCode(for: "R2") }

  /// The coordinator resets, takes the code, and sits down as R2.
  private func intrude() throws -> StudyStore {
    try StudyStore.open(
      at: study.path, as: "R2", code: issueCode(), choosing: evil, environment: study.world.environment())
  }

  private func byKey(_ key: String, _ passphrase: String? = nil) throws -> StudyStore {
    try StudyStore.open(
      at: study.path, as: "R2", passphrase: passphrase, environment: study.world.environment(keyFingerprint: key))
  }

  private func mark(_ id: CaseID, _ store: StudyStore? = nil) throws -> PassphraseReset? {
    try (store ?? study.open("show")).caseView(id).reading(of: "R2", .baseline)?.unproven
  }

  @Test func whoComesByTheCodeCannotShutTheOwnerOut() throws {
    let intruder = try intrude()
    #expect(throws: StoreError.self) { try intruder.removePassphrase() }
    // The owner's key from before and a passphrase of theirs let them in again.
    let owner = try byKey(key)
    try owner.choosePassphrase("tangled wire 3", former: own)
    _ = try owner.record(change("3"))
  }

  @Test func aCountOfTriesThatNobodyCanHaveIsAFault() throws {
    #expect(storeError { try study.open("R2", passphrase: "wrong horse 9") }?.category == .notPermitted)
    try tamper(study.path, "UPDATE attempt SET count = 9223372036854775807, last = '2099-01-01T00:00:00.000Z'")
    #expect(storeError { try study.open("R2", passphrase: "wrong horse 9") }?.category == .badData)
  }

  /// What a signature will be marked with is on the sheet before anything is recorded, however it is recorded.
  @Test func whatIsGradedAndSignedInOneActIsShownWithItsMark() throws {
    let chosen = try intrude()
    for change in [change("3"), GradeChange("1")] {
      let sheet = try chosen.signingSheet(change.caseID, .baseline, with: change)
      #expect(sheet.unproven == reset)
      _ = try chosen.sign(change.caseID, .baseline, with: change, seen: sheet)
      #expect(try mark(change.caseID, chosen) == reset)
    }
    let amended = change("3", "absent")
    let sheet = try chosen.signingSheet("3", .baseline, with: amended, amending: "slip")
    _ = try chosen.sign("3", .baseline, with: amended, amending: "slip", seen: sheet)
    // The screen makes the sheet from the case as it is shown.
    let view = try chosen.caseView("2").recording(nil, by: "R2", .vertebralOsteomyelitis)
    #expect(SigningSheet(view, .baseline, of: "R2", in: try chosen.study())?.unproven == reset)
    // Nobody else's view has it.
    #expect(try study.open("show").caseView("3").unproven == nil)
  }

  @Test func whoComesByTheCodeGradesOnRecord() throws {
    let intruder = try intrude()
    _ = try intruder.record(change("3"))
    #expect(try intruder.signingSheet("3").unproven == reset)
    _ = try intruder.sign("3")
    _ = try study.open("R1").sign("3")
    _ = try study.open("R1").openForConsensus("3")
    _ = try intruder.consensus("3", .call(rim))
    _ = try intruder.consensus("3", .vote(rim, .level("present")))

    // The presenter sees it in the audit trail, as everybody does who may know of the act.
    let acts = try study.open("coord").audit(AuditFilter(principal: "R2", kinds: [.signed, .voteCalled, .graded]))
    #expect(acts.filter { $0.caseID == "3" }.allSatisfy { $0.unproven == reset })
    #expect(acts.contains { $0.kind == .voteCalled } && acts.contains { $0.kind == .signed })
    #expect(acts.filter { $0.caseID == "2" }.allSatisfy { $0.unproven == nil })
    #expect(reset.mark(on: "R2").hasPrefix("after a reset of R2's passphrase by coord on 2026-02-25 "))
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func oneWhoHadGradedNothingIsMarkedToo() throws {
    let reader = try study.open("R1")
    try reader.choosePassphrase(own)
    let code = try study.open("coord").issueCode(for: "R1")
    let intruder = try StudyStore.open(
      at: study.path, as: "R1", code: code, choosing: evil, environment: study.world.environment())
    _ = try intruder.record(change("1"))
    #expect(try intruder.caseView("1").reading(of: "R1", .baseline)?.unproven != nil)
    #expect(try intruder.standingReset()?.isOwners == false)
  }

  @Test func theOwnerChoosesBeforeTheyGradeAndSeesToItThatNobodyElseSees() throws {
    // Given: an intruder who has graded and signed case 3, and the owner's key.
    let intruder = try intrude()
    _ = try intruder.record(change("3"))
    _ = try intruder.sign("3")
    let owner = try byKey(key)
    #expect(try owner.standingReset().map(\.isOwners) == true)
    // Then: nothing that the intruder would see can be graded, half typed or unlocked.
    #expect(storeError { try owner.record(change("1")) } == .chooseFirst("R2", reset))
    #expect(storeError { try owner.keepDraft(DraftNote(nil, "half"), "1") } == .chooseFirst("R2", reset))
    #expect(storeError { try owner.sign("1") } == .chooseFirst("R2", reset))
    #expect(storeError { try owner.unlockReadings() }?.category == .notPermitted)
    #expect(try intruder.caseView("2").readings.first?.grades.isEmpty == true)
    // When: the owner chooses.
    #expect(try owner.choosePassphrase("third choice 3") == 1)
    _ = try owner.record(change("1"))
    // Then: the seat of whoever had the code sees and does nothing any more.
    #expect(storeError { try intruder.caseView("1") } == .otherPassphrase("R2"))
    #expect(storeError { try intruder.record(change("1", "absent")) } == .otherPassphrase("R2"))
    #expect(storeError { try intruder.choosePassphrase(evil) } == .otherPassphrase("R2"))
    // What is the owner's is not marked; what was signed in between is, until they sign it themselves.
    #expect(try mark("1", owner) == nil && mark("2", owner) == nil)
    #expect(try mark("3", owner) == reset)
    _ = try owner.amend("3", reason: "looked at again")
    #expect(try owner.signingSheet("3").unproven == reset)
    _ = try owner.sign("3")
    #expect(try mark("3", owner) == nil)
    #expect(try owner.standingReset() == nil)
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func aRunningSeatOfTheOwnersIsTheOwners() throws {
    let seat = try study.open("R2", passphrase: own)
    let intruder = try intrude()
    #expect(try seat.takeNotices().map(\.kind) == [.passphraseCodeIssued])
    #expect(storeError { try seat.record(change("1")) } == .chooseFirst("R2", reset))
    #expect(try seat.choosePassphrase("third choice 3") == 1)
    _ = try seat.record(change("1"))
    #expect(storeError { try intruder.caseView("1") } == .otherPassphrase("R2"))
    #expect(try mark("1", seat) == nil)
  }

  /// Otherwise they would grade, and whoever chose with the code would look on.
  @Test func aKeyThatIsNotFromBeforeAsksForWhatWasChosenWithTheCode() throws {
    _ = try intrude()
    try study.open("coord").noteSeatAdded("R2", fingerprint: "SHA256:new")
    #expect(storeError { try byKey("SHA256:new") } == .passphraseNeeded("R2"))
    #expect(storeError { try byKey("SHA256:new", own) } == .wrongPassphrase("R2"))
    // A seat that it had opened before ends with the reset.
    let owner = try byKey(key)
    try owner.choosePassphrase(own)
    let seat = try byKey("SHA256:new")
    try study.open("coord").noteSeatAdded("R2", fingerprint: "SHA256:third")
    let planted = try byKey("SHA256:third", own)
    _ = try intrude()
    #expect(throws: Never.self) { try seat.caseView("1") }
    #expect(storeError { try planted.record(change("1")) } == .chooseFirst("R2", reset))
  }

  @Test func whoProvesThemselvesByOneResetDoesSoForThoseAfterIt() throws {
    _ = try intrude()
    let intruder = try intrude()
    _ = try intruder.record(change("1"))
    // The intruder's own passphrase from in between proves nothing of before.
    _ = try intruder.unlockReadings(former: evil)
    #expect(try intruder.standingReset() != nil)
    #expect(try intruder.caseView("2").readings.first?.grades.isEmpty == true)
    #expect(try intruder.unlockReadings(former: own) == 1)
    #expect(try intruder.standingReset() == nil)
  }

  @Test func underALetterTheMarkWouldTellWhoItIs() throws {
    let intruder = try intrude()
    _ = try intruder.record(change("3"))
    _ = try intruder.sign("3")
    _ = try study.open("R1").sign("3")
    _ = try study.open("R1").openForConsensus("3")
    #expect(try mark("3", intruder) == reset)
    #expect(try study.open("show").caseView("3").readings.allSatisfy { $0.unproven == nil })
  }
}
