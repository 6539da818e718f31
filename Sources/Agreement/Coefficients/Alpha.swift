// Krippendorff's alpha.

/// How far two levels are apart for alpha.
enum AlphaMetric: Sendable {
  /// 0 for the same level, else 1.
  case nominal
  /// From the ranks that the ratings in use give to the declared order (Krippendorff 2011).
  case ordinal

  /// δ² between all levels, given how often each is used in pairable cases.
  func squaredDifferences(_ use: [Double]) -> SquareMatrix {
    // Ratings of a level and of all before it, so that what lies between two levels is a difference.
    var upTo = 0.0
    let middles = use.map { own in
      upTo += own
      return upTo - own / 2
    }
    return SquareMatrix(size: use.count) { i, j in
      guard i != j else { return 0 }
      switch self {
      case .nominal: return 1
      case .ordinal: return (middles[i] - middles[j]) * (middles[i] - middles[j])
      }
    }
  }
}

/// 1 − observed / expected disagreement (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011), with the
/// small-sample term n − 1.
///
/// - Parameters:
///   - use: how often each value is given in pairable cases.
///   - observed: the sum of δ² over the coincidences of different values, each pair once.
func alpha(use: [Double], observed: Double, squares: SquareMatrix) -> Result<Double, Undefined> {
  let used = use.indices.filter { use[$0] > 0 }
  guard !used.isEmpty else { return .failure(.noPairableCase) }
  var expected = 0.0
  for (place, c) in used.enumerated() {
    var sum = 0.0
    for k in used[(place + 1)...] { sum += use[k] * squares[c, k] }
    expected += use[c] * sum
  }
  // Uses are whole numbers: expected is 0 exactly where no two different values are in use.
  guard expected > 0 else { return .failure(.noExpectedDisagreement) }
  return .success(1 - (use.reduce(0, +) - 1) * observed / expected)
}

/// Alpha from the coincidences of levels.
func alpha(_ sums: Sums, _ metric: AlphaMetric) -> Result<Double, Undefined> {
  let use = Array(sums.slice(sums.layout.pairedUse))
  let squares = metric.squaredDifferences(use)
  let observed = squares.dot(Array(sums.slice(sums.layout.coincidences))) / 2
  return alpha(use: use, observed: observed, squares: squares)
}

/// Alpha of a table. The nominal metric has an analytic error; for the others an interval comes from resampling.
func alphaStatistic(_ analysis: Analysis, _ metric: AlphaMetric) -> Statistic {
  let n = Int(analysis.sums.pairable)
  switch alpha(analysis.sums, metric) {
  case .failure(let reason): return Statistic(.undefined(reason), casesUsed: n)
  case .success(let value):
    guard metric == .nominal else { return Statistic(.number(value), casesUsed: n) }
    let error = nominalAlphaError(analysis)
    var statistic = Statistic(
      .number(value), standardError: error.standardError,
      interval: error.interval(around: value, method: "t, (cases with two ratings)-1 df, upper end cut at 1"),
      casesUsed: n, members: error.standardError == nil ? [] : [.init("df", count: error.degrees)],
      note: error.standardError == nil ? oneCaseNote : nil)
    statistic.withholdIntervalOfFew()
    return statistic
  }
}

/// The linearisation of nominal alpha over pairable cases (Gwet, On the Krippendorff's alpha coefficient, 2011; as in
/// irrCAC 1.4): the shares are ratios of sums, so a case with more ratings than the mean weighs more.
private func nominalAlphaError(_ analysis: Analysis) -> SubjectError {
  let (sums, profile) = (analysis.sums, analysis.profile)
  let use = Array(sums.slice(sums.layout.pairedUse))
  let total = use.reduce(0, +)
  let mean = total / sums.pairable
  let shares = use.map { $0 / total }
  let chance = shares.reduce(0) { $0 + $1 * $1 }
  let agreeing = (0..<profile.q).reduce(0) {
    $0 + sums.values[sums.layout.coincidences.lowerBound + $1 * (profile.q + 1)]
  }
  let observed = agreeing / total
  let value = (observed - chance) / (1 - chance)
  return SubjectError(counts: analysis.table.counts, where: { profile.ratings[$0] >= 2 }) { p in
    let m = Double(profile.ratings[p])
    let n = profile.counts(of: p)
    let excess = (m - mean) / mean
    let own = n.reduce(0) { $0 + $1 * ($1 - 1) } / (mean * (m - 1)) - observed * excess
    let byChance = zip(n, shares).reduce(0) { $0 + $1.0 * $1.1 } / mean - chance * excess
    return (own - chance - 2 * (1 - value) * (byChance - chance)) / (1 - chance)
  }
}
