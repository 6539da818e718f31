// How a study file is opened: connections, their settings, and the checks before anything else.

import CSQLiteGuard
import Foundation
internal import GRDB
import ReviewCore
import Synchronization

enum StudyDatabase {
  private static func configuration(_ label: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "endplate.\(label)"
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    // One for the screen and one for what runs beside it; each keeps up to 8 MB of pages.
    configuration.maximumReaderCount = 2
    configuration.prepareDatabase { db in
      try harden(db)
      try db.execute(sql: "PRAGMA cache_size = -8000")
    }
    return configuration
  }

  /// Before anything is read of a file that may be a stranger's.
  static func harden(_ db: Database) throws {
    guard sg_harden(db.sqliteConnection) else {
      throw StoreError.io(
        "this SQLite (\(Database.sqliteLibVersionNumber)) cannot open files safely; update libsqlite3")
    }
  }

  static func pool(_ path: String) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration("store"))
    // GRDB lowers it to NORMAL when it opens a pool, and then a commit need not be on the disk.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    return pool
  }

  /// One connection for a short look. It may write where the file may be written, so that it takes the log away when it
  /// is the last to leave.
  static func glance(_ path: String, readonly: Bool = false) throws -> DatabaseQueue {
    var configuration = configuration("glance")
    configuration.readonly = readonly
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Makes a new file with its tables and whatever `fill` puts in; there is no file before it is whole.
  static func create(_ path: String, fill: (Database) throws -> Void) throws {
    try StudyFile.publish(path) { unfinished in
      let pool = try pool(unfinished)
      defer { try? pool.close() }
      // A big study is one transaction: with SQLite's 2 MB it would be written to the disk many times over.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -400000") }
      try pool.write { db in
        try db.execute(sql: "PRAGMA application_id = \(StudyFile.applicationID)")
        try Schema.migrate(db, from: 0, environment: nil)
        try fill(db)
      }
      // What lies in a log has no name yet.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
  }

  /// Refuses a file that is not a study, or not of this program's version.
  static func check(_ db: Database, path: String) throws {
    let version = try knownVersion(db, path: path)
    guard version == Schema.version else {
      throw StoreError.notAStudy(path, why: "it was put back to file version \(version) meanwhile; open it again")
    }
  }

  /// The study read last, and the document it was read from: opening a file reads it two or three times, and its codebook is
  /// bound each time.
  private static let lastRead = Mutex<(document: String, study: Study)?>(nil)

  static func study(_ db: Database) throws -> Study {
    guard let text = try db.first("SELECT document FROM study", [], { try $0[0] as String }) else {
      throw StoreError.badData(["the study file holds no study"])
    }
    if let known = lastRead.withLock({ $0 }), known.document.utf8.elementsEqual(text.utf8) { return known.study }
    let study = try Document.value(Study.self, text, of: "the study")
    let faults = studyFaults(study)
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    lastRead.withLock { $0 = (text, study) }
    return study
  }

  static func storeError(_ error: DatabaseError, path: String) -> StoreError {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path)
    case .SQLITE_FULL: .io("\(path): the disk is full; nothing was stored")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      .io("\(path): cannot be written; check who owns the file and its folder")
    case .SQLITE_CANTOPEN: .cannotRead(path, why: "it, or its folder, cannot be opened")
    case .SQLITE_CONSTRAINT: .io("\(path): \(error.message ?? "refused")")
    case .SQLITE_IOERR: .io("\(path): the disk failed to read or write; look at its health and its mount")
    default: .io("\(path): \(error.message ?? "SQLite refused") (SQLite \(error.resultCode.rawValue))")
    }
  }
}
