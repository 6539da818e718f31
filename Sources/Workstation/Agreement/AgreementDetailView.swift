// Draws one finding's agreement: the counts of a pair of readers, the cases in the cell, and all figures.

import Agreement
import Grid
import ReaderAgreement
import ReviewCore

/// Beside each other on wide screens, below each other on narrow ones.
struct AgreementDetailLayout {
  let counts: CountsLayout
  let words: Rect
  let figures: Rect

  init(_ state: State) {
    let body = state.body
    let inside = Rect(x: 2, y: body.y, width: body.width - 3, height: body.height)
    let isWide = body.width >= 116
    let left = isWide ? inside.splitLeft(max(40, min(56, CountsLayout.width(state)))).left : inside
    // Below each other the figures keep half of the screen.
    counts = CountsLayout(state, in: left, height: isWide ? body.height - 5 : max(4, body.height / 2 - 2))
    let below = left.splitTop(counts.height).rest
    words = Rect(x: left.x, y: below.y, width: left.width, height: min(isWide ? 4 : 2, below.height))
    figures =
      isWide
      ? inside.splitLeft(left.width + 3).rest
      : Rect(
        x: inside.x, y: words.maxY, width: inside.width, height: max(0, body.maxY - words.maxY))
  }
}

func agreementDetailHead(_ state: State) -> Line {
  let detail = state.agreement.detail
  guard let item = detail.item, let figures = state.agreement.item else {
    return [("Agreement", .role(.heading, .bold))]
  }
  let counts = figures.report.counts
  var runs: Line = [
    (item.title, .role(.heading, .bold)), ("  \(counts.withTwoRatings)/\(counts.cases) used", .plain),
  ]
  let units = figures.report.units
  if units.isClustered { runs.append(("  \(units.withTwoRatings) \(units.name(units.withTwoRatings))", .plain)) }
  if units.areFew { runs.append(("  few: says little", .role(.warning))) }
  if detail.pairs.count > 1 { runs.append(("  pair \(detail.pair + 1) of \(detail.pairs.count)", .plain)) }
  return runs + [("  \(figures.comparison.title)", .role(.muted))]
}

func renderAgreementDetail(_ state: State, _ canvas: inout Canvas) {
  guard state.agreement.detail.item != nil else { return renderAgreement(state, &canvas) }
  let layout = AgreementDetailLayout(state)
  renderCounts(state, layout.counts, &canvas)
  for (row, line) in canvas.wrapped(cellWords(state), columns: layout.words.width).prefix(layout.words.height)
    .enumerated()
  {
    canvas.put(line, x: layout.words.x, y: layout.words.y + row, clip: layout.words)
  }
  let lines = agreementFigures(state)
  let area = layout.figures
  let top = max(0, min(state.agreement.detail.scroll, lines.count - area.height))
  for (row, line) in lines.dropFirst(top).prefix(area.height).enumerated() {
    line.draw(into: &canvas, Rect(x: area.x, y: area.y + row, width: area.width, height: 1))
  }
  let edge = state.size.width - 1
  if top > 0 { canvas.put("↑", x: edge, y: area.y, .role(.focus)) }
  if top + area.height < lines.count { canvas.put("↓", x: edge, y: area.maxY - 1, .role(.focus)) }
}

/// `R1 absent, R2 present: 2 cases: 1, 4 at 3 months.`
func cellWords(_ state: State) -> String {
  let detail = state.agreement.detail
  if detail.isInLetters {
    return "Readers are letters until the consensus of their case is recorded: pairs of readers are compared then."
  }
  guard let table = detail.table, !table.levels.isEmpty else { return "no ratings" }
  let (row, column) = (state.levelTitle(table.levels[detail.row]), state.levelTitle(table.levels[detail.column]))
  let units = detail.units
  let count = units.isEmpty ? "no examination" : units.count == 1 ? "1 examination" : "\(units.count) examinations"
  let names = units.isEmpty ? "" : ": " + units.prefix(40).map { "case \($0.title)" }.joined(separator: ", ")
  let missing = table.missing > 0 ? "  (\(table.missing) without a rating of one or both)" : ""
  let unnamed = table.unnamed > 0 ? "  (\(table.unnamed) left out: readers are letters until it is recorded)" : ""
  return "\(table.first) \(row), \(table.second) \(column): \(count)\(names)\(missing)\(unnamed)"
}

/// A line of the figures.
struct AgreementFigureLine {
  enum Content {
    case heading(String)
    case figure(Metric, title: String)
    /// Why the figure above is not defined.
    case reason(String)
  }

  var content: Content
  var figures: ItemAgreement

  func draw(into canvas: inout Canvas, _ row: Rect) {
    switch content {
    case .heading(let title): canvas.put(title, x: row.x, y: row.y, .role(.heading), clip: row)
    case .reason(let words): canvas.put(words, x: row.x + 3, y: row.y, .role(.muted), clip: row)
    case .figure(let metric, let title): draw(metric, title, into: &canvas, row)
    }
  }

  private func draw(_ metric: Metric, _ title: String, into canvas: inout Canvas, _ row: Rect) {
    let name = row.splitLeft(row.width >= 58 ? 30 : row.width * 2 / 5).left
    canvas.put(title, x: name.x + 1, y: row.y, clip: name)
    let key = metric.key
    guard let value = metric.statistic.value else {
      canvas.put("not defined", x: name.maxX + 3, y: row.y, .role(.muted), clip: row)
      return
    }
    canvas.put(decimal(value, places: 3), right: name.maxX + 8, y: row.y, Style().with(.bold), clip: row)
    let x = name.maxX + 12
    if let test = metric.testOutcome {
      canvas.put(test, x: x, y: row.y, .role(.muted), clip: row)
      return
    }
    canvas.put(marks(figures, key), x: name.maxX + 9, y: row.y, .role(.warning), clip: row)
    let interval = figures.interval(of: key)
    if let interval {
      canvas.put(ends(interval), x: x, y: row.y, clip: row)
    } else if figures.report.noInterval(of: key) != nil {
      canvas.put("no interval", x: x, y: row.y, .role(.muted), clip: row)
    }
    let bar = Rect(x: x + 16, y: row.y, width: row.maxX - x - 16, height: 1)
    if bar.width >= 11, !metric.isTest { drawBar(value, interval, axis: -1...1, into: &canvas, bar) }
  }
}

/// The primary figure, those of the pair, of all readers, and of each level.
func agreementFigures(_ state: State) -> [AgreementFigureLine] {
  guard let figures = state.agreement.item else { return [] }
  let detail = state.agreement.detail
  var lines: [AgreementFigureLine] = []
  func add(_ heading: String, _ metrics: [Metric]) {
    guard !metrics.isEmpty else { return }
    lines.append(AgreementFigureLine(content: .heading(heading), figures: figures))
    for metric in metrics {
      lines.append(AgreementFigureLine(content: .figure(metric, title: title(metric)), figures: figures))
      guard let reason = metric.statistic.undefined else { continue }
      lines.append(AgreementFigureLine(content: .reason(reason.rawValue), figures: figures))
    }
  }
  func title(_ metric: Metric) -> String {
    switch metric.subject {
    case .level(let level): state.levelTitle(level)
    case .use(let reader, let level): "\(reader): \(state.levelTitle(level))"
    case .counts, .allReaders, .reader, .pair: metric.title.replacing(" weights", with: "")
    }
  }
  let shown = figures.report.metrics.filter { metric in
    switch metric.statistic.content {
    case .number, .undefined: !metric.isIntervalOfAnother
    case .count, .range, .table, .fourfold: false
    }
  }
  add("Primary", shown.filter { $0.key == figures.primaryKey })
  let others = shown.filter { $0.key != figures.primaryKey }
  if detail.pairs.indices.contains(detail.pair) {
    let pair = detail.pairs[detail.pair]
    add("\(pair.first) and \(pair.second)", others.filter { $0.subject == .pair(pair.first, pair.second) })
  }
  add("All readers", others.filter { $0.subject == .allReaders })
  add("Agreement on a level", others.filter { metric in if case .level = metric.subject { true } else { false } })
  add("Use of the levels", others.filter { metric in if case .use = metric.subject { true } else { false } })
  // Why there are no intervals, and what other programs print for what is not defined: each once, below the figures.
  let reasons = shown.compactMap { figures.report.noInterval(of: $0.key)?.words }.reduce(into: [String]()) {
    if !$0.contains($1) { $0.append($1) }
  }
  let notes =
    reasons.map { "no interval: \($0)" } + [figures.report.elsewhere.map { "not defined: \($0)" }].compactMap { $0 }
  let width = max(20, AgreementDetailLayout(state).figures.width - 4)
  for note in notes {
    lines.append(AgreementFigureLine(content: .reason(""), figures: figures))
    for line in filled(note, width: width) {
      lines.append(AgreementFigureLine(content: .reason(line), figures: figures))
    }
  }
  return lines
}

/// Plain words in lines of at most `width` letters.
private func filled(_ words: String, width: Int) -> [String] {
  words.split(separator: " ").reduce(into: [String]()) { lines, word in
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
}

extension ScreenID {
  package static let agreementDetail = ScreenID("agreementDetail")
}

extension Screen {
  static let agreementDetail = Screen(
    .agreementDetail, "Agreement of a finding", head: agreementDetailHead, draw: renderAgreementDetail,
    load: { _ in [.loadAgreement] }, commands: Commands.agreementDetail)
}
