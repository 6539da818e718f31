// Rows and columns of the text report.

/// Lines of text in 80 columns, with the marks that need a legend.
struct TextPage {
  private let width: (Character) -> Int
  private var lines: [String] = []
  private var marks: Set<Mark> = []

  /// What a letter behind an interval means.
  private enum Mark: String, CaseIterable {
    case resampled = "r"
    case uninformative = "!"
    case cut = "c"
  }

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

  mutating func addFigure(_ metric: Metric, resampled: Statistic?, total: Int) {
    let statistic = metric.statistic
    let title = metric.isBootstrap ? "  resampled" : printable(metric.title)
    let name = "  " + pad(fitted(title, Self.nameWidth), to: Self.nameWidth)
    let cases = leftPad("\(statistic.casesUsed)/\(total)", to: Self.casesWidth)
    if let reason = statistic.undefined {
      lines.append(name + pad("not defined", to: Self.valueWidth + 2 + Self.intervalWidth) + cases)
      add(wrapped: reason.rawValue, label: "", indent: 4)
      return
    }
    let value = statistic.value.map { decimals($0) } ?? ""
    let row = name + leftPad(value, to: Self.valueWidth) + "  " + pad(beside(metric, resampled), to: Self.intervalWidth)
    lines.append(row + cases)
  }

  /// What stands in the column of intervals.
  private mutating func beside(_ metric: Metric, _ resampled: Statistic?) -> String {
    let statistic = metric.statistic
    if let outcome = metric.testOutcome { return outcome }
    if case .range(let low, let high) = statistic.content { return resampledRange(low, high) }
    if let interval = statistic.interval {
      var marks: [Mark] = []
      if !interval.isInformative { marks.append(.uninformative) } else if interval.isCut { marks.append(.cut) }
      return range(interval.low, interval.high, marks)
    }
    if case .range(let low, let high)? = resampled?.content { return resampledRange(low, high) }
    return ""
  }

  private mutating func resampledRange(_ low: Double, _ high: Double) -> String {
    range(low, high, low < high ? [.resampled] : [.resampled, .uninformative])
  }

  private mutating func range(_ low: Double, _ high: Double, _ marks: [Mark]) -> String {
    self.marks.formUnion(marks)
    return "\(decimals(low)) to \(decimals(high))" + (marks.isEmpty ? "" : " ") + marks.map(\.rawValue).joined()
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

  /// Explains the marks that were used.
  mutating func addLegend(resampling: Resampling?, isClustered: Bool) {
    lines.append("")
    let resamples = resampling.map { "\($0.resamples) resamples, seed \($0.seed)" } ?? ""
    for mark in Mark.allCases where marks.contains(mark) {
      switch mark {
      case .resampled:
        add(wrapped: "percentile interval of resampled cases (\(resamples))", label: mark.rawValue, indent: 3)
      case .cut: add(wrapped: "the upper end would lie above 1 and is cut there", label: mark.rawValue, indent: 3)
      case .uninformative:
        add(
          wrapped: "no spread: the interval says nothing about precision; see the exact interval of percent agreement",
          label: mark.rawValue, indent: 3)
      }
    }
    if isClustered {
      add(wrapped: "Intervals are percentile intervals of resampled patients (\(resamples)).", label: "", indent: 0)
    }
    add(
      wrapped: "cases: those the figure rests on, of all. Levels count as declared, used or not.", label: "", indent: 0)
  }

  // MARK: Widths

  private func columns(_ text: String) -> Int { text.reduce(0) { $0 + max(width($1), 0) } }
  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
  private func pad(_ text: String, to count: Int) -> String { text + spaces(count - columns(text)) }
  private func leftPad(_ text: String, to count: Int) -> String { spaces(count - columns(text)) + text }
  private func trimmedEnd(_ text: String) -> String { String(text.reversed().drop { $0 == " " }.reversed()) }

  /// The text, cut with an ellipsis where it is wider than `count` columns.
  private func fitted(_ text: String, _ count: Int) -> String {
    guard columns(text) > count else { return text }
    var result = ""
    for character in text {
      if columns(result) + width(character) > count - 1 { break }
      result.append(character)
    }
    return result + "…"
  }
}

/// A number with three decimals, a large one with one or none; a rounded zero has no sign.
func decimals(_ value: Double) -> String {
  let places = abs(value) < 1000 ? 3 : abs(value) < 100_000 ? 1 : 0
  let unit = places == 3 ? 1000 : places == 1 ? 10 : 1
  let steps = (abs(value) * Double(unit)).rounded()
  guard steps < 1e15 else { return "\(value)" }
  let (whole, rest) = Int(steps).quotientAndRemainder(dividingBy: unit)
  let digits = "\(rest)"
  let fraction = places == 0 ? "" : "." + String(repeating: "0", count: places - digits.count) + digits
  return (value < 0 && steps > 0 ? "-" : "") + "\(whole)" + fraction
}

/// A p-value with three decimals, or that it is smaller.
func probability(_ p: Double) -> String { p < 0.001 ? "p < 0.001" : "p = \(decimals(p))" }
