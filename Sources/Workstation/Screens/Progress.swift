// How far the readers are: counts, pace, and who still has to sign. Nothing here tells a grade.

import Figures
import Grid
import ReviewCore

/// What the progress screen shows, as far as the principal may know it.
package struct ProgressReport: Hashable, Sendable {
  package var progress: StudyProgress
  package var waiting: [WaitingCase]
  /// Today in UTC, as `2026-03-01`, for the pace.
  package var today: String

  package init(progress: StudyProgress, waiting: [WaitingCase], today: String) {
    self.progress = progress
    self.waiting = waiting
    self.today = today
  }
}

/// What the progress screen keeps; nil until it is loaded.
package struct ProgressScreenState: ScreenState {
  package var report: ProgressReport?
  package init() {}
}

extension State {
  package var progress: ProgressReport? {
    get { self[ProgressScreenState.self].report }
    set { self[ProgressScreenState.self].report = newValue }
  }
}

extension Request {
  static let progress = Request("progress") { study in
    let report = try study.progressReport()
    return { state in
      state.progress = report
      return []
    }
  }
}

extension Commands {
  fileprivate static let progress: [Command] = [
    Command(
      "progress", "show each reader's progress", keys: [.character("p")], on: [.worklist, .study], hint: "progress",
      whyNot: { state in
        state.session.study.studyProtocol.mode == .joint || state.session.readers.isEmpty
          ? "there are no individual readings in this study" : nil
      }
    ) { state in
      state.push(.progress)
      return [.ask(.progress)]
    }
  ]
}

extension LongPage {
  fileprivate static let progress = LongPage(
    height: { state, width in
      guard let report = state.progress else { return 1 }
      return report.progress.readers.reduce(1) { $0 + ReaderLines($1, report, columns: width).rows }
        + waitingFacts(report, state).reduce(0) { $0 + $1.rows(width: width) }
    },
    draw: { state, canvas in
      guard let report = state.progress else { return }
      var y = 0
      for reader in report.progress.readers {
        let lines = ReaderLines(reader, report, columns: canvas.bounds.width)
        lines.draw(&canvas, y: y)
        y += lines.rows
      }
      canvas.put("Waiting for a signature, round \(report.progress.round)", x: 0, y: y, .role(.heading, .bold))
      y += 1
      for fact in waitingFacts(report, state) { y += fact.draw(&canvas, canvas.bounds, y: y) }
    })
}

/// A reader: a bar of what is signed, the counts, the pace behind them or below where it would be cut, and a blank row.
private struct ReaderLines {
  private let reader: ReaderProgress
  private let lines: [Line]
  private let indent: Int

  init(_ reader: ReaderProgress, _ report: ProgressReport, columns: Int) {
    self.reader = reader
    indent = columns < 72 ? 2 : 21
    let room = columns - indent
    let counts: Line = [
      ("\(reader.signed) signed", .role(.good)), ("   \(reader.draft) in draft", .role(.warning)),
      ("   \(reader.todo) to do", .plain),
    ]
    let pace = pace(reader, today: report.today)
    let width = counts.reduce(0) { $0 + $1.0.utf8.count }
    lines =
      width + 3 + pace.utf8.count <= room
      ? [counts + [("   " + pace, .role(.muted))]]
      : [counts] + SafeText.wrapped(pace, columns: room, width: PlainWidth.width).map { [($0, .role(.muted))] }
  }

  var rows: Int { lines.count + 2 }

  func draw(_ sheet: inout Canvas, y: Int) {
    let all = reader.signed + reader.draft + reader.todo
    let name = reader.reader.with(name: reader.name)
    sheet.put(name, x: 0, y: y, Style().with(.bold), clip: Rect(x: 0, y: y, width: 20, height: 1))
    sheet.put("round \(reader.round)", x: 21, y: y, .role(.muted))
    ShareBar(reader.signed, of: all).draw(
      into: &sheet, rect: Rect(x: 30, y: y, width: max(10, sheet.bounds.width - 30), height: 1))
    for (row, line) in lines.enumerated() { sheet.put(line, x: indent, y: y + 1 + row) }
  }
}

/// What the pace of the last seven days means for the end.
func pace(_ reader: ReaderProgress, today: String) -> String {
  if reader.hasLeft { return "has left the study" }
  let left = reader.draft + reader.todo
  if left == 0 { return "done" }
  guard let now = Day(today) else { return "" }
  let recent = reader.signaturesByDay.filter { entry in
    Day(entry.day).map { (0..<7).contains(now.number - $0.number) } ?? false
  }
  let signed = recent.reduce(0) { $0 + $1.count }
  guard signed > 0 else { return "none finished in the last 7 days" }
  // A case or two are no pace: from one of them an end months away would follow.
  guard signed >= 3 else { return "\(signed) in the last 7 days; too few to say when it will be done" }
  let days = (left * 7 + signed - 1) / signed
  return "\(signed) in the last 7 days; at this pace done in \(days) \(days == 1 ? "day" : "days")"
}

/// A calendar day, to count days between two (Howard Hinnant's civil-day algorithm).
private struct Day {
  let number: Int

  init?(_ text: String) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    let year = parts[0] - (parts[1] <= 2 ? 1 : 0)
    let month = (parts[1] + 9) % 12
    let dayOfYear = (153 * month + 2) / 5 + parts[2] - 1
    let era = year >= 0 ? year / 400 : (year - 399) / 400
    let yearOfEra = year - era * 400
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  }
}

/// Of others a reader is told nothing: only what waits for them.
private func waitingFacts(_ report: ProgressReport, _ state: State) -> [Fact] {
  if report.waiting.isEmpty { return [.remark("no case: all are signed", .role(.good))] }
  return report.waiting.map { waiting in
    let readers = waiting.readers.map { $0 == state.session.principal.id ? "you" : $0.rawValue }
    return .remark("case \(waiting.id) waits for \(readers.joined(separator: ", "))", .plain)
  }
}

extension ScreenID {
  package static let progress = ScreenID("progress")
}

extension Screen {
  static let progress = Screen(
    .progress, "Progress", page: .progress, load: { _ in [.ask(.progress)] }, doors: Commands.progress)
}
