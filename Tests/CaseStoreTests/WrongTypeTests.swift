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
          .replacing("IS NOT NULL", with: "IS NOT  NULL")
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
    try StudyStore.open(at: path, as: id, environment: world.environment())
  }

  /// What people ask of a study, each by itself: whoever sits down asks several things. The last one writes.
  private static var questions: [(PrincipalID, [(String, (StudyStore) throws -> AnyHashable)])] {
    [
      (
        "show",
        [
          ("show 4", { try $0.caseView("4") }), ("show 1 to all", { try $0.caseView("1") }),
          ("info", { try $0.info().cases }),
          ("sessions", { try $0.consensusFigures() }),
        ]
      ),
      (
        "R1",
        [
          ("list", { try told($0.worklist(WorklistQuery(), offset: 0, limit: 10)) }), ("counts", { try $0.counts() }),
          ("show 1", { try $0.caseView("1") }), ("show 2", { try $0.caseView("2") }),
          ("history", { try $0.history("2") }),
          ("audit", { try $0.audit() }), ("notes", { try $0.draftNotes("2") }),
          (
            "grade",
            { try $0.record(GradeChange("3", .baseline, Codebook.ID.rimSign, Grade(.level("absent")))).reading.grades }
          ),
        ]
      ),
    ]
  }

  /// A row that says that its case is damaged is a fault in a word.
  private static func told(_ page: WorklistPage) throws -> WorklistPage {
    if page.rows.contains(where: \.isDamaged) { throw StoreError.badData(["a case of the list is damaged"]) }
    return page
  }

  /// Answers by question; nil where it was refused in words, which are handed over.
  private func ask(_ told: (StoreError) -> Void) throws -> [String: AnyHashable?] {
    var answers: [String: AnyHashable?] = [:]
    for (id, questions) in Self.questions {
      do {
        let store = try open(id)
        for (name, question) in questions {
          do { answers[name] = .some(try question(store)) } catch let error as StoreError {
            answers[name] = .some(nil)
            told(error)
          }
        }
        try store.close()
      } catch let error as StoreError { told(error) }
    }
    return answers
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
  private static func values(_ column: ColumnInfo) -> [String] {
    let others =
      switch column.type {
      case "INTEGER": ["x'00FF'", "-7", "9223372036854775806"]
      case "REAL", "BLOB": ["'text'"]
      default: ["x'00FF'"]
      }
    return others + (column.isNotNull ? ["NULL"] : [])
  }

  @Test(arguments: Schema.registry.keys.sorted()) func isAFaultInWords(table: String) throws {
    _ = try place()
    let right = try ask { Issue.record("a sound study: \($0)") }
    let columns = try DatabaseQueue(path: path).read { try $0.columns(in: table) }
    for column in columns {
      for value in Self.values(column) {
        guard try place(table, column.name, value) else { continue }
        let change = "\(table).\(column.name) = \(value)"
        var isTold = false
        let answers = try ask { error in
          isTold = true
          #expect(
            !["Swift", "Context(", "DecodingError"].contains { error.description.contains($0) }, "\(change): \(error)")
        }
        // SQLite itself adds up the tallies.
        if !Self.isKey(column.name), table != "tally" {
          for (name, answer) in answers {
            if let answer { #expect(answer == right[name], "\(change): ‘\(name)’ answers something else") }
          }
        }
        guard !isTold, Schema.registry[table] != .working else { continue }
        #expect((try? open("coord").verify().isIntact) != true, "\(change) is not found")
      }
    }
  }
}
