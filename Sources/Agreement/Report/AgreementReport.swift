// All figures of a table, in order, under their documented keys.

/// Everything that is computed of one table of ratings.
public struct AgreementReport: Sendable, Equatable {
  /// The readers in column order.
  public let readers: [String]
  /// The declared levels in order.
  public let levels: [String]
  /// The scale of the levels.
  public let scale: RatingScale
  /// The positive level of a binary scale.
  public let positive: String?
  /// How many cases and ratings there are.
  public let counts: RatingCounts
  /// The resampling behind intervals, nil where there was none.
  public let resampling: Resampling?
  /// Whether patients with several cases were drawn as one.
  public let isClustered: Bool
  /// All figures, in a fixed order.
  public let metrics: [Metric]
  /// Where each key stands in `metrics`.
  private let positions: [String: Int]

  /// The figure with this key.
  public subscript(key: String) -> Statistic? { positions[key].map { metrics[$0].statistic } }

  /// All figures, the primary coefficient first and the others in their order.
  public func ordered(primary: String) -> [Metric] {
    metrics.filter { $0.key == primary } + metrics.filter { $0.key != primary }
  }

  /// What a reader of the whole report must know.
  public var warnings: [String] {
    var warnings: [String] = []
    if counts.withTwoRatings < 10 {
      warnings.append(
        "Only \(counts.withTwoRatings) \(counts.withTwoRatings == 1 ? "case has" : "cases have") two ratings or more: "
          + "fewer than 10 say little about agreement.")
    }
    for reader in readers where levels.allSatisfy({ self[Metric.key(use: reader, $0)]?.casesUsed == 0 }) {
      warnings.append("\(quoted(reader)) gave no rating.")
    }
    if isClustered {
      warnings.append(
        "Some patients have several cases: intervals resample patients, and tests, which take cases as independent, are "
          + "left out.")
    }
    return warnings
  }
}

extension AgreementReport {
  /// The report of these entries.
  init(_ analysis: Analysis, _ entries: [Entry], _ resampling: Resampling?, _ progress: ((Double) -> Void)?) {
    let table = analysis.table
    readers = table.readers
    levels = table.levels
    scale = table.scale
    positive = table.positive.map { table.levels[$0] }
    counts = RatingCounts(table)
    self.resampling = resampling
    isClustered = table.units.isClustered
    metrics = withResampling(entries, analysis, resampling, progress)
    // Names from a file may make two keys alike; the first of them is found.
    positions = Dictionary(metrics.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension RatingTable {
  /// Computes every figure that this table allows.
  ///
  /// - Parameters:
  ///   - resampling: for the intervals found by resampling; nil leaves those out.
  ///   - progress: called during resampling with the share done.
  public func agreement(
    resampling: Resampling? = Resampling(), progress: ((Double) -> Void)? = nil
  ) -> AgreementReport {
    let analysis = Analysis(self)
    return AgreementReport(analysis, Catalogue(analysis).entries, resampling, progress)
  }
}
