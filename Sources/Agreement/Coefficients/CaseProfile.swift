// A pattern seen as "how many readers chose each level", which is all that most coefficients ask of a case.

/// For every pattern of a table: how many of its readers chose each level.
struct CaseProfile: Sendable {
  /// The number of declared levels.
  let q: Int
  /// The number of readers.
  let r: Int
  /// How many readers chose level k in pattern p, at p × q + k (n_ik in the literature).
  let levelCounts: [Int]
  /// How many readers rated pattern p (m_i).
  let ratings: [Int]

  init(_ table: RatingTable) {
    q = table.levels.count
    r = table.readers.count
    var levelCounts = [Int](repeating: 0, count: table.patternCount * q)
    var ratings = [Int](repeating: 0, count: table.patternCount)
    for p in 0..<table.patternCount {
      for code in table.code(of: p) where code != RatingTable.missing {
        levelCounts[p * q + Int(code)] += 1
        ratings[p] += 1
      }
    }
    self.levelCounts = levelCounts
    self.ratings = ratings
  }

  /// The level counts of one pattern.
  func counts(of pattern: Int) -> [Double] { (0..<q).map { Double(levelCounts[pattern * q + $0]) } }
}
