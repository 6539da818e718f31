// Adding the intervals of figures that have no error of their own, and of all figures where patients have several cases.

/// The figures with their intervals.
///
/// Independent cases: a figure `KEY` that asks for it is followed by `KEY.jackknife_cases`, a t interval on the error from
/// leaving out one case at a time, and by `KEY.bootstrap_cases`, the percentile interval of resamples. Patients with
/// several cases: error and interval of every figure are replaced by those from leaving out one patient at a time, and
/// what takes cases as independent is left out.
struct IntervalFinder {
  private let analysis: Analysis
  private let levels: Analysis
  private let resampling: Resampling
  private let isClustered: Bool

  /// - Parameter levels: the cases of `analysis` without regard to who said what.
  init(_ analysis: Analysis, levels: Analysis, _ resampling: Resampling) {
    self.analysis = analysis
    self.levels = levels
    self.resampling = resampling
    isClustered = analysis.table.units.isClustered
  }

  func metrics(_ entries: [Entry], _ progress: ((Double) -> Void)?) -> [Metric] {
    let chosen = entries.indices.filter {
      entries[$0].estimator != nil && entries[$0].metric.statistic.value != nil
        && (isClustered || entries[$0].role == .resampledFigure)
    }
    var metrics = entries.map { [$0.metric] }
    let ofPairs = chosen.filter { entries[$0].needs == .pairs }
    let isPairsAffordable = resampling.isOfEveryPair || analysis.table.readers.count <= 20
    if !isPairsAffordable { ofPairs.forEach { metrics[$0] = withhold(.manyReaders, from: entries[$0].metric) } }
    let groups = [
      (levels, chosen.filter { entries[$0].needs == .levels }, false),
      (analysis, chosen.filter { entries[$0].needs == .readers }, false),
      (analysis, isPairsAffordable ? ofPairs : [], true),
    ]
    .filter { !$0.1.isEmpty }
    for (done, (analysis, indices, hasPairs)) in groups.enumerated() {
      let found = intervals(analysis, indices.map { entries[$0] }, hasPairs: hasPairs) { share in
        progress?((Double(done) + share) / Double(groups.count))
      }
      for (index, figures) in zip(indices, found) { metrics[index] = figures }
    }
    return metrics.flatMap { $0 }
  }

  /// The figures of some entries, each with the intervals that belong to it.
  private func intervals(
    _ analysis: Analysis, _ entries: [Entry], hasPairs: Bool, _ progress: @escaping (Double) -> Void
  ) -> [[Metric]] {
    let jackknife = Jackknife(analysis)
    let estimators = entries.compactMap(\.estimator)
    let errors = jackknife.errors(estimators, hasPairs: hasPairs) { progress($0 / 2) }
    var resampled: [BootstrapValues?] = entries.map { _ in nil }
    if !isClustered, resampling.resamples > 0, !hasPairs || isBootstrapOfPairsAffordable {
      var generator = SplitMix64(seed: resampling.seed)
      resampled = Bootstrap(analysis).run(
        estimators, resamples: resampling.resamples, hasPairs: hasPairs, using: &generator
      ) { progress(0.5 + $0 / 2) }
    }
    return entries.indices.map { i in
      let metric = entries[i].metric
      let units = unitsUsed(metric.subject)
      let content = metric.jackknifed(
        error: errors[i], units: units, groups: jackknife.total, isClustered: isClustered)
      if isClustered { return [metric.clustered(content, error: errors[i], units: units)] }
      // Of so few no interval is given, this one neither.
      let values = units < NoInterval.fewest ? nil : resampled[i].flatMap { $0.resamples > 0 ? $0 : nil }
      return [metric, metric.jackknifeFigure(content, error: errors[i])]
        + (values.map { [metric.interval(Metric.bootstrapSuffix, $0.statistic(casesUsed: metric.statistic.casesUsed))] }
          ?? [])
    }
  }

  /// Resamples of the pairs take this many steps; beyond some hundred millions the jackknife has to do.
  private var isBootstrapOfPairsAffordable: Bool {
    let table = analysis.table
    let steps = table.patternCount * table.readers.count * (table.readers.count - 1) / 2 * resampling.resamples
    return resampling.isOfEveryPair || steps <= 200_000_000
  }

  /// How many cases, or patients, a figure of this subject rests on.
  private func unitsUsed(_ subject: Metric.Subject) -> Int {
    let table = analysis.table
    func code(_ pattern: Int, _ reader: Int?) -> Int32 {
      reader.map { table.codes[pattern * table.readers.count + $0] } ?? RatingTable.missing
    }
    switch subject {
    case .counts: return table.units.total
    case .allReaders, .level: return table.units.count { analysis.profile.ratings[$0] >= 2 }
    case .use(let reader, _), .reader(let reader):
      let place = table.readers.firstIndex(of: reader)
      return table.units.count { code($0, place) != RatingTable.missing }
    case .pair(let first, let second):
      let places = (table.readers.firstIndex(of: first), table.readers.firstIndex(of: second))
      return table.units.count {
        code($0, places.0) != RatingTable.missing && code($0, places.1) != RatingTable.missing
      }
    }
  }

  private func withhold(_ reason: NoInterval, from metric: Metric) -> [Metric] {
    let none = Result<Interval, MissingInterval>.failure(MissingInterval(reason))
    guard isClustered else { return [metric, metric.jackknifeFigure(none, error: nil)] }
    return [metric.clustered(none, error: nil, units: unitsUsed(metric.subject))]
  }
}

extension Entry {
  /// The figures before any interval is found that is not their own; of patients with several cases those have none.
  static func metrics(_ entries: [Entry], isClustered: Bool) -> [Metric] {
    entries.map { entry in
      var metric = entry.metric
      if isClustered {
        metric.statistic.interval = nil
        metric.statistic.noInterval = nil
        metric.statistic.standardError = nil
      }
      return metric
    }
  }
}

extension BootstrapValues {
  /// The percentile interval as a figure of its own.
  func statistic(casesUsed: Int) -> Statistic {
    let members: [Statistic.Member] = [
      .init("resamples", count: resamples), .init("undefined_fraction", undefinedFraction),
    ]
    guard let interval else { return Statistic(.undefined(.noResample), casesUsed: casesUsed, members: members) }
    return Statistic(.range(interval.low, interval.high), casesUsed: casesUsed, members: members)
  }
}
