// The agreement as figures for print: a forest plot of coefficients, Bland-Altman plots of numbers.

import Agreement
import Figures
import ReaderAgreement
import TextSafety

package enum AgreementPlots {
  /// The screen's overview: the primary coefficient of each finding.
  package static func forest(_ agreement: StudyAgreement, _ figures: [ItemAgreement]) -> ForestFigure {
    let followUps = Set(agreement.study.codebook.findings(in: .followUp).map(\.whole.id))
    func heading(_ figures: ItemAgreement) -> String {
      "\(figures.comparison.title), \(followUps.contains(figures.item.finding) ? "follow-up" : "baseline")"
    }
    let groups = once(figures.map(heading)).map { title in
      ForestFigure.Group(
        title, figures.filter { heading($0) == title }.map { row($0.item.title, $0.report, $0.primaryKey) })
    }
    let few = "Fewer than \(IndependentUnits.few) cases or patients say little about agreement."
    let notes =
      legend + figures.flatMap { reasons($0.report, [$0.primaryKey]) + $0.cautions }
      + (figures.contains { $0.report.units.areFew } ? [few] : [])
      + (agreement.study.isIllustrative ? ["These readings are made up for practice."] : [])
    return ForestFigure(
      title: "Agreement of \(agreement.readers.map(\.rawValue).joined(separator: ", "))", groups: groups,
      unit: "examinations", notes: once(notes))
  }

  private static func once(_ texts: [String]) -> [String] {
    texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// All coefficients of one table of ratings: of all readers, and Cohen's kappa of each pair of at most ten.
  ///
  /// - Parameter unit: what a row of the table is; examinations where patients have several.
  package static func forest(
    _ reports: [(title: String, report: AgreementReport)], unit: String? = nil
  ) -> ForestFigure {
    let groups = reports.flatMap { title, report -> [ForestFigure.Group] in
      let drawn = report.metrics.filter { !$0.isTest && !$0.isIntervalOfAnother }
      let all = drawn.filter { $0.subject == .allReaders && isCoefficient($0.statistic) }
      let pairs = drawn.filter { metric in
        if case .pair = metric.subject { return metric.figure.hasPrefix("cohen_kappa") }
        return false
      }
      return [
        ForestFigure.Group(title.isEmpty ? "All readers" : title, all.map { row($0.title, report, $0.key, by: "") })
      ]
        + (report.readers.count > 10 || pairs.isEmpty
          ? [] : [ForestFigure.Group("Pairs of readers", pairs.map { row(pairTitle($0), report, $0.key, by: "") })])
    }
    let title = reports.first.map { "Agreement of \($0.report.counts.readers) readers on \($0.report.examinations)" }
    return ForestFigure(
      title: title ?? "Agreement", groups: groups,
      unit: unit ?? (reports.contains(where: \.report.isClustered) ? "examinations" : "cases"),
      notes: once(legend + reports.flatMap { reasons($0.report, $0.report.metrics.map(\.key)) + $0.report.warnings }))
  }

  private static let legend = [
    "Squares are values, lines 95 % intervals; an arrow is an end beyond the axis, or one that was cut at 1."
  ]

  private static func isCoefficient(_ statistic: Statistic) -> Bool {
    switch statistic.content {
    case .number, .undefined: true
    case .count, .range, .table, .fourfold: false
    }
  }

  private static func pairTitle(_ metric: Metric) -> String {
    guard case .pair(let first, let second) = metric.subject else { return metric.title }
    return "\(first) and \(second), \(metric.title)"
  }

  private static func row(
    _ name: String, _ report: AgreementReport, _ key: String, by: String? = nil
  ) -> ForestFigure.Row {
    let statistic = report[key]
    let interval = report.interval(of: key)
    let used = statistic?.casesUsed ?? report.counts.withTwoRatings
    let metric = report.metrics.first { $0.key == key }
    return ForestFigure.Row(
      name: name, by: by ?? metric?.shortTitle ?? key, used: "\(used)/\(report.counts.cases)", value: statistic?.value,
      interval: interval.flatMap { $0.isInformative ? $0.low...max($0.low, $0.high) : nil },
      isCut: interval?.isCut ?? false, words: words(report, key))
  }

  /// Value and interval, or why there is none; of a reason what it begins with, which says enough beside a plot.
  private static func words(_ report: AgreementReport, _ key: String) -> String {
    guard let value = report[key]?.value else {
      guard let reason = report[key]?.undefined?.rawValue else { return "not defined" }
      let end = reason.utf8.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "(") } ?? reason.endIndex
      return "not defined: \(reason[..<end])"
    }
    let number = PlotScale.text(value, places: 2)
    if let interval = report.interval(of: key) {
      return interval.isInformative ? "\(number), \(ends(interval, places: 2))" : "\(number), the interval has no width"
    }
    return report.noInterval(of: key) == nil ? number : "\(number), no interval"
  }

  /// Why figures are not defined or have no interval, each reason once.
  private static func reasons(_ report: AgreementReport, _ keys: [String]) -> [String] {
    once(
      keys.compactMap { report[$0]?.undefined }.map { "Not defined: \($0.rawValue)." }
        + keys.compactMap { report.noInterval(of: $0) }.map { "No interval: \($0.words)." })
  }

  private static func ends(_ interval: Interval, places: Int) -> String {
    "\(PlotScale.text(interval.low, places: places)) to \(PlotScale.text(interval.high, places: places))"
  }
}

// MARK: Numbers

extension AgreementPlots {
  /// The most readers whose pairs all have a plot.
  private static let mostReadersOfPairs = 5

  /// A Bland-Altman plot for each pair, and of more than two readers one against the mean of all.
  package static func blandAltman(_ table: NumberTable, _ report: AgreementReport) -> BlandAltmanFigure {
    let names = report.readers
    let pairs = names.indices.flatMap { first in names.indices[(first + 1)...].map { (first, $0) } }
    let isOfPairs = names.count <= mostReadersOfPairs
    let ofPairs = isOfPairs ? pairs.map { pair($0, $1, table, report) } : []
    let left = isOfPairs ? [] : ["The \(pairs.count) pairs of readers are in the text and the JSON."]
    return BlandAltmanFigure(
      title: "Differences between \(names.count) readers on \(report.examinations)",
      panels: (names.count > 2 ? [againstMean(table, report)] : []) + ofPairs,
      notes: [
        "Solid: mean difference. Dashed: limits of agreement, within which 95 of 100 differences are expected. Grey: their "
          + "95 % intervals. Larger circles are several cases."
      ] + left + report.warnings)
  }

  private static func pair(
    _ first: Int, _ second: Int, _ table: NumberTable, _ report: AgreementReport
  ) -> BlandAltmanFigure.Panel {
    let (a, b) = (report.readers[first], report.readers[second])
    let key = "pair.\(a)-\(b)"
    let levels = ["mean_difference", "limits_of_agreement.lower", "limits_of_agreement.upper"].compactMap {
      level("\(key).\($0)", report, isLimit: $0 != "mean_difference")
    }
    return BlandAltmanFigure.Panel(
      title: "\(a) less \(b), \(report["\(key).n"]?.value.map { Int($0) } ?? 0) cases",
      axisTitle: "mean of \(a) and \(b)", series: [("", points(table.differences(first, second)))], levels: levels)
  }

  private static func againstMean(_ table: NumberTable, _ report: AgreementReport) -> BlandAltmanFigure.Panel {
    let key = "limits_with_mean"
    var levels: [BlandAltmanFigure.Level] = []
    if let value = report[key]?.value {
      let interval = report.interval(of: key)
      levels = [-1.0, 1.0].map { sign in
        BlandAltmanFigure.Level(
          sign * value,
          interval: interval.map { sign > 0 ? $0.low...$0.high : -$0.high...(-$0.low) }, isLimit: true,
          words: PlotScale.text(sign * value, places: report.places))
      }
    }
    return BlandAltmanFigure.Panel(
      title: "Each reader less the mean of all, \(report.counts.complete.counted("case"))",
      axisTitle: "mean of all readers",
      series: zip(report.readers, table.differencesFromMean).map { ($0, points($1)) }, levels: levels)
  }

  private static func level(_ key: String, _ report: AgreementReport, isLimit: Bool) -> BlandAltmanFigure.Level? {
    guard let value = report[key]?.value else { return nil }
    return BlandAltmanFigure.Level(
      value, interval: report.interval(of: key).map { $0.low...$0.high }, isLimit: isLimit,
      words: PlotScale.text(value, places: report.places))
  }

  private static func points(_ points: [NumberTable.Point]) -> [BlandAltmanFigure.Point] {
    points.map { BlandAltmanFigure.Point(mean: $0.mean, difference: $0.difference) }
  }
}
