// The keys of a screen.

import Grid

package struct Help: Layer {
  package var scroll = 0

  package init() {}

  package func take(_ key: Key, _ state: inout State) -> [Effect]? {
    let (rows, last) = (helpRows(state), max(0, helpLines(state).count - helpRows(state)))
    let step: Int
    switch key {
    case .down, .character("j"): step = 1
    case .up, .character("k"): step = -1
    case .pageDown, .character(" "): step = rows
    case .pageUp: step = -rows
    default:
      state.overlay = nil
      return []
    }
    var help = self
    help.scroll = max(0, min(last, scroll + step))
    state.overlay = help
    return []
  }

  package func draw(_ state: State, _ canvas: inout Canvas) { renderHelp(state, scroll, &canvas) }
}

/// Rows of help that fit at once.
private func helpRows(_ state: State) -> Int { max(1, min(helpLines(state).count, state.body.height - 2)) }

/// Keys and words of every command of the screen that has a key.
private func helpLines(_ state: State) -> [(keys: String, words: String)] {
  Commands.available(on: state.screen).filter { !$0.keys.isEmpty }.map { command in
    (command.keys.map(\.title).joined(separator: " "), command.title)
  }
}

private func renderHelp(_ state: State, _ scroll: Int, _ canvas: inout Canvas) {
  let lines = helpLines(state)
  let rows = helpRows(state)
  let inside = window("Keys: \(Screen.of(state.screen).title)", width: 74, height: rows + 2, state, &canvas)
  for (row, line) in lines.dropFirst(scroll).prefix(inside.height).enumerated() {
    canvas.put(line.keys, x: inside.x, y: inside.y + row, .role(.accent), clip: inside.splitLeft(16).left)
    canvas.put(line.words, x: inside.x + 17, y: inside.y + row, clip: inside)
  }
  let more = lines.count - scroll - inside.height
  if more > 0 { canvas.put(" \(more) more ↓ ", right: inside.maxX, y: inside.maxY, .role(.focus)) }
}
