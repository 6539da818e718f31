// One item of the agreement: a table of counts of two readers, and the cursor on its cells.

import ReaderAgreement
import ReviewCore

package struct AgreementDetail: Sendable {
  /// The item it is about.
  private(set) var item: RatedItem?
  /// Which pair of readers, from 0.
  private(set) var pair = 0
  private(set) var table: CrossTable?
  /// The cell under the cursor.
  private(set) var row = 0
  private(set) var column = 0
  /// Figures scrolled off the top.
  var scroll = 0
  /// Index of the examination under the cursor in the list of a cell.
  var selected = 0

  /// Whether no examination has readers with names: nothing is said of any pair.
  var isInLetters: Bool { item.map { !$0.units.isEmpty && $0.units.allSatisfy($0.unnamed.contains) } ?? false }

  var pairs: [(first: String, second: String)] {
    let columns = isInLetters ? [] : item?.columns ?? []
    return columns.indices.flatMap { a in columns[(a + 1)...].map { (columns[a], $0) } }
  }

  /// The examinations of the cell under the cursor.
  package var units: [RatedUnit] {
    guard let table, row < table.levels.count, column < table.levels.count else { return [] }
    return table[row, column]
  }

  package var unit: RatedUnit? { units.indices.contains(selected) ? units[selected] : nil }

  /// What each reader said of an examination, in the order of the columns.
  func ratings(of unit: RatedUnit) -> [String?] {
    guard let item, let index = item.units.firstIndex(of: unit) else { return [] }
    return item.cells[index]
  }

  /// Another item, or the same one as it is now: the same pair and cell, as far as it has them.
  mutating func show(_ item: RatedItem?) {
    let isOther = self.item?.id != item?.id
    self.item = item
    if isOther { scroll = 0 }
    show(pair: min(pair, max(0, pairs.count - 1)), keepsCell: !isOther)
  }

  mutating func show(pair: Int, keepsCell: Bool) {
    self.pair = pair
    let pairs = pairs
    table = item.flatMap { item in
      pairs.indices.contains(pair) ? CrossTable(item, pairs[pair].first, pairs[pair].second) : nil
    }
    let count = table?.levels.count ?? 0
    guard !keepsCell || row >= count || column >= count else { return selected = 0 }
    (row, column) = firstWorthASight
    (selected, scroll) = (0, 0)
  }

  /// The first cell in which the two differ, else the first that holds anything.
  private var firstWorthASight: (Int, Int) {
    guard let table else { return (0, 0) }
    let cells = table.levels.indices.flatMap { row in table.levels.indices.map { (row, $0) } }
    let filled = cells.filter { !table[$0.0, $0.1].isEmpty }
    return filled.first { $0.0 != $0.1 } ?? filled.first ?? (0, 0)
  }

  mutating func move(rows: Int, columns: Int) {
    let last = max(0, (table?.levels.count ?? 1) - 1)
    row = max(0, min(last, row + rows))
    column = max(0, min(last, column + columns))
    selected = 0
  }
}
