// What is derived can be derived again, and comes out the same.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct RebuildTests {
  private func derived(_ path: String) throws -> [String] {
    let pool = try StudyDatabase.pool(path)
    return try pool.read { db in
      try [
        "SELECT * FROM current", "SELECT * FROM reading", "SELECT * FROM case_round", "SELECT * FROM entry",
        "SELECT * FROM entry_term", "SELECT * FROM tally WHERE count > 0",
      ].map { sql in try Row.fetchAll(db, sql: sql).map(\.description).joined(separator: "\n") }
    }
  }

  @Test(arguments: 1...4) func rebuildingChangesNothing(seed: Int) throws {
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 2, rounds: 2, seed: UInt64(seed), washoutDays: 0, withheld: []), readers: 3,
      cases: (1...5).map { .sample(CaseID(String($0)), followUps: $0 % 2 == 0 ? [3] : []) })
    if seed % 2 == 0 { try Self.finishFirstRound(study) }
    try Self.actAtRandom(study, seed: UInt64(seed))
    #expect(try study.open("coord").info().round == (seed % 2 == 0 ? 2 : 1))
    let before = try derived(study.path)
    try study.open("coord").rebuild()
    #expect(try derived(study.path) == before)
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func rebuildingMendsWhatIsDerived() throws {
    let study = try TestStudy()
    try Self.actAtRandom(study, seed: 9)
    let before = try derived(study.path)
    try StudyDatabase.pool(study.path).write { db in
      try db.execute(sql: "DELETE FROM current; UPDATE entry SET stage = 3, title = 'x'; DELETE FROM entry_term")
    }
    #expect(try derived(study.path) != before)
    #expect(try !study.open("coord").verify().isIntact)
    try study.open("coord").rebuild()
    #expect(try derived(study.path) == before)
    #expect(storeError { try study.open("R1").rebuild() }?.category == .notPermitted)
  }

  private static func finishFirstRound(_ study: TestStudy) throws {
    for reader in try ["R1", "R2", "R3"].map({ try study.open(PrincipalID($0)) }) {
      for row in try reader.worklist(WorklistQuery(), offset: 0, limit: 9).rows {
        for examination in try reader.caseView(row.id).patientCase.examinations {
          let finding = Codebook.ID.impression
          if examination.id.isBaseline {
            _ = try reader.record(GradeChange(row.id, .baseline, finding, Grade(.level("other"))))
          }
          _ = try reader.sign(row.id, examination.id)
        }
      }
    }
    _ = try study.open("coord").openForConsensus("1")
    _ = try study.open("coord").startRound(2)
  }

  /// Some hundred acts of everybody, refused ones among them.
  static func actAtRandom(_ study: TestStudy, seed: UInt64) throws {
    var dice = Dice(seed)
    let readers = try ["R1", "R2", "R3"].map { try study.open(PrincipalID($0)) }
    let coordinator = try study.open("coord")
    for _ in 0..<150 {
      let id = CaseID(String(Int.random(in: 1...5, using: &dice)))
      let examination: ExaminationID = Int.random(in: 0..<4, using: &dice) == 0 ? "3" : .baseline
      guard let reader = readers.randomElement(using: &dice) else { continue }
      let finding = Codebook.vertebralOsteomyelitis.findings(at: examination).filter { $0.scale == .choice }
        .randomElement(using: &dice)
      guard let finding, let level = finding.levels.randomElement(using: &dice) else { continue }
      do throws(any Error) {
        switch Int.random(in: 0..<16, using: &dice) {
        case 0: _ = try reader.undo(id, examination)
        case 1: _ = try reader.redo(id, examination)
        case 2, 3: _ = try reader.sign(id, examination)
        case 4: _ = try reader.amend(id, examination, reason: "again")
        case 5: _ = try coordinator.openForConsensus(id)
        case 9: try coordinator.add(Principal("R4", role: .reader))
        case 10:
          let months: [Double] = Bool.random(using: &dice) ? [3] : []
          _ = try coordinator.importCases([.sample(id, age: Int.random(in: 1...99, using: &dice), followUps: months)])
        case 6: _ = try coordinator.startRound(2)
        case 7: _ = try reader.record(GradeChange(id, examination, finding.id, nil))
        case 8: _ = try reader.record(GradeChange(id, examination, readingNote: "note \(level.id)"))
        default: _ = try reader.record(GradeChange(id, examination, finding.id, Grade(.level(level.id))))
        }
      } catch { #expect(error is StoreError, "\(error)") }
    }
  }

  /// A list that is read through an index shows what the index has.
  @Test func anIndexThatLeavesRowsOutIsFoundAndMadeAnew() throws {
    let study = try TestStudy()
    func change(_ sql: String) throws {
      let queue = try DatabaseQueue(path: study.path)
      try queue.inDatabase { try $0.execute(sql: sql) }
      try queue.close()
    }
    try change(
      """
      PRAGMA writable_schema = ON; PRAGMA schema_version = 900;
      UPDATE sqlite_schema SET sql = sql || ' WHERE case_seq <> 1' WHERE name = 'entry_by_position';
      """)
    try change("REINDEX entry_by_position")
    try change(
      """
      PRAGMA writable_schema = ON; PRAGMA schema_version = 901;
      UPDATE sqlite_schema SET sql = replace(sql, ' WHERE case_seq <> 1', '') WHERE name = 'entry_by_position';
      """)
    let coordinator = try study.open("coord")
    #expect(try coordinator.verify().faults.contains { $0.contains("an index of it was changed") })

    try coordinator.rebuild()

    #expect(try coordinator.verify().faults == [])
  }

  /// A number in place of none is a change, though GRDB hashes both alike.
  @Test func noughtForNothingIsFound() throws {
    let study = try TestStudy()
    try tamper(study.path, "UPDATE entry SET lesions_rank = 0 WHERE lesions_rank IS NULL")
    #expect(try study.open("coord").verify().faults.contains { $0.contains("worklist") })
  }
}
