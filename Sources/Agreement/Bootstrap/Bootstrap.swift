// Intervals by resampling: cases drawn with replacement.

/// How intervals are found for figures without an error of their own: by leaving out one case or patient at a time, and
/// beside that, of independent cases, by drawing resamples.
public struct Resampling: Sendable, Equatable {
  /// The number of resamples; 0 for none.
  public let resamples: Int
  /// The seed of the generator; the same seed gives the same intervals.
  public let seed: UInt64
  /// Whether what grows with the pairs of readers is done however many there are.
  public let isOfEveryPair: Bool

  public init(resamples: Int = 1000, seed: UInt64 = 1, isOfEveryPair: Bool = false) {
    self.resamples = resamples
    self.seed = seed
    self.isOfEveryPair = isOfEveryPair
  }
}

/// One resample: how many cases of each pattern were drawn, the sums over them, and the tables of the pairs of readers
/// where they are wanted.
struct Resample {
  var counts: [Int]
  var sums: Sums
  var pairs: [PairTable] = []
}

/// A figure of a resample; nil where it is not defined there.
typealias Estimator = (Resample) -> Double?

/// The values of one figure over the resamples.
struct BootstrapValues {
  /// The defined values, in rising order.
  let values: [Double]
  let resamples: Int

  init(_ values: [Double], resamples: Int) {
    self.values = values.sorted()
    self.resamples = resamples
  }

  /// The share of resamples in which the figure is not defined; those are left out.
  var undefinedFraction: Double { Double(resamples - values.count) / Double(max(resamples, 1)) }

  /// The value below which a share of the values lies, with linear interpolation (Hyndman & Fan 1996, type 7).
  func quantile(_ share: Double) -> Double? {
    guard let last = values.last else { return nil }
    let place = share * Double(values.count - 1)
    let below = Int(place)
    guard below + 1 < values.count else { return last }
    return values[below] + (place - Double(below)) * (values[below + 1] - values[below])
  }

  /// The 95 % percentile interval (Efron & Tibshirani 1993, ch. 13).
  var interval: (low: Double, high: Double)? {
    guard let low = quantile(0.025), let high = quantile(0.975) else { return nil }
    return (low, high)
  }

  /// The standard deviation of the values.
  var standardError: Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return withoutRounding((squares / Double(values.count - 1)).squareRoot())
  }
}

/// The cases or patients that are drawn, or left out, as one.
struct DrawnUnits {
  /// The patterns of each distinct unit with at least one rated case; a case nobody rated is no part of any figure.
  let patterns: [[Int]]
  let counts: [Int]
  /// The number of cases or patients.
  let total: Int

  init(_ analysis: Analysis) {
    let units = analysis.table.units
    let rated = units.patterns.map { $0.filter { analysis.profile.ratings[$0] > 0 } }
    let used = rated.indices.filter { !rated[$0].isEmpty }
    patterns = used.map { rated[$0] }
    counts = used.map { units.counts[$0] }
    total = counts.reduce(0, +)
  }
}

/// Draws resamples of a table.
struct Bootstrap {
  private let analysis: Analysis
  private let units: DrawnUnits

  init(_ analysis: Analysis) {
    self.analysis = analysis
    units = DrawnUnits(analysis)
  }

  /// The values of every estimator over `resamples` resamples.
  ///
  /// - Parameters:
  ///   - hasPairs: whether the estimators look at the tables of the pairs of readers.
  ///   - progress: called now and then with the share done.
  func run(
    _ estimators: [Estimator], resamples: Int, hasPairs: Bool = false,
    using generator: inout some RandomNumberGenerator, progress: ((Double) -> Void)? = nil
  ) -> [BootstrapValues] {
    var values = [[Double]](repeating: [], count: estimators.count)
    guard !estimators.isEmpty, units.total > 1 else { return values.map { BootstrapValues($0, resamples: 0) } }
    let contributions = analysis.contributions
    var resample = Resample(counts: analysis.table.counts, sums: analysis.sums)
    for round in 0..<resamples {
      draw(&resample.counts, using: &generator)
      contributions.fill(&resample.sums, resample.counts)
      if hasPairs { resample.pairs = analysis.table.pairTables(resample.counts) }
      for (i, estimator) in estimators.enumerated() {
        if let value = estimator(resample) { values[i].append(value) }
      }
      if round % 16 == 15 { progress?(Double(round + 1) / Double(resamples)) }
    }
    return values.map { BootstrapValues($0, resamples: resamples) }
  }

  /// Draws as many units as there are, with replacement. The counts of the distinct units are multinomial; one binomial
  /// number for each, given those before, yields them without touching a single case.
  private func draw(_ result: inout [Int], using generator: inout some RandomNumberGenerator) {
    for p in result.indices { result[p] = 0 }
    var rest = units.total
    var left = rest
    for (i, unit) in units.patterns.enumerated() {
      let times = generator.binomial(trials: left, probability: Double(units.counts[i]) / Double(rest))
      rest -= units.counts[i]
      left -= times
      for pattern in unit { result[pattern] += times }
      if left == 0 { break }
    }
  }
}
