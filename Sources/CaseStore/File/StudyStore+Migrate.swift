// Brings a study that an earlier version wrote to today's schema.

import Foundation
internal import GRDB
import ReviewCore

/// That a study file was brought to today's version.
public struct StudyMigration: Hashable, Sendable {
  public var path: String
  /// File versions before and after.
  public var from, to: Int
  /// Where the file lies as it was before.
  public var backup: String
}

extension StudyStore {
  /// Brings a study of an earlier version up to date; `open` does the same without a word. The file as it was is copied
  /// beside it first, for its owner only. Of several programs that come at once one does it and the others wait.
  ///
  /// - Returns: nil where the file is of today's version already.
  /// - Throws: `StoreError`; then the file is as it was.
  @discardableResult
  public static func migrate(at path: String, environment: StoreEnvironment) throws -> StudyMigration? {
    try StudyFile.inspect(path)
    return try naming(path) {
      // Looked at without a lock: all but one of a file's starts end here.
      let glance = try StudyDatabase.glance(path)
      let version = try glance.read { try StudyDatabase.knownVersion($0, path: path) }
      try glance.close()
      guard version < Schema.version else { return nil }
      let pool = try StudyDatabase.pool(path)
      defer { try? pool.close() }
      var backup: String?
      do {
        return try pool.write { db in
          // Another program may have been faster.
          let version = try StudyDatabase.knownVersion(db, path: path)
          guard version < Schema.version else { return nil }
          let copy = try StudyDatabase.keep(path, as: "\(path).v\(version)")
          backup = copy
          try Schema.migrate(db, from: version, environment: environment)
          return StudyMigration(path: path, from: version, to: Schema.version, backup: copy)
        }
      } catch {
        if let backup { StudyFile.remove(backup) }
        throw error
      }
    }
  }
}

extension StudyDatabase {
  /// The version of a study's file, from 1 to today's; there is nothing in its schema but what this program made.
  static func knownVersion(_ db: Database, path: String) throws -> Int {
    guard try db.number("PRAGMA application_id") == Int(StudyFile.applicationID) else {
      throw StoreError.notAStudy(path, why: "it is a database of another program")
    }
    let version = try db.number("PRAGMA user_version")
    guard version <= Schema.version else {
      throw StoreError.newerFile(path, version: version, known: Schema.version)
    }
    guard version > 0 else { throw StoreError.notAStudy(path, why: "it was never finished; delete it") }
    try Schema.refuseForeign(db, version: version, path: path)
    return version
  }

  /// Copies a file as it is now beside itself, whoever has it open, and answers where to.
  ///
  /// - Parameter name: of the copy; a number behind it where it is taken.
  static func keep(_ path: String, as name: String) throws -> String {
    for number in 1...99 {
      let target = number == 1 ? name : "\(name)-\(number)"
      do {
        try StudyStore.naming(target) { try StudyFile.publish(target) { try copyWhole(path, into: $0) } }
        return target
      } catch StoreError.alreadyExists { continue }
    }
    throw StoreError.cannotCreate(name, why: "there are copies up to 99 already; move some away")
  }

  /// Copies a file as it is now, whoever has it open.
  static func copyWhole(_ path: String, into file: String) throws {
    let source = try glance(path)
    defer { try? source.close() }
    let queue = try DatabaseQueue(path: file)
    defer { try? queue.close() }
    try source.backup(to: queue)
  }

  /// The tables of a study as today's program reads them, of an old file a copy: nothing is changed by looking.
  static func reading<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
    let queue = try glance(path)
    defer { try? queue.close() }
    let version = try queue.read { try knownVersion($0, path: path) }
    guard version < Schema.version else { return try queue.read(body) }
    // SQLite removes a file without a name itself.
    let copy = try DatabaseQueue(path: "")
    try queue.backup(to: copy)
    try copy.write { try Schema.migrate($0, from: version, environment: nil) }
    return try copy.read(body)
  }
}
