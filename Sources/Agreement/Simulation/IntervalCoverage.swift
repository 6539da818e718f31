// How often intervals hold the true value, measured over many simulated tables.

/// How often the intervals of a figure hold its true value.
public struct IntervalCoverage: Sendable {
  /// The documented key of the figure.
  public let key: String
  /// The value in a table too large for chance to matter.
  public let truth: Double
  /// The intervals that had a width, and those of them that held the truth.
  public internal(set) var intervals = 0
  public internal(set) var holding = 0
  /// The tables in which the figure had no interval, or one without width: undefined, too few, no spread.
  public internal(set) var without = 0
  /// The same of percentile intervals of resampled cases or patients, and of plain t intervals on the jackknife's error:
  /// what might have been chosen instead.
  public internal(set) var resampled = 0
  public internal(set) var resampledHolding = 0
  public internal(set) var plain = 0
  public internal(set) var plainHolding = 0

  /// The share of intervals that hold the truth; nil without any.
  public var share: Double? { intervals > 0 ? Double(holding) / Double(intervals) : nil }
  /// The share of percentile intervals that do.
  public var resampledShare: Double? { resampled > 0 ? Double(resampledHolding) / Double(resampled) : nil }

  /// The share of plain t intervals that do.
  public var plainShare: Double? { plain > 0 ? Double(plainHolding) / Double(plain) : nil }

  /// Measures the intervals of every figure over many tables.
  ///
  /// - Parameters:
  ///   - keys: which figures; all that have an interval where nil.
  ///   - resamples: of each table for percentile intervals; 0 leaves those out.
  ///   - progress: called with the share done.
  /// - Throws: `RatingTableError`.
  public static func measure(
    _ simulation: RatingSimulation, patients: Int, tables: Int, keys: Set<String>? = nil, resamples: Int = 0,
    seed: UInt64 = 1, progress: ((Double) -> Void)? = nil
  ) throws -> [IntervalCoverage] {
    var generator = SplitMix64(seed: seed)
    let truth = try simulation.table(patients: 200_000, using: &generator).agreement(resampling: nil)
    var found: [IntervalCoverage] = truth.metrics.compactMap { metric in
      guard keys?.contains(metric.key) ?? true, !metric.isTest, let value = metric.statistic.value,
        case .number = metric.statistic.content
      else { return nil }
      return IntervalCoverage(key: metric.key, truth: value)
    }
    for number in 0..<tables {
      let table = try simulation.table(patients: patients, using: &generator)
      let report = table.agreement(resampling: Resampling(resamples: 0))
      let percentiles = resamples > 0 ? Self.percentiles(table, resamples, seed: UInt64(number + 1)) : [:]
      for index in found.indices { found[index].count(report, percentiles[found[index].key]) }
      if number % 16 == 15 { progress?(Double(number + 1) / Double(tables)) }
    }
    return found.filter { $0.intervals + $0.resampled > 0 }
  }

  /// Percentile intervals by case or patient of the figures that ask only how many readers chose a level.
  private static func percentiles(_ table: RatingTable, _ resamples: Int, seed: UInt64) -> [String: Interval] {
    let levels = Analysis(table.withoutReaders, hasMargins: false)
    let entries = Catalogue(Analysis(table), levels: levels).entries
      .filter { $0.estimator != nil && $0.needs == .levels && $0.metric.statistic.value != nil }
    var generator = SplitMix64(seed: seed)
    let values = Bootstrap(levels).run(entries.compactMap(\.estimator), resamples: resamples, using: &generator)
    return zip(entries, values).reduce(into: [:]) { found, pair in
      guard let (low, high) = pair.1.interval else { return }
      found[pair.0.metric.key] = Interval(low: low, high: high, method: "percentile")
    }
  }

  mutating func count(_ report: AgreementReport, _ percentile: Interval?) {
    if let interval = report.interval(of: key), interval.isInformative {
      intervals += 1
      if holds(interval) { holding += 1 }
    } else {
      without += 1
    }
    if let percentile, percentile.isInformative {
      resampled += 1
      if holds(percentile) { resampledHolding += 1 }
    }
    let error = (report["\(key).\(Metric.jackknifeSuffix)"] ?? report[key])?.standardError
    let units = report.unitsUsed(key)
    if let value = report[key]?.value, let error, error > 0, units > 1 {
      plain += 1
      if abs(value - truth) <= studentQuantile(0.975, degrees: Double(units - 1)) * error { plainHolding += 1 }
    }
  }

  private func holds(_ interval: Interval) -> Bool { interval.low <= truth && truth <= interval.high }
}
