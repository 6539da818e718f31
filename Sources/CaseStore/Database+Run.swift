// The shapes in which the store talks to SQLite: prepared once, with arguments by position.

internal import GRDB

extension Database {
  /// Runs a statement that answers nothing.
  func run(_ sql: String, _ arguments: StatementArguments = []) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Runs an INSERT and answers the local number of its row.
  func insert(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
    try run(sql, arguments)
    return lastInsertedRowID
  }

  /// Rows one after another, for what is too much to hold at once or lies in several rows.
  func cursor(_ sql: String, _ arguments: StatementArguments = []) throws -> ColumnsCursor {
    ColumnsCursor(try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments))
  }

  func rows<T>(_ sql: String, _ arguments: StatementArguments = [], _ make: (Columns) throws -> T) throws -> [T] {
    let cursor = try cursor(sql, arguments)
    var rows: [T] = []
    while let row = try cursor.next() { rows.append(try make(row)) }
    return rows
  }

  func first<T>(_ sql: String, _ arguments: StatementArguments = [], _ make: (Columns) throws -> T) throws -> T? {
    // The row lives in the statement, and the statement is reset with its cursor.
    let cursor = try cursor(sql, arguments)
    return try withExtendedLifetime(cursor) { try cursor.next().map(make) }
  }

  func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
    try first(sql, arguments) { try $0[0] as Int? ?? 0 } ?? 0
  }
}
