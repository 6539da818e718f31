// Cohen's kappa of two readers, with and without weights.

/// Cohen's kappa (1960), weighted (1968), of the counts of two readers; nil where chance agreement is 1.
func cohenKappa(_ pair: PairTable, _ weights: SquareMatrix) -> ChanceCorrected? {
  guard pair.n > 0, !pair.isOneLevel else { return nil }
  let n = Double(pair.n)
  let observed = weights.dot(pair.counts.map(Double.init)) / n
  let chance = weights.form(pair.rows.map(Double.init), pair.columns.map(Double.init)) / (n * n)
  return ChanceCorrected(observed: observed, chance: chance)
}

/// Cohen's kappa with the large-sample errors of Fleiss, Cohen & Everitt 1969: `se` for the normal interval, `se0` and
/// `z0` for the test of kappa = 0.
func cohenStatistic(_ pair: PairTable, _ weighting: Weighting) -> Statistic {
  guard pair.n > 0 else { return Statistic(.undefined(.noSharedCase), casesUsed: 0) }
  let weights = weighting.matrix(levels: pair.q)
  guard let kappa = cohenKappa(pair, weights) else {
    return Statistic(.undefined(.sameSingleLevel), casesUsed: pair.n)
  }
  guard pair.n > 1 else {
    var statistic = Statistic(.number(kappa.value), casesUsed: pair.n, note: oneCaseNote)
    statistic.withholdIntervalOfFew()
    return statistic
  }
  let errors = cohenErrors(pair, weights, kappa)
  let interval = Interval(
    around: kappa.value, error: errors.se, quantile: Interval.normal95,
    method: "normal, Fleiss-Cohen-Everitt 1969 SE, upper end cut at 1")
  let isConstant =
    errors.se == 0 && pair.agreeing < pair.n && (pair.rows.contains(pair.n) || pair.columns.contains(pair.n))
  var statistic = Statistic(
    .number(kappa.value), standardError: errors.se, interval: interval, casesUsed: pair.n,
    members: [
      .init("pa", kappa.observed), .init("pe", kappa.chance), .init("se0", errors.se0),
      .init("z0", errors.se0 > 0 ? kappa.value / errors.se0 : nil),
    ],
    note: isConstant ? "one reader used a single level: the standard error is 0 without perfect agreement" : nil)
  statistic.withholdIntervalOfFew()
  return statistic
}

/// The two errors of Fleiss, Cohen & Everitt 1969, as spreads of the linearised kappa around its mean: over the observed
/// cells for `se`, over the cells expected by chance for `se0`.
private func cohenErrors(
  _ pair: PairTable, _ weights: SquareMatrix, _ kappa: ChanceCorrected
) -> (se: Double, se0: Double) {
  let n = Double(pair.n)
  let rows = pair.rows.map { Double($0) / n }
  let columns = pair.columns.map { Double($0) / n }
  let rowMeans = weights.times(columns)
  let columnMeans = weights.times(rows)
  func error(_ value: Double, _ share: (Int, Int) -> Double) -> Double {
    var cells: [(share: Double, influence: Double)] = []
    for i in 0..<pair.q {
      for j in 0..<pair.q {
        cells.append((share(i, j), weights[i, j] - (rowMeans[i] + columnMeans[j]) * (1 - value)))
      }
    }
    let mean = cells.reduce(0) { $0 + $1.share * $1.influence }
    let squares = cells.reduce(0) { $0 + $1.share * ($1.influence - mean) * ($1.influence - mean) }
    return withoutRounding((squares / n).squareRoot() / (1 - kappa.chance))
  }
  return (
    error(kappa.value) { Double(pair[$0, $1]) / n },
    error(0) { rows[$0] * columns[$1] }
  )
}
