// Draws the agreement: a finding a row, its statistic and interval on one axis, the words on the row below.

import Agreement
import Figures
import Grid
import ReaderAgreement
import ReviewCore

extension AgreementState {
  /// The statistic that is drawn, in the words of the first item that has it as it is.
  var title: String {
    let exact = figures.lazy.compactMap { figures in figures.report.metrics.first { $0.key == key }?.title }.first
    return exact ?? AgreementStatistic.of(key)?.title ?? key
  }

  /// Whether every item has the statistic that is drawn as it is; of others the nearest is drawn, and named.
  var isOfEveryItem: Bool { figures.allSatisfy { $0.report[key] != nil } }
}

/// The second head line: the statistic, how much is open, how far the computing is.
func agreementHead(_ state: State) -> Line {
  let agreement = state.agreement
  var runs: Line = [("Agreement", .role(.heading, .bold))]
  guard let study = agreement.study else { return runs }
  runs += [("  \(agreement.title)", .role(.accent))]
  if !agreement.isOfEveryItem { runs += [(" or the nearest", .role(.accent))] }
  if agreement.statistic == nil { runs += [(" (protocol)", .role(.muted))] }
  let cases = state.worklist.counts.cases
  runs += [
    ("  \(study.cases) ", .plain), (cases > 0 ? "of \(cases) open" : "open", .role(.muted)),
    (study.importedReadings > 0 ? "  \(study.importedReadings) readings imported" : "", .role(.warning)),
  ]
  if let share = agreement.share { runs += [("  intervals \(Int(share * 100)) %", .role(.warning))] }
  return runs
}

func drawBar(
  _ value: Double, _ interval: Interval?, axis: ClosedRange<Double>, into canvas: inout Canvas, _ row: Rect
) {
  let range = interval.flatMap { $0.low <= $0.high ? $0.low...$0.high : nil }
  var bar = IntervalBar(value, interval: range, axis: axis)
  bar?.isCut = interval?.isCut ?? false
  bar?.draw(into: &canvas, rect: row)
}

func ends(_ interval: Interval) -> String { "\(decimal(interval.low)) to \(decimal(interval.high))" }

func renderAgreement(_ state: State, _ canvas: inout Canvas) {
  switch state.agreement.content {
  case .awaited: canvas.put("reading the opened cases…", x: 2, y: state.body.y + 1, .role(.muted))
  case .absent(let words, let cure): renderAbsence(words, cure, state, &canvas)
  case .figures: renderFigures(state, &canvas)
  }
}

private func renderAbsence(_ words: String, _ cure: String, _ state: State, _ canvas: inout Canvas) {
  let area = state.body.inset(by: 2, 1)
  let facts = [
    Fact("", "No agreement to show", .role(.heading, .bold), indent: 0), Fact("why", words), Fact("cure", cure),
  ]
  var y = area.y
  for fact in facts { y += fact.draw(&canvas, area, y: y) }
}

private func renderFigures(_ state: State, _ canvas: inout Canvas) {
  let agreement = state.agreement
  let layout = AgreementLayout(state)
  let axis: ClosedRange<Double> = agreement.isShare ? 0...1 : -1...1
  let head = layout.axis.y
  canvas.put("finding", x: 2, y: head, .role(.muted))
  canvas.put("value", right: layout.value + 6, y: head, .role(.muted))
  canvas.put("by", x: layout.coefficient, y: head, .role(.muted))
  canvas.put("used", right: layout.used + 9, y: head, .role(.muted))
  if layout.axis.width > 0 { IntervalBar.drawScale(axis, into: &canvas, rect: layout.axis) }
  for (column, x) in layout.columns { canvas.put(column.title, right: x + column.width, y: head, .role(.muted)) }

  let entries = agreement.entries
  for (line, entry) in entries.dropFirst(agreement.top).prefix(layout.list.height).enumerated() {
    let y = layout.list.y + line
    switch entry {
    case .heading(let title):
      canvas.put(title, x: 1, y: y, .role(.heading), clip: Rect(x: 1, y: y, width: layout.list.width - 2, height: 1))
    case .item(let index): draw(agreement.figures[index], agreement, layout, axis, y: y, &canvas)
    }
    if entry == .item(agreement.cursor) {
      canvas.put("▸", x: 0, y: y)
      canvas.restyle(Rect(x: 0, y: y, width: layout.axis.x - 1, height: 1)) { _ in Style().with(.reverse) }
    }
  }
  let edge = state.size.width - 1
  if agreement.top > 0 { canvas.put("↑", x: edge, y: layout.list.y, .role(.focus)) }
  if agreement.top + layout.list.height < entries.count {
    canvas.put("↓", x: edge, y: layout.list.maxY - 1, .role(.focus))
  }
  if layout.legend > 0 {
    let legend = "● value  ├─┤ 95 % interval  ◂ ▸ beyond  j jackknife  c cut at 1  ! no width"
    canvas.put(legend, x: 2, y: layout.list.maxY, .role(.muted), clip: state.body.inset(by: 1, 0))
  }
  if let item = agreement.item {
    let words = agreementWords(item, agreement)
    for (row, line) in canvas.wrapped(words, columns: layout.words.width).prefix(layout.words.height).enumerated() {
      canvas.put(line, x: layout.words.x, y: layout.words.y + row, clip: layout.words)
    }
  }
}

private func draw(
  _ figures: ItemAgreement, _ agreement: AgreementState, _ layout: AgreementLayout, _ axis: ClosedRange<Double>, y: Int,
  _ canvas: inout Canvas
) {
  let key = figures.item.key(nearest: agreement.key)
  let figure = figures.report[key]
  let name = Rect(x: 2, y: y, width: layout.name, height: 1)
  canvas.put(itemName(figures, agreement), x: name.x, y: y, clip: name)
  let counts = figures.report.counts
  let used = figure?.casesUsed ?? counts.withTwoRatings
  let isOfFew = figures.isOfFew(key)
  canvas.put(
    "\(used)/\(counts.cases)" + (isOfFew ? " few" : ""), right: layout.used + 9, y: y,
    isOfFew ? .role(.warning) : .plain, clip: Rect(x: layout.used, y: y, width: 9, height: 1))
  if figure != nil {
    let room = Rect(x: layout.coefficient, y: y, width: 9, height: 1)
    canvas.put(figures.shortTitle(of: key), x: room.x, y: y, .role(.muted), clip: room)
  }
  let row = Rect(x: layout.axis.x, y: y, width: layout.axis.width, height: 1)
  if let value = figure?.value {
    canvas.put(decimal(value), right: layout.value + 6, y: y, Style().with(.bold))
    canvas.put(marks(figures, key), x: layout.value + 7, y: y, .role(.warning))
    let interval = figures.interval(of: key)
    drawBar(value, interval, axis: axis, into: &canvas, row)
  } else {
    let words = row.width < 24 ? "not defined" : figures.remarks(on: key).first ?? ""
    canvas.put(words, x: row.x, y: y, .role(.muted), clip: row)
  }
  for (column, x) in layout.columns {
    let cell = column.cell(figures, agreement)
    let width = cell.reduce(0) { $0 + canvas.columns($1.0) }
    canvas.put(cell, x: x + max(0, column.width - width), y: y, clip: Rect(x: x, y: y, width: column.width, height: 1))
  }
}

/// `involved bones`, of a part `  cervical` where its finding stands above it.
private func itemName(_ figures: ItemAgreement, _ agreement: AgreementState) -> String {
  let title = figures.item.title
  guard let finding = agreement.ratings(of: figures)?.finding.title, title.hasPrefix(finding + ": "),
    agreement.isBelowItsFinding(figures)
  else { return title }
  return "  " + title.dropFirst(finding.count + 2)
}

/// The letters behind a value, as `endplate agreement` has them.
func marks(_ figures: ItemAgreement, _ key: String) -> String {
  guard let interval = figures.interval(of: key) else { return "" }
  return (interval.isJackknifed ? "j" : "") + (interval.isInformative ? interval.isCut ? "c" : "" : "!")
}

/// What is to be said of the row under the cursor, in whole sentences.
private func agreementWords(_ figures: ItemAgreement, _ agreement: AgreementState) -> String {
  let key = figures.item.key(nearest: agreement.key)
  let counts = figures.report.counts
  let used = figures.report[key]?.casesUsed ?? counts.withTwoRatings
  var words = "\(figures.item.title): \(figures.title(of: key)) "
  if let value = figures.report[key]?.value {
    words += decimal(value, places: 3)
    if let interval = figures.interval(of: key) {
      words += ", 95 % interval \(ends(interval))"
    } else if agreement.share != nil {
      words += ", interval not yet computed"
    }
    words += ". "
  }
  words += figures.remarks(on: key).map { $0.hasSuffix(".") ? $0 + " " : $0 + ". " }.joined()
  let alike = figures.report["unanimous_agreement.complete_cases"]
  if figures.interval(of: key)?.isInformative == false, let exact = alike?.interval, exact.isInformative {
    words += "Of all alike it is \(ends(exact)). "
  }
  words += "\(used) of \(counts.cases) \(figures.item.isOfPlaces ? "places" : "examinations")"
  if figures.report.isClustered {
    let patients = figures.report.unitsUsed(key)
    words += ", \(patients) \(figures.report.units.name(patients)),"
  }
  words += " used"
  words +=
    figures.isOfFew(key)
    ? "; fewer than 10 \(figures.report.isClustered ? "patients " : "")say little about agreement." : "."
  if let rarer = figures.report.units.rarer, rarer.units > 0, rarer.units < IndependentUnits.few,
    AgreementStatistic.followsUse(key)
  {
    words +=
      rarer.level.map { " \($0.replacing("_", with: " ")) is given in \(rarer.units) only" }
      ?? " Only in \(rarer.units) is anything but \(rarer.commonest.replacing("_", with: " ")) given"
    words += ": the interval holds less than 95 %."
  }
  if let excluded = agreement.ratings(of: figures)?.exclusions, excluded.used < excluded.ratings {
    words +=
      " Of \(excluded.ratings) ratings \(excluded.notAssessable) not assessable, \(excluded.notAcquired) not acquired, "
      + "\(excluded.notGraded) \(agreement.missing(figures))."
  }
  if let notAsked = agreement.ratings(of: figures)?.exclusions.notAskedWords {
    words += " Signed before the codebook had it: \(notAsked)."
  }
  return words
}

extension ScreenID {
  package static let agreement = ScreenID("agreement")
}

extension Screen {
  static let agreement = Screen(
    .agreement, "Agreement", head: agreementHead, draw: renderAgreement, load: { _ in [.loadAgreement] },
    commands: Commands.agreement, doors: [Commands.openAgreement])
}
