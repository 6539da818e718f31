// The pair tables of a resample, without looking at the ratings again.

/// For every pattern and pair of readers, the cell of the pair's table in which the pattern counts.
struct PairCells {
  private let q: Int
  private let pairs: Int
  /// The cell of pattern p and pair i at p × pairs + i; −1 where one of the two gave no rating.
  private let cells: [Int32]

  init(_ table: RatingTable) {
    q = table.levels.count
    let readerPairs = table.readerPairs
    pairs = readerPairs.count
    var cells: [Int32] = []
    cells.reserveCapacity(table.patternCount * readerPairs.count)
    for p in 0..<table.patternCount {
      let codes = Array(table.code(of: p))
      for pair in readerPairs {
        let (a, b) = (codes[pair.first], codes[pair.second])
        let isShared = a != RatingTable.missing && b != RatingTable.missing
        cells.append(isShared ? Int32(a) * Int32(q) + Int32(b) : -1)
      }
    }
    self.cells = cells
  }

  /// The tables of all pairs when `counts[p]` cases show pattern p.
  func tables(_ counts: [Int]) -> [PairTable] {
    var tables = [[Int]](repeating: [Int](repeating: 0, count: q * q), count: pairs)
    for (p, count) in counts.enumerated() where count > 0 {
      for i in 0..<pairs {
        let cell = cells[p * pairs + i]
        if cell >= 0 { tables[i][Int(cell)] += count }
      }
    }
    return tables.map { PairTable(q: q, counts: $0) }
  }
}
