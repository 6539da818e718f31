// The rows of a table in the order of cases, read along with the cases: one statement for a whole study.

internal import GRDB

final class CaseRows {
  private let table: String
  private let cursor: ColumnsCursor
  private var next: Columns?

  /// - Parameter sql: its first column is the number of the case, by which its rows are sorted.
  init(_ db: Database, _ table: String, _ sql: String) throws {
    self.table = table
    cursor = try db.cursor(sql)
    next = try cursor.next()
  }

  /// Hands over the rows of a case.
  ///
  /// - Returns: false where rows of cases that are not in the study lay before.
  func each(of seq: Int64, _ body: (Columns) throws -> Void) throws -> Bool {
    let isWhole = try skip(before: seq)
    while let row = next, try (row[0] as Int64) == seq {
      try body(row)
      next = try cursor.next()
    }
    return isWhole
  }

  /// Leaves out what remains of cases before one.
  ///
  /// - Returns: false where there was something.
  @discardableResult
  func skip(before seq: Int64) throws -> Bool {
    var isEmpty = true
    while let row = next, try (row[0] as Int64) < seq {
      isEmpty = false
      next = try cursor.next()
    }
    return isEmpty
  }

  var orphan: String { "a row of \(table) is about a case that is not in the study" }
}
