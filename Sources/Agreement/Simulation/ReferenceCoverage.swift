// How often the intervals of readers against a reference hold the true share, by simulation.

/// How often the interval of a measure holds the truth, over many simulated tables.
public struct ReferenceCoverage: Sendable {
  public let measure: AccuracyMeasure
  /// The share in a table too large for chance to matter.
  public let truth: Double
  /// The intervals that there were, and those of them that held the truth.
  public private(set) var intervals = 0
  public private(set) var holding = 0
  /// The tables without one: too few patients, or no such case.
  public private(set) var without = 0
  /// The same of exact intervals that take all cases as independent: what might have been chosen instead.
  public private(set) var plain = 0
  public private(set) var plainHolding = 0

  /// The share of intervals that hold the truth; nil without any.
  public var share: Double? { intervals > 0 ? Double(holding) / Double(intervals) : nil }
  /// The share of plain exact intervals that do.
  public var plainShare: Double? { plain > 0 ? Double(plainHolding) / Double(plain) : nil }

  /// Measures the intervals of the first reader against the truth of the simulation.
  ///
  /// - Throws: `RatingTableError`, `ReferenceError`.
  public static func measure(
    _ simulation: RatingSimulation, patients: Int, tables: Int, seed: UInt64 = 1
  ) throws -> [ReferenceCoverage] {
    var simulation = simulation
    simulation.hasReference = true
    var generator = SplitMix64(seed: seed)
    func report(_ patients: Int) throws -> ReferenceReport? {
      let table = try simulation.table(patients: patients, using: &generator)
      return try? ReferenceReport(
        table, reference: RatingSimulation.reference, positive: table.levels[table.levels.count - 1])
    }
    let large = try report(200_000)
    var found = AccuracyMeasure.allCases.compactMap { measure in
      large?.readers.first?[measure]?.value.map { ReferenceCoverage(measure: measure, truth: $0) }
    }
    for _ in 0..<tables {
      let reader = try report(patients)?.readers.first
      for index in found.indices { found[index].count(reader?[found[index].measure]) }
    }
    return found
  }

  private init(measure: AccuracyMeasure, truth: Double) {
    (self.measure, self.truth) = (measure, truth)
  }

  private mutating func count(_ figure: Statistic?) {
    func holds(_ interval: Interval) -> Int { interval.low <= truth && truth <= interval.high ? 1 : 0 }
    if let interval = figure?.interval {
      intervals += 1
      holding += holds(interval)
    } else {
      without += 1
    }
    guard let figure, let count = figure["count"],
      let exact = Proportion(count: Int(count), total: figure.casesUsed).exact
    else { return }
    plain += 1
    plainHolding += holds(exact)
  }
}
