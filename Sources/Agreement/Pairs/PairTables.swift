// The tables of all pairs of readers, in one pass over the patterns.

extension RatingTable {
  /// The table of every pair of readers, in the order of `readerPairs`.
  ///
  /// - Parameter counts: how many cases show each pattern, where not as many as in the table.
  func pairTables(_ counts: [Int]? = nil) -> [PairTable] {
    let (q, r) = (levels.count, readers.count)
    let cells = q * q
    var all = [Int](repeating: 0, count: r * (r - 1) / 2 * cells)
    all.withUnsafeMutableBufferPointer { all in
      codes.withUnsafeBufferPointer { codes in
        for (p, count) in (counts ?? self.counts).enumerated() where count > 0 {
          let row = p * r
          var start = 0
          for first in 0..<r {
            let a = Int(codes[row + first])
            guard a >= 0 else {
              start += (r - 1 - first) * cells
              continue
            }
            for second in first + 1..<max(r, first + 1) {
              let b = Int(codes[row + second])
              if b >= 0 { all[start + a * q + b] += count }
              start += cells
            }
          }
        }
      }
    }
    return stride(from: 0, to: all.count, by: max(cells, 1)).map {
      PairTable(q: q, counts: Array(all[$0..<$0 + cells]))
    }
  }
}
