// The study file as a file: what is refused, and that nothing is made or changed by refusing.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct FileTests {
  let folder: Folder
  let world = World()

  init() throws { folder = try Folder() }

  private func make(_ name: String = "a.study") throws {
    try StudyStore.create(
      at: folder(name), study: Study(title: "Spine"), principals: people, environment: world.environment())
  }

  private func open(_ name: String = "a.study") throws -> StudyStore {
    try StudyStore.open(at: folder(name), as: "coord", environment: world.environment())
  }

  @Test func aNewStudyOpens() throws {
    try make()
    let store = try open()
    #expect(store.principal == Principal("coord", role: .coordinator))
    #expect(try store.study() == Study(title: "Spine"))
    #expect(try store.principals() == people)
    #expect(try store.counts() == WorklistCounts())
    #expect(try store.worklist(WorklistQuery(), offset: 0, limit: 10) == WorklistPage())
  }

  @Test func filesAreTheirOwnersAlone() throws {
    try make("a.study")
    let store = try open("a.study")
    _ = try store.importCases([.sample("1")])
    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: folder(name))[.posixPermissions] as? Int
    }
    for suffix in ["", "-wal", "-shm"] { #expect(try mode("a.study" + suffix) == 0o600) }
  }

  @Test func whatIsNoStudyIsRefusedAndLeftAlone() throws {
    let text = Data("not a database, but long enough to be looked at as if it were one of them, surely".utf8)
    try (text + text).write(to: URL(fileURLWithPath: folder("text")))
    try Data("format: endplate-case/1\nid: 1\n".utf8).write(to: URL(fileURLWithPath: folder("case")))
    try Data().write(to: URL(fileURLWithPath: folder("empty")))
    var foreign = Data(repeating: 0, count: 512)
    foreign.replaceSubrange(0..<16, with: StudyFile.magic)
    try foreign.write(to: URL(fileURLWithPath: folder("foreign")))
    var newer = foreign
    newer.replaceSubrange(68..<72, with: [0x45, 0x6E, 0x64, 0x50])
    newer.replaceSubrange(60..<64, with: [0, 0, 0, 9])
    try newer.write(to: URL(fileURLWithPath: folder("newer")))
    let expected: [String: StoreError] = [
      "missing": .noSuchFile(folder("missing")),
      "missing/deeper": .noSuchFile(folder("missing/deeper")),
      "text": .notAStudy(folder("text"), why: "it is not a database"),
      "case": .notAStudy(
        folder("case"), why: "it is a case file; ‘endplate import’ takes it into a study"),
      "empty": .notAStudy(folder("empty"), why: "it is empty"),
      "foreign": .notAStudy(folder("foreign"), why: "it is a database of another program"),
      "newer": .newerFile(folder("newer"), version: 9, known: Schema.version),
      "": .isDirectory(folder("")),
    ]
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    for (name, error) in expected {
      #expect(storeError { try open(name) } == error)
      #expect(storeError { try StudyStore.summary(at: folder(name)) } == error)
    }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path) == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("foreign"))) == foreign)
  }

  @Test func aDamagedStudyIsToldAsOne() throws {
    try make()
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder()))
    var damaged = whole
    for offset in stride(from: 4096, to: whole.count, by: 64) { damaged[offset] = 0xFF }
    try damaged.write(to: URL(fileURLWithPath: folder("damaged")))
    #expect(storeError { try open("damaged") }?.category == .badData)
  }

  @Test func aFileThatANewerProgramTookOverIsNotWrittenTo() throws {
    let study = try TestStudy()
    let store = try study.open("coord")
    try StudyDatabase.pool(study.path).write { try $0.execute(sql: "PRAGMA user_version = 9") }
    #expect(
      storeError { try store.importCases([.sample("3")]) } == .newerFile(study.path, version: 9, known: Schema.version))
    #expect(try store.counts().cases == 2)
  }

  @Test func nothingThatExistsIsOverwritten() throws {
    try make()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder()))
    #expect(storeError { try make() } == .alreadyExists(folder()))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder())) == before)
    let head = try open().info().auditHead
    #expect(storeError { try open().backup(to: folder()) } == .alreadyExists(folder()))
    #expect(try open().info().auditHead == head)
  }

  @Test func badPrincipalsMakeNoFile() throws {
    let error = storeError {
      try StudyStore.create(
        at: folder(), study: Study(title: "Spine"),
        principals: [Principal("a b", role: .reader), Principal("R1", role: .reader), Principal("R1", role: .learner)],
        environment: world.environment())
    }
    #expect(
      error
        == .badData([
          "‘a b’ cannot be an id: use 1 to 32 letters, digits, - and _",
          "‘R1’ is there twice; give everybody an id of their own",
        ]))
    #expect(!FileManager.default.fileExists(atPath: folder()))
  }

  @Test func nobodyByThatName() throws {
    try make()
    let error = storeError { try StudyStore.open(at: folder(), as: "R9", environment: world.environment()) }
    #expect(error == .noSuchPrincipal("R9", known: people.map(\.id)))
    #expect(error?.category == .notFound)
  }

  @Test func aBackupIsAStudyAndTellsItsHead() throws {
    let study = try TestStudy()
    let store = try study.open("coord")
    let backup = try store.backup(to: study.folder("backup.study"))
    let copy = try StudyStore.open(
      at: study.folder("backup.study"), as: "coord", environment: study.world.environment())
    #expect(backup.cases == 2)
    #expect(try copy.info() == store.info())
    #expect(try copy.info().auditHead == backup.receipt.head)
    #expect(try copy.caseView("1") == store.caseView("1"))
    #expect(storeError { try study.open("R1").backup(to: study.folder("b")) }?.category == .notPermitted)
    #expect(!FileManager.default.fileExists(atPath: study.folder("b")))
  }

  /// A folder that is not there was mistyped.
  @Test func noFolderIsMadeForAFile() throws {
    let study = try TestStudy()
    let target = study.folder("nodir/b.study")
    let error = StoreError.cannotCreate(target, why: "there is no folder \(study.folder("nodir"))")
    #expect(storeError { try study.open("coord").backup(to: target) } == error)
    #expect(
      storeError {
        try StudyStore.create(
          at: target, study: Study(title: "a"), principals: people, environment: study.world.environment())
      } == error)
    #expect(!FileManager.default.fileExists(atPath: study.folder("nodir")))
  }

  @Test func aFileHasItsNameOnceItIsWhole() throws {
    let path = folder("made")
    try StudyFile.publish(path) { unfinished in
      #expect(unfinished.hasPrefix(path + ".unfinished-"))
      try Data("whole".utf8).write(to: URL(fileURLWithPath: unfinished))
      #expect(access(path, F_OK) != 0)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["made"])
    #expect(storeError { try StudyFile.publish(path) { _ in Issue.record("it is there") } } == .alreadyExists(path))
  }

  @Test func whatFailsOrComesTooLateLeavesNothingAndReplacesNothing() throws {
    let path = folder("made")
    #expect(throws: CancellationError.self) { try StudyFile.publish(path) { _ in throw CancellationError() } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    let error = storeError {
      try StudyFile.publish(path) { _ in try Data("another's".utf8).write(to: URL(fileURLWithPath: path)) }
    }
    #expect(error == .alreadyExists(path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["made"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "another's")
  }

  /// No process has a number that high.
  @Test func whatAKilledProgramLeftIsTakenAwayByTheNext() throws {
    let study = try TestStudy()
    let (gone, here) = ("b.unfinished-99999999-ab", "b.unfinished-\(getpid())-ab")
    for name in [gone, gone + "-journal", here, "bb.unfinished-99999999-ab", "b.unfinished-x"] {
      try Data("sealed".utf8).write(to: URL(fileURLWithPath: study.folder(name)))
    }
    _ = try study.open("coord").backup(to: study.folder("b"))
    let left = try FileManager.default.contentsOfDirectory(atPath: study.folder.path).filter { $0.contains("unfin") }
    #expect(Set(left) == [here, "bb.unfinished-99999999-ab", "b.unfinished-x"])
  }

  @Test func theTokenChangesWithWritesOfOthersOnly() throws {
    let study = try TestStudy()
    let (one, other) = (try study.open("coord"), try study.open("coord"))
    try study.open("R1").choosePassphrase("correct horse")
    let before = try one.changeToken()
    #expect(try one.changeToken() == before)
    _ = try other.importCases([.sample("3")])
    let after = try one.changeToken()
    #expect(after != before)
    _ = try one.importCases([.sample("4")])
    let guest = try one.admit("R1", passphrase: "correct horse")
    _ = try? guest.consensus("1", .call(GradeKey(.baseline, Codebook.ID.rimSign)))
    #expect(try one.changeToken() == after)
  }
}
