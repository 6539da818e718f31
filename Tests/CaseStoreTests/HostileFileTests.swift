// Study files from a stranger: nothing in them runs, and what they say is understood or refused, never guessed.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct HostileFileTests {
  let study: TestStudy

  init() throws {
    study = try TestStudy(StudyProtocol(readersPerCase: 1), readers: 3, cases: [.sample("1"), .sample("2")])
    let reader = try study.open("R1")
    _ = try reader.record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("present"), bone: .l5)))
    _ = try reader.record(GradeChange("1", .baseline, ID.t2w, Grade(.levels(["iso", "hyper"]))))
    _ = try reader.record(GradeChange("1", .baseline, ID.involvedBones, Grade(.sites([.bone(.l5)]))))
    _ = try reader.sign("1")
    _ = try reader.sign("1", ExaminationID(months: 5))
    _ = try study.open("coord").assign([CaseReaders("1", ["R1"])])
    _ = try study.open("coord").openForConsensus("1")
    _ = try reader.consensus("1", .takeOver(nil))
    try reader.close()
  }

  /// As somebody with the sqlite3 shell would, who can switch every check off.
  private func craft(_ sql: String) throws {
    let queue = try DatabaseQueue(path: study.path)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  @Test func whatIsShownAndWasNotRecordedIsNotSigned() throws {
    let reader = try study.open("R2")
    _ = try reader.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("present"))))
    try craftKeepingTriggers("UPDATE current SET value = 'absent' WHERE finding = 'rim_sign' AND case_seq = 2")
    #expect(storeError { try reader.sign("2") }?.description.contains("not the ones that were recorded") == true)
    try craftKeepingTriggers("UPDATE current SET value = 'present' WHERE finding = 'rim_sign' AND case_seq = 2")
    _ = try reader.sign("2")
  }

  /// Nothing stands against a change of what is derived.
  private func craftKeepingTriggers(_ sql: String) throws {
    let queue = try DatabaseQueue(path: study.path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  // MARK: The schema

  @Test func aFileAsItShouldBeIsKnownByItsDigest() throws {
    #expect(!Schema.madeToday.isEmpty)
    #expect(Schema.digest(of: Schema.madeToday) == Schema.digest, "the steps make another schema: put its digest there")
    let queue = try DatabaseQueue(path: study.path)
    #expect(try queue.read { try Schema.digest(of: Schema.objects($0)) } == Schema.digest)
  }

  static let foreign: [(sql: String, name: String)] = [
    (
      "CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM draft_note; END",
      "the trigger ‘quiet’"
    ),
    (
      // Under the name of one of the program's own.
      "CREATE TRIGGER step_signed BEFORE INSERT ON step BEGIN UPDATE principal SET role = 'coordinator'; END",
      "the trigger ‘step_signed’"
    ),
    ("CREATE VIEW readings AS SELECT * FROM current", "the view ‘readings’"),
    ("CREATE TABLE more (a)", "the table ‘more’"),
    ("CREATE VIRTUAL TABLE words USING fts5(a)", "the table ‘words’"),
    ("CREATE INDEX slow ON audit (at)", "the index ‘slow’"),
    ("ALTER TABLE principal ADD COLUMN more TEXT", "the table ‘principal’"),
    (
      "ALTER TABLE tally RENAME TO t; CREATE VIEW tally AS SELECT * FROM t",
      "‘t"
    ),
    (
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (round >= 1)', '') WHERE name = 'study'",
      "the table ‘study’"
    ),
  ]

  @Test(arguments: foreign) func whatTheProgramDidNotMakeIsRefused(sql: String, name: String) throws {
    try craft(sql)
    let before = try Data(contentsOf: URL(fileURLWithPath: study.path))
    let errors = [
      storeError { try study.open("R1") }, storeError { try StudyStore.summary(at: study.path) },
      storeError { try StudyStore.migrate(at: study.path, environment: study.world.environment()) },
    ]
    for error in errors.prefix(2) {
      #expect(error?.category == .badData)
      #expect(error?.description.contains(name) == true, "\(String(describing: error))")
    }
    #expect(errors[2]?.category == .badData)
    #expect(try Data(contentsOf: URL(fileURLWithPath: study.path)) == before)
  }

  @Test func whatIsPutInWhileItIsOpenIsRefusedAtTheNextWrite() throws {
    let reader = try study.open("R2")
    let queue = try DatabaseQueue(path: study.path)
    try queue.write { db in
      try db.execute(sql: "CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM draft_note; END")
    }
    let error = storeError {
      try reader.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("absent"))))
    }
    #expect(error?.description.contains("the trigger ‘quiet’") == true)
  }

  @Test func whatSQLiteMakesForItselfIsNotForeign() throws {
    let queue = try DatabaseQueue(path: study.path)
    try queue.write { try $0.execute(sql: "ANALYZE") }
    #expect(try study.open("R1").verify().faults == [])
  }

  @Test func connectionsTrustNoSchemaAndWriteNone() throws {
    let pool = try StudyDatabase.pool(study.path)
    #expect(try pool.read { try Int.fetchOne($0, sql: "PRAGMA trusted_schema") } == 0)
    // A connection that is not defensive lets it pass.
    let sql = "UPDATE sqlite_schema SET sql = sql"
    #expect(throws: DatabaseError.self) {
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA writable_schema = ON; \(sql)") }
    }
    let bare = try DatabaseQueue(path: study.path)
    try bare.inDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON; \(sql)") }
    #expect(throws: DatabaseError.self) {
      try pool.read { try Row.fetchAll($0, sql: "SELECT zeroblob(40000000)") }
    }
    #expect(throws: DatabaseError.self) {
      try pool.writeWithoutTransaction { try $0.execute(sql: "ATTACH ':memory:' AS other") }
    }
  }

  // MARK: Codes

  /// SQL, and what the words must name.
  static let codes = [
    ("UPDATE principal SET role = 'king' WHERE id = 'R2'", "‘king’ where a role"),
    ("UPDATE principal SET role = '' WHERE id = 'R1'", "‘’ where a role"),
    ("UPDATE case_round SET stage = 'done'", "‘done’ where a stage"),
    ("UPDATE current SET comparator = 'never'", "‘never’ where a comparison"),
    ("UPDATE current SET value = 'gone' WHERE finding = 'rim_sign'", "‘gone’ where a grade of ‘rim_sign’"),
    ("UPDATE current SET value = 'iso,gone' WHERE finding = 't2w'", "a grade of ‘t2"),
    ("UPDATE current SET value = 'L5,L9' WHERE finding = 'involved_bones'", "‘L5,L9’"),
    ("UPDATE current SET finding = 'nothing' WHERE finding = 'rim_sign'", "‘nothing’ where a finding"),
    ("UPDATE current SET bone = 'L9' WHERE finding = 'rim_sign'", "‘L9’ where a bone"),
    ("UPDATE reading SET version = 9223372036854775807", "‘9223372036854775807’ where a count belongs (‘version’)"),
    (
      "UPDATE time_spent SET seconds = -1; INSERT OR IGNORE INTO time_spent SELECT case_seq, round, principal_seq, examination_seq, -1 FROM reading",
      "‘-1’ where a count belongs"
    ),
    ("UPDATE study SET document = json_remove(document, '$.codebook.id')", "‘codebook.id’ is missing"),
    ("UPDATE study SET document = json_set(document, '$.title', 7)", "‘title’ is of another kind"),
    ("UPDATE patient_case SET document = '[]'", "case 1 in the study file cannot be understood"),
    ("UPDATE current SET confidence = 9 WHERE finding = 'rim_sign'", "‘9’ where a confidence"),
    ("UPDATE current SET confidence = 1000000000000 WHERE finding = 'rim_sign'", "‘1000000000000’ where a count"),
    ("UPDATE current SET series = -3, slice = 2 WHERE finding = 'rim_sign'", "‘-3’ where a count"),
    ("UPDATE current SET series = 0, slice = 2 WHERE finding = 'rim_sign'", "‘0/2’ where an image"),
    ("UPDATE current SET slice = 2 WHERE finding = 'rim_sign'", "‘/2’ where an image"),
    ("UPDATE current SET overrules = 'better' WHERE finding = 'rim_sign'", "‘better’ where a rule's grade"),
    ("UPDATE acquisition SET sequence = 'x9'", "‘x9’ where a sequence"),
    ("UPDATE acquisition SET plane = 'tilted'", "‘tilted’ where a plane"),
    ("UPDATE examination SET id = 'inf' WHERE id = '5'", "‘inf’ where an examination"),
    ("UPDATE examination SET id = 'later' WHERE id = '5'", "‘later’ where an examination"),
    ("UPDATE entry SET own = 9", "9 where a reader's standing"),
    ("UPDATE entry SET stage = -1", "‘-1’ where a count belongs (‘stage’)"),
    ("UPDATE entry SET sex = 'x'", "‘x’ where a sex"),
    ("UPDATE entry SET follow_ups = 'soon'", "‘soon’ where a follow-up"),
    ("UPDATE entry SET flags = 'new'", "‘new’ where a flag"),
    ("UPDATE entry SET bones = 'L9'", "‘L9’ where a grade"),
    ("UPDATE tally SET count = 9223372036854775807", "where a count"),
    ("UPDATE study SET round = 0", "‘0’ where the round"),
    ("UPDATE study SET round = 1000000000", "‘1000000000’ where the round"),
    (
      "UPDATE study SET document = json_set(document, '$.studyProtocol.lockAfterMinutes', 9223372036854775807)",
      "until a seat locks"
    ),
    ("UPDATE study SET document = json_set(document, '$.studyProtocol.rounds', 0)", "for the rounds"),
    (
      "UPDATE study SET document = json_set(document, '$.studyProtocol.mode', 'alone')",
      "‘studyProtocol.mode’ says what"
    ),
    (
      "UPDATE study SET document = json_set(document, '$.codebook.findings[1].id', json_extract(document, '$.codebook.findings[0].id'))",
      "twice"
    ),
    ("UPDATE audit SET kind = 'nodded' WHERE seq = 3", "‘nodded’ where an act"),
    ("UPDATE audit SET seq = 9223372036854775807 WHERE seq = (SELECT max(seq) FROM audit)", "where an audit row"),
    ("UPDATE step SET kind = 'guessed'", "‘guessed’ where a step"),
    ("UPDATE consensus_act SET kind = 'nodded'", "‘nodded’ where an act of a session"),
    ("UPDATE consensus_act SET revision = 9223372036854775807", "where a count belongs (‘revision’)"),
    ("UPDATE consensus_act_grade SET how = 'by_lot' WHERE how IS NOT NULL", "‘by_lot’ where a way of agreeing"),
    ("UPDATE consensus_act_grade SET cause = 'fate'", "‘fate’ where a cause"),
  ]

  /// Everything that a seat shows of a study, one thing after another.
  private func look() throws {
    let store = try study.open("R1")
    _ = try store.counts()
    _ = try store.worklist(WorklistQuery(), offset: 0, limit: 10)
    _ = try store.caseView("1")
    _ = try store.history("1")
    _ = try store.consensusTable("1")
    _ = try store.audit()
    _ = try store.progress()
    _ = try store.openedCases()
    let verified = try store.verify()
    if !verified.isIntact { throw StoreError.badData(verified.faults) }
    _ = try study.open("R2").record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("absent"))))
  }

  @Test(arguments: codes) func aCodeThatIsNoneIsAFaultInWords(sql: String, words: String) throws {
    try look()
    try craft(sql)
    let error = storeError { try look() }
    #expect(error?.category == .badData)
    #expect(error?.description.contains(words) == true, "\(error.map(String.init(describing:)) ?? "nothing")")
  }

  @Test func aPassphraseThatWouldTakeAllMemoryIsRefused() throws {
    try study.open("R1").choosePassphrase("correct horse")
    try craft("UPDATE principal SET passphrase = json_set(passphrase, '$.chosen.rounds', 1073741824) WHERE id = 'R1'")
    let error = storeError { try study.open("R1", passphrase: "correct horse") }
    #expect(error?.description.contains("the cost of a passphrase") == true)
  }
}
