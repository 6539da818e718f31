// A list of levels: one is found by its name or key, Space chooses, Enter keeps. The same wherever levels are chosen.

import Grid
import ReviewCore

struct LevelList: Hashable, Sendable {
  /// What can be answered beside the levels, in rows below them.
  struct Other: Hashable, Sendable {
    var title: String
    /// Nil abstains.
    var value: GradeValue?
  }

  /// What a key led to.
  enum Step: Hashable, Sendable {
    case open
    case left
    /// Nil abstains.
    case value(GradeValue?)
    /// Nothing was changed; why, in words.
    case refused(String)
    /// What is chosen cannot be recorded so.
    case invalid(String)
  }

  let finding: Finding
  private let others: [Other]
  private var chosen: [LevelID]
  private var cursor = 0
  /// What was typed to find a level.
  private var typed = ""
  /// What was chosen before each step, for undo.
  private var before: [[LevelID]] = []

  init(_ finding: Finding, chosen: [LevelID] = [], others: [Other] = []) {
    (self.finding, self.others, self.chosen) = (finding, others, chosen)
    cursor = chosen.first.flatMap { id in finding.levels.firstIndex { $0.id == id } } ?? 0
  }

  private var isSet: Bool { finding.scale == .set }
  /// One digit is a whole key, and means its level as it does everywhere else.
  private var hasDigits: Bool { finding.levels.count <= 9 }
  private var count: Int { finding.levels.count + others.count }

  private mutating func toggle() {
    guard finding.levels.indices.contains(cursor) else { return }
    let level = finding.levels[cursor].id
    typed = ""
    before.append(chosen)
    if !isSet { return chosen = [level] }
    if let index = chosen.firstIndex(of: level) {
      chosen.remove(at: index)
    } else {
      // What stands alone takes the place of the others, and they of it.
      if let alone = finding.alone { chosen.removeAll { ($0 == alone) != (level == alone) } }
      chosen.append(level)
    }
  }

  /// The row whose key is typed, else the first whose id or title begins with it, else that holds it; nil where none.
  private var found: Int? {
    let wanted = typed.lowercased()
    let names = finding.levels.map { [$0.id.rawValue.lowercased(), $0.title.lowercased()] } + others.map { [$0.title] }
    func index(_ holds: (String) -> Bool) -> Int? { names.firstIndex { $0.contains(where: holds) } }
    let byKey = finding.levels.firstIndex { finding.key(of: $0.id).map(String.init) == wanted }
    return byKey ?? index { $0.hasPrefix(wanted) } ?? index { $0.contains(wanted) }
  }

  /// Whether what is typed is no level's: then nothing is meant by the cursor.
  private var isLost: Bool { !typed.isEmpty && found == nil }

  private func isName(_ beginning: String) -> Bool {
    let wanted = beginning.lowercased()
    return !typed.isEmpty
      && (finding.levels.map { $0.title.lowercased() } + others.map(\.title)).contains { $0.hasPrefix(wanted) }
  }

  /// Letters are those of a name here, and `u` is one.
  private static let undo = Key.control("u")

  /// - Parameter page: rows that are seen at once.
  mutating func take(_ key: Key, page: Int) -> Step {
    let last = count - 1
    switch key {
    case .escape, .control("c"): return .left
    case .enter where isLost, .character(" ") where isLost:
      return .refused("nothing here is called ‘\(typed)’; Backspace takes it back")
    case .enter: return keep()
    case .down, .tab: cursor = min(last, cursor + 1)
    case .up, .backTab: cursor = max(0, cursor - 1)
    case .pageDown: cursor = min(last, cursor + page)
    case .pageUp: cursor = max(0, cursor - page)
    case .home: cursor = 0
    case .end: cursor = last
    // A name may hold blanks: a blank that goes on with one is a part of it.
    case .character(" ") where isName(typed + " "): typed.append(" ")
    case .character(" "): toggle()
    case .backspace: typed = String(typed.dropLast())
    case Self.undo:
      guard let last = before.popLast() else { return .refused("nothing has been chosen here yet") }
      (chosen, typed) = (last, "")
    case .character where typed.isEmpty && hasDigits && level(of: key, finding) != nil:
      cursor = finding.levels.firstIndex { $0.id == level(of: key, finding) } ?? cursor
      if !isSet { return .value(.level(finding.levels[cursor].id)) }
      toggle()
    case .character(let character):
      typed.append(character)
      cursor = found ?? cursor
    default: break
    }
    if key == .down || key == .up { typed = "" }
    return .open
  }

  private mutating func keep() -> Step {
    if cursor >= finding.levels.count { return .value(others[cursor - finding.levels.count].value) }
    // A level that was only looked for is meant.
    if !isSet || chosen.isEmpty || !typed.isEmpty { toggle() }
    let levels = finding.inCodeOrder(chosen)
    guard let first = levels.first else { return .open }
    let value: GradeValue = isSet ? .levels(levels) : .level(first)
    do { return .value(try finding.value(value.text)) } catch { return .invalid(error.description) }
  }

  // MARK: drawn

  func rows(_ state: State) -> Int { max(1, min(count, state.body.height - 4)) }

  func draw(_ title: String, _ state: State, _ canvas: inout Canvas) {
    let inside = window(title, width: 60, height: rows(state) + 3, state, &canvas)
    let shown = max(1, inside.height - 1)
    let top = max(0, min(cursor - shown / 2, count - shown))
    for row in top..<max(top, min(count, top + shown)) {
      let y = inside.y + row - top
      if row == cursor { canvas.put("▸", x: inside.x, y: y, .role(.focus, .bold)) }
      canvas.put(runs(row), x: inside.x + 2, y: y, clip: inside)
    }
    if top > 0 { canvas.put("↑", x: inside.maxX - 1, y: inside.y, .role(.focus)) }
    if count > top + shown { canvas.put("↓", x: inside.maxX - 1, y: inside.y + shown - 1, .role(.focus)) }
    let how =
      typed.isEmpty
      ? "\(hasDigits ? "digit or name" : "type a name"); "
        + (isSet ? "Space chooses; Enter keeps; Esc leaves" : "Enter takes it; Esc leaves")
      : "‘\(typed)’  \(isLost ? "is not in the list" : isSet ? "Space chooses it" : "Enter takes it")"
    canvas.put(how, x: inside.x, y: inside.maxY - 1, .role(.muted), clip: inside)
  }

  private func runs(_ row: Int) -> Line {
    let style: Style = row == cursor ? .role(.focus, .bold) : .plain
    guard finding.levels.indices.contains(row) else {
      return [("  ", .plain), (others[row - finding.levels.count].title, row == cursor ? style : .role(.muted))]
    }
    let level = finding.levels[row]
    return [
      (finding.key(of: level.id).map { "\($0) " } ?? "  ", .role(.accent)), (finding.mark(level), levelStyle(level)),
      (level.title, style), (chosen.contains(level.id) ? " ✓" : "", .role(.good)),
    ]
  }

  /// All keys of the list, in words.
  var keys: [(key: String, words: String)] {
    (isSet ? [("Space", "choose it, or not"), ("Enter", "take what is marked ✓")] : [("Enter", "take it")])
      + [
        ("Esc", "leave it as it was"), ("a name", "finds a row"), ("Backspace", "takes back what was typed"),
        (Self.undo.title, "undo"), ("?", "help"), ("↑ ↓", "move"),
      ]
  }
}
