// Study files as the first version wrote them, each copied before it is opened.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

/// What the README beside the files says of them.
struct OldStudy: Sendable, CustomTestStringConvertible {
  var name: String
  var people: [String]
  var head: AuditHead

  static let all = [
    OldStudy(
      name: "practice-in-session", people: ["coordinator", "R1", "R2", "R3", "presenter"],
      head: "5dbb6e8cbad93520bf50ab7d53cc2c13769f0cc71e7f308759a8b0878eea1d7d"),
    OldStudy(
      name: "two-rounds", people: ["coordinator", "R1", "R2", "R3"],
      head: "1fd627b5afa4b842ab4e762a776cc4466bec6ad359268b81bed2d248d54388b0"),
  ]

  var testDescription: String { name }

  /// A copy in a folder of its own.
  func copied(to folder: Folder) throws -> String {
    let source = try #require(Bundle.module.url(forResource: name, withExtension: "study", subdirectory: "studies-v1"))
    try Data(contentsOf: source).write(to: URL(fileURLWithPath: folder()))
    chmod(folder(), 0o600)
    return folder()
  }

  /// The tables and columns of a file, whatever its version.
  static func columns(_ path: String) throws -> [String: [String]] {
    try DatabaseQueue(path: path).read { db in
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
      return try Dictionary(uniqueKeysWithValues: tables.map { ($0, try db.columns(in: $0).map(\.name)) })
    }
  }

  /// Every row of some columns, each as text, sorted.
  static func rows(_ path: String, _ columns: [String: [String]]) throws -> [String: [String]] {
    try DatabaseQueue(path: path).read { db in
      try columns.reduce(into: [:]) { all, table in
        let names = table.value.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
        all[table.key] = try String.fetchAll(db, sql: "SELECT \(names) FROM \"\(table.key)\"").sorted()
      }
    }
  }
}
