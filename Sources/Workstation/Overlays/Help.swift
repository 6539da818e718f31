// The keys of a screen, or of what lies over it.

import Figures
import Grid

package struct Help: Layer {
  package var scroll = 0
  private let title: String
  /// In rows: what has no room beside its keys goes on below.
  private let lines: [Row]
  /// What it lies over, and gives the keys back to.
  private let below: (any Layer)?

  /// The keys of the screen: every command that has one.
  package init(_ state: State) {
    title = "Keys: \(Screen.of(state.screen).title)"
    let screen = Screen.of(state.screen)
    var keys: [(keys: String, words: String)] = []
    for (command, own) in Commands.reachable(state) where !own.isEmpty {
      let titles = own.map(\.title).joined(separator: " ")
      if let group = command.group, keys.last?.words == group {
        keys[keys.count - 1].keys += " " + titles
      } else {
        keys.append((titles, command.group ?? command.title))
      }
    }
    let signs = screen.signs.map { ($0.sign, $0.words) } + (screen.signs.isEmpty ? [] : [("", "")])
    lines = Self.rows(of: signs, areSigns: true, in: state) + Self.rows(of: keys, in: state)
    below = nil
  }

  /// The keys of what lies on top of the screen; nil where that has none of its own.
  package init?(overTopOf state: State) {
    guard let keys = state.layers.first?.keys(state) else { return nil }
    title = "Keys"
    lines = Self.rows(of: keys.map { ($0.key, $0.words) }, in: state)
    below = state.overlay
  }

  private static let (width, indent) = (74, 17)

  private struct Row {
    var keys: String
    var words: String
    /// A sign of the screen, which is shown as it looks there.
    var isSign: Bool
  }

  private static func rows(
    of lines: [(keys: String, words: String)], areSigns: Bool = false, in state: State
  ) -> [Row] {
    let room = min(width, state.body.width) - 4 - indent
    return lines.flatMap { line in
      let words = SafeText.wrapped(line.words, columns: room, width: PlainWidth.width)
      return [Row(keys: line.keys, words: words.first ?? "", isSign: areSigns)]
        + words.dropFirst().map { Row(keys: "", words: $0, isSign: areSigns) }
    }
  }

  package func take(_ key: Key, _ state: inout State) -> [Effect]? {
    let (rows, last) = (rows(state), max(0, lines.count - rows(state)))
    let step: Int
    switch key {
    case .down, .character("j"): step = 1
    case .up, .character("k"): step = -1
    case .pageDown, .character(" "): step = rows
    case .pageUp: step = -rows
    default:
      state.overlay = below
      return []
    }
    var help = self
    help.scroll = max(0, min(last, scroll + step))
    state.overlay = help
    return []
  }

  /// Rows that fit at once.
  private func rows(_ state: State) -> Int { max(1, min(lines.count, state.body.height - 2)) }

  package func draw(_ state: State, _ canvas: inout Canvas) {
    let inside = window(title, width: Self.width, height: rows(state) + 2, state, &canvas)
    for (row, line) in lines.dropFirst(scroll).prefix(inside.height).enumerated() {
      let keys = inside.splitLeft(Self.indent - 1).left
      let names = line.isSign ? line.keys : canvas.named(line.keys)
      canvas.put(names, x: keys.x, y: inside.y + row, .role(.accent), clip: keys)
      canvas.put(line.words, x: inside.x + Self.indent, y: inside.y + row, clip: inside)
    }
    let more = lines.count - scroll - inside.height
    if more > 0 { canvas.put(" \(more) more ↓ ", right: inside.maxX, y: inside.maxY, .role(.focus)) }
  }
}
