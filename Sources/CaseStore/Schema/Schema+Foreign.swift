// What lies in a file's schema and was not made by this program: triggers and views of a stranger, tables made otherwise.

import Crypto
import Foundation
internal import GRDB
import ReviewCore

extension Schema {
  /// Of everything that a file of today's version holds, as its steps make it. `made` says the same in words, and takes some
  /// milliseconds; nobody waits for them whose file is as it should be.
  static let digest = "51238c13950124731e8a3483a0d12073a4b656fbe33721a2ce293e86e06b5821"

  /// Of the objects of a file, in the order of their names.
  static func digest(of objects: Set<Object>) -> String {
    let rows = objects.map { [$0.type, $0.name, $0.table, $0.sql ?? ""].joined(separator: "\u{1F}") }.sorted()
    return Data(SHA256.hash(data: Data(rows.joined(separator: "\u{1E}").utf8))).hexadecimal
  }

  /// What a file of today's version holds, as its steps make it.
  static let madeToday = made(version)

  /// What a file of a version holds, as the steps up to it make it in an empty file in memory.
  static func made(_ version: Int) -> Set<Object> {
    let made = try? DatabaseQueue().write { db in
      for step in history where step.version <= version {
        for sql in step.sql { try db.execute(sql: sql) }
      }
      return try objects(db)
    }
    return made ?? []
  }

  /// Refuses a file in whose schema lies anything that this program did not make: nothing of it may ever run. What is
  /// missing is told by `verify`.
  ///
  /// - Throws: `StoreError.notAStudy` naming the first such thing.
  static func refuseForeign(_ db: Database, version: Int, path: String) throws {
    let found = try objects(db)
    if version == Self.version, digest(of: found) == digest { return }
    let foreign = found.subtracting(version == Self.version ? madeToday : made(version))
    guard let first = foreign.min(by: { ($0.name, $0.type) < ($1.name, $1.type) }) else { return }
    let name = String(String.UnicodeScalarView(first.name.unicodeScalars.prefix(40)))
    throw StoreError.notAStudy(
      path, why: "it holds the \(first.type) ‘\(name)’, which Endplate does not make; go back to a backup")
  }
}
