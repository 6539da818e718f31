// What lies in a file's schema and was not made by this program: triggers and views of a stranger, tables made otherwise.

import Foundation
internal import GRDB
import ReviewCore

extension Schema {
  /// What a file of each version holds, as its steps make it. An empty file in memory takes some milliseconds, once.
  static let made: [Int: Set<Object>] = {
    var made: [Int: Set<Object>] = [:]
    for version in history.map(\.version) {
      made[version] = try? DatabaseQueue().write { db in
        for step in history where step.version <= version {
          for sql in step.sql { try db.execute(sql: sql) }
        }
        return try objects(db)
      }
    }
    return made
  }()

  /// Refuses a file in whose schema lies anything that this program did not make: nothing of it may ever run. What is
  /// missing is told by `verify`.
  ///
  /// - Throws: `StoreError.notAStudy` naming the first such thing.
  static func refuseForeign(_ db: Database, version: Int, path: String) throws {
    let known = made[version] ?? []
    let foreign = try objects(db).subtracting(known)
    guard let first = foreign.min(by: { ($0.name, $0.type) < ($1.name, $1.type) }) else { return }
    let name = String(String.UnicodeScalarView(first.name.unicodeScalars.prefix(40)))
    throw StoreError.notAStudy(
      path, why: "it holds the \(first.type) ‘\(name)’, which Endplate does not make; go back to a backup")
  }
}
