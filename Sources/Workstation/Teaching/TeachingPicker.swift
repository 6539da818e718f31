// Bones marked on the spine map as an answer: the reader's picker, and beside it the picture they are read from.

import Figures
import Grid
import ReviewCore

extension State {
  /// Opens the map if the question under the cursor asks for bones.
  mutating func openBones() -> Bool {
    guard let task = teaching.currentTask, task.asksBones, let finding = task.finding,
      teaching.walk?.isRevealed == false
    else { return false }
    let value: GradeValue? = if case .grade(let value)? = teaching.walk?.answers[task.id] { value } else { nil }
    teaching.picker = BonePicker(finding, value: value)
    return true
  }

  /// Where the map is drawn; its layout decides where a step leads.
  var teachingMap: Rect {
    let area = teachingColumns(self).right
    return Rect(x: area.x, y: area.y + 3, width: area.width, height: area.height - 3)
  }
}

/// A key for the map. Enter answers with what is marked, Esc leaves the answer as it was.
func updateTeachingPicker(_ state: inout State, _ key: Key, _ picker: BonePicker) -> [Effect] {
  var picker = picker
  func close(_ answer: TeachingAnswer?, _ state: inout State) {
    state.teaching.picker = nil
    if let task = state.teaching.currentTask { state.answer(answer, task) }
  }
  switch key {
  case .escape:
    state.teaching.picker = nil
    return []
  case .enter:
    close(picker.value.map { .grade($0) }, &state)
    return []
  case .character("x"):
    close(.grade(.notAssessable), &state)
    return []
  case .up, .character("k"): picker.move(.up, on: state.teachingMap)
  case .down, .character("j"): picker.move(.down, on: state.teachingMap)
  case .left, .character("h"): picker.move(.left, on: state.teachingMap)
  case .right, .character("l"): picker.move(.right, on: state.teachingMap)
  case .character("v"): picker.anchor = picker.anchor == nil ? picker.cursor : nil
  case .character(" "): picker.toggleSelection()
  case .character("e"): picker.toggleRun()
  case .backspace, .character("c"): picker.clear()
  default:
    if let group = BonePicker.groups.first(where: { $0.key == key }) { picker.toggle(group.sites) }
  }
  state.teaching.picker = picker
  return []
}

/// The map on the right, and on the left what the bones are read from.
func renderTeachingPicker(_ state: State, _ picker: BonePicker, _ walk: TeachingWalk, _ canvas: inout Canvas) {
  let (left, right) = teachingColumns(state)
  let finding = state.session.codebook[picker.finding]
  canvas.put("Your answer", x: right.x, y: right.y, .role(.heading, .bold), clip: right)
  let words = canvas.wrapped(picker.value.flatMap { finding?.words($0) } ?? "none yet", columns: right.width).prefix(2)
  for (row, line) in words.enumerated() { canvas.put(line, x: right.x, y: right.y + 1 + row, clip: right) }
  SpineMap(picker.value, cursor: picker.cursor, range: Set(picker.selection)).draw(
    into: &canvas, rect: state.teachingMap)
  let ask = Fact("", state.teaching.currentTask?.ask ?? "", Style().with(.bold), indent: 0)
  var y = left.y
  y += ask.draw(&canvas, left, y: y) + 1
  y += TeachingStimulus(walk).draw(into: &canvas, Rect(x: left.x, y: y, width: left.width, height: left.maxY - y)) + 1
  let keys = picker.keys(finding)
  let columns = max(1, left.width / 20)
  for (index, key) in keys.enumerated() {
    let place = Rect(x: left.x + index % columns * 20, y: y + index / columns, width: 19, height: 1)
    guard place.y < left.maxY else { break }
    canvas.put([(key.key, .role(.accent)), (" " + key.words, .plain)], x: place.x, y: place.y, clip: place)
  }
}

/// The picture that bones are read from: which are marked, and a vertebra from above; nothing is named.
struct TeachingStimulus {
  let walk: TeachingWalk

  init(_ walk: TeachingWalk) { self.walk = walk }

  /// Returns the rows it took.
  func draw(into canvas: inout Canvas, _ area: Rect) -> Int {
    let pictured = walk.picturedGrades
    guard let bones = pictured[Codebook.ID.involvedBones], area.height >= SpineMap.blindRows else { return 0 }
    canvas.put("Which bones? Counted from above:", x: area.x, y: area.y, .role(.muted), clip: area)
    let map = Rect(x: area.x, y: area.y + 1, width: min(area.width, 19), height: SpineMap.blindRows)
    SpineMap(bones, isBlind: true).draw(into: &canvas, rect: map)
    var rows = 1 + SpineMap.blindRows
    guard let posterior = pictured[Codebook.ID.posteriorElements] else { return rows }
    let picture = VertebraPicture(isArchInvolved: posterior.contains("involved"))
    let isBeside = area.width >= 20 + VertebraPicture.size.width
    guard isBeside || area.height >= rows + VertebraPicture.size.height + 1 else { return rows }
    let place = Rect(
      x: isBeside ? area.x + 20 : area.x, y: isBeside ? area.y + 1 : area.y + rows,
      width: VertebraPicture.size.width, height: VertebraPicture.size.height)
    picture.draw(into: &canvas, rect: place)
    if !isBeside { rows += VertebraPicture.size.height }
    return rows
  }
}
