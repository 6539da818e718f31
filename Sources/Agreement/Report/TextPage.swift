// Rows and columns of the text report.

import TextSafety

/// Lines of text in 80 columns, with the marks that need a legend.
struct TextPage: TextSetting {
  let width: (Character) -> Int
  private var lines: [String] = []
  private var marks: Set<Mark> = []

  /// What a letter behind an interval means.
  private enum Mark: String, CaseIterable {
    case jackknife = "j"
    case resampled = "r"
    case uninformative = "!"
    case cut = "c"
    case few = "f"
    case undefinedWithoutOne = "u"
    case manyReaders = "p"
  }

  /// Why figures have no interval, by the mark that stands for it.
  private var reasons: [Mark: String] = [:]

  private static let columns = 80
  private static let nameWidth = 36
  private static let valueWidth = 7
  private static let intervalWidth = 18
  private static let casesWidth = 15

  init(width: @escaping (Character) -> Int) { self.width = width }

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func add(_ line: String) { lines.append(line) }

  /// A paragraph behind a label, in as many lines as it needs.
  mutating func add(wrapped text: String, label: String, indent: Int = 9) {
    var line = label.isEmpty ? "" : pad(label, to: indent)
    var isFirst = true
    for word in text.split(separator: " ") {
      if !isFirst, columns(line) + 1 + columns(String(word)) > Self.columns {
        lines.append(line)
        line = spaces(indent) + word
      } else {
        line += (isFirst ? (label.isEmpty ? spaces(indent) : "") : " ") + word
      }
      isFirst = false
    }
    lines.append(line)
  }

  mutating func section(_ title: String, head: Bool) {
    lines.append("")
    let name = pad(fitted(printable(title), Self.nameWidth + 2), to: Self.nameWidth + 2)
    guard head else { return lines.append(trimmedEnd(name)) }
    lines.append(
      name + leftPad("value", to: Self.valueWidth) + "  " + pad("95 % interval", to: Self.intervalWidth)
        + leftPad("cases", to: Self.casesWidth))
  }

  mutating func addFigure(_ metric: Metric, _ report: AgreementReport) {
    let statistic = metric.statistic
    let title = metric.isBootstrap ? "  resampled" : printable(metric.title)
    let name = "  " + pad(fitted(title, Self.nameWidth), to: Self.nameWidth)
    let cases = leftPad("\(statistic.casesUsed)/\(report.counts.cases)", to: Self.casesWidth)
    if let reason = statistic.undefined {
      lines.append(name + pad("not defined", to: Self.valueWidth + 2 + Self.intervalWidth) + cases)
      add(wrapped: reason.rawValue, label: "", indent: 4)
      return
    }
    let value = statistic.value.map { decimals($0, of: metric, report) } ?? ""
    let row = name + leftPad(value, to: Self.valueWidth) + "  " + pad(beside(metric, report), to: Self.intervalWidth)
    lines.append(row + cases)
    if let words = statistic.undefinedResamples { add(wrapped: words, label: "", indent: 4) }
  }

  /// What stands in the column of intervals.
  private mutating func beside(_ metric: Metric, _ report: AgreementReport) -> String {
    let statistic = metric.statistic
    if let outcome = metric.testOutcome { return outcome }
    func range(_ interval: Interval, _ origin: [Mark]) -> String {
      marked(
        "\(decimals(interval.low, of: metric, report)) to \(decimals(interval.high, of: metric, report))", interval,
        origin)
    }
    if let interval = statistic.rangeInterval { return range(interval, [.resampled]) }
    if let interval = report.interval(of: metric.key) {
      return range(interval, interval.isJackknifed && !report.isClustered ? [.jackknife] : [])
    }
    guard let reason = report.noInterval(of: metric.key) else { return "" }
    let mark: Mark
    switch reason {
    case .few: mark = .few
    case .undefinedWithoutOne: mark = .undefinedWithoutOne
    case .manyReaders: mark = .manyReaders
    }
    marks.insert(mark)
    reasons[mark] = reason.words
    return "none \(mark.rawValue)"
  }

  private mutating func marked(_ ends: String, _ interval: Interval, _ origin: [Mark]) -> String {
    let marks = origin + (!interval.isInformative ? [.uninformative] : interval.isCut ? [.cut] : [])
    self.marks.formUnion(marks)
    return ends + (marks.isEmpty ? "" : " ")
      + marks.map(\.rawValue).joined()
  }

  /// The lowest, middle and highest of some values, and where the lowest is.
  mutating func addSpread(
    _ title: String, _ values: [(name: String, value: Double)], undefined: Int, areCounts: Bool
  ) {
    let sorted = values.sorted { $0.value < $1.value }
    let name = "  " + pad(fitted(printable(title), Self.nameWidth - 6), to: Self.nameWidth - 6)
    guard let low = sorted.first, let high = sorted.last else {
      lines.append(name + "not defined of any pair")
      return
    }
    let middle = (sorted[(sorted.count - 1) / 2].value + sorted[sorted.count / 2].value) / 2
    let numbers = [low.value, middle, high.value].map {
      leftPad(areCounts ? $0.decimals(0) : decimals($0), to: Self.valueWidth + 1)
    }.joined()
    lines.append(name + numbers + "  " + fitted(printable(low.name), Self.columns - Self.nameWidth + 4 - 26))
    if undefined > 0 { add(wrapped: "not defined of \(undefined) of these pairs", label: "", indent: 4) }
  }

  /// The head above `addSpread`.
  mutating func sectionOfSpreads(_ title: String) {
    lines.append("")
    lines.append(
      pad(fitted(printable(title), Self.nameWidth - 4), to: Self.nameWidth - 4)
        + ["lowest", "median", "highest"].map { leftPad($0, to: Self.valueWidth + 1) }.joined() + "  lowest pair")
  }

  /// Counts in rows and columns; columns that do not fit are cut in their names, then wrapped below.
  mutating func addCounts(_ rows: [[Int]], rowNames: [String], columnNames: [String]) {
    let numbers = rows.joined().map { "\($0)".count }.max() ?? 1
    let cell = max(numbers, min(columnNames.map { columns(printable($0)) }.max() ?? 1, 14)) + 2
    let label = min(rowNames.map { columns(printable($0)) }.max() ?? 0, 24)
    let perBand = max((Self.columns - 2 - label) / cell, 1)
    for band in stride(from: 0, to: columnNames.count, by: perBand) {
      let part = band..<min(band + perBand, columnNames.count)
      let head = part.map { leftPad(fitted(printable(columnNames[$0]), cell - 2), to: cell) }
      lines.append("  " + spaces(label) + head.joined())
      for (row, name) in zip(rows, rowNames) {
        let cells = part.map { leftPad("\(row[$0])", to: cell) }
        lines.append("  " + pad(fitted(printable(name), label), to: label) + cells.joined())
      }
    }
  }

  /// Explains the marks that were used, and what other programs print for what is not defined.
  mutating func addLegend(_ report: AgreementReport) {
    lines.append("")
    let resamples = report.resampling.map { "\($0.resamples) resamples, seed \($0.seed)" } ?? ""
    for mark in Mark.allCases where marks.contains(mark) {
      let words: String
      switch mark {
      case .jackknife:
        words =
          "t interval, its error from leaving out \(report.leavesOutGroups ? "one of 100 groups of cases" : "one case") at a "
          + "time; on the scale of \(report.scales), at an end of it as it is"
      case .resampled: words = "percentile interval of resampled cases (\(resamples)); too narrow where cases are few"
      case .cut: words = "the upper end would lie above 1 and is cut there"
      case .uninformative: words = "no spread: the interval says nothing about precision"
      case .few, .undefinedWithoutOne, .manyReaders: words = "no interval: \(reasons[mark] ?? "")"
      }
      add(wrapped: words, label: mark.rawValue, indent: 3)
    }
    if report.isClustered {
      add(
        wrapped:
          "Intervals are t intervals on the patients less 1, their errors from leaving out "
          + "\(report.leavesOutGroups ? "one of 100 groups of them" : "one patient") at a time; on the scale of \(report.scales).",
        label: "", indent: 0)
    }
    if let elsewhere = report.elsewhere { add(wrapped: "not defined: " + elsewhere, label: "", indent: 0) }
    add(wrapped: "cases: those the figure rests on, of all. " + report.closing, label: "", indent: 0)
  }
}

/// A number with three decimals, a large one with one or none; a rounded zero has no sign.
func decimals(_ value: Double) -> String {
  value.decimals(abs(value) < 1000 ? 3 : abs(value) < 100_000 ? 1 : 0)
}

/// A p-value with three decimals, or that it is smaller.
func probability(_ p: Double) -> String { p < 0.001 ? "p < 0.001" : "p = \(decimals(p))" }
