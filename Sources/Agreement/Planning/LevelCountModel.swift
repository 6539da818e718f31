// How many readers give each level of a case, as a model has it, and the error of coefficients that follows from it.

/// Readers who are alike: of a case, the readers who give each level are Dirichlet-multinomial, of two levels
/// beta-binomial, with kappa as the correlation of two readers. Of two readers and two levels every model with a common
/// kappa is this one.
struct LevelCountModel: Sendable {
  let readers: Int
  let shares: [Double]
  /// How many readers give each level, and how likely that is.
  let outcomes: [(counts: [Int], probability: Double)]

  /// - Parameter kappa: from 0, below 1.
  init(readers: Int, shares: [Double], kappa: Double) {
    (self.readers, self.shares) = (readers, shares)
    outcomes = Self.compositions(of: readers, into: shares.count).map { ($0, Self.probability($0, shares, kappa)) }
  }

  private static func compositions(of total: Int, into parts: Int) -> [[Int]] {
    if parts == 1 { return [[total]] }
    return (0...total).flatMap { first in compositions(of: total - first, into: parts - 1).map { [first] + $0 } }
  }

  /// m!/Π nₖ! · Π (πₖ)(πₖ + r)…(πₖ + (nₖ − 1) r) / (1)(1 + r)…(1 + (m − 1) r) with r = κ/(1 − κ).
  private static func probability(_ counts: [Int], _ shares: [Double], _ kappa: Double) -> Double {
    let step = kappa / (1 - kappa)
    var (product, placed) = (1.0, 0)
    for (count, share) in zip(counts, shares) {
      for given in 0..<count {
        placed += 1
        // Each factor with its parts of the two factorials keeps the product near 1.
        product *= (share + Double(given) * step) / (1 + Double(placed - 1) * step) * Double(placed) / Double(given + 1)
      }
    }
    return product
  }

  /// The variance that one case adds to a coefficient of the form (observed − chance) / (1 − chance): the linearisation
  /// behind Gwet's error (Handbook of Inter-Rater Reliability, 4th ed. 2014, ch. 5) under this model.
  ///
  /// - Parameter slopes: what one rating of each level adds to chance agreement.
  func varianceOfCase(slopes: [Double]) -> Double {
    let m = Double(readers)
    let chance = zip(shares, slopes).reduce(0) { $0 + $1.0 * $1.1 }
    func observed(_ counts: [Int]) -> Double { counts.reduce(0) { $0 + Double($1 * ($1 - 1)) } / (m * (m - 1)) }
    let mean = outcomes.reduce(0) { $0 + $1.probability * observed($1.counts) }
    let value = (mean - chance) / (1 - chance)
    return outcomes.reduce(0) { sum, outcome in
      let byChance = zip(outcome.counts, slopes).reduce(0) { $0 + Double($1.0) * $1.1 } / m
      let influence = (observed(outcome.counts) - mean - 2 * (1 - value) * (byChance - chance)) / (1 - chance)
      return sum + outcome.probability * influence * influence
    }
  }
}
