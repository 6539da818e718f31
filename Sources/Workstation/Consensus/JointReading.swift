// A joint reading, in which the session is the grading: the keys, the pictures and the map of the grading screen.

import Figures
import Grid
import ReviewCore

extension State {
  /// The readers grade together from the start, and nobody has graded before.
  var isJoint: Bool { session.study.studyProtocol.mode == .joint }

  /// False for keys of a joint reading where there is none: help and palette leave them out.
  func offers(_ command: Command) -> Bool { isJoint || !command.id.hasPrefix("consensus.joint.") }

  /// Agrees on a grade, and goes on to the next finding.
  fileprivate mutating func agreeJointly(_ value: GradeValue, on row: ConsensusRow, goesOn: Bool = true) -> [Effect] {
    guard let id = consensus.caseID else { return [] }
    consensus.justAgreed = row.key
    let act = [Effect.session(.act(id, .agree(row, row.agreed(Grade(value))), as: nil))]
    let rows = consensus.rows
    guard goesOn, let index = rows.firstIndex(where: { $0.key == row.key }), rows.indices.contains(index + 1) else {
      return act
    }
    return act + pointAt(rows[index + 1].key)
  }

  /// What a comma adds a level to: the row just agreed on if the cursor has come from there, else the one under it.
  fileprivate var setToAddTo: ConsensusRow? {
    let rows = consensus.rows
    let before = consensus.index > 0 ? rows[consensus.index - 1] : nil
    let row = before?.key == consensus.justAgreed && before != nil ? before : consensus.row
    guard let row, session.codebook[row.key.finding]?.scale == .set, row.decision?.grade != nil else { return nil }
    return row
  }

  /// The map of the bones for the row under the cursor; at a follow-up over the agreed bones of the baseline.
  fileprivate func jointMap(_ row: ConsensusRow, _ finding: Finding) -> JointMap {
    let involved = session.codebook.bones.flatMap { consensus.table?.row(GradeKey(.baseline, $0)) }?.decision?.grade?
      .value
    return JointMap(
      row: row,
      picker: BonePicker(
        finding, value: row.decision?.grade?.value, involved: finding.scale == .map ? involved : nil,
        start: involved?.bones.first ?? grading.lastBone, anatomy: consensusAnatomy))
  }
}

extension Commands {
  private static func joint(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    run: @escaping @Sendable (inout State, ConsensusRow, Finding) -> [Effect]
  ) -> Command {
    Command(
      "consensus.joint.\(id)", "joint reading: \(title)", keys: keys, on: [.consensus], hint: hint,
      whyNot: { state in
        state.isJoint ? cannotAgree(state) : "the readers have graded alone; v votes, e agrees on a grade"
      }
    ) { state in
      guard let row = state.consensus.row, let finding = state.session.codebook[row.key.finding] else { return [] }
      return run(&state, row, finding)
    }
  }

  /// Before the other commands of a session, of which no reader in a joint reading has need.
  static let jointReading: [Command] =
    (1...5).map { digit in
      let key = Key.character(Character(String(digit)))
      return joint("level.\(digit)", "agree on level \(digit) and go on", [key]) { state, row, finding in
        if finding.takesSites {
          state.overlay = state.jointMap(row, finding)
          return []
        }
        guard let level = level(of: key, finding) else {
          let count = finding.levels.count
          state.message = Message("\(finding.title) has \(count) levels, 1 to \(count)", .warning)
          return []
        }
        return state.agreeJointly(finding.scale == .set ? .levels([level]) : .level(level), on: row)
      }
    }
    + [("c", "C5"), ("t", "T11"), ("l", "L4"), ("s", "S1")].map { letter, bone in
      joint("bone.\(letter)", "choose bones by name, as \(bone)", [.character(letter)]) { state, row, finding in
        guard finding.takesSites else {
          state.message = Message("bones are typed where the cursor stands on bones", .warning)
          return []
        }
        return state.jointMap(row, finding).take(.character(letter), &state) ?? []
      }
    }
    + [
      joint("notAssessable", "agree on not assessable", [.character("x")]) { state, row, _ in
        state.agreeJointly(.notAssessable, on: row)
      },
      joint("notAcquired", "agree on not acquired", [.character("z")]) { state, row, _ in
        state.agreeJointly(.notAcquired, on: row)
      },
      joint("add", "add a level to the set just agreed on", [.character(",")]) { state, _, _ in
        guard let row = state.setToAddTo else {
          state.message = Message("a comma adds a level to a signal or enhancement that is agreed on", .warning)
          return []
        }
        state.consensus.adding = row.key
        return []
      },
    ]
}

/// After a comma: a digit adds a level, Esc adds nothing; any other key does what it always does.
private struct AddedJointly: Layer {
  let row: ConsensusRow
  let finding: Finding

  func take(_ key: Key, _ state: inout State) -> [Effect]? {
    state.consensus.adding = nil
    switch key {
    case .escape: return []
    case .character(let digit) where digit.isASCII && digit.isNumber:
      guard let level = level(of: key, finding) else {
        let count = finding.levels.count
        state.message = Message("\(finding.title) has \(count) levels, 1 to \(count)", .warning)
        return []
      }
      let levels = (row.decision?.grade?.value.levelIDs ?? []) + [level]
      return state.agreeJointly(.levels(finding.inCodeOrder(levels)), on: row, goesOn: false)
    default: return nil
    }
  }

  func foot(_ state: State) -> Foot? {
    let levels = finding.levels.enumerated().map { "\($0 + 1) \($1.title)" }.joined(separator: "  ")
    return .words("add to \(finding.title):  \(levels)   Esc nothing")
  }
}

@Sendable func layersOfConsensus(_ state: State) -> [any Layer] {
  guard let row = state.consensus.adding.flatMap({ state.consensus.table?.row($0) }),
    let finding = state.session.codebook[row.key.finding]
  else { return [] }
  return [AddedJointly(row: row, finding: finding)]
}

/// The bones of a joint reading, on a map in a window.
struct JointMap: Layer {
  let row: ConsensusRow
  var picker: BonePicker

  private static let size = Size(width: 66, height: 22)

  func take(_ key: Key, _ state: inout State) -> [Effect]? {
    var changed = self
    let outcome = changed.picker.take(key, state.session.codebook[row.key.finding], on: map(state))
    state.overlay = changed
    switch outcome {
    case .open: return []
    case .told(let words):
      state.message = Message(words, .warning)
      return []
    case .left:
      state.overlay = nil
      return []
    case .answered(let value):
      state.overlay = nil
      return state.agreeJointly(value, on: row)
    case .kept:
      state.overlay = nil
      state.grading.lastBone = changed.picker.cursor
      return changed.picker.value.map { state.agreeJointly($0, on: row) } ?? []
    }
  }

  /// Where the map stands inside the window.
  private func map(_ state: State) -> Rect {
    let (body, size) = (state.body, Self.size)
    let (width, height) = (min(size.width, body.width), min(size.height, body.height))
    return Rect(
      x: (body.width - width) / 2, y: body.y + (body.height - height) / 2, width: width, height: height
    ).inset(by: 2, 1).splitTop(3).rest
  }

  func draw(_ state: State, _ canvas: inout Canvas) {
    let finding = state.session.codebook[row.key.finding]
    let inside = window(row.title, width: Self.size.width, height: Self.size.height, state, &canvas)
    let value = picker.value.flatMap { finding?.words($0) } ?? "none yet"
    let words = canvas.wrapped(value, columns: inside.width - 8).prefix(2)
    for (line, text) in words.enumerated() { canvas.put(text, x: inside.x, y: inside.y + line, clip: inside) }
    canvas.put(typedName(picker), x: inside.maxX - 7, y: inside.y, clip: inside)
    SpineMap(
      picker.isMap ? picker.involved : picker.value, changes: BoneChanges(picker.changes, finding),
      anatomy: picker.anatomy, cursor: picker.cursor, range: Set(picker.selection)
    ).draw(into: &canvas, rect: map(state))
  }

  func foot(_ state: State) -> Foot? { .keys(picker.keys(state.session.codebook[row.key.finding])) }
  func keys(_ state: State) -> [(key: String, words: String)]? {
    picker.keys(state.session.codebook[row.key.finding])
  }
}

/// The findings with what is agreed, and beside them the one under the cursor with its levels and the lesion as agreed.
func renderJoint(_ state: State, _ table: ConsensusTable, _ area: Rect, _ canvas: inout Canvas) {
  let (left, rest) = area.splitLeft(min(area.width * 55 / 100, 62))
  let right = Rect(x: rest.x + 2, y: rest.y, width: rest.width - 2, height: rest.height)
  for y in left.y..<left.maxY { canvas.put("│", x: left.maxX, y: y, .role(.border)) }
  let rows = state.consensus.rows
  let top = max(0, min(state.consensus.index - left.height / 2, rows.count - left.height))
  let names = left.width < 50 ? 22 : 34
  for (line, row) in rows.dropFirst(top).prefix(left.height).enumerated() {
    guard let finding = state.session.codebook[row.key.finding] else { continue }
    let (y, isHere) = (left.y + line, top + line == state.consensus.index)
    let months = row.key.examination.isBaseline ? "" : " \(row.key.examination) mo"
    canvas.put(isHere ? "▸" : " ", x: left.x, y: y, .role(.focus, .bold))
    canvas.put(
      (names < 34 ? finding.shortTitle : finding.title) + months, x: left.x + 2, y: y,
      isHere ? .role(.focus, .bold) : .plain, clip: Rect(x: left.x, y: y, width: names - 1, height: 1))
    canvas.put(
      outcome(row, finding), x: left.x + names, y: y,
      clip: Rect(x: left.x + names, y: y, width: left.width - names - 1, height: 1))
  }
  if top > 0 { canvas.put("↑", x: left.maxX - 1, y: left.y, .role(.focus)) }
  if rows.count > top + left.height { canvas.put("↓", x: left.maxX - 1, y: left.maxY - 1, .role(.focus)) }
  guard let row = state.consensus.row, let finding = state.session.codebook[row.key.finding] else { return }
  renderJointFinding(state, table, row, finding, right, &canvas)
}

private func renderJointFinding(
  _ state: State, _ table: ConsensusTable, _ row: ConsensusRow, _ finding: Finding, _ area: Rect,
  _ canvas: inout Canvas
) {
  var y = area.y
  func put(_ text: String, _ style: Style, _ canvas: inout Canvas) {
    for line in canvas.wrapped(text, columns: area.width) where y < area.maxY {
      canvas.put(line, x: area.x, y: y, style, clip: area)
      y += 1
    }
  }
  put(row.title, .role(.heading, .bold), &canvas)
  put(finding.definition, .plain, &canvas)
  put(finding.source, .role(.muted), &canvas)
  let agreed = row.decision?.grade?.value.levelIDs ?? []
  for level in finding.levels where !finding.takesSites && y < area.maxY {
    canvas.put(
      [
        (finding.key(of: level.id).map { " \($0) " } ?? "   ", .role(.accent)),
        (finding.mark(level) + level.title, levelStyle(level)),
        (agreed.contains(level.id) ? " ✓" : "", .role(.good)),
      ], x: area.x, y: y, clip: area)
    y += 1
  }
  if finding.takesSites { put(" t11,l4 types the bones, a digit opens the map", .role(.accent), &canvas) }
  for (text, style) in detailLines(state, table, row, finding) { put(text, style, &canvas) }
  let picture = Rect(x: area.x, y: y + 1, width: area.width, height: max(0, area.maxY - y - 1))
  guard row.key.examination.isBaseline, picture.height >= 5, state.session.codebook.hasPictures else { return }
  let grades = table.rows.reduce(into: [FindingID: GradeValue]()) { grades, row in
    if row.key.examination.isBaseline { grades[row.key.finding] = row.decision?.grade?.value }
  }
  LesionPicture(LesionAppearance(state.session.codebook, grades: grades), largest: picture.size).draw(
    into: &canvas, rect: picture)
}
