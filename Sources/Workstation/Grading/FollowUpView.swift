// What a follow-up is graded beside: the baseline, the previous examination, the bones that changed, and the rule.

import Figures
import Grid
import ReviewCore

/// The findings under a head that says what they compare with; from the second follow-up on, beside them the grades of
/// the examination before, or while that is the comparator the grades against the baseline; where there is room.
func renderFollowUpFindings(_ state: State, _ area: Rect, _ canvas: inout Canvas) -> Int {
  let isNarrow = area.width < 58
  let names = findingColumns(isNarrow: isNarrow)
  let whole = area.width - names + 1
  let againstPrevious = state.grading.comparator == .previous
  guard let previous = state.previousExamination, whole / 2 >= 11, !state.hasSheets else {
    let comparator = (againstPrevious ? state.previousExamination?.title : nil) ?? "the baseline"
    canvas.put("against \(comparator)", x: area.x + 6, y: area.y, .role(.muted), clip: area.splitTop(1).top)
    return 1 + renderFindings(state, area.splitTop(1).rest, isNarrow: area.width < 42, &canvas)
  }
  let title = canvas.columns("at \(previous.title)") < whole / 2 ? previous.title : "\(previous.rawValue) mo"
  let heads = againstPrevious ? ["vs \(title)", "vs baseline"] : ["vs baseline", "at \(title)"]
  let beside = againstPrevious ? state.reading?.values() ?? [:] : state.ownValues(at: previous)
  // A grade that needs more than half has what the column beside it leaves.
  let own = widest(state, canvas) { state.grade(of: $0)?.value }
  let other = max(canvas.columns(heads[1]) + 1, widest(state, canvas) { beside[$0] })
  let room = min(max(whole / 2, own), max(whole / 2, whole - other))
  let columns = [(x: area.x + names, width: room - 1), (x: area.x + names + room, width: whole - room - 1)]
  for (column, head) in zip(columns, heads) {
    canvas.put(
      head, x: column.x, y: area.y, .role(.muted), clip: Rect(x: column.x, y: area.y, width: column.width, height: 1))
  }
  let rows = area.splitTop(1).rest
  let (top, height) = findingsShown(state, rows.height)
  for (index, finding) in state.gradedFindings.enumerated().dropFirst(top).prefix(height) {
    let clip = Rect(x: columns[1].x, y: rows.y + index - top, width: columns[1].width, height: 1)
    let runs =
      beside[finding.id].map { valueRuns($0, finding) { canvas.columns($0) <= clip.width } } ?? [("–", .role(.muted))]
    canvas.put(canvas.cut(runs, columns: clip.width, isList: finding.takesSites), x: clip.x, y: clip.y, clip: clip)
  }
  return 1 + renderFindings(state, rows, isNarrow: isNarrow, gradeRoom: room, &canvas)
}

/// Columns of the widest of some grades of what is graded here, with the blank behind it.
private func widest(_ state: State, _ canvas: Canvas, _ values: (FindingID) -> GradeValue?) -> Int {
  let needed = state.gradedFindings.compactMap { finding in
    values(finding.id).map { canvas.columns(valueRuns($0, finding).map(\.0).joined()) + 1 }
  }
  return needed.max() ?? 0
}

/// The rule's grade and its reasons, or what it misses; and whether the grade given is another one.
func ruleLines(_ state: State) -> [(String, Style)] {
  switch state.ruleOutcome {
  case .grade(let rule):
    let finding = state.session.codebook.suggestedGrade
    let given = finding.flatMap { state.grade(of: $0) }
    let level = given?.value.levelIDs.first
    let isOverruled = level != nil && level != rule.level
    let lines: [(String, Style)] =
      [("rule: \(rule.title)", ruleStyle(rule, finding, state.session.codebook))]
      + rule.reasons.map { ("  " + $0, .role(.muted)) }
    guard isOverruled, let level else { return lines }
    let isSaid = given?.overrules == rule.level
    let reason =
      (isSaid ? given?.note : nil).map { "because: \($0)" }
      ?? (given?.note == nil ? "without a reason" : "for no reason given since it or the rule changed")
      + ": m gives one, Enter takes the rule's"
    return [("! overruled: \(level), \(reason)", .role(.warning))] + lines
  case .undecided(let missing):
    return [
      ("rule: cannot decide yet", .role(.muted)),
      ("  needs " + state.missingNames(missing).joined(separator: ", "), .role(.muted)),
    ]
  case nil: return []
  }
}

/// On wide screens the bones on a spine map at the right, at a follow-up with their changes; returns what is left for the
/// rest.
func renderChangeMap(_ state: State, _ area: Rect, _ canvas: inout Canvas) -> Rect {
  let rest = state.besideChangeMap(area)
  guard rest != area else { return area }
  state.gradedMap?.draw(into: &canvas, rect: area.splitLeft(rest.width + 2).rest)
  return rest
}

extension State {
  /// The bones as graded so far, at a follow-up what became of them; nil where the codebook has no bones.
  var gradedMap: SpineMap? {
    guard let bones = session.codebook.bones else { return nil }
    return grading.examination.isBaseline
      ? SpineMap(grade(of: bones)?.value, anatomy: gradedAnatomy) : changeMap(self)
  }

  /// At the baseline, on tall screens: below the findings, the facts of the case and room for what does not go together, so
  /// that the pictures have the whole of the other side. Nil where it has no room there.
  var mapBelowFindings: Rect? {
    let left = gradingColumns(self).left
    guard grading.examination.isBaseline, session.codebook.hasPictures, session.codebook.bones != nil,
      left.width >= 2 + SpineMap.wholeWidth, left.height >= Self.rowsOfLargeImages
    else { return nil }
    let rows = left.height - rowsBesideImages - 6
    guard rows >= Self.fewestMapRows else { return nil }
    let height = min(rows, 36)
    return Rect(x: left.x + 2, y: left.maxY - height, width: left.width - 3, height: height)
  }

  private static let fewestMapRows = 19

  /// What the map leaves of an area; all of it where there is none.
  func besideChangeMap(_ area: Rect) -> Rect {
    let columns = 22
    guard area.width >= 2 * columns + 4, area.height >= Self.fewestMapRows, session.codebook.bones != nil,
      mapBelowFindings == nil
    else { return area }
    return Rect(x: area.x, y: area.y, width: area.width - columns - 2, height: area.height)
  }
}

/// The bones of the examination compared with, and what became of them since.
private func changeMap(_ state: State) -> SpineMap {
  let codebook = state.session.codebook
  let changes = codebook.changesOfBones.flatMap { codebook[$0] }
  return SpineMap(
    state.bonesOfComparator,
    changes: BoneChanges(changes.flatMap { state.grade(of: $0.id) }?.value.changes ?? [:], changes),
    anatomy: state.gradedAnatomy)
}

/// What the reader graded at the examination compared with, where it is not the baseline, and at the baseline, in words;
/// where no map stands beside, the changes below it.
func renderBefore(_ state: State, _ whole: Rect, withMap: Bool, _ canvas: inout Canvas) {
  let area = renderComparator(state, whole, &canvas)
  let values = state.ownValues(at: .baseline)
  let words = state.session.codebook.findings(in: .baseline).compactMap { finding -> String? in
    guard let value = values[finding.id] else { return nil }
    if finding.scale == .sites { return value.isNone ? "no bone involved" : finding.words(value) }
    // Signs and signals by their glyphs, as on the case screen: so the map below still has room.
    let isShort = value.isAnswer && !finding.sequences.isEmpty
    return "\(finding.shortTitle) \(isShort ? finding.glyphs(value) : finding.words(value))"
  }
  guard area.height > 1 else { return }
  // The map has its own place below, with its key, so that it stands still from finding to finding.
  let mapHeight = state.body.height < 30 ? max(5, state.body.height / 4) : state.body.height * 3 / 5
  let hasMap = withMap && state.session.codebook.bones != nil && area.width >= 28 && area.height >= mapHeight + 2
  canvas.put("At the baseline", x: area.x, y: area.y, .role(.heading, .bold), clip: area)
  let text = words.isEmpty ? "not graded" : words.joined(separator: ", ")
  let room = area.height - 1 - (hasMap ? mapHeight : 0)
  let all = canvas.wrapped(text, columns: area.width)
  for (row, line) in all.prefix(room).enumerated() {
    let isCut = row == room - 1 && all.count > room
    canvas.put(isCut ? line + " …" : line, x: area.x, y: area.y + 1 + row, clip: area)
  }
  let rest = area.splitTop(min(all.count, room) + 1).rest
  if hasMap {
    changeMap(state).draw(
      into: &canvas, rect: Rect(x: area.x, y: area.maxY - mapHeight, width: area.width, height: mapHeight))
  }
  // Beside the map: the lesion as it was. In the last rows, so that it stands still from finding to finding.
  guard !withMap, state.session.codebook.hasPictures, !values.isEmpty, rest.height >= 12 else { return }
  let height = min(rest.height - 2, max(11, area.height / 2))
  let picture = Rect(x: rest.x, y: rest.maxY - height, width: rest.width, height: height)
  let title = picture.width < 22 ? "Lesion at baseline" : "Lesion at the baseline"
  canvas.put(title, x: picture.x, y: picture.y - 1, .role(.heading, .bold), clip: rest)
  LesionPicture(LesionAppearance(state.session.codebook, grades: values), largest: picture.size)
    .draw(into: &canvas, rect: picture)
}

/// Against the examination before: what was graded there against the baseline; returns what is left of the area.
private func renderComparator(_ state: State, _ area: Rect, _ canvas: inout Canvas) -> Rect {
  guard state.grading.comparator == .previous, let previous = state.previousExamination, area.height > 2 else {
    return area
  }
  let values = state.ownValues(at: previous)
  let words = state.session.codebook.findings(at: previous, comparator: .baseline).compactMap { finding in
    values[finding.id].map { "\(finding.shortTitle) \(finding.ranged($0))" }
  }
  canvas.put("At \(previous.title) (vs baseline)", x: area.x, y: area.y, .role(.heading, .bold), clip: area)
  let text = words.isEmpty ? "not graded" : words.joined(separator: ", ")
  let lines = canvas.wrapped(text, columns: area.width).prefix(max(1, area.height / 2 - 1))
  for (row, line) in lines.enumerated() { canvas.put(line, x: area.x, y: area.y + 1 + row, clip: area) }
  return area.splitTop(min(area.height, lines.count + 2)).rest
}

extension State {
  /// What the rule misses, named as the reader finds it: with the examination where it is not graded on this page.
  func missingNames(_ missing: [FollowUpRule.Missing]) -> [String] {
    missing.map { missing in
      let isHere = gradedFindings.contains { $0.id == missing.finding }
      return missing.words(session.codebook, at: isHere ? grading.examination : nil)
    }
  }
}

/// The colour of what a rule suggests: that of the level.
func ruleStyle(_ rule: FollowUpRule.Grade, _ finding: FindingID?, _ codebook: Codebook) -> Style {
  finding.flatMap { codebook[$0]?.level(rule.level) }.map(levelStyle) ?? levelStyle(rule.level)
}
