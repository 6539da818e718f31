// Files of earlier versions open in this one with everything that was in them.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct MigrationTests {
  let folder: Folder
  let world = World()

  init() throws { folder = try Folder() }

  private func open(_ id: PrincipalID) throws -> StudyStore {
    try StudyStore.open(at: folder(), as: id, environment: world.environment())
  }

  private func copies() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("a.study.v") }.sorted()
  }

  @Test(arguments: OldStudy.all) func nothingIsLost(old: OldStudy) throws {
    let path = try old.copied(to: folder)
    let columns = try OldStudy.columns(path)
    let before = try OldStudy.rows(path, columns)

    let done = try #require(try StudyStore.migrate(at: path, environment: world.environment()))

    #expect(done == StudyMigration(path: path, from: 1, to: Schema.version, backup: path + ".v1"))
    let after = try OldStudy.rows(path, columns)
    for (table, rows) in before { #expect(Set(after[table] ?? []).isSuperset(of: rows), "\(table)") }
    for (table, rows) in after where table != "audit" { #expect(rows == before[table], "\(table)") }
    for id in old.people {
      let store = try open(PrincipalID(id))
      #expect(try store.worklist(WorklistQuery(), offset: 0, limit: 100).rows.count == store.counts().cases)
    }
    let coordinator = try open("coordinator")
    #expect(try coordinator.verify(head: old.head).faults == [])
  }

  @Test(arguments: OldStudy.all) func theFileAsItWasIsKeptOnce(old: OldStudy) throws {
    let path = try old.copied(to: folder)
    let columns = try OldStudy.columns(path)
    let before = try OldStudy.rows(path, columns)
    for _ in 1...3 { _ = try open("coordinator") }

    #expect(try copies() == ["a.study.v1"])
    #expect(try OldStudy.columns(path + ".v1") == columns)
    #expect(try OldStudy.rows(path + ".v1", columns) == before)
    let mode = try FileManager.default.attributesOfItem(atPath: path + ".v1")[.posixPermissions] as? Int
    #expect(mode == 0o600)

    // The copy is a study of its own, and its copy does not replace it.
    let copy = try StudyStore.migrate(at: path + ".v1", environment: world.environment())
    #expect(copy?.backup == path + ".v1.v1")
    StudyFile.remove(path)
    _ = try old.copied(to: folder)
    #expect(try StudyStore.migrate(at: path, environment: world.environment())?.backup == path + ".v1-2")
  }

  /// In a study with more readers than read a case, one was ready as soon as that many had signed.
  @Test func aStudyOfBeforeWaitsForAllItsReaders() throws {
    let path = try OldStudy.all[0].copied(to: folder)
    try tamper(path, "UPDATE study SET document = json_set(document, '$.studyProtocol.readersPerCase', 2)")
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "UPDATE case_round SET stage = 'ready' WHERE stage = 'reading' AND signed = 2")
      try db.execute(
        sql: "UPDATE entry SET stage = ? WHERE stage = ? AND signed = 2",
        arguments: [CaseStage.ready.code, CaseStage.reading.code])
    }
    let coordinator = try open("coordinator")
    let rows = try coordinator.worklist(WorklistQuery(sort: .number), limit: 99).rows.filter { $0.signed == 2 }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.stage == .reading && $0.required == 3 })
    #expect(try coordinator.verify().faults == [])
  }

  /// What no chain spoke of before.
  static let changes = [
    "UPDATE study SET document = json_set(document, '$.studyProtocol.readersPerCase', 1)",
    "UPDATE principal SET role = 'coordinator' WHERE id = 'R1'", "UPDATE principal SET os_user = 'x' WHERE id = 'R2'",
    "UPDATE patient_case SET document = json_set(document, '$.outcome', 'died') WHERE seq = 1",
    "INSERT INTO acquisition (uuid, examination_seq, ordinal, sequence, is_acquired) VALUES ('x', 1, 0, 't1w', 1)",
    "UPDATE examination SET remarks = '[\"x\"]' WHERE seq = 1",
    "UPDATE opening SET principal_seq = 1, at = '2026-01-01T00:00:00.000Z'",
    "INSERT INTO time_spent SELECT case_seq, round, principal_seq, examination_seq, 9000 FROM signature "
      + "WHERE seq = 1 ON CONFLICT DO UPDATE SET seconds = 9000",
  ]

  @Test(arguments: changes) func whatIsChangedAfterTheAdoptionIsFound(_ sql: String) throws {
    let path = try OldStudy.all[1].copied(to: folder)
    _ = try StudyStore.migrate(at: path, environment: world.environment())
    #expect(try open("coordinator").verify().notes.contains { $0.contains("adopted as found") })
    try tamper(path, sql)
    #expect(try open("coordinator").verify().faults != [])
  }

  @Test func whatWasGoingOnGoesOn() throws {
    _ = try OldStudy.all[0].copied(to: folder)
    let reader = try open("R1")
    let recorded = try reader.consensusTable("1")
    #expect(recorded.stage == .recorded && recorded.version == ConsensusVersion(1, revision: 6))
    let amended = try reader.history("2").last { if case .amended = $0.act { true } else { false } }
    #expect(amended?.act == .amended(reason: "looked again"))
    let vote = try #require(reader.consensusTable("4").rows.first { $0.vote?.isOpen == true })
    #expect(vote.vote?.voted == ["R3"])
    let next = try reader.consensus("4", .vote(vote.key, .levels(["global"])))
    #expect(next.table.row(vote.key)?.vote?.voted.sorted() == ["R1", "R3"])
    #expect(try reader.verify(head: next.receipt.head).faults == [])
  }

  @Test func lookingMigratesNothing() throws {
    let path = try OldStudy.all[1].copied(to: folder)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(try StudyStore.summary(at: path).seats.map(\.id) == ["R1", "R2", "R3", "coordinator"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try copies() == [])
  }

  @Test func ofManyAtOnceOneMigrates() async throws {
    let path = try OldStudy.all[0].copied(to: folder)
    let done = try await withThrowingTaskGroup(of: StudyMigration?.self) { group in
      for _ in 1...8 { group.addTask { try StudyStore.migrate(at: path, environment: self.world.environment()) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(done.compactMap { $0 }.count == 1)
    #expect(try copies() == ["a.study.v1"])
    #expect(try open("coordinator").verify(head: OldStudy.all[0].head).faults == [])
  }

  @Test func aFailureLeavesTheFileAsItWas() throws {
    let path = try OldStudy.all[1].copied(to: folder)
    // In the way of the last step, which needs the study.
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "UPDATE study SET document = json_remove(document, '$.title')")
    }
    let columns = try OldStudy.columns(path)
    let before = try OldStudy.rows(path, columns)
    let error = storeError { try open("coordinator") }
    #expect(error?.description.contains("the study in the study file cannot be understood") == true)
    #expect(try OldStudy.columns(path) == columns)
    #expect(try OldStudy.rows(path, columns) == before)
    #expect(try copies() == [])
  }

  @Test func aMigratedFileHasTheSchemaOfANewOne() throws {
    let path = try OldStudy.all[0].copied(to: folder)
    _ = try open("coordinator")
    let study = try TestStudy(cases: [])
    func schema(_ path: String) throws -> [String] {
      try DatabaseQueue(path: path).read {
        try String.fetchAll($0, sql: "SELECT type || name || ifnull(sql, '') FROM sqlite_schema").sorted()
      }
    }
    #expect(try schema(path) == schema(study.path))
  }
}
