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
  let head =
    constructed + named + [
      ("   \(mode)\(walk.index + 1) of \(walk.script.steps.count)  ", .role(.muted)), (walk.title, Style().with(.bold)),
    ]
  // The score stands where it fits, in words or in figures: the title is never cut for it.
  let mark = presentationMark(state)
  let room = state.size.width - 2 - (mark.isEmpty ? 0 : columns(mark) + 2) - columns(head)
  return head + (quizScores(walk).first { columns([$0]) <= room }.map { [$0] } ?? [])
}

private func columns(_ line: Line) -> Int {
  line.reduce(0) { sum, run in sum + run.0.unicodeScalars.reduce(0) { $0 + PlainWidth.width($1) } }
}

/// `3 of 4 right`, and shorter.
private func quizScores(_ walk: TeachingWalk) -> Line {
  let judged = walk.judgements.values.filter { $0 != .open }
  guard walk.mode == .quiz, !judged.isEmpty else { return [] }
  let right = judged.count { $0 == .agrees }
  return [("   \(right) of \(judged.count) right", .role(.accent)), ("  \(right)/\(judged.count)", .role(.accent))]
}

/// The text on the left, pictures and facts on the right of a rule; on a large screen the pictures have most of it.
func teachingColumns(_ state: State) -> (left: Rect, right: Rect) {
  let share = state.hasLargePictures ? 42 : state.body.width < 100 ? 58 : 56
  let (left, rest) = state.body.splitLeft(state.body.width * share / 100)
  return (
    Rect(x: 1, y: left.y, width: left.width - 3, height: left.height),
    Rect(x: rest.x + 1, y: rest.y, width: rest.width - 2, height: rest.height)
  )
}

extension State {
  /// The screen is wide and high enough for a picture beside its question, and for the map below that.
  var hasLargePictures: Bool { body.width >= 110 && body.height >= 32 }
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
  var aside = TeachingAside(walk, session: state.session)
  if state.hasLargePictures {
    let images = state.hasImagesBeside ? state.teachingImages : nil
    aside.hasImages = images != nil
    state.drawImagesBeside(&canvas, images)
    aside.drawLarge(into: &canvas, right, spare: spare)
  } else {
    aside.draw(into: &canvas, right, spare: spare)
  }
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

extension ScreenID {
  package static let teaching = ScreenID("teaching")
}

extension Screen {
  static let teaching = Screen(
    .teaching, "Teaching", head: teachingHead, draw: renderTeaching, load: loadTeachingFile,
    over: { state in state.teaching.picker.map { [BoneMap(picker: $0, update: updateTeachingPicker)] } ?? [] },
    commands: Commands.teaching)

  /// What all screens of the teaching file load.
  @Sendable static func loadTeachingFile(_ state: State) -> [Effect] {
    [.teaching(.load(state.teaching.wanted ?? state.teaching.walk?.subject.id))]
  }
}
