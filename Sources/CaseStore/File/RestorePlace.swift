// The place a backup is put back to: what lies there, who has it open, and how it is replaced.

import Foundation
internal import GRDB
import ReviewCore

struct RestorePlace {
  private enum Lying {
    /// Nothing, or a log that lost its file.
    case nothing
    /// A study that can be read.
    case study
    /// A file that was a study: its header says so, and no more can be read of it.
    case damaged
  }

  private let path: String
  private let backup: String
  private let lying: Lying

  /// - Throws: where something else than a study lies there, a study of a newer program, or one that somebody has open.
  init(_ path: String, backup: String) throws {
    (self.path, self.backup) = (path, backup)
    do throws(StoreError) { try StudyFile.inspect(path) } catch .noSuchFile {
      lying = .nothing
      return
    } catch .notAStudy(_, let why) {
      throw StoreError.notAStudy(path, why: "\(why); a backup replaces only a study: move that away first")
    }
    try StudyFile.checkIsUnused(path)
    lying = try Self.isReadable(path) ? .study : .damaged
  }

  private static func isReadable(_ path: String) throws -> Bool {
    do {
      // Only read: what lies beside a damaged file is kept as it lies.
      let queue = try StudyDatabase.glance(path, readonly: true)
      defer { try? queue.close() }
      return try queue.read { db in
        _ = try StudyDatabase.study(db)
        return try String.fetchAll(db, sql: "PRAGMA quick_check(1)") == ["ok"]
      }
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
    {
      return false
    } catch StoreError.badData {
      return false
    }
  }

  /// Whether somebody has shown here who they are.
  ///
  /// - Returns: false where there is nobody to show it to: then the backup asks.
  func check(_ id: PrincipalID, passphrase: String?, environment: StoreEnvironment) throws -> Bool {
    guard lying == .study else { return false }
    let store = try StudyStore.open(at: path, as: id, passphrase: passphrase, environment: environment)
    defer { try? store.close() }
    try store.checkCoordinator("puts a backup back")
    return true
  }

  /// What a restore is told of the file in its way.
  struct Previous {
    var facts: PreviousStudy?
    var kept: String?
  }

  /// Keeps what lies here under another name and puts a file in its place.
  ///
  /// - Parameter make: answers the file, which is taken away from where it is.
  func replace(_ make: (Previous) throws -> (file: String, report: RestoreReport)) throws -> RestoreReport {
    try StudyStore.naming(path) {
      switch lying {
      case .study: try replaceStudy(make)
      case .nothing, .damaged: try moveAside(make)
      }
    }
  }

  /// Through SQLite, in one transaction of the file itself: whoever opens it meanwhile waits, what lies beside it is
  /// SQLite's own to sort out, and a crash leaves the study that there was.
  private func replaceStudy(
    _ make: (Previous) throws -> (file: String, report: RestoreReport)
  ) throws -> RestoreReport {
    let queue = try StudyDatabase.alone(path)
    defer { try? queue.close() }
    let facts = try queue.read { try PreviousStudy($0, environment: .nobody) }
    try check(facts)
    let kept = try keptName()
    try StudyFile.publish(kept) { unfinished in
      let copy = try DatabaseQueue(path: unfinished)
      defer { try? copy.close() }
      try queue.backup(to: copy)
    }
    do {
      let (file, report) = try make(Previous(facts: facts, kept: kept))
      let source = try StudyDatabase.glance(file)
      try source.backup(to: queue)
      try source.close()
      return report
    } catch {
      StudyFile.remove(kept)
      throw error
    }
  }

  private func moveAside(
    _ make: (Previous) throws -> (file: String, report: RestoreReport)
  ) throws -> RestoreReport {
    let there = ["", "-wal", "-shm", "-journal"].filter { access(path + $0, F_OK) == 0 }
    let kept = there.isEmpty ? nil : try keptName()
    // Of a damaged file what can still be read stays.
    let facts = lying == .damaged ? try? Self.facts(path) : nil
    if let facts { try check(facts) }
    let (file, report) = try make(Previous(facts: facts, kept: kept))
    if let kept { for suffix in there { rename(path + suffix, kept + suffix) } }
    // Refuses a file that came meanwhile.
    if let number = Unfinished.publish(file, as: path) {
      throw StoreError.cannotCreate(path, why: String(cString: strerror(number)))
    }
    return report
  }

  private func check(_ facts: PreviousStudy) throws {
    guard try facts.uuid == StudyDatabase.uuid(of: backup) else {
      throw StoreError.notPermitted("\(backup): is a backup of another study than \(path); name one of the same study")
    }
  }

  private static func facts(_ path: String) throws -> PreviousStudy {
    let queue = try StudyDatabase.glance(path, readonly: true)
    defer { try? queue.close() }
    return try queue.read { try PreviousStudy($0, environment: .nobody) }
  }

  private func keptName() throws -> String {
    for number in 1...999 {
      let name = "\(path).replaced-\(number)"
      if ["", "-wal", "-shm", "-journal"].allSatisfy({ access(name + $0, F_OK) != 0 }) { return name }
    }
    throw StoreError.cannotCreate(path, why: "there are 999 replaced files beside it; move some away")
  }
}

extension StudyDatabase {
  static func uuid(_ db: Database) throws -> String {
    try db.first("SELECT uuid FROM study", [], { try $0[0] as String }) ?? ""
  }

  static func uuid(of path: String) throws -> String {
    let queue = try glance(path)
    defer { try? queue.close() }
    return try queue.read(uuid)
  }

  /// The only connection there is to a file, until it is closed: others wait at their first look.
  ///
  /// - Throws: `StoreError.inUse` where anybody has it open.
  fileprivate static func alone(_ path: String) throws -> DatabaseQueue {
    let queue = try glance(path)
    do {
      // To leave its log SQLite must be the only one.
      let mode = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
      guard mode == "delete" else { throw StoreError.inUse(path, process: nil) }
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL")
        try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
      }
      return queue
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED {
      throw StoreError.inUse(path, process: nil)
    }
  }

  /// Copies a study, whoever has it open, and brings the copy to today's schema. What cannot be written, as on a disk for
  /// reading only, nobody has open.
  fileprivate static func copyAside(_ path: String, to target: String) throws {
    do {
      let source = try glance(path)
      defer { try? source.close() }
      try source.read { _ = try knownVersion($0, path: path) }
      let queue = try DatabaseQueue(path: target)
      try source.backup(to: queue)
      try queue.close()
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      try Data(contentsOf: URL(filePath: path)).write(to: URL(filePath: target))
    }
  }

  static func copy(_ path: String, to target: String, environment: StoreEnvironment) throws {
    try StudyFile.reserve(target)
    try copyAside(path, to: target)
    let queue = try glance(target)
    defer { try? queue.close() }
    try queue.write { db in
      guard try String.fetchAll(db, sql: "PRAGMA quick_check(1)") == ["ok"] else {
        throw StoreError.damagedBackup(path)
      }
      let version = try knownVersion(db, path: path)
      if version < Schema.version { try Schema.migrate(db, from: version, environment: environment) }
    }
  }
}

extension StoreEnvironment {
  /// For looking: nothing is written in their name.
  fileprivate static let nobody = StoreEnvironment(now: { .distantPast }, newID: { "" }, osUser: "", programVersion: "")
}
