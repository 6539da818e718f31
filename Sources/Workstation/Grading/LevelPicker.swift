// Levels chosen from a list: more of them than digits, or places of a codebook file. Typing finds one by its name.

import Grid
import ReviewCore

package struct LevelPicker: Hashable, Sendable {
  let finding: Finding
  private(set) var chosen: [LevelID]
  private(set) var cursor = 0
  /// What was typed to find a level.
  private(set) var typed = ""

  package init(_ finding: Finding, value: GradeValue?) {
    self.finding = finding
    chosen = value?.levelIDs ?? []
    cursor = chosen.first.flatMap { id in finding.levels.firstIndex { $0.id == id } } ?? 0
  }

  private var isSet: Bool { finding.scale == .set }

  private mutating func toggle() {
    guard finding.levels.indices.contains(cursor) else { return }
    let level = finding.levels[cursor].id
    typed = ""
    if !isSet { return chosen = [level] }
    if let index = chosen.firstIndex(of: level) {
      chosen.remove(at: index)
    } else {
      // What stands alone takes the place of the others, and they of it.
      if let alone = finding.alone { chosen.removeAll { ($0 == alone) != (level == alone) } }
      chosen.append(level)
    }
  }

  /// The level whose key is typed, else the first whose id or title begins with it, else that holds it; nil where none.
  private var found: Int? {
    let wanted = typed.lowercased()
    func index(_ holds: (String) -> Bool) -> Int? {
      finding.levels.firstIndex { holds($0.id.rawValue.lowercased()) || holds($0.title.lowercased()) }
    }
    let byKey = finding.levels.firstIndex { finding.key(of: $0.id).map(String.init) == wanted }
    return byKey ?? index { $0.hasPrefix(wanted) } ?? index { $0.contains(wanted) }
  }

  /// Whether what is typed is no level's: then nothing is meant by the cursor.
  private var isLost: Bool { !typed.isEmpty && found == nil }

  /// Nil where nothing is chosen.
  private var value: GradeValue? {
    let levels = finding.inCodeOrder(chosen)
    guard let first = levels.first else { return nil }
    return isSet ? .levels(levels) : .level(first)
  }
}

extension LevelPicker: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? {
    var picker = self
    let last = finding.levels.count - 1
    switch key {
    case .escape, .control("c"):
      state.overlay = nil
      return []
    case .enter where isLost, .character(" ") where isLost:
      state.message = Message("\(finding.title): nothing here is called ‘\(typed)’; Backspace takes it back", .warning)
      return []
    case .enter:
      // A level that was only looked for is meant.
      if !isSet || chosen.isEmpty || !typed.isEmpty { picker.toggle() }
      return picker.finish(&state)
    case .down, .tab: picker.cursor = min(last, cursor + 1)
    case .up, .backTab: picker.cursor = max(0, cursor - 1)
    case .pageDown: picker.cursor = min(last, cursor + picker.rows(state))
    case .pageUp: picker.cursor = max(0, cursor - picker.rows(state))
    case .home: picker.cursor = 0
    case .end: picker.cursor = last
    // A name may hold blanks: a blank that goes on with one is a part of it.
    case .character(" ") where isName(typed + " "): picker.typed.append(" ")
    case .character(" "): picker.toggle()
    case .backspace: picker.typed = String(typed.dropLast())
    case .character(let character):
      picker.typed.append(character)
      picker.cursor = picker.found ?? cursor
    default: return []
    }
    if key == .down || key == .up { picker.typed = "" }
    state.overlay = picker
    return []
  }

  private func isName(_ beginning: String) -> Bool {
    !typed.isEmpty && finding.levels.contains { $0.title.lowercased().hasPrefix(beginning.lowercased()) }
  }

  private func finish(_ state: inout State) -> [Effect] {
    guard let value else { return [] }
    do {
      _ = try finding.value(value.text)
    } catch {
      state.overlay = self
      state.message = Message(error.description, .warning)
      return []
    }
    state.overlay = nil
    return record(value, for: finding.id, &state)
  }

  private func rows(_ state: State) -> Int { max(1, min(finding.levels.count, state.body.height - 4)) }

  package func draw(_ state: State, _ canvas: inout Canvas) {
    let rows = rows(state)
    let inside = window(finding.title, width: 60, height: rows + 3, state, &canvas)
    let shown = max(1, inside.height - 1)
    let top = max(0, min(cursor - shown / 2, finding.levels.count - shown))
    for (line, level) in finding.levels.dropFirst(top).prefix(shown).enumerated() {
      let y = inside.y + line
      if top + line == cursor { canvas.put("▸", x: inside.x, y: y, .role(.focus, .bold)) }
      canvas.put(
        [
          (finding.key(of: level.id).map { "\($0) " } ?? "  ", .role(.accent)),
          (finding.mark(level), levelStyle(level)),
          (level.title, top + line == cursor ? .role(.focus, .bold) : .plain),
          (chosen.contains(level.id) ? " ✓" : "", .role(.good)),
        ], x: inside.x + 2, y: y, clip: inside)
    }
    if top > 0 { canvas.put("↑", x: inside.maxX - 1, y: inside.y, .role(.focus)) }
    if finding.levels.count > top + shown {
      canvas.put("↓", x: inside.maxX - 1, y: inside.y + shown - 1, .role(.focus))
    }
    let how =
      typed.isEmpty
      ? (isSet ? "type a name; Space chooses; Enter keeps; Esc leaves" : "type a name; Enter takes it; Esc leaves")
      : "‘\(typed)’  \(isLost ? "is none of these" : isSet ? "Space chooses it" : "Enter takes it")"
    canvas.put(how, x: inside.x, y: inside.maxY - 1, .role(.muted), clip: inside)
  }
}

extension State {
  /// Places of a finding that are asked and not graded.
  func placesLeft(_ finding: Finding) -> [Finding] {
    notGraded.filter { $0.cell != nil && $0.cell?.finding == finding.cell?.finding }
  }
}

/// One key answers a finding at all places that are left, and each of these grades says so.
func gradeRest(_ state: inout State) -> [Effect] {
  guard let finding = state.gradedFinding, let rest = finding.rest else { return [] }
  let grades = state.placesLeft(finding).map { (state.gradeKey($0.id), Grade?.some(Grade(rest, note: restNote))) }
  state.message = Message(
    "\(finding.whole.title): \(finding.words(rest)) at \(grades.count) \(grades.count == 1 ? "place" : "places")")
  return state.recording(Dictionary(uniqueKeysWithValues: grades))
}

/// What stands beside a grade that was given to all places that were left.
private let restNote = "with the rest"
