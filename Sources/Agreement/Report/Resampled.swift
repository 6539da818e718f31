// Adding the intervals found by resampling to the figures of a table.

/// The figures with their percentile intervals.
///
/// Independent cases: a figure `KEY` that asks for it is followed by `KEY.bootstrap_cases`. Patients with several cases:
/// the interval and error of every figure are replaced by those of resampled patients, and what takes cases as
/// independent is left out.
func withResampling(
  _ entries: [Entry], _ analysis: Analysis, _ resampling: Resampling?, _ progress: ((Double) -> Void)?
) -> [Metric] {
  let isClustered = analysis.table.units.isClustered
  let entries = entries.filter { !(isClustered && $0.role == .test) }
  let bootstrap = Bootstrap(analysis)
  let chosen = entries.indices.filter {
    entries[$0].estimator != nil && entries[$0].metric.statistic.value != nil
      && (isClustered || entries[$0].role == .resampledFigure)
  }
  var values: [Int: BootstrapValues] = [:]
  if let resampling, resampling.resamples > 0, bootstrap.unitCount > 1 {
    var generator = SplitMix64(seed: resampling.seed)
    let found = bootstrap.run(
      chosen.compactMap { entries[$0].estimator }, resamples: resampling.resamples, using: &generator,
      progress: progress)
    values = Dictionary(uniqueKeysWithValues: zip(chosen, found))
  }
  return entries.enumerated().flatMap { i, entry -> [Metric] in
    var metric = entry.metric
    if isClustered {
      metric.statistic = metric.statistic.clustered(values[i])
      return [metric]
    }
    guard let found = values[i] else { return [metric] }
    let interval = Metric(
      subject: metric.subject,
      figure: metric.figure.isEmpty ? Metric.bootstrapSuffix : "\(metric.figure).\(Metric.bootstrapSuffix)",
      statistic: found.statistic(casesUsed: metric.statistic.casesUsed))
    return [metric, interval]
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

extension Statistic {
  /// The members that hold for independent cases only.
  private static let independent: Set = ["ci95_wilson", "ci95_exact", "ci95_wald", "df", "se0", "z0"]

  /// This figure on a table whose patients have several cases each.
  fileprivate func clustered(_ values: BootstrapValues?) -> Statistic {
    var result = self
    result.members.removeAll { Self.independent.contains($0.name) }
    result.standardError = values?.standardError
    result.interval = nil
    guard let values, let interval = values.interval else { return result }
    result.interval = Interval(
      low: interval.low, high: interval.high, method: "percentile, \(values.resamples) resamples of patients",
      isInformative: interval.low < interval.high)
    result.members += [
      .init("resamples", count: values.resamples), .init("undefined_fraction", values.undefinedFraction),
    ]
    return result
  }
}
