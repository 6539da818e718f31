// The check of the record at a seat: what that seat may see, and nothing of what is sealed to it.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct SeatVerifyTests {
  let study: TestStudy

  /// Case 1 is being read: R1 has graded it, R2 signed, amended and graded it again. Case 2 is open.
  init() throws {
    study = try TestStudy(
      StudyProtocol(readersPerCase: 1), readers: 3,
      cases: [.sample("1", followUps: []), .sample("2", followUps: [])])
    for reader in ["R1", "R2"] as [PrincipalID] {
      for id in ["1", "2"] as [CaseID] {
        _ = try study.open(reader).record(
          GradeChange(id, .baseline, ID.rimSign, Grade(.level("absent"), note: "\(reader)")))
        if id == "2" || reader == "R2" { _ = try study.open(reader).sign(id) }
      }
    }
    _ = try study.open("R2").amend("1", reason: "slip")
    _ = try study.open("R3").sign("2")
    _ = try study.open("coord").openForConsensus("2")
    for person in people { try study.open("coord").noteSeatAdded(person.id, fingerprint: "SHA256:x") }
  }

  private func seat(_ id: PrincipalID) throws -> StudyStore {
    try StudyStore.open(at: study.path, as: id, environment: study.world.environment(keyFingerprint: "SHA256:x"))
  }

  @Test func anUntouchedStudyIsIntactAtEverySeat() throws {
    let head = try study.open("coord").info().auditHead
    for id in people.map(\.id) {
      #expect(try seat(id).verify(head: head, scope: .seat).isIntact)
      #expect(try study.open(id).verify(head: head).isIntact)
    }
    #expect(try !seat("R1").verify(head: "00ff", scope: .seat).isIntact)
  }

  static let sealed = [
    "UPDATE grade SET note = 'x' WHERE note = 'R2' AND step_seq IN (SELECT seq FROM step WHERE case_seq = 1)",
    "UPDATE current SET value = 'no level at all' WHERE case_seq = 1 AND principal_seq = 2",
    "UPDATE amendment SET reason = 'another'",
    "UPDATE signature SET meaning = 'I guessed' WHERE case_seq = 1",
    "UPDATE step SET nonce = x'00' WHERE case_seq = 1 AND principal_seq = 2",
  ]

  /// A value that is read is found changed: where it is not found it was not read.
  @Test(arguments: sealed) func whatIsSealedIsNotRead(_ sql: String) throws {
    try tamper(study.path, sql)
    #expect(try seat("R1").verify(scope: .seat).isIntact)
    #expect(try seat("coord").verify(scope: .seat).isIntact)
    // What cannot be understood any more ends the check with a fault.
    #expect((try? seat("R2").verify(scope: .seat).isIntact) != true)
    #expect((try? study.open("coord").verify().isIntact) != true)
  }

  static let seen = [
    "UPDATE grade SET note = 'x' WHERE note = 'R1' AND step_seq IN (SELECT seq FROM step WHERE case_seq = 1)",
    "UPDATE current SET note = 'x' WHERE case_seq = 2 AND principal_seq = 2",
    "UPDATE signature SET meaning = 'I guessed' WHERE case_seq = 2 AND principal_seq = 2",
    "DELETE FROM grade WHERE step_seq = 1; DELETE FROM step WHERE seq = 1",
    "UPDATE entry SET own = 3",
    "UPDATE audit SET os_user = 'other' WHERE seq = 3",
  ]

  @Test(arguments: seen) func whatASeatMaySeeIsChecked(_ sql: String) throws {
    try tamper(study.path, sql)
    let faults = try seat("R1").verify(scope: .seat).faults
    #expect(!faults.isEmpty)
    #expect(!faults.contains { $0.contains("R2") && $0.contains("case 1") })
  }

  /// Neither the trail nor its check tells how much somebody else has graded.
  @Test func theTrailOfASealedReadingIsNotReadEither() throws {
    try tamper(study.path, "UPDATE audit SET at = 'never' WHERE principal = 'R2' AND case_id = '1'")
    #expect(try seat("R1").audit(AuditFilter(caseID: "1")).map(\.kind) == [.graded])
    #expect(storeError { try study.open("R2").audit() }?.category == .badData)
  }
}
