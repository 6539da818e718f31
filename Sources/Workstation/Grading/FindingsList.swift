// The findings of the grading screen with their grades, a row each.

import Figures
import Grid
import ReviewCore

func renderFindings(_ state: State, _ area: Rect, _ canvas: inout Canvas) -> Int {
  renderFindings(state, area, isNarrow: area.width < 42, &canvas)
}

/// Findings and their grades, a row each; narrow ones are named shortly, so that the grades still have room.
/// - Parameter gradeRoom: columns of the grades; nil for all that are left.
func renderFindings(
  _ state: State, _ area: Rect, isNarrow: Bool, gradeRoom: Int? = nil, _ canvas: inout Canvas
) -> Int {
  if state.hasSheets, gradeRoom == nil { return renderLines(state, area, isNarrow: isNarrow, &canvas) }
  let (top, height) = findingsShown(state, area.height)
  for index in state.gradedFindings.indices.dropFirst(top).prefix(height) {
    renderFinding(state, index, area, y: area.y + index - top, isNarrow: isNarrow, gradeRoom: gradeRoom, &canvas)
  }
  if top > 0 { canvas.put("↑", x: area.x, y: area.y, .role(.focus)) }
  if top + height < state.gradedFindings.count { canvas.put("↓", x: area.x, y: area.y + height - 1, .role(.focus)) }
  return min(state.gradedFindings.count, height)
}

/// One finding with its grade.
func renderFinding(
  _ state: State, _ index: Int, _ area: Rect, y: Int, isNarrow: Bool, gradeRoom: Int? = nil, _ canvas: inout Canvas
) {
  let finding = state.gradedFindings[index]
  let gradeColumn = area.x + findingColumns(isNarrow: isNarrow)
  let isHere = index == state.grading.cursor
  let title = Rect(x: area.x, y: y, width: gradeColumn - 1, height: 1)
  canvas.put(isHere ? "▸" : " ", x: area.x + 1, y: y, .role(.focus, .bold))
  // Where the level goes that the comma waits for.
  if state.grading.isAdding, state.grading.justGraded == finding.id {
    canvas.put("+", x: area.x + 2, y: y, .role(.focus, .bold))
  }
  canvas.put(String(index + 1), right: area.x + 5, y: y, .role(.muted))
  let fits = !isNarrow && canvas.columns(finding.title) <= title.maxX - area.x - 6
  canvas.put(
    fits ? finding.title : finding.shortTitle, x: area.x + 6, y: y, isHere ? .role(.focus, .bold) : .plain,
    clip: title)
  let width = gradeRoom.map { gradeColumn - area.x + $0 } ?? area.width
  let confidence = state.isUncertain(finding.id) ? "?" : state.grade(of: finding.id)?.confidence.map(String.init)
  // The confidence keeps its place at the right, however long the grade is.
  let room = Rect(x: area.x, y: y, width: width - (confidence == nil ? 1 : 3), height: 1)
  let (runs, shown) = gradeAndMarks(state, finding, columns: room.maxX - gradeColumn, canvas)
  let end = gradeColumn + canvas.put(runs, x: gradeColumn, y: y, clip: room)
  canvas.put(shown, x: end, y: y, .role(.muted), clip: room)
  if let confidence {
    canvas.put(confidence, x: room.maxX + 1, y: y, .role(confidence == "?" ? .warning : .muted))
  }
}

/// A grade in words with as much of what belongs to it as there is room for; the shortest of that keeps its place, however
/// long the grade is.
private func gradeAndMarks(
  _ state: State, _ finding: Finding, columns room: Int, _ canvas: Canvas
) -> (grade: Line, marks: String) {
  let grade = state.grade(of: finding.id)
  let words = grade.map { finding.words($0.value) } ?? ""
  var fallback: (Line, String) = ([], "")
  for shown in grade.map(marks) ?? [""] {
    let left = room - canvas.columns(shown)
    let runs = gradeRuns(state, finding) { canvas.columns($0) <= left }
    let text = runs.map(\.0).joined()
    if text.hasSuffix(words), canvas.columns(text) <= left { return (runs, shown) }
    fallback = (canvas.cut(runs, columns: left, isList: finding.takesSites), shown)
  }
  return fallback
}

/// What belongs to a grade, as long as there is room: the image and the bone it was seen in, at last only that there is
/// a note and a place.
private func marks(of grade: Grade) -> [String] {
  let note = grade.note == nil ? "" : "✎"
  let image = grade.image.map { " \($0.text)" + (grade.mark == nil ? "" : "↗") } ?? ""
  let bone = grade.bone.map { " \($0.title)" } ?? ""
  let isSeen = (image.isEmpty ? "" : "↗") + note
  let least = isSeen.isEmpty ? "" : " " + isSeen
  return [
    image + bone + (note.isEmpty ? "" : " ✎"), image + bone + note, bone.isEmpty ? image + note : bone + isSeen, least,
  ]
}

/// The findings that are drawn: all, or where they do not fit those around the cursor, with room below for what follows
/// from them.
func findingsShown(_ state: State, _ rows: Int) -> (top: Int, height: Int) {
  let count = state.gradedFindings.count
  // What follows from the grades has rows below them.
  let below = state.grading.derived.isEmpty ? 0 : 5
  guard count > rows - min(1, below) else { return (0, rows) }
  let height = max(1, rows - below)
  return (max(0, min(state.grading.cursor - height / 2, count - height)), height)
}

/// Columns of a finding's number and name.
func findingColumns(isNarrow: Bool) -> Int { isNarrow ? 19 : 32 }

/// The grade of a finding in its colour, or where one is to come.
/// - Parameter fits: whether there is room for a text.
func gradeRuns(
  _ state: State, _ finding: Finding, fits: (String) -> Bool = { _ in true }
) -> [(String, Style)] {
  // A vote that goes on, what is left unresolved, and what departs from the rule are no grade like the others.
  if let row = state.jointRow(finding.id),
    row.vote?.isOpen == true || row.decision.map({ $0.grade == nil }) == true || row.rule?.overruled != nil
  {
    return outcome(row, finding)
  }
  return state.grade(of: finding.id).map { valueRuns($0.value, finding, fits: fits) } ?? [("▁", .role(.muted))]
}

/// A value in its colour, with its glyph; where there is no room for both in words alone, and several levels at last in
/// glyphs alone: half a word after a glyph says less than either.
func valueRuns(
  _ value: GradeValue, _ finding: Finding, fits: (String) -> Bool = { _ in true }
) -> [(String, Style)] {
  guard value.isAnswer else { return [(finding.words(value), .role(.warning))] }
  let style = value.levelIDs.last.map { id in finding.level(id).map(levelStyle) ?? levelStyle(id) } ?? .plain
  if case .map(let changes) = value, !value.isNone {
    let words = BoneChanges(changes, finding).words
    if fits(words) { return [(words, .plain)] }
    return [(finding.glyphs(each: changes), .plain)]
  }
  let levels = value.levelIDs.compactMap { finding.level($0) }
  let isMarked = !levels.isEmpty && levels.allSatisfy { !finding.mark($0).isEmpty }
  let (glyphs, words) = (isMarked ? finding.glyphs(value) : "", finding.words(value))
  let ways = [glyphs.isEmpty ? words : "\(glyphs) \(words)", words] + (levels.count > 1 && isMarked ? [glyphs] : [])
  return [(ways.first(where: fits) ?? words, style)]
}
