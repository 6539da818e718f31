// Every column of every table with a value of another type, as whoever can write the file's bytes can put it there: strict
// tables do not look at what is in them already. Nothing of it ends the program or stands for a zero.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct WrongTypeTests {
  let folder: Folder
  private let world = World()
  private var path: String { folder() }

  init() throws { folder = try Folder() }

  /// Puts a study in place in which a column of all rows, or of those whose keys allow it, says something else.
  ///
  /// - Returns: whether any row does.
  private func place(_ table: String = "study", _ column: String = "seq", _ value: String? = nil) throws -> Bool {
    StudyFile.remove(path)
    try EveryColumnTests.file.get().write(to: URL(fileURLWithPath: path))
    guard let value else { return true }
    return try loosened(table) { db in
      let sql = "UPDATE OR IGNORE \"\(table)\" SET \"\(column)\" = \(value) WHERE \"\(column)\" IS NOT \(value)"
      do { try db.execute(sql: sql) } catch is DatabaseError { return false }
      return db.changesCount > 0
    }
  }

  /// Runs a body on a file whose table takes any value, and makes the table's words what they were.
  private func loosened(_ table: String, _ body: (Database) throws -> Bool) throws -> Bool {
    func words(_ change: (String) -> String, of sql: String?) throws -> String {
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      return try queue.inDatabase { db in
        let now = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [table]) ?? ""
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(
          sql: "UPDATE sqlite_schema SET sql = ? WHERE name = ?", arguments: [sql ?? change(now), table])
        return now
      }
    }
    let strict = try words(
      {
        $0.replacing("STRICT, WITHOUT", with: "WITHOUT").replacing(") STRICT", with: ")")
          .replacing(" NOT NULL", with: "")
      }, of: nil)
    var changed = false
    try tamper(path) { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      changed = try body(db)
    }
    _ = try words({ $0 }, of: strict)
    return changed
  }

  private func open(_ id: PrincipalID) throws -> StudyStore {
    let passphrase = id == "R3" ? "correct horse" : nil
    let user = id == "R2" ? "anna" : "study"
    return try StudyStore.open(
      at: path, as: id, passphrase: passphrase, environment: world.environment(osUser: user))
  }

  /// What a person asks of a study, each by itself; the last ones write.
  private var questions: [(String, () throws -> AnyHashable)] {
    let reader: (@escaping (StudyStore) throws -> AnyHashable) -> () throws -> AnyHashable = { ask in
      { try ask(open("R1")) }
    }
    return [
      ("summary", { try StudyStore.summary(at: path).seats.map(\.id) }),
      ("info", reader { try "\($0.info().cases) \($0.info().auditHead)" }),
      ("list", reader { try $0.worklist(WorklistQuery(), offset: 0, limit: 10) }),
      ("counts", reader { try $0.counts() }),
      ("show 1", reader { try $0.caseView("1") }), ("show 2", reader { try $0.caseView("2") }),
      ("show 4", { try open("show").caseView("4") }), ("show 2 as R2", { try open("R2").caseView("2") }),
      ("history", reader { try $0.history("2") }),
      ("consensus", reader { try $0.consensusTable("1") }), ("audit", reader { try $0.audit() }),
      ("notes", reader { try $0.draftNotes("2") }),
      ("progress", { "\(try open("coord").progress())" }),
      ("R3's seat", { try open("R3").counts() }),
      (
        "grade",
        reader {
          try $0.record(GradeChange("3", .baseline, Codebook.ID.rimSign, Grade(.level("absent")))).reading.grades
        }
      ),
    ]
  }

  /// Columns by which rows are found and put in order: with another value a row is another's, or is not there. That is
  /// what `verify` is for.
  private static func isKey(_ column: String) -> Bool {
    column.hasSuffix("seq") || column.hasSuffix("_key") || column.hasSuffix("_id")
      || [
        "id", "round", "finding", "comparator", "position", "fact", "word", "what", "reader", "kind", "version",
        "record",
        "months", "principal", "undoes", "ordinal", "subject",
      ].contains(column)
  }

  /// Of another type than each column has, and numbers that nobody counts to.
  private static func values(_ type: String) -> [String] {
    switch type {
    case "INTEGER": ["x'00FF'", "'many'", "1.5", "-7", "9223372036854775806"]
    case "REAL": ["x'00FF'", "'many'", "9e999"]
    case "BLOB": ["'text'", "7"]
    default: ["x'00FF'"]
    }
  }

  @Test(arguments: Schema.registry.keys.sorted()) func isAFaultInWords(table: String) throws {
    _ = try place()
    var right: [String: AnyHashable] = [:]
    for (name, ask) in questions { right[name] = try ask() }
    let columns = try DatabaseQueue(path: path).read { try $0.columns(in: table) }
    for column in columns {
      for value in Self.values(column.type) + (column.isNotNull ? ["NULL"] : []) {
        guard try place(table, column.name, value) else { continue }
        var isTold = false
        for (name, ask) in questions {
          do {
            let answer = try ask()
            if !Self.isKey(column.name) {
              #expect(answer == right[name], "\(table).\(column.name) = \(value): ‘\(name)’ answers something else")
            }
          } catch let error as StoreError {
            isTold = true
            #expect(
              !["Swift", "Context(", "DecodingError"].contains { error.description.contains($0) },
              "\(table).\(column.name) = \(value): \(error)")
          }
        }
        let found = (try? open("coord").verify().isIntact) != true
        #expect(
          found || isTold || Schema.registry[table] == .working, "\(table).\(column.name) = \(value) is not found")
      }
    }
  }
}
