// Fleiss' kappa as first published: complete cases, and an error for the test of no agreement.

/// Fleiss' kappa of the complete cases with the error of Fleiss, Nee & Landis 1979, which holds under kappa = 0: for a
/// test, not for an interval.
func fleissOfCompleteCases(_ analysis: Analysis) -> Statistic {
  let complete = Analysis(analysis.table.completeCases)
  let n = complete.sums.rated
  guard n > 0 else { return Statistic(.undefined(.noCompleteCase), casesUsed: 0) }
  let weights = Weighting.unweighted.matrix(levels: complete.profile.q)
  switch Coefficient.fleiss.estimate(complete.sums, weights) {
  case .failure(let reason): return Statistic(.undefined(reason), casesUsed: Int(n))
  case .success(let estimate):
    let m = Double(analysis.table.readersPerCase)
    let use = meanUse(complete.sums)
    let spread = use.reduce(0) { $0 + $1 * (1 - $1) }
    let skew = use.reduce(0) { $0 + $1 * (1 - $1) * (1 - 2 * $1) }
    let variance = 2 / (n * m * (m - 1)) * (spread * spread - skew) / (spread * spread)
    let error = withoutRounding(max(variance, 0).squareRoot())
    return Statistic(
      .number(estimate.value), casesUsed: Int(n),
      members: [.init("se0", error), .init("z0", error > 0 ? estimate.value / error : nil)],
      note: "se0 holds under kappa = 0: for a test, not for an interval")
  }
}

extension RatingTable {
  /// The cases that all their readers rated. What is drawn as one in resampling is not carried over.
  var completeCases: RatingTable {
    filtered(isComplete)
  }

  /// Whether all readers who were to rate a case did.
  func isComplete(_ code: ArraySlice<Int32>) -> Bool { code.count { $0 != Self.missing } == readersPerCase }

  /// Whether all readers who rated a case gave it one level.
  func isAlike(_ code: ArraySlice<Int32>) -> Bool { Set(code).subtracting([Self.missing]).count == 1 }

  /// The patterns for which `isKept` holds, with their counts.
  func filtered(_ isKept: (ArraySlice<Int32>) -> Bool) -> RatingTable {
    let kept = counts.indices.filter { isKept(code(of: $0)) }
    let counts = kept.map { self.counts[$0] }
    return RatingTable(
      readers: readers, levels: levels, scale: scale, positive: positive, readersPerCase: readersPerCase,
      codes: kept.flatMap { code(of: $0) }, counts: counts,
      units: ResamplingUnits(counts: counts, patients: []))
  }
}
