// Made-up ratings with known properties, to see what intervals are worth.

/// A latent-class model of readers and cases: each case has a true level and is easy or hard; a reader gives the true level
/// with a chance that depends on that, else one beside it. Cases of one patient are alike in both.
public struct RatingSimulation: Sendable {
  /// How common each level is in truth; the sum is 1.
  public var shares: [Double]
  public var scale: RatingScale
  public var readers = 3
  /// The chance of the true level where a case is easy, and where it is hard.
  public var accuracy = (easy: 0.97, hard: 0.75)
  /// How many patients are easy.
  public var easyShare = 0.6
  /// The most cases of a patient; each has 1 up to this many, equally likely. 1 makes cases independent.
  public var mostCases = 1
  /// The chance that a further case of a patient has the true level of the first.
  public var likeness = 0.7

  public init(shares: [Double], scale: RatingScale) {
    self.shares = shares
    self.scale = scale
  }

  private var levels: [String] { shares.indices.map { "L\($0)" } }

  /// The ratings of some patients.
  ///
  /// - Throws: `RatingTableError` for shares of fewer than two levels.
  public func table(patients: Int, using generator: inout SplitMix64) throws -> RatingTable {
    var tally = try RatingTally(readers: (1...readers).map { "R\($0)" }, levels: levels, scale: scale)
    for patient in 0..<patients {
      let accuracy = generator.uniform() < easyShare ? accuracy.easy : accuracy.hard
      let cases = mostCases == 1 ? 1 : 1 + Int(generator.uniform() * Double(mostCases))
      var truth = level(&generator)
      for number in 0..<cases {
        if number > 0, generator.uniform() >= likeness { truth = level(&generator) }
        let ratings = (0..<readers).map { _ -> Int? in
          generator.uniform() < accuracy ? truth : neighbour(truth, &generator)
        }
        tally.add(ratings, patient: mostCases > 1 ? "P\(patient)" : nil)
      }
    }
    return tally.table()
  }

  private func level(_ generator: inout SplitMix64) -> Int {
    var rest = generator.uniform()
    for (level, share) in shares.enumerated() {
      rest -= share
      if rest < 0 { return level }
    }
    return shares.count - 1
  }

  /// A level beside the true one.
  private func neighbour(_ truth: Int, _ generator: inout SplitMix64) -> Int {
    if truth == 0 { return 1 }
    if truth == shares.count - 1 { return truth - 1 }
    return generator.uniform() < 0.5 ? truth - 1 : truth + 1
  }
}

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
  /// The same of the percentile intervals beside them.
  public internal(set) var resampled = 0
  public internal(set) var resampledHolding = 0

  /// The share of intervals that hold the truth; nil without any.
  public var share: Double? { intervals > 0 ? Double(holding) / Double(intervals) : nil }
  /// The share of percentile intervals that do.
  public var resampledShare: Double? { resampled > 0 ? Double(resampledHolding) / Double(resampled) : nil }

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
    for table in 0..<tables {
      let report = try simulation.table(patients: patients, using: &generator)
        .agreement(resampling: Resampling(resamples: resamples, seed: UInt64(table + 1)))
      for index in found.indices { found[index].count(report) }
      if table % 16 == 15 { progress?(Double(table + 1) / Double(tables)) }
    }
    return found.filter { $0.intervals + $0.resampled > 0 }
  }

  private mutating func count(_ report: AgreementReport) {
    if let interval = report.interval(of: key), interval.isInformative {
      intervals += 1
      if holds(interval) { holding += 1 }
    } else {
      without += 1
    }
    if let interval = report["\(key).\(Metric.bootstrapSuffix)"]?.rangeInterval, interval.isInformative {
      resampled += 1
      if holds(interval) { resampledHolding += 1 }
    }
  }

  private func holds(_ interval: Interval) -> Bool { interval.low <= truth && truth <= interval.high }
}
