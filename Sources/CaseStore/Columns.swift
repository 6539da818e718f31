// A row as SQLite answers it. All rows are read here: a column that holds another type than it should is a fault in words,
// and neither ends the program nor stands for a zero. Strict tables promise their types, but whoever can write the file can
// write its bytes.

import Foundation
internal import GRDB
import ReviewCore

/// The columns of one row; as short-lived as the row itself.
struct Columns {
  private let row: Row

  init(_ row: Row) { self.row = row }

  var count: Int { row.count }

  /// - Throws: `StoreError.badData` naming the column, where it holds another type, or a number out of reason.
  subscript<T: ColumnValue>(_ index: Int) -> T {
    get throws {
      let stored: DatabaseValue = row[index]
      if let value = T(column: stored) { return value }
      let names = Array(row.columnNames)
      throw StoreError.badColumn(stored, names.indices.contains(index) ? names[index] : "", T.words)
    }
  }

  /// Whatever it holds, for what is hashed or compared as it lies there.
  func any(_ index: Int) -> DatabaseValue { row[index] }

  /// One that outlives the row.
  func copy() -> Columns { Columns(row.copy()) }
}

/// Rows one after another.
struct ColumnsCursor {
  private let cursor: RowCursor

  init(_ cursor: RowCursor) { self.cursor = cursor }

  /// The same row with the next columns: none of those before may be looked at any more.
  func next() throws -> Columns? { try cursor.next().map { Columns($0) } }
}

/// What a column can be read as.
protocol ColumnValue {
  /// What belongs there, with its article.
  static var words: String { get }
  init?(column: DatabaseValue)
}

extension Int64: ColumnValue {
  static var words: String { "a whole number" }
  init?(column: DatabaseValue) {
    guard case .int64(let number) = column.storage else { return nil }
    self = number
  }
}

/// A number to count with. No study comes near the limit, and sums of what lies below it fit.
extension Int: ColumnValue {
  static var words: String { "a count" }
  init?(column: DatabaseValue) {
    guard case .int64(let number) = column.storage, (0...Int64(Int32.max)).contains(number) else { return nil }
    self.init(number)
  }
}

extension Bool: ColumnValue {
  static var words: String { "0 or 1" }
  init?(column: DatabaseValue) {
    guard case .int64(let number) = column.storage, (0...1).contains(number) else { return nil }
    self = number == 1
  }
}

extension Double: ColumnValue {
  static var words: String { "a number" }
  init?(column: DatabaseValue) {
    switch column.storage {
    case .double(let number) where number.isFinite: self = number
    case .int64(let number): self.init(number)
    default: return nil
    }
  }
}

extension String: ColumnValue {
  static var words: String { "a text" }
  init?(column: DatabaseValue) {
    guard case .string(let text) = column.storage else { return nil }
    self = text
  }
}

extension Data: ColumnValue {
  static var words: String { "bytes" }
  init?(column: DatabaseValue) {
    guard case .blob(let data) = column.storage else { return nil }
    self = data
  }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  static var words: String { Wrapped.words }
  init?(column: DatabaseValue) {
    if column.isNull {
      self = .none
      return
    }
    guard let value = Wrapped(column: column) else { return nil }
    self = .some(value)
  }
}

extension StoreError {
  fileprivate static func badColumn(_ stored: DatabaseValue, _ name: String, _ words: String) -> StoreError {
    let found =
      switch stored.storage {
      case .null: "nothing"
      case .int64(let number): "‘\(number)’"
      case .double(let number): "‘\(number)’"
      case .string(let text): "the text ‘\(text.prefix(40))’"
      case .blob: "bytes"
      }
    return .badData([
      "the study file says \(found) where \(words) belongs (‘\(name)’); somebody changed the file: go back to a backup"
    ])
  }
}
