// The error of any figure by leaving out one case, or one patient with all cases, at a time.

/// Leaves out one unit at a time (Quenouille 1956, Tukey 1958).
///
/// Of more distinct units than `mostDistinct`, groups of units drawn at random are left out instead (the delete-a-group
/// jackknife, Kott 2001): the work no longer grows with the table, and with so many groups the quantile of t is that of
/// a large sample.
struct Jackknife {
  private let analysis: Analysis
  /// What is left out together: patterns with how often each occurs, and how many times over such a part exists.
  private let parts: [(patterns: [(pattern: Int, times: Int)], count: Int)]
  /// The units, or the groups of them.
  let total: Int

  static let mostDistinct = 256
  static let groups = 100
  /// A fixed seed: which units fall into one group is no matter of choice.
  static let seed: UInt64 = 0x6A_6163_6B

  init(_ analysis: Analysis) {
    self.analysis = analysis
    let units = DrawnUnits(analysis)
    guard units.counts.count > Self.mostDistinct else {
      parts = zip(units.patterns, units.counts).map { unit, count in (Self.tallied(unit), count) }
      total = units.total
      return
    }
    var order = units.counts.indices.flatMap { [Int](repeating: $0, count: units.counts[$0]) }
    var generator = SplitMix64(seed: Self.seed)
    order.shuffle(using: &generator)
    total = min(Self.groups, order.count)
    parts = (0..<total).map { group in
      let members = stride(from: group, to: order.count, by: Self.groups).flatMap { units.patterns[order[$0]] }
      return (Self.tallied(members), 1)
    }
  }

  private static func tallied(_ patterns: [Int]) -> [(pattern: Int, times: Int)] {
    let tally = patterns.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    return tally.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The standard error of every estimator; nil where leaving out a unit leaves the figure without a value.
  ///
  /// - Parameter hasPairs: whether the estimators look at the tables of the pairs of readers.
  func errors(
    _ estimators: [Estimator], hasPairs: Bool = false, progress: ((Double) -> Void)? = nil
  ) -> [Double?] {
    var values = [[Double?]](repeating: [], count: estimators.count)
    guard !estimators.isEmpty, total > 1 else { return estimators.map { _ in nil } }
    let contributions = analysis.contributions
    var resample = Resample(counts: analysis.table.counts, sums: analysis.sums)
    for (done, part) in parts.enumerated() {
      for (pattern, times) in part.patterns { resample.counts[pattern] -= times }
      contributions.fill(&resample.sums, resample.counts)
      if hasPairs { resample.pairs = analysis.table.pairTables(resample.counts) }
      for (i, estimator) in estimators.enumerated() { values[i].append(estimator(resample)) }
      for (pattern, times) in part.patterns { resample.counts[pattern] += times }
      if done % 16 == 15 { progress?(Double(done + 1) / Double(parts.count)) }
    }
    return values.map(error)
  }

  /// √((n − 1)/n Σ (θ₋ᵢ − θ̄)²) over the n units.
  private func error(_ values: [Double?]) -> Double? {
    let defined = values.compactMap { $0 }
    guard defined.count == values.count else { return nil }
    let n = Double(total)
    let mean = zip(defined, parts).reduce(0) { $0 + $1.0 * Double($1.1.count) } / n
    let squares = zip(defined, parts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * Double($1.1.count) }
    return withoutRounding((squares * (n - 1) / n).squareRoot())
  }
}
