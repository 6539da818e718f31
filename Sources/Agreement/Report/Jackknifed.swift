// What becomes of a figure whose error is found by leaving out one case, or one patient, at a time.

/// Why there is no interval, as an error.
struct MissingInterval: Error {
  let reason: NoInterval
  init(_ reason: NoInterval) { self.reason = reason }
}

extension Metric {
  /// What is left out of a large table.
  static let groupLeftOut = "a group of many"

  /// The t interval on the jackknife's error.
  ///
  /// - Parameters:
  ///   - units: the cases, or patients, the figure rests on.
  ///   - groups: how many parts were left out in turn.
  func jackknifed(
    error: Double?, units: Int, groups: Int, isClustered: Bool
  ) -> Result<Interval, MissingInterval> {
    guard units >= NoInterval.fewest else { return .failure(MissingInterval(.few(units, isClustered: isClustered))) }
    guard let value = statistic.value, let error else {
      return .failure(MissingInterval(.undefinedWithoutOne(isClustered: isClustered)))
    }
    let degrees = min(units, groups) - 1
    let one = isClustered ? "one patient" : "one case"
    let isOfGroups = groups < units
    return .success(
      scale.interval(
        around: value, error: error, degrees: degrees,
        of: "\(degrees) df, jackknife leaving out \(isOfGroups ? Self.groupLeftOut : one) at a time"))
  }

  /// The interval of the jackknife as a figure of its own.
  func jackknifeFigure(_ interval: Result<Interval, MissingInterval>, error: Double?) -> Metric {
    let cases = statistic.casesUsed
    switch interval {
    case .success(let interval):
      return self.interval(
        Self.jackknifeSuffix,
        Statistic(.range(interval.low, interval.high), standardError: error, casesUsed: cases, note: interval.method))
    case .failure(let missing):
      var statistic = Statistic(.undefined(.noInterval), standardError: error, casesUsed: cases)
      statistic.noInterval = missing.reason
      return self.interval(Self.jackknifeSuffix, statistic)
    }
  }

  /// The members that hold for independent cases only.
  private static let independent: Set = ["ci95_wilson", "ci95_exact", "ci95_wald", "df", "se0", "z0"]

  /// The figure of patients who have several cases each.
  func clustered(_ interval: Result<Interval, MissingInterval>, error: Double?, units: Int) -> Metric {
    var metric = self
    metric.statistic.members.removeAll { Self.independent.contains($0.name) }
    metric.statistic.members.append(.init("patients", count: units))
    metric.statistic.standardError = error
    switch interval {
    case .success(let interval):
      metric.statistic.interval = interval
      metric.statistic.noInterval = nil
    case .failure(let missing):
      metric.statistic.interval = nil
      metric.statistic.noInterval = missing.reason
    }
    return metric
  }
}
