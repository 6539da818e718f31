// A study file, opened as somebody.

import Foundation
internal import GRDB
import ReviewCore

/// One study file, opened as one principal. No call returns a grade that is sealed to them.
///
/// Every call is one transaction. Calls may come from any thread; several processes may have the file open.
/// Whoever has the file's account on the host can read the file itself: the seal holds against seats.
public struct StudyStore: Sendable {
  /// Who sits here.
  public let principal: Principal
  let path: String
  let actor: PrincipalRecord
  let environment: StoreEnvironment
  let wholeStudy: Study
  private let pool: DatabasePool
  private let watcher: DatabaseQueue

  /// Opens a study as a principal. A file of an earlier version is brought up to date first, see `migrate`.
  ///
  /// - Parameter passphrase: asked of principals who have one, unless a checked key opened the seat
  ///   (`StoreEnvironment.keyFingerprint`).
  /// - Throws: `StoreError`; nothing is created or changed then.
  public static func open(
    at path: String, as id: PrincipalID, passphrase: String? = nil, environment: StoreEnvironment
  ) throws -> StudyStore {
    try migrate(at: path, environment: environment)
    return try Self.naming(path) {
      let pool = try StudyDatabase.pool(path)
      let (study, actor) = try pool.read { db in
        try StudyDatabase.check(db, path: path)
        let study = try StudyDatabase.study(db)
        return (study, try StudyDatabase.seat(db, id, passphrase: passphrase, environment: environment))
      }
      return StudyStore(
        principal: actor.principal, path: path, actor: actor, environment: environment, wholeStudy: study, pool: pool,
        watcher: try StudyDatabase.watcher(path))
    }
  }

  /// Changes whenever any process, this one too, has written to the file. Says nothing of what was written. Only
  /// tokens of one handle can be compared.
  ///
  /// Costs about 0.2 ms: `PRAGMA data_version` on a connection that does nothing else.
  public func changeToken() throws -> Int {
    try Self.naming(path) { try watcher.read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 } }
  }

  /// Closes the file. Calls after it fail.
  public func close() throws {
    try Self.naming(path) {
      try watcher.close()
      try pool.close()
    }
  }

  func read<T>(_ body: (Transaction) throws -> T) throws -> T {
    try Self.naming(path) {
      try pool.read { db in
        try body(try Transaction(db, study: wholeStudy, environment: environment, actor: actor))
      }
    }
  }

  func write<T>(_ body: (Transaction) throws -> T) throws -> T {
    try Self.naming(path) {
      try pool.write { db in
        // Another process may have migrated the file meanwhile.
        try StudyDatabase.check(db, path: path)
        return try body(try Transaction(db, study: wholeStudy, environment: environment, actor: actor))
      }
    }
  }

  func copy(to target: String) throws {
    try Self.naming(path) {
      let queue = try DatabaseQueue(path: target)
      try pool.backup(to: queue)
      try queue.close()
    }
  }

  /// Turns what SQLite says into what a person can use.
  static func naming<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError {
      throw StudyDatabase.storeError(error, path: path)
    } catch let error as GradeError {
      throw StoreError.badData(["\(path): holds a grade that cannot be understood: \(error)"])
    }
  }
}
