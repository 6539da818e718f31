// The report on a table of numbers.

import TextSafety

extension NumberTable {
  /// Computes every figure: intraclass correlations, interval alpha, limits of agreement, mean differences.
  ///
  /// Correlations and what is held against the mean of all readers rest on the cases that every reader rated, alpha on
  /// those with two numbers or more, a pair on those both rated. Where patients have several cases, every interval leaves
  /// out one patient at a time.
  ///
  /// - Parameter progress: called meanwhile with the share done.
  public func agreement(progress: ((Double) -> Void)? = nil) -> AgreementReport {
    let jackknife = NumberJackknife(self)
    progress?(0.5)
    let entries = NumberCatalogue(table: self, sums: jackknife.sums, units: jackknife.units).entries
    let metrics = entries.enumerated().flatMap { done, entry in
      progress?(0.5 + Double(done) / Double(2 * entries.count))
      return figures(entry, jackknife)
    }
    let counts = RatingCounts(self, patients: jackknife.isClustered ? units : nil)
    let amounts = counts.members.map {
      Metric(subject: .counts, figure: $0.name, statistic: Statistic(.count($0.count), casesUsed: caseCount))
    }
    return AgreementReport(
      readers: readers, range: range, counts: counts,
      units: IndependentUnits(
        isClustered: jackknife.isClustered, rated: counts.patients ?? counts.rated,
        withTwoRatings: Int(jackknife.units[jackknife.units.layout.pairable])),
      metrics: amounts + metrics, cautions: cautions(counts), cautionsOfReaders: cautionsOfReaders(jackknife.sums))
  }

  private func figures(_ entry: NumberEntry, _ jackknife: NumberJackknife) -> [Metric] {
    let isClustered = jackknife.isClustered
    guard let estimator = entry.estimator, entry.metric.statistic.value != nil, isClustered || entry.isJackknifed else {
      return [entry.metric]
    }
    let error = entry.units < NoInterval.fewest ? nil : jackknife.error(estimator)
    let interval = entry.metric.jackknifed(
      error: error, units: entry.units, groups: jackknife.groups, isClustered: isClustered)
    if isClustered { return [entry.metric.clustered(interval, error: error, units: entry.units)] }
    return [entry.metric, entry.metric.jackknifeFigure(interval, error: error)]
  }

  private var isTwoWay: Bool { readersPerCase == readers.count }

  /// What is odd about the numbers.
  private func cautions(_ counts: RatingCounts) -> [String] {
    var cautions: [String] = []
    if counts.complete < counts.withTwoRatings {
      let left = counts.withTwoRatings - counts.complete
      cautions.append(
        "\(left) of \(counts.withTwoRatings) \(counts.withTwoRatings == 1 ? "case" : "cases") with two ratings or more "
          + "\(left == 1 ? "is" : "are") not rated by \(isTwoWay ? "every reader" : "all of their \(readersPerCase) readers"): intraclass correlations"
          + (readers.count > 2 ? " and what is held against the mean" : "")
          + " leave \(left == 1 ? "it" : "them") out, alpha and pairs do not.")
    }
    if let mark = missingMark {
      cautions.append(
        "\(mark.plain) stands far from all other numbers, where programs put it for a missing rating; if it is one, say "
          + "--missing \(mark.plain).")
    }
    return cautions
  }

  /// What is odd about the numbers of one reader.
  private func cautionsOfReaders(_ sums: NumberSums) -> [String] {
    var cautions: [String] = []
    for (place, reader) in readers.enumerated() {
      let spread = sums.numbers(of: place)
      if spread.count == 0 { cautions.append("\(quoted(reader)) gave no rating.") }
      if spread.count > 1, spread.deviation == 0 {
        cautions.append("\(quoted(reader)) gives every case the same number.")
      }
    }
    return cautions
  }
}

extension RatingCounts {
  /// - Parameter patients: the cases of each patient, where some have several.
  init(_ table: NumberTable, patients: [[Int]]?) {
    let given = (0..<table.caseCount).map { table.row($0).count { !$0.isNaN } }
    self.init(
      cases: given.count, readers: table.readers.count, readersPerCase: table.readersPerCase,
      ratings: given.reduce(0, +), rated: given.count { $0 > 0 },
      withTwoRatings: given.count { $0 > 1 }, complete: given.count { $0 == table.readersPerCase },
      patients: patients?.count { $0.contains { given[$0] > 0 } })
  }
}
