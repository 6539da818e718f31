// A backup is put back whatever lies in its place, and is no way to grade again having seen the others.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct RestoreTests {
  private static let rim = Codebook.ID.rimSign

  private func sign(_ study: TestStudy, _ id: CaseID) throws {
    for reader: PrincipalID in ["R1", "R2", "R3"] {
      let store = try study.open(reader)
      for examination in try store.caseView(id).patientCase.examinations {
        _ = try store.sign(id, examination.id)
      }
      try store.close()
    }
  }

  private func backup(_ study: TestStudy, _ name: String = "backup") throws -> String {
    let store = try study.open("coord")
    defer { try? store.close() }
    _ = try store.backup(to: study.folder(name))
    return study.folder(name)
  }

  private func restore(_ study: TestStudy, _ backup: String, as id: PrincipalID = "coord") throws -> RestoreReport {
    try StudyStore.restore(backup, to: study.path, as: id, environment: study.world.environment())
  }

  private func files(_ study: TestStudy) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: study.folder.path).sorted()
  }

  private static func study(_ studyProtocol: StudyProtocol = StudyProtocol(seed: 7)) throws -> TestStudy {
    var open = studyProtocol
    open.withheld = []
    return try TestStudy(open, cases: [.sample("1", followUps: []), .sample("2", followUps: [])])
  }

  @Test func whatWasIsBackAndWhatLayThereIsKept() throws {
    let study = try Self.study()
    let copy = try backup(study)
    let reader = try study.open("R1")
    _ = try reader.record(GradeChange("1", .baseline, Self.rim, Grade(.level("absent"))))
    try reader.close()
    let last = try study.open("coord").info().auditHead

    let report = try restore(study, copy)

    #expect(report.cases == 2)
    #expect(report.carried == [])
    #expect(report.kept == study.path + ".replaced-1")
    #expect(try files(study) == ["a.study", "a.study.replaced-1", "backup"])
    let restored = try study.open("R1")
    #expect(try restored.history("1") == [])
    #expect(try study.open("coord").verify(head: report.backupHead).faults == [])
    let act = try study.open("coord").audit(AuditFilter(kinds: [.restored])).first
    #expect(act?.detail == "backup \(report.backupHead), replaced \(try #require(report.replacedHead))")
    #expect(act?.principal == "coord")
    let kept = try StudyStore.open(
      at: study.path + ".replaced-1", as: "R1", environment: study.world.environment())
    #expect(try kept.history("1").count == 1)
    #expect(try #require(report.replacedHead) != last)
  }

  @Test func aCaseOnceOpenedStaysOpened() throws {
    let study = try Self.study()
    let copy = try backup(study)
    let coordinator = try study.open("coord")
    _ = try coordinator.importCases([.sample("3", followUps: [])])
    try coordinator.close()
    for id: CaseID in ["1", "3"] {
      try sign(study, id)
      let store = try study.open("R2")
      _ = try store.openForConsensus(id)
      try store.close()
    }
    let openedAt = try study.open("coord").consensusTable("1").openedAt
    study.world.wait(days: 1)

    let report = try restore(study, copy)

    #expect(report.carried == [OpenedPlace(caseID: "1", round: 1), OpenedPlace(caseID: "3", round: 1)])
    let reader = try study.open("R1")
    for id: CaseID in ["1", "3"] {
      #expect(
        storeError { try reader.record(GradeChange(id, .baseline, Self.rim, Grade(.level("absent")))) }
          == .caseOpened(id))
      #expect(try reader.caseView(id).stage == .opened)
    }
    _ = try reader.record(GradeChange("2", .baseline, Self.rim, Grade(.level("absent"))))
    #expect(try reader.consensusTable("1").openedAt == openedAt)
    #expect(try reader.consensusTable("1").openedBy == "R2")
    #expect(try study.open("coord").counts().cases == 3)
    #expect(try study.open("coord").verify().faults == [])
  }

  /// Neither damage to what is derived nor an opening taken out of its table is a way to grade again.
  @Test(arguments: ["an index was overwritten", "the opening was deleted"])
  func anOpeningIsNotForgottenWithTheFile(what: String) throws {
    let study = try Self.study()
    let copy = try backup(study)
    try sign(study, "1")
    let store = try study.open("R2")
    _ = try store.openForConsensus("1")
    try store.close()
    if what == "the opening was deleted" {
      try tamper(study.path, "DELETE FROM opening")
    } else {
      let page = try DatabaseQueue(path: study.path).read {
        try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'entry_by_age'") ?? 0
      }
      let file = try FileHandle(forWritingTo: URL(filePath: study.path))
      try file.seek(toOffset: UInt64(page - 1) * 4096)
      try file.write(contentsOf: Data(repeating: 0x55, count: 4096))
      try file.close()
    }

    let report = try restore(study, copy)

    #expect(report.carried == [OpenedPlace(caseID: "1", round: 1)])
    #expect(try study.open("R1").caseView("1").stage == .opened)
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func anOpeningOfALaterRoundWaitsForIt() throws {
    let study = try Self.study(StudyProtocol(rounds: 2, seed: 7, washoutDays: 0, withheld: []))
    for id: CaseID in ["1", "2"] { try sign(study, id) }
    let copy = try backup(study)
    _ = try study.open("coord").startRound(2)
    try sign(study, "1")
    _ = try study.open("coord").openForConsensus("1")

    let report = try restore(study, copy)

    #expect(report.carried == [OpenedPlace(caseID: "1", round: 2)])
    #expect(try study.open("coord").verify().faults == [])
    _ = try study.open("coord").startRound(2)
    #expect(try study.open("R1").caseView("1").stage == .opened)
    #expect(
      storeError {
        try study.open("R1").record(GradeChange("1", .baseline, Self.rim, Grade(.level("absent"))))
      } == .caseOpened("1"))
  }

  @Test func nothingIsRestoredWhileAnybodyHasItOpen() throws {
    let study = try Self.study()
    let copy = try backup(study)
    let reader = try study.open("R1")
    #expect(storeError { try restore(study, copy) } == .inUse(study.path, process: getpid()))
    try reader.close()
    _ = try restore(study, copy)
  }

  enum Wrong: String, CaseIterable {
    case otherStudy, noStudy, damaged, changed, newer, itself, missing, seat, reader, place
  }

  @Test(arguments: Wrong.allCases) func whatCannotBeRestoredChangesNothing(wrong: Wrong) throws {
    let study = try Self.study()
    let reader = try study.open("R1")
    _ = try reader.record(GradeChange("1", .baseline, Self.rim, Grade(.level("absent"))))
    try reader.close()
    var copy = try backup(study)
    var (environment, id, path) = (study.world.environment(), "coord" as PrincipalID, study.path)
    switch wrong {
    case .otherStudy:
      copy = study.folder("other")
      try StudyStore.create(
        at: copy, study: Study(title: "Another", source: "Journal", studyProtocol: StudyProtocol(seed: 7)),
        principals: people, letters: "secret", environment: environment
      ) { _ in }
    case .noStudy: try Data("no study".utf8).write(to: URL(filePath: copy))
    case .damaged:
      var bytes = try Data(contentsOf: URL(filePath: copy))
      for offset in stride(from: 4096, to: bytes.count, by: 64) { bytes[offset] = 0xFF }
      try bytes.write(to: URL(filePath: copy))
    case .changed: try change(copy, "DROP TRIGGER grade_no_update; UPDATE grade SET value = 'present'")
    case .newer: try change(copy, "PRAGMA user_version = 99")
    case .itself: copy = study.path
    case .missing: copy = study.folder("nothing")
    case .seat: environment.keyFingerprint = "SHA256:key"
    case .reader: id = "R1"
    case .place:
      path = study.folder("letter.txt")
      try Data("Dear colleague".utf8).write(to: URL(filePath: path))
    }
    let before = try files(study)
    let head = try study.open("coord").info().auditHead

    let refusal = storeError { try StudyStore.restore(copy, to: path, as: id, environment: environment) }

    let expected: StoreError.Category =
      switch wrong {
      case .otherStudy, .itself, .seat, .reader: .notPermitted
      case .noStudy, .damaged, .changed, .newer, .place: .badData
      case .missing: .notFound
      }
    #expect(refusal?.category == expected)
    #expect(try files(study) == before)
    #expect(try study.open("coord").info().auditHead == head)
    #expect(try study.open("R1").history("1").count == 1)
  }

  private func change(_ path: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test func aStaleLogIsNeverTakenForTheBackups() throws {
    let study = try Self.study()
    let copy = try backup(study)
    // A process that was killed leaves its log; its file was overwritten by hand since.
    let other = try Self.study()
    let store = try other.open("R1")
    _ = try store.record(GradeChange("1", .baseline, Self.rim, Grade(.level("absent"))))
    for suffix in ["-wal", "-shm"] {
      try FileManager.default.copyItem(atPath: other.path + suffix, toPath: study.path + suffix)
    }
    try store.close()

    let report = try restore(study, copy)

    #expect(try study.open("coord").verify().faults == [])
    #expect(try study.open("R1").history("1") == [])
    #expect(report.kept != nil)
  }

  @Test(arguments: [true, false]) func aDamagedOrMissingStudyIsReplaced(isThere: Bool) throws {
    let study = try Self.study()
    let copy = try backup(study)
    if isThere {
      var bytes = try Data(contentsOf: URL(filePath: study.path))
      for offset in stride(from: 200, to: bytes.count, by: 16) { bytes[offset] = 0xFF }
      try bytes.write(to: URL(filePath: study.path))
    } else {
      try FileManager.default.removeItem(atPath: study.path)
    }
    try Data("old log".utf8).write(to: URL(filePath: study.path + "-wal"))

    let report = try restore(study, copy)

    #expect(report.replacedHead == nil)
    let kept = try #require(report.kept)
    #expect(try String(contentsOfFile: kept + "-wal", encoding: .utf8) == "old log")
    #expect(FileManager.default.fileExists(atPath: kept) == isThere)
    #expect(try study.open("coord").counts().cases == 2)
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func thePassphraseIsThatOfTheFileReplaced() throws {
    let study = try Self.study()
    let copy = try backup(study)
    try study.open("coord").choosePassphrase("long enough")

    #expect(storeError { try restore(study, copy) } == .passphraseNeeded("coord"))
    _ = try StudyStore.restore(
      copy, to: study.path, as: "coord", passphrase: "long enough", environment: study.world.environment())
  }
}
