// Each reader's own use of the levels, for Conger's kappa.

/// Conger's agreement by chance: the mean over ordered pairs of different readers of p_g' W p_h, where p_g is reader g's
/// share of each level among the cases reader g rated. Readers without any rating are left out.
struct ReaderMargins {
  /// Each reader's shares; nil for a reader without ratings.
  private let shares: [[Double]?]
  /// The share of rated cases that each reader rated.
  private let coverage: [Double]
  /// W times the sum of the other readers' shares, for each reader.
  private let against: [[Double]]
  private let pairs: Double
  /// The mean of `against` over a reader's own ratings.
  private let means: [Double]
  let chance: Double

  init(_ sums: Sums, _ weights: SquareMatrix) {
    let margins = (0..<sums.layout.r).map { Array(sums.margin(of: $0)) }
    let totals = margins.map { $0.reduce(0, +) }
    shares = zip(margins, totals).map { margin, total in total > 0 ? margin.map { $0 / total } : nil }
    coverage = totals.map { $0 / sums.rated }
    let used = shares.compactMap { $0 }
    pairs = Double(used.count * (used.count - 1))
    let whole = (0..<weights.size).map { k in used.reduce(0) { $0 + $1[k] } }
    against = shares.map { share in
      guard let share else { return [] }
      return weights.times(zip(whole, share).map { $0 - $1 })
    }
    means = zip(shares, against).map { share, other in
      share.map { zip($0, other).reduce(0) { $0 + $1.0 * $1.1 } } ?? 0
    }
    chance = means.reduce(0, +) / pairs
  }

  /// The linearised chance agreement of a case: a reader's share is a ratio of sums, so a case the reader did not rate
  /// counts with the reader's mean (Gwet 2014, ch. 5, extended to weights as in irrCAC).
  func influence(of codes: ArraySlice<Int32>) -> Double {
    var sum = 0.0
    for (g, code) in codes.enumerated() {
      guard shares[g] != nil else { continue }
      let mean = means[g]
      let own = code == RatingTable.missing ? 0 : against[g][Int(code)] - mean
      sum += own / coverage[g] + mean
    }
    return sum / pairs
  }
}
