// Draws a step: its text on the left, and on the right what may be shown of the case by now.

import Figures
import Grid
import ReviewCore

/// `Case 5  M 56   6 of 15  Rim sign`; of an unknown case its neutral title.
func teachingHead(_ state: State) -> [(String, Style)] {
  guard let walk = state.teaching.walk, walk.step != nil else { return [("Teaching", .role(.heading, .bold))] }
  let patientCase = walk.subject.patientCase
  let constructed: [(String, Style)] = walk.subject.isConstructed ? [("constructed  ", .role(.warning, .bold))] : []
  let named: [(String, Style)] =
    state.teaching.isNamed
    ? [("Case \(patientCase.id)", .role(.heading, .bold)), ("  \(patientCase.patient)", .plain)]
    : [(walk.script.neutralTitle, .role(.heading, .bold))]
  let mode = walk.mode == .quiz ? (walk.only == nil ? "quiz " : "repeat ") : ""
  let score = walk.mode == .quiz ? quizScore(walk) : []
  return constructed + named + [
    ("   \(mode)\(walk.index + 1) of \(walk.script.steps.count)  ", .role(.muted)), (walk.title, Style().with(.bold)),
  ] + score
}

private func quizScore(_ walk: TeachingWalk) -> [(String, Style)] {
  let judged = walk.judgements.values.filter { $0 != .open }
  guard !judged.isEmpty else { return [] }
  return [("   \(judged.count { $0 == .agrees }) of \(judged.count) right", .role(.accent))]
}

/// The text on the left, pictures and facts on the right of a rule.
func teachingColumns(_ state: State) -> (left: Rect, right: Rect) {
  let (left, rest) = state.body.splitLeft(state.body.width * (state.body.width < 100 ? 58 : 56) / 100)
  return (
    Rect(x: 1, y: left.y, width: left.width - 3, height: left.height),
    Rect(x: rest.x + 1, y: rest.y, width: rest.width - 2, height: rest.height)
  )
}

/// Rows of the text that do not fit.
func teachingOverflow(_ state: State) -> Int {
  let area = teachingColumns(state).left
  let rows = teachingLines(state, width: area.width).reduce(0) { $0 + $1.rows(width: area.width) }
  return max(0, rows - area.height)
}

func renderTeaching(_ state: State, _ canvas: inout Canvas) {
  guard let walk = state.teaching.walk else {
    let words = state.teaching.isLoaded ? "no case is open here" : "the case is being opened"
    canvas.put(words, x: 2, y: state.body.y + 1, .role(.muted))
    return
  }
  let (left, right) = teachingColumns(state)
  for y in left.y..<left.maxY { canvas.put("│", x: right.x - 2, y: y, .role(.border)) }
  let lines = teachingLines(state, width: left.width)
  if let picker = state.teaching.picker { return renderTeachingPicker(state, picker, walk, &canvas) }
  drawScrolled(lines, scroll: state.teaching.scroll, into: &canvas, left)
  let used = lines.reduce(0) { $0 + $1.rows(width: left.width) } + 1
  let spare = left.splitTop(min(used, left.height)).rest
  TeachingAside(walk, session: state.session).draw(into: &canvas, right, spare: spare)
}

/// Lines longer than their room are scrolled; arrows at the side say that there is more.
func drawScrolled(_ lines: [Fact], scroll: Int, into canvas: inout Canvas, _ area: Rect) {
  let rows = lines.reduce(0) { $0 + $1.rows(width: area.width) }
  var sheet = Canvas(
    size: Size(width: area.width, height: max(area.height, rows)), look: canvas.look, width: canvas.width)
  var y = 0
  for line in lines { y += line.draw(&sheet, sheet.bounds, y: y) }
  let top = max(0, min(scroll, rows - area.height))
  canvas.paste(sheet.grid, from: top, into: area)
  if top > 0 { canvas.put("↑", x: area.maxX, y: area.y, .role(.focus)) }
  if rows - top > area.height { canvas.put("↓", x: area.maxX, y: area.maxY - 1, .role(.focus)) }
}
