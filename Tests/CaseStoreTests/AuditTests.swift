// The audit trail: what it says, and that tampering is refused or found.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct AuditTests {
  let study: TestStudy
  /// Head in the receipt of R1's signature of case 1.
  let head: AuditHead

  /// Case 1 is signed by R1 after an amendment, case 2 is opened, case 9 has a published consensus.
  init() throws {
    study = try TestStudy(StudyProtocol(readersPerCase: 1), cases: [])
    try FileManager.default.removeItem(atPath: study.path)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: study.path + suffix) }
    let published = Consensus(
      origin: .published, grades: [GradeKey(.baseline, ID.rimSign): AgreedGrade(Grade(.level("absent")))])
    try StudyStore.build(
      at: study.path, study: Study(title: "Spine", studyProtocol: StudyProtocol(readersPerCase: 1)), principals: people,
      environment: study.world.environment()
    ) { builder in
      for id in ["1", "2"] as [CaseID] { try builder.add(.sample(id, followUps: [])) }
      try builder.add(.sample("9", followUps: []), published: published)
    }
    let reader = try study.open("R1")
    for id in ["1", "2"] as [CaseID] {
      _ = try reader.record(GradeChange(id, .baseline, ID.rimSign, Grade(.level("absent"))))
      _ = try reader.record(GradeChange(id, .baseline, ID.haloSign, Grade(.level("present"))))
      _ = try reader.undo(id)
      _ = try reader.sign(id)
    }
    for id in ["R2", "R3"] as [PrincipalID] { _ = try study.open(id).sign("2") }
    _ = try reader.amend("1", reason: "slip")
    _ = try reader.record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("present"))))
    head = try reader.sign("1").receipt.head
    _ = try study.open("coord").openForConsensus("2")
    _ = try study.open("R2").record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("absent"))))
  }

  @Test func anEntrySaysWhoWhatWhenAndFromWhere() throws {
    let entries = try study.open("R1").audit(AuditFilter(caseID: "1", kinds: [.amended]))
    #expect(
      entries == [
        AuditEntry(
          at: study.world.now, kind: .amended, principal: "R1", osUser: "study", client: "192.0.2.7",
          programVersion: "1.0", caseID: "1", examination: .baseline, round: 1, reason: "slip")
      ])
    #expect(
      try study.open("R1").audit(AuditFilter(caseID: "1")).map(\.kind)
        == [.graded, .graded, .undone, .signed, .amended, .graded, .signed])
    #expect(try study.open("R1").audit(AuditFilter(last: 1)).map(\.kind) == [.opened])
    #expect(try study.open("R1").audit(AuditFilter(since: study.world.now.addingTimeInterval(1))) == [])
    #expect(try study.open("R3").audit(AuditFilter(caseID: "1")) == [])
    #expect(
      try study.open("R3").audit(AuditFilter(caseID: "2")).map(\.kind) == [.signed, .opened])
    #expect(
      try study.open("R1").audit(AuditFilter(caseID: "2")).map(\.kind) == [.graded, .graded, .undone, .signed, .opened])
    #expect(try study.open("coord").audit(AuditFilter(caseID: "1")).map(\.kind) == [.signed])
    #expect(
      try study.open("show").audit().prefix(7).map(\.kind)
        == [.studyCreated] + people.map { _ in .principalAdded } + [.consensusRecorded])
  }

  @Test func anUntouchedStudyIsIntact() throws {
    for id in people.map(\.id) {
      #expect(try study.open(id).verify().faults == [])
      #expect(try study.open(id).verify(head: head).faults == [])
    }
    let error = try study.open("R1").verify(head: "00ff")
    #expect(error.faults.count == 1)
    #expect(error.faults.first?.contains("00ff") == true)
  }

  /// What a trigger refuses.
  static let refused = [
    "UPDATE grade SET value = 'present' WHERE value = 'absent'",
    "UPDATE grade SET note = 'x' WHERE finding = 'halo_sign'",
    "DELETE FROM grade WHERE finding = 'rim_sign'",
    "INSERT OR REPLACE INTO grade SELECT step_seq, finding, comparator, 'present', note, series, slice, bone, confidence, overrules, mark FROM grade",
    "INSERT INTO grade (step_seq, finding, comparator, value) SELECT min(seq), 'disks', 'baseline', 'involved' FROM step",
    "UPDATE step SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 1",
    "UPDATE step SET nonce = x'00' WHERE seq = 1",
    "UPDATE step SET principal_seq = 3 WHERE seq = 1",
    "DELETE FROM step WHERE seq = 4",
    "UPDATE signature SET meaning = 'I guessed' WHERE version = 2",
    "UPDATE signature SET missing = '[]'",
    "UPDATE signature SET at = '2026-01-01T00:00:00.000Z' WHERE version = 1",
    "DELETE FROM signature WHERE version = 2",
    "UPDATE amendment SET reason = 'another'",
    "DELETE FROM amendment",
    "DELETE FROM opening",
    "UPDATE consensus_grade SET value = 'present'",
    "UPDATE consensus SET origin = 'session'",
    "DELETE FROM consensus_grade",
    "UPDATE audit SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 3",
    "UPDATE audit SET kind = 'backup' WHERE seq = 3",
    "UPDATE audit SET principal = 'R3' WHERE seq = 9",
    "UPDATE audit SET os_user = 'other' WHERE seq = 9",
    "UPDATE audit SET client = NULL WHERE seq = 9",
    "UPDATE audit SET key_fingerprint = 'x' WHERE seq = 9",
    "UPDATE audit SET program_version = '2' WHERE seq = 9",
    "UPDATE audit SET case_id = '2' WHERE seq = 9",
    "UPDATE audit SET examination = '5' WHERE seq = 9",
    "UPDATE audit SET round = 2 WHERE seq = 9",
    "UPDATE audit SET reason = 'because' WHERE seq = 9",
    "UPDATE audit SET detail = 'x' WHERE seq = 2",
    "UPDATE audit SET record = 'x' WHERE seq = 9",
    "UPDATE audit SET digest = x'00' WHERE seq = 9",
    "UPDATE audit SET hash = x'00' WHERE seq = 9",
    "DELETE FROM audit WHERE seq = 9",
    "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
    "DELETE FROM audit",
  ]

  /// What no trigger stands against: derived tables, and rows that are added.
  static let found = [
    "INSERT INTO consensus_grade (consensus_seq, examination_seq, finding, comparator, value) SELECT consensus_seq, examination_seq, 'disks', 'baseline', 'involved' FROM consensus_grade",
    "INSERT INTO audit SELECT seq + 1, at, kind, principal, os_user, client, key_fingerprint, program_version, case_id, examination, round, reason, detail, NULL, digest, hash, seat FROM audit ORDER BY seq DESC LIMIT 1",
    "UPDATE current SET value = 'absent'",
    "DELETE FROM current",
    "UPDATE reading SET signed_at = NULL",
    "UPDATE reading SET version = 1",
    "UPDATE entry SET lesions = 'solitary'",
    "UPDATE entry SET own = 3",
  ]

  @Test(arguments: refused) func whatIsOnRecordCannotBeChanged(_ sql: String) throws {
    let pool = try StudyDatabase.pool(study.path)
    #expect(throws: DatabaseError.self) { try pool.write { try $0.execute(sql: sql) } }
    #expect(try study.open("R3").verify().faults == [])
  }

  @Test(arguments: ["step", "grade", "signature", "amendment", "opening", "consensus", "consensus_grade", "audit"])
  func nothingOnRecordCanBeReplaced(_ table: String) throws {
    let pool = try StudyDatabase.pool(study.path)
    // The last step is a draft's: the signature does not protect it.
    let last = table == "grade" ? "WHERE step_seq = (SELECT max(seq) FROM step)" : ""
    let order = ["grade", "consensus_grade"].contains(table) ? "" : "ORDER BY seq DESC LIMIT 1"
    let error = #expect(throws: DatabaseError.self) {
      try pool.write { db in
        try db.execute(sql: "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table) \(last) \(order)")
      }
    }
    #expect(error?.message == "rows of \(table) are \(table == "audit" ? "written in turn" : "never replaced")")
  }

  /// Whoever has the file can take the triggers away; then the change is found.
  @Test(arguments: refused + found) func everyTamperingIsFound(_ sql: String) throws {
    try tamper(study.path, sql)
    #expect(try !study.open("R3").verify().isIntact)
  }

  @Test func theFirstBrokenRowIsNamed() throws {
    try tamper(study.path, "UPDATE audit SET os_user = 'other' WHERE seq IN (5, 8)")
    let faults = try study.open("R1").verify().faults
    #expect(faults.count == 1)
    #expect(faults[0].hasPrefix("audit row 5 ("))
  }

  /// Whoever can write the file and knows the program can compute a chain anew; a head printed earlier tells.
  @Test func aChainComputedAnewIsFoundByAnEarlierHead() throws {
    try tamper(study.path) { db in
      try db.execute(sql: "UPDATE audit SET os_user = 'other' WHERE seq = 3")
      var previous = Data()
      for seq in 1...(try Int64.fetchOne(db, sql: "SELECT max(seq) FROM audit") ?? 0) {
        let row = try #require(
          try Row.fetchOne(db, sql: "SELECT \(AuditRow.columns) FROM audit WHERE seq = ?", arguments: [seq]))
        previous = try AuditRow(Columns(row)).hash(after: previous)
        try db.execute(sql: "UPDATE audit SET hash = ? WHERE seq = ?", arguments: [previous, seq])
      }
    }
    let reader = try study.open("R1")
    #expect(try reader.verify().isIntact)
    #expect(try !reader.verify(head: head).isIntact)
  }

  @Test func aTailCutOffWithItsRecordsIsFoundByAHead() throws {
    try tamper(study.path) { db in
      // The signature of the amended reading and all that came after it.
      try db.execute(
        sql: """
          DELETE FROM audit WHERE seq >= (SELECT max(seq) FROM audit WHERE kind = 'signed');
          DELETE FROM signature WHERE version = 2;
          DELETE FROM opening;
          DELETE FROM current WHERE principal_seq = 2;
          DELETE FROM reading WHERE principal_seq = 2;
          DELETE FROM grade WHERE step_seq = (SELECT max(seq) FROM step);
          DELETE FROM step WHERE seq = (SELECT max(seq) FROM step);
          """)
    }
    try study.open("coord").rebuild()
    #expect(try study.open("R1").verify().isIntact)
    #expect(try !study.open("R1").verify(head: head).isIntact)
  }

  @Test func hashesOfGradesAreSalted() throws {
    let pool = try StudyDatabase.pool(study.path)
    let digests = try pool.read { db in
      try Data.fetchAll(db, sql: "SELECT digest FROM audit WHERE kind = 'graded'")
    }
    #expect(digests.count == 6)
    #expect(Set(digests).count == 6)
  }
}
