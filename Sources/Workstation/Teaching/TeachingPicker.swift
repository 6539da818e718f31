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
    teaching.picker = BonePicker(
      finding, value: value, anatomy: teaching.walk?.subject.patientCase.bones ?? .usual)
    return true
  }

  /// No bone was marked, and the quiz goes on: that is an answer as `x` is.
  mutating func leaveBonesUnmarked(_ task: TeachingTask) {
    answer(.grade(.notAssessable), task)
    message = Message("no bone was marked: that counts as not assessable")
  }

  /// Where the map is drawn; its layout decides where a step leads.
  var teachingMap: Rect {
    let area = teachingColumns(self).left
    return Rect(x: area.x, y: area.y + 4, width: area.width, height: area.height - 4)
  }
}

/// A key for the map. Enter answers with what is marked, Esc leaves the answer as it was.
@Sendable func updateTeachingPicker(_ state: inout State, _ key: Key, _ picker: BonePicker) -> [Effect] {
  var picker = picker
  func close(_ value: GradeValue?, _ state: inout State) {
    state.teaching.picker = nil
    guard let task = state.teaching.currentTask else { return }
    if let value { state.answer(.grade(value), task) } else { state.leaveBonesUnmarked(task) }
  }
  let outcome = picker.take(key, state.session.codebook[picker.finding], on: state.teachingMap)
  state.teaching.picker = picker
  switch outcome {
  case .open: break
  case .told(let words): state.message = Message(words, .warning)
  case .left:
    state.teaching.picker = nil
    state.teaching.hasLeftMap = true
  case .kept, .keptBefore: close(picker.value, &state)
  case .answered(let value): close(value, &state)
  }
  return []
}

/// The map in the place of the question; what the bones are read from stays where it was, and the keys stand below it.
func renderTeachingPicker(_ state: State, _ picker: BonePicker, _ walk: TeachingWalk, _ canvas: inout Canvas) {
  let (left, right) = teachingColumns(state)
  let finding = state.session.codebook[picker.finding]
  canvas.put(state.teaching.currentTask?.ask ?? "", x: left.x, y: left.y, Style().with(.bold), clip: left)
  let words = canvas.wrapped(picker.value.flatMap { finding?.words($0) } ?? "none marked yet", columns: left.width)
  for (row, line) in words.prefix(2).enumerated() {
    canvas.put(line, x: left.x, y: left.y + 1 + row, .role(.involved), clip: left)
  }
  canvas.put(typedName(picker), x: left.x, y: left.y + 3, clip: left)
  SpineMap(picker.value, anatomy: picker.anatomy, cursor: picker.cursor, range: Set(picker.selection)).draw(
    into: &canvas, rect: state.teachingMap)
  let keys = picker.keys(finding)
  let columns = max(1, right.width / 20)
  let rows = (keys.count + columns - 1) / columns
  let (picture, list) = right.splitTop(max(0, right.height - rows))
  TeachingStimulus(walk, state.session.codebook).draw(into: &canvas, picture)
  for (index, key) in keys.enumerated() {
    let place = Rect(x: list.x + index % columns * 20, y: list.y + index / columns, width: 19, height: 1)
    canvas.put([(key.key, .role(.accent)), (" " + key.words, .plain)], x: place.x, y: place.y, clip: place)
  }
}

/// The picture that bones are read from: which are marked, and a vertebra from above; nothing is named.
struct TeachingStimulus {
  let walk: TeachingWalk
  let codebook: Codebook

  init(_ walk: TeachingWalk, _ codebook: Codebook) { (self.walk, self.codebook) = (walk, codebook) }

  /// Returns the rows it took.
  @discardableResult
  func draw(into canvas: inout Canvas, _ area: Rect) -> Int {
    let pictured = walk.picturedGrades
    guard let bones = codebook.bones.flatMap({ pictured[$0] }), area.height >= 6 else { return 0 }
    canvas.put("From the front, to be counted:", x: area.x, y: area.y, .role(.muted), clip: area)
    let arch = codebook.lesion?[.posterior].flatMap { pictured[$0] }.map {
      VertebraPicture(isArchInvolved: $0.contains("involved"))
    }
    // The map first, as large as it can be beside the smallest vertebra.
    let kept = arch == nil || area.height < 14 ? 0 : VertebraPicture.size.height + 2
    let top = area.height >= 20 ? 2 : 1
    let map = Rect(x: area.x, y: area.y + top, width: area.width, height: area.height - top - kept)
    let torso = TorsoMap(bones, walk.subject.patientCase.bones)
    torso.draw(into: &canvas, rect: map)
    let used = top + torso.rows(in: map.size)
    guard kept > 0, let arch else { return used }
    canvas.put("An affected one from above:", x: area.x, y: area.y + used + 1, .role(.muted), clip: area)
    let place = area.splitTop(used + 2).rest
    arch.draw(into: &canvas, rect: place)
    return used + 2 + VertebraPicture.scale(in: place.size) * VertebraPicture.size.height
  }
}
