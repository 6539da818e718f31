// Gwet's standard error: the spread over cases of a linearised coefficient.

/// A linearised figure over cases: its standard error, valid away from 0, and the t interval that goes with it.
struct SubjectError {
  /// √(Σ (x_i − x̄)² / (n (n − 1))); nil for fewer than two cases.
  let standardError: Double?
  let degrees: Int

  /// - Parameter influence: the linearised figure of one case of a pattern.
  init(counts: [Int], where isUsed: (Int) -> Bool, influence: (Int) -> Double) {
    let used = counts.indices.filter { counts[$0] > 0 && isUsed($0) }
    let values = used.map(influence)
    let times = used.map { Double(counts[$0]) }
    let n = times.reduce(0, +)
    degrees = Int(n) - 1
    guard n >= 2 else {
      standardError = nil
      return
    }
    let mean = zip(values, times).reduce(0) { $0 + $1.0 * $1.1 } / n
    // Squares of differences, not differences of squares: a spread of 0 stays 0.
    let squares = zip(values, times).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    standardError = withoutRounding((squares / (n * (n - 1))).squareRoot())
  }

  func interval(around value: Double, method: String) -> Interval? {
    guard let standardError else { return nil }
    let quantile = studentQuantile(0.975, degrees: Double(degrees))
    return Interval(around: value, error: standardError, quantile: quantile, method: method)
  }
}

extension Coefficient {
  /// The coefficient of a table with Gwet's standard error and t interval (Gwet 2014, ch. 5 and 6).
  ///
  /// Cases with one rating count in the use of the levels, not in the observed agreement. They make the error somewhat too
  /// large; it is kept as published.
  func statistic(_ analysis: Analysis, _ weighting: Weighting) -> Statistic {
    let weights = weighting.matrix(levels: analysis.profile.q)
    let sums = analysis.sums
    let n = Int(sums.rated)
    switch estimate(sums, weights) {
    case .failure(let reason): return Statistic(.undefined(reason), casesUsed: n)
    case .success(let estimate):
      let (value, chance) = (estimate.value, estimate.chance)
      let influence = chanceInfluence(sums, weights, table: analysis.table, profile: analysis.profile)
      let scale = sums.rated / sums.pairable
      let error = SubjectError(counts: analysis.table.counts, where: { analysis.profile.ratings[$0] > 0 }) { p in
        let own = analysis.profile.observedAgreement(of: p, weights).map { scale * ($0 - chance) } ?? 0
        return (own - 2 * (1 - value) * influence(p)) / (1 - chance)
      }
      var members: [Statistic.Member] = [.init("pa", estimate.observed), .init("pe", chance)]
      if error.standardError != nil { members.append(.init("df", count: error.degrees)) }
      var statistic = Statistic(
        .number(value), standardError: error.standardError,
        interval: error.interval(around: value, method: "t, n_rated-1 df, upper end cut at 1"),
        casesUsed: n, members: members, note: error.standardError == nil ? oneCaseNote : nil)
      statistic.withholdIntervalOfFew()
      return statistic
    }
  }
}

let oneCaseNote = "one case: no standard error"

extension CaseProfile {
  /// The share of agreeing reader pairs of a pattern, or their mean weight; nil with fewer than two ratings.
  func observedAgreement(of pattern: Int, _ weights: SquareMatrix) -> Double? {
    let m = Double(ratings[pattern])
    guard m >= 2 else { return nil }
    let n = counts(of: pattern)
    let weighted = weights.times(n)
    return zip(n, weighted).reduce(0) { $0 + $1.0 * ($1.1 - 1) } / (m * (m - 1))
  }
}
