// Draws the worklist: one table of columns, one row a case.

import Grid
import ReviewCore

/// A column of the worklist.
private struct Column: Sendable {
  let title: String
  /// Columns of text; 0 takes what is left.
  let width: Int
  /// Narrower screens leave it out.
  var from = 0
  /// Wider screens leave it out.
  var below = Int.max
  var onlyWithReaders = false
  /// It has grades: of a hidden case it says nothing.
  var tells = false
  let sort: WorklistSort?
  let cell: @Sendable (WorklistRow, Session) -> (String, Style)
}

private let columns: [Column] = [
  // As wide as the ids need, see `columnWidths`.
  Column(title: "#", width: 0, sort: .number) { row, _ in (row.id.rawValue, .plain) },
  Column(title: "patient", width: 7, sort: .age) { row, _ in (row.patient, .plain) },
  Column(title: "bones", width: 0, tells: true, sort: nil) { row, session in
    words(row.bones, of: row, session.codebook.columns.first, session)
  },
  Column(title: "lesions", width: 9, from: 64, tells: true, sort: .lesions) { row, session in
    words(row.lesions, of: row, session.codebook.columns.dropFirst().first, session)
  },
  Column(title: "you", width: 8, onlyWithReaders: true, sort: .own) { row, _ in own(row.own) },
  Column(title: "signed", width: 7, from: roomy, onlyWithReaders: true, sort: nil) { row, _ in
    row.required == 0
      ? ("–", .role(.muted))
      : ("\(row.signed) of \(row.required)", row.signed == row.required ? .role(.good) : .plain)
  },
  Column(title: "consensus", width: 15, from: roomy, sort: .stage) { row, session in stage(row, session) },
  // Until a case is ready for consensus, narrow screens tell here who has signed.
  Column(title: "consensus", width: 15, below: roomy, sort: .stage) { row, session in
    row.stage == .reading && row.required > 0 && !row.isDamaged
      ? ("\(row.signed) of \(row.required) signed", .plain)
      : stage(row, session)
  },
  Column(title: "follow-up", width: 12, tells: true, sort: .followUp) { row, _ in followUp(row) },
]

/// The head of a column; of the two that show a grade what the codebook calls it, empty where it has no such finding.
private func gradeTitle(of column: Column, session: Session) -> String {
  guard let place = ["bones", "lesions"].firstIndex(of: column.title) else {
    return column.title
  }
  return session.codebook.columns.dropFirst(place).first.flatMap { session.codebook[$0]?.shortTitle } ?? ""
}

/// Columns of a screen from which on every fact has a column of its own.
private let roomy = 96

private func words(
  _ value: GradeValue?, of row: WorklistRow, _ finding: FindingID?, _ session: Session
) -> (String, Style) {
  if let value, let finding { return (session.codebook[finding]?.words(value) ?? value.text, .plain) }
  // A recorded consensus says something of every finding that is asked of all.
  let isUnresolved = finding != nil && row.stage == .recorded && session.codebook.isPlain
  return isUnresolved ? ("unresolved", .role(.muted)) : ("–", .plain)
}

private func own(_ state: OwnState) -> (String, Style) {
  switch state {
  case .none: ("", .plain)
  case .todo: ("–", .plain)
  case .draft(let graded, let of): ("\(graded)/\(of)", .role(.warning))
  case .signed: ("✓ signed", .role(.good))
  }
}

private func stage(_ row: WorklistRow, _ session: Session) -> (String, Style) {
  if row.isDamaged { return ("! damaged", .role(.danger)) }
  let stage = row.stage
  return switch stage {
  case .reading: ("–", .plain)
  case .ready: ("● ready", .role(.accent))
  case .recorded, .published, .imported: ("✓ " + session.study.title(of: stage), .role(.good))
  case .opened, .inDiscussion, .reopened: ("○ " + stage.title, .role(.warning))
  }
}

private func followUp(_ row: WorklistRow) -> (String, Style) {
  guard let last = row.followUps.last else { return ("  –", .plain) }
  let count = row.followUps.count > 1 ? "\(row.followUps.count)× " : ""
  let text = count + ExaminationID(months: last).rawValue + " mo"
  return row.flags.isEmpty ? ("  " + text, .plain) : ("! " + text, .role(.warning))
}

/// Columns of text, by the title of the column: ids have what they need, the bones what is left.
private func columnWidths(_ shown: [Column], _ state: State, _ columns: Int) -> [Int] {
  let others = shown.reduce(3) { $0 + ($1.title == "#" ? 0 : $1.width) + 1 }
  // A quarter, or what the bones leave.
  // Of ids that are numbers, those of further pages have as many digits as there are cases.
  let needed = max(2, state.worklist.idColumns, String(state.worklist.counts.cases).count)
  let id = min(needed, max(6, columns / 4, columns - others - 16))
  let fixed = shown.map { $0.title == "#" ? id : $0.width }
  let flexible = max(8, columns - fixed.reduce(3) { $0 + $1 + 1 })
  return fixed.map { $0 == 0 ? flexible : $0 }
}

func renderWorklist(_ state: State, _ canvas: inout Canvas) {
  let (body, preview) = state.worklistParts
  let list = state.worklist
  let hasReaders = !state.isJoint
  let isReader = state.session.principal.role == .reader
  var shown = columns.filter { column in
    body.width >= column.from && body.width < column.below && (!column.onlyWithReaders || hasReaders)
      && (column.title != "you" || isReader)
      // A reader in a narrow window needs the room for the bones.
      && (column.title != "follow-up" || !isReader || body.width >= 72)
      && !gradeTitle(of: column, session: state.session).isEmpty
  }
  // Beside long ids there is not room for all; the bones need some.
  for title in ["lesions", "follow-up"]
  where columnWidths(shown, state, body.width).reduce(3, { $0 + $1 + 1 }) > body.width {
    shown.removeAll { $0.title == title }
  }
  let widths = columnWidths(shown, state, body.width)

  var x = 3
  for (column, width) in zip(shown, widths) {
    let sorted = column.sort == list.query.sort && list.query.sort != .order
    let name = gradeTitle(of: column, session: state.session)
    let arrow = sorted ? (list.query.descending ? "↓" : "↑") : ""
    canvas.put(name + arrow, x: x, y: body.y, .role(.muted), clip: Rect(x: x, y: body.y, width: width, height: 1))
    x += width + 1
  }

  for line in 0..<state.worklistRows {
    let index = list.top + line
    guard let row = list.row(at: index) else { break }
    let y = body.y + 1 + line
    var x = 3
    for (column, width) in zip(shown, widths) {
      let isCovered = column.tells && state.isHidden(row.id)
      let (whole, style) = isCovered ? ("covered", .role(.muted)) : column.cell(row, state.session)
      let text = column.title == "#" ? canvas.ending(whole, columns: width) : canvas.list(whole, columns: width)
      canvas.put(text, x: x, y: y, style, clip: Rect(x: x, y: y, width: width, height: 1))
      x += width + 1
    }
    if index == list.cursor {
      canvas.put("▸", x: 1, y: y)
      // What names the case is marked, and no more: the rest keeps its colours, and a step of the cursor is a third of the
      // bytes.
      let bar = widths.prefix(2).reduce(2) { $0 + $1 + 1 }
      canvas.restyle(Rect(x: 0, y: y, width: bar, height: 1)) { _ in Style(.standard, on: .standard, .reverse) }
    }
  }
  if list.page.total == 0 { renderEmpty(state, &canvas) }
  renderFlagNote(state, &canvas)
  renderPreview(state, preview, &canvas)
}

/// What `!` stands for, in the last row where no case needs it.
private func renderFlagNote(_ state: State, _ canvas: inout Canvas) {
  let shown = state.worklist.page.rows.filter { !state.isHidden($0.id) }
  let flags = shown.reduce(into: Set<CourseFlag>()) { $0.formUnion($1.flags) }
  let isAnyDamaged = state.worklist.page.rows.contains(where: \.isDamaged)
  let damage = isAnyDamaged ? ["damaged: cannot be read; go back to a backup"] : []
  let titles = CourseFlag.allCases.filter(flags.contains).map(\.title) + damage
  guard !titles.isEmpty, state.worklist.page.total < state.worklistRows - 1 else { return }
  let room = state.worklistParts.list.inset(by: 3, 0)
  canvas.put(
    "! " + titles.joined(separator: ", "), x: room.x, y: room.maxY - 1, .role(.muted), clip: room)
}

private func renderEmpty(_ state: State, _ canvas: inout Canvas) {
  let lines =
    state.worklist.query.filter.isEmpty
    ? ["This study has no cases yet.", "Add some with: endplate import FILE… --study THIS.study"]
    : ["No case matches ‘\(state.worklist.filterText)’.", "Esc shows all cases again, / changes the filter."]
  for (row, line) in lines.enumerated() {
    canvas.put(line, x: 3, y: state.body.y + 2 + row, row == 0 ? .plain : .role(.muted))
  }
}

/// The second head line: counts, and what is filtered.
func worklistHead(_ state: State) -> [(String, Style)] {
  let list = state.worklist
  var runs: [(String, Style)] = [("Worklist", .role(.heading, .bold))]
  func count(_ number: Int, _ words: String, _ style: Style = .plain) {
    runs += [("  \(number) ", style), (words, .role(.muted))]
  }
  let cases = list.counts.cases == 1 ? "case" : "cases"
  if list.query.filter.isEmpty {
    count(list.counts.cases, cases)
  } else {
    runs += [("  \(list.page.total) ", .plain), ("of \(list.counts.cases) \(cases)", .role(.muted))]
    runs += [("  / ", .role(.muted)), (list.filterText, .role(.accent))]
  }
  // Those are of the whole list.
  guard list.query.filter.isEmpty else { return runs }
  if state.session.principal.role == .reader, !state.isJoint {
    count(list.counts.signed, "signed")
    count(list.counts.draft, "draft")
  }
  if list.counts.ready > 0 { count(list.counts.ready, "ready for consensus") }
  if list.counts.recorded > 0 { count(list.counts.recorded, "with consensus") }
  if list.counts.elsewhere > 0 { count(list.counts.elsewhere, "read elsewhere") }
  return runs
}

extension ScreenID {
  package static let worklist = ScreenID("worklist")
}

extension Screen {
  static let worklist = Screen(
    .worklist, "Worklist", head: worklistHead, draw: renderWorklist,
    commands: [Commands.startGrading, Commands.startConsensus, Commands.startTeaching, Commands.nextToDo]
      + Commands.worklist)
}
