// Draws the grading screen: findings and grades on the left, the finding under the cursor on the right.

import Figures
import Grid
import ReviewCore

/// The second head line.
func gradingHead(_ state: State) -> [(String, Style)] {
  guard let view = state.grading.view else { return [("Grade", .role(.heading, .bold))] }
  let graded = state.gradedFindings.count - state.notGraded.count
  let examination = state.grading.examination
  let against = state.grading.comparator == .previous ? state.previousExamination : nil
  var parts = [
    HeadPart("Grade", view.id), HeadPart("  \(view.patientCase.patient)", .plain, gives: 4),
    HeadPart("  \(against.map { "\(examination) vs \($0.title)" } ?? examination.title)", .plain),
    HeadPart("  round \(view.round)", .plain, gives: 3),
    HeadPart("   \(graded) of \(state.gradedFindings.count)", .plain),
  ]
  if case .signed = state.reading?.state {
    parts.append(HeadPart("   ✓ signed", .role(.good)))
    if !state.isAskedAgain, let seconds = state.reading?.seconds, seconds > 0 {
      parts.append(HeadPart("  \(timeSpent(seconds))", .role(.muted), gives: 1))
    }
  }
  if state.whyNotGraded == nil || state.isAskedAgain {
    // The tick has its place before it comes, so that nothing moves with it.
    let saved = state.grading.savedAt
    parts += [
      HeadPart(saved.map { "   saved \($0) " } ?? "   ", .role(.muted), short: "   ", gives: 2),
      HeadPart(saved == nil ? " " : "✓", .role(.good)),
    ]
  }
  return fitting(parts, columns: state.size.width - 2)
}

/// Findings on the left, the one under the cursor on the right of a rule.
func gradingColumns(_ state: State) -> (left: Rect, right: Rect) {
  let (left, rest) = state.body.splitLeft(min(state.body.width * 55 / 100, 62))
  return (left, Rect(x: rest.x + 2, y: rest.y, width: rest.width - 3, height: rest.height))
}

extension State {
  /// Columns of the right pane from which on the facts of the case stand beside the map, and not below the keys.
  fileprivate static let widthOfFacts = SpineMap.wholeWidth + 62

  /// Where the picker's map is drawn; its layout decides where a step leads.
  package var pickerMap: Rect {
    let area = gradingColumns(self).right
    let map = SpineMap.wholeWidth
    // What the map leaves beside it shows what else is known, once that is wide enough for a picture.
    let width = area.width >= map + 2 + 18 ? map : area.width
    return Rect(x: area.x, y: area.y + 3, width: width, height: area.height - 3)
  }
}

func renderGrading(_ state: State, _ canvas: inout Canvas) {
  let (left, right) = gradingColumns(state)
  for y in left.y..<left.maxY { canvas.put("│", x: left.maxX, y: y, .role(.border)) }
  let used =
    state.grading.examination.isBaseline
    ? renderFindings(state, left, &canvas) : renderFollowUpFindings(state, left, &canvas)
  var whole = left.splitTop(used + 1).rest
  if state.grading.picker == nil, let map = state.mapBelowFindings {
    whole.height = map.y - 1 - whole.y
    state.gradedMap?.draw(into: &canvas, rect: map)
  }
  let images = state.hasImagesBeside ? state.gradingImages : nil
  let below = images.map { $0.x < left.maxX ? whole.splitTop($0.y - whole.y - 1).top : whole } ?? whole
  state.drawImagesBeside(&canvas, images)
  if let picker = state.grading.picker {
    renderPicker(state, picker, right, &canvas)
    let keys = renderPickerKeys(state, picker, below, &canvas)
    let rest = below.splitTop(keys + 1).rest
    let facts = state.rowsOfFacts(width: rest.width - 4)
    if right.width < State.widthOfFacts, facts <= rest.height { renderCaseFacts(state, rest, &canvas) }
  } else {
    renderFinding(state, right, &canvas)
    var used = renderWarnings(state, below, &canvas)
    if used > 0 { used += 1 }
    let facts = state.rowsOfFacts(width: below.width - 4)
    if whole.height - used >= min(12, facts) { renderCaseFacts(state, below.splitTop(used).rest, &canvas) }
  }
}

/// Rows of the lesion's pictures where images stand below them, and the one between.
let lesionRowsAboveImages = 13

/// What does not go together, and at a follow-up what the rule says; returns the rows it took.
private func renderWarnings(_ state: State, _ area: Rect, _ canvas: inout Canvas) -> Int {
  var lines: [(String, Style)] = []
  if state.grading.view?.locked.contains(state.grading.examination) == true {
    lines.append(("! " + State.lockedWords, .role(.warning)))
  }
  // Before the rule's reasons: they take what is left of a small screen.
  lines += state.warnings.map { ("! " + $0.text, .role(.warning)) }
  if let finding = state.gradedFinding, let row = state.jointRow(finding.id), let table = state.consensus.table {
    lines += detailLines(state, table, row, finding)
    let rule = state.session.codebook.suggestedGrade.flatMap { $0 == finding.id ? nil : state.jointRow($0)?.rule }
    lines += rule.map { ruleLines($0, state.session.codebook) } ?? []
  } else {
    lines += ruleLines(state)
    lines += derivedLines(state)
  }
  if let asked = state.askedAgain, asked.id != state.gradedFinding?.id {
    lines.append(("all is signed; n goes to \(asked.title), asked with the clinical data", .role(.accent)))
  }
  if let reading = state.reading, let reset = reading.unproven {
    lines.append(("! graded " + reset.mark(on: reading.reader), .role(.warning)))
  }
  if let note = state.reading?.note { lines.append(("note: " + note, .role(.muted))) }
  return canvas.put(lines, in: area.inset(by: 2, 0))
}

/// Where there is room: what brought the patient, the series of this examination, and the criterion that the grades of
/// the baseline meet so far. Returns the rows it took.
@discardableResult private func renderCaseFacts(_ state: State, _ area: Rect, _ canvas: inout Canvas) -> Int {
  guard area.width >= 40 else { return 0 }
  let inside = area.inset(by: 2, 0)
  var y = inside.y
  for fact in state.caseFacts(width: inside.width) where y < inside.maxY { y += fact.draw(&canvas, inside, y: y) }
  return y - inside.y
}

extension State {
  /// What stands beside the findings of the examination that is graded.
  func caseFacts(width: Int) -> [Fact] {
    guard let view = grading.view else { return [] }
    let examination = grading.examination
    return PanelContext(session: session, view: view, selected: examination).facts(
      beside: examination, width: width, isSimulated: beside.isSimulated(view.patientCase, examination))
  }
}

extension State {
  func rowsOfFacts(width: Int) -> Int { caseFacts(width: width).reduce(0) { $0 + $1.rows(width: width) } }
}

/// Definition, levels with their keys, and the picture that the grades make.
private func renderFinding(_ state: State, _ whole: Rect, _ canvas: inout Canvas) {
  guard let finding = state.gradedFinding else { return }
  var area = renderChangeMap(state, whole, &canvas)
  let images = state.hasImagesBeside ? state.largeGradingImages : nil
  if let images { area = area.splitTop(images.y - area.y - 1).top }
  var y = area.y
  canvas.put(finding.title, x: area.x, y: y, .role(.heading, .bold), clip: area)
  y += 1
  for line in canvas.wrapped(finding.definition, columns: area.width) where y < area.maxY {
    canvas.put(line, x: area.x, y: y, clip: area)
    y += 1
  }
  canvas.put(finding.source, x: area.x, y: y, .role(.muted), clip: area)
  y += 1
  let asksConfidence = state.grading.isAskingConfidence && !state.grading.isAdding
  if asksConfidence { y = renderConfidence(state, area, y: y, &canvas) }
  let graded = state.grade(of: finding.id)?.value.levelIDs ?? []
  let certainty = state.grade(of: finding.id)?.confidence.map { " \($0) of 5" } ?? ""
  let hasLevels = finding.scale != .map && !asksConfidence
  let isList = finding.levels.count > 9
  for level in finding.levels where hasLevels && (!isList || graded.contains(level.id)) && y < area.maxY {
    let isGraded = graded.contains(level.id)
    canvas.put(
      [
        (finding.key(of: level.id).map { " \($0) " } ?? "   ", .role(.accent)),
        (finding.mark(level) + level.title, levelStyle(level)),
        (isGraded ? " ✓" : "", .role(.good)), (isGraded ? certainty : "", .role(.muted)),
      ], x: area.x, y: y, clip: area)
    y += 1
  }
  if let how = chooses(finding), !asksConfidence {
    canvas.put([(" Enter ", .role(.accent)), (how, .plain)], x: area.x, y: y, clip: area)
    y += 1
  }
  if finding.takesSites, !asksConfidence {
    canvas.put([(" t11,l4 ", .role(.accent)), ("or type the bones", .plain)], x: area.x, y: y, clip: area)
    y += 1
  }
  if let seen = state.grade(of: finding.id)?.seen {
    canvas.put(seen, x: area.x, y: y, .role(.muted), clip: area)
    y += 1
  }
  if let note = state.grade(of: finding.id)?.note {
    for line in canvas.wrapped("note: " + note, columns: area.width) where y < area.maxY {
      canvas.put(line, x: area.x, y: y, .role(.muted), clip: area)
      y += 1
    }
  }
  if !state.grading.examination.isBaseline {
    return renderBefore(state, area.splitTop(y - area.y + 1).rest, withMap: area == whole, &canvas)
  }
  if finding.isAskedAfterwards { return renderClinicalData(state, area.splitTop(y - area.y + 1).rest, &canvas) }
  guard state.session.codebook.hasPictures else { return }
  // As large as there is room; on small screens in the last rows, so that it stands still from finding to finding.
  let height =
    images != nil
    ? lesionRowsAboveImages - 1
    : whole.height < 30 ? 9 : area.width >= 60 ? whole.height - 13 : whole.height * 3 / 5
  let picture = Rect(x: area.x, y: max(y, area.maxY - height), width: area.width, height: min(height, area.maxY - y))
  if picture.height >= 5 {
    state.gradedLesion(picture.size).draw(into: &canvas, rect: picture)
  }
}

extension State {
  /// The lesion as the reader graded it so far.
  fileprivate func gradedLesion(_ largest: Size) -> LesionPicture {
    LesionPicture(LesionAppearance(session.codebook, grades: reading?.values() ?? [:]), largest: largest)
  }
}

/// The scale of the confidence in the place of the levels; returns the row below it.
private func renderConfidence(_ state: State, _ area: Rect, y: Int, _ canvas: inout Canvas) -> Int {
  let graded = state.grading.held ?? state.gradedFinding.flatMap { state.grade(of: $0.id) }
  let value = graded.flatMap { grade in state.gradedFinding?.ranged(grade.value) } ?? ""
  let question = ": how certain?"
  let shown = canvas.list(value, columns: area.width - canvas.columns(question))
  canvas.put(shown + question, x: area.x, y: y, .role(.focus, .bold), clip: area)
  for (row, words) in ["a guess", "", "", "", "certain"].enumerated() {
    canvas.put([(" \(row + 1) ", .role(.accent)), (words, .plain)], x: area.x, y: y + 1 + row, clip: area)
  }
  return y + 6
}

/// What Enter does on a finding that no digit answers.
private func chooses(_ finding: Finding) -> String? {
  switch finding.scale {
  case .sites, .map: return "choose on the spine map"
  case .number: return "type it" + (finding.number?.words.map { ": \($0)" } ?? "")
  case .choice, .set:
    if finding.alone != nil { return "choose from \(finding.levels.count - 1) places" }
    return finding.levels.count > 9 ? "choose from \(finding.levels.count) levels" : nil
  }
}

/// What the rules of the codebook make of the grades: of the place under the cursor and of the whole; what is not
/// decided yet says what it needs.
private func derivedLines(_ state: State) -> [(String, Style)] {
  let here = state.gradedFinding?.cell?.place
  return state.grading.derived.filter { $0.finding.cell == nil || $0.finding.cell?.place == here }.map { derived in
    let level = derived.value?.levelIDs.first.flatMap { derived.finding.level($0) }
    let isOpen = derived.value == nil
    let reasons = derived.reasons.isEmpty ? "" : "; " + derived.reasons.joined(separator: "; ")
    return (
      "\(derived.finding.title): \(derived.words)\(reasons)",
      isOpen ? .role(.muted) : level.map(levelStyle) ?? .plain
    )
  }
}

private func renderPicker(_ state: State, _ picker: BonePicker, _ area: Rect, _ canvas: inout Canvas) {
  let finding = state.session.codebook[picker.finding]
  let head: Line = [(finding?.title ?? "", .role(.heading, .bold))] + typedName(picker)
  canvas.put(canvas.cut(head, columns: area.width), x: area.x, y: area.y, clip: area)
  let value =
    picker.isMap && !picker.changes.isEmpty
    ? BoneChanges(picker.changes, finding).words : picker.value.flatMap { finding?.words($0) } ?? "none yet"
  // Two lines, of which the first may end some columns early.
  let words = canvas.wrapped(canvas.list(value, columns: area.width * 2 - 12), columns: area.width).prefix(2)
  for (row, line) in words.enumerated() { canvas.put(line, x: area.x, y: area.y + 1 + row, clip: area) }
  let map = state.pickerMap
  SpineMap(
    picker.isMap ? picker.involved : picker.value, changes: BoneChanges(picker.changes, finding),
    anatomy: picker.anatomy,
    cursor: picker.cursor, range: Set(picker.selection)
  ).draw(into: &canvas, rect: map)
  let beside = area.splitTop(map.y - area.y).rest.splitLeft(map.width + 2).rest
  if !beside.isEmpty { renderBesidePicker(state, beside, &canvas) }
}

/// What stands beside the findings, beside the map that covers it: the facts of the case where they are not cut, and the
/// lesion as graded, at a follow-up the baseline.
private func renderBesidePicker(_ state: State, _ area: Rect, _ canvas: inout Canvas) {
  let used = area.width < State.widthOfFacts - SpineMap.wholeWidth - 2 ? 0 : renderCaseFacts(state, area, &canvas)
  let rest = area.splitTop(used > 0 ? used + 1 : 0).rest
  guard state.grading.examination.isBaseline else {
    return renderBefore(state, rest, withMap: false, &canvas)
  }
  guard state.session.codebook.hasPictures, rest.height >= 5 else { return }
  state.gradedLesion(rest.size).draw(into: &canvas, rect: rest)
}

/// The picker's keys below the findings, in columns; the footer has the most needed ones. Returns the rows they took.
private func renderPickerKeys(_ state: State, _ picker: BonePicker, _ area: Rect, _ canvas: inout Canvas) -> Int {
  let keys = picker.keys(state.session.codebook[picker.finding]).filter { !["Enter", "Esc", "?"].contains($0.key) }
  let column = 22
  let rows = max(1, (keys.count + 1) / max(1, area.width / column))
  for (index, key) in keys.enumerated() where index % rows < area.height {
    let x = area.x + 2 + index / rows * column
    let clip = Rect(x: x, y: area.y + index % rows, width: column - 1, height: 1).intersection(area)
    canvas.put([(key.key, .role(.accent)), (" " + key.words, .plain)], x: x, y: clip.y, clip: clip)
  }
  return rows
}

/// The map of the bones, or the question how certain the reader is.
@Sendable func layersOfGrading(_ state: State) -> [any Layer] {
  if let picker = state.grading.picker { return [BoneMap(picker: picker, update: updatePicker)] }
  guard let finding = state.grading.justGraded.flatMap({ state.session.codebook[$0] }) else { return [] }
  if state.grading.isAdding { return [AddedLevel(finding: finding)] }
  let isOpen = state.whyNotGraded == nil || state.grading.held != nil
  return state.grading.isAskingConfidence && isOpen ? [ConfidenceQuestion(finding: finding)] : []
}

/// After a comma: a digit adds a level to the set just graded, Esc adds nothing; any other key does what it always does.
private struct AddedLevel: Layer {
  let finding: Finding

  func take(_ key: Key, _ state: inout State) -> [Effect]? {
    switch key {
    case .character(let digit) where digit.isASCII && digit.isNumber: return add(key, to: finding, &state)
    case .character(","): return []
    case .escape:
      state.grading.isAdding = false
      return []
    default:
      state.grading.isAdding = false
      return nil
    }
  }

  func foot(_ state: State) -> Foot? {
    let levels = finding.levels.enumerated().map { "\($0 + 1) \($1.title)" }.joined(separator: "  ")
    return .words("add to \(finding.title):  \(levels)   Esc adds none")
  }
}

/// A digit answers it, and the cursor moves on; Enter moves on without an answer, Esc stays, any other key does what it
/// always does and leaves it open, but where it leads on: the digit after that is still a confidence.
private struct ConfidenceQuestion: Layer {
  let finding: Finding

  func take(_ key: Key, _ state: inout State) -> [Effect]? {
    switch key {
    case .character(let digit) where digit.isASCII && digit.isNumber:
      guard let confidence = digit.wholeNumberValue, (1...5).contains(confidence) else {
        state.message = Message("how certain: 1 to 5", .warning)
        return []
      }
      return rate(confidence, finding.id, &state)
    case .enter: return state.leaveForLater(finding)
    case .escape:
      state.grading.isAskingConfidence = false
      return []
    default:
      if state.grading.held != nil {
        let goesOn = Commands.bound(to: key, state).map(Commands.isOfTheLastGrade) ?? true
        if !goesOn { state.grading.isAskingConfidence = false }
      }
      return nil
    }
  }

  func foot(_ state: State) -> Foot? {
    let rest = state.grading.held == nil ? "Enter: later" : "that signs it; any other key does not"
    return .words("\(finding.title): how certain? 1 a guess … 5 certain; \(rest)")
  }
}

extension ScreenID {
  package static let grading = ScreenID("grading")
}

extension Screen {
  static let grading = Screen(
    .grading, "Grade", head: gradingHead, draw: renderGrading, over: layersOfGrading, commands: Commands.grading,
    signs: [
      ("▁", "to be graded"), ("+", "a comma was typed: the next digit adds a level"),
      ("L4", "behind a grade: the bone in which the sign was seen"),
      ("↗", "behind a grade: an image shows it, or a mark on one"), ("✎", "behind a grade: a note is kept with it"),
      ("1 to 5 ?", "at the end of a row: how certain the reader was; ? is still asked"),
    ],
    reopen: { $0.reopenGrading($1, $2) })
}
