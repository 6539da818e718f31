// Seats over SSH on record: who was given one, who came, from where and with which key.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct SeatTests {
  let study: TestStudy

  init() throws { study = try TestStudy() }

  private func seat(_ id: PrincipalID) throws -> StudyStore {
    try study.open("coord").noteSeatAdded(id, fingerprint: "SHA256:abc")
    return try StudyStore.open(
      at: study.path, as: id, environment: study.world.environment(keyFingerprint: "SHA256:abc"))
  }

  @Test func givingAndTakingSeatsIsTheCoordinatorsAndOnRecord() throws {
    let coordinator = try study.open("coord")
    try coordinator.noteSeatAdded("R1", fingerprint: "SHA256:abc")
    try coordinator.noteSeatRemoved("R1", fingerprint: "SHA256:abc")
    #expect(
      storeError { try coordinator.noteSeatAdded("R9", fingerprint: "SHA256:abc") }
        == .noSuchPrincipal("R9", known: people.map(\.id)))
    #expect(storeError { try study.open("R1").noteSeatAdded("R1", fingerprint: "x") }?.category == .notPermitted)
    let entries = try study.open("R2").audit(AuditFilter(kinds: [.seatAdded, .seatRemoved]))
    #expect(entries.map(\.detail) == ["R1: SHA256:abc", "R1: SHA256:abc"])
    #expect(try coordinator.verify().faults == [])
  }

  @Test func comingToASeatIsKnownToItsPersonAndTheCoordinator() throws {
    try seat("R1").noteSeatOpened()
    try seat("R2").noteSeatOpened()
    let filter = AuditFilter(kinds: [.seatOpened])
    let own = try study.open("R1").audit(filter)
    #expect(own.map(\.principal) == ["R1"])
    #expect(own.map(\.client) == ["192.0.2.7"])
    #expect(own.map(\.keyFingerprint) == ["SHA256:abc"])
    #expect(try study.open("coord").audit(filter).map(\.principal) == ["R1", "R2"])
    #expect(try study.open("show").audit(filter).isEmpty)
  }

  @Test func somebodyElseAtASeatDoesNotMoveTheHeadOneSees() throws {
    let other = try seat("R2")
    let before = try study.open("R1").info().auditHead
    try other.noteSeatOpened()
    #expect(try study.open("R1").info().auditHead == before)
  }

  @Test func aLineOfTheFirstVersionIsGoodForOneSitting() throws {
    let reader = try seat("R1")
    try reader.noteSeatOpened()
    #expect(try !reader.hasSatByOldLine())
    try reader.noteSeatOpened(byOldLine: true)
    #expect(try reader.hasSatByOldLine())
    #expect(try !seat("R2").hasSatByOldLine())
  }

  @Test func afterAPauseThePassphraseIsAskedAgain() throws {
    let reader = try seat("R1")
    try reader.checkPassphrase("anything: none is set")
    try reader.choosePassphrase("correct horse")
    try reader.checkPassphrase("correct horse")
    #expect(storeError { try reader.checkPassphrase("wrong horse") } == .wrongPassphrase("R1"))
  }
}
