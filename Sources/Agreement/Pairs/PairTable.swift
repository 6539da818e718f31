// Two readers: the counts of level against level over the cases both rated.

/// Two readers' ratings of the cases both rated (pairwise deletion), as counts.
struct PairTable: Sendable, Equatable {
  /// The number of levels.
  let q: Int
  /// n_ij at i × q + j: the first reader said i, the second j.
  let counts: [Int]
  /// The cases.
  let n: Int

  init(q: Int, counts: [Int]) {
    self.q = q
    self.counts = counts
    n = counts.reduce(0, +)
  }

  subscript(i: Int, j: Int) -> Int { counts[i * q + j] }

  /// How often the first reader used each level.
  var rows: [Int] { (0..<q).map { i in (0..<q).reduce(0) { $0 + self[i, $1] } } }
  /// How often the second reader used each level.
  var columns: [Int] { (0..<q).map { j in (0..<q).reduce(0) { $0 + self[$1, j] } } }
  /// Cases in which both said the same.
  var agreeing: Int { (0..<q).reduce(0) { $0 + self[$1, $1] } }
  /// Whether both readers use one and the same level throughout.
  var isOneLevel: Bool { rows.contains(n) && rows == columns }
  /// The counts row by row.
  var matrix: [[Int]] { (0..<q).map { i in (0..<q).map { self[i, $0] } } }

  /// These cases as a table of two readers, for the coefficients of any number of readers.
  func ratingTable(_ table: RatingTable, _ first: Int, _ second: Int) -> RatingTable {
    let cells = counts.indices.filter { counts[$0] > 0 }
    let cellCounts = cells.map { counts[$0] }
    return RatingTable(
      readers: [table.readers[first], table.readers[second]], levels: table.levels, scale: table.scale,
      positive: table.positive, readersPerCase: 2, codes: cells.flatMap { [Int32($0 / q), Int32($0 % q)] },
      counts: cellCounts,
      units: ResamplingUnits(counts: cellCounts, patients: []))
  }
}
