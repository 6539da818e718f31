// Two readers' ratings of one item against each other, with the examinations behind every count.

package struct CrossTable: Sendable, Hashable {
  /// The columns of the item: whose ratings stand in rows, and whose in columns.
  package let first: String
  package let second: String
  /// The levels of rows and of columns, as the item orders them.
  package let levels: [String]
  /// How many examinations that both read lack a rating of either; they are in no cell.
  package let missing: Int
  /// How many are left out until the consensus of their case is recorded: their readers are letters still.
  package let unnamed: Int
  /// The examinations of each cell, row by row.
  private let cells: [[RatedUnit]]

  package subscript(row: Int, column: Int) -> [RatedUnit] { cells[row * levels.count + column] }

  /// Nil where the item has no such columns.
  package init?(_ item: RatedItem, _ first: String, _ second: String) {
    guard let a = item.columns.firstIndex(of: first), let b = item.columns.firstIndex(of: second) else { return nil }
    let levels = item.levels
    let positions = Dictionary(levels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var cells = [[RatedUnit]](repeating: [], count: levels.count * levels.count)
    var missing = 0
    for (index, (unit, row)) in zip(item.units, item.cells).enumerated() where !item.unnamed.contains(unit) {
      guard let x = row[a].flatMap({ positions[$0] }), let y = row[b].flatMap({ positions[$0] }) else {
        if item.asked[index][a], item.asked[index][b] { missing += 1 }
        continue
      }
      cells[x * levels.count + y].append(unit)
    }
    (self.first, self.second, self.levels, self.missing, self.cells) = (first, second, levels, missing, cells)
    unnamed = item.unnamed.count
  }
}
