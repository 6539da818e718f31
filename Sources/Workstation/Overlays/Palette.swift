// A command found by its words.

import Grid
import ReviewCore

package struct PaletteState: Sendable {
  package var editor = LineEditor()
  package var selected = 0

  package init() {}

  /// The commands of a screen that hold all typed words, those that can be run first.
  package func matches(_ state: State) -> [Command] {
    let words = editor.text.lowercased().split(separator: " ")
    let found = Commands.reachable(state).map(\.command).filter { command in
      Commands.mayBeFound(command, by: state.session.principal)
        && words.allSatisfy { command.title.lowercased().contains($0) || command.id.lowercased().contains($0) }
    }
    return found.filter { $0.whyNot(state) == nil } + found.filter { $0.whyNot(state) != nil }
  }
}

extension PaletteState: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updatePalette(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderPalette(state, self, &canvas) }
  package var typing: LineEditor? { editor }
}

private func updatePalette(_ state: inout State, _ key: Key, _ palette: PaletteState) -> [Effect] {
  var palette = palette
  let matches = palette.matches(state)
  switch key {
  case .escape, .control("c"):
    state.overlay = nil
    return []
  case .enter:
    state.overlay = nil
    guard matches.indices.contains(palette.selected) else { return [] }
    return Commands.run(matches[palette.selected], &state)
  case .down, .control("n"), .tab: palette.selected = min(palette.selected + 1, max(0, matches.count - 1))
  case .up, .control("p"), .backTab: palette.selected = max(0, palette.selected - 1)
  default: if palette.editor.handle(key) { palette.selected = 0 }
  }
  state.overlay = palette
  return []
}

private func renderPalette(_ state: State, _ palette: PaletteState, _ canvas: inout Canvas) {
  let matches = palette.matches(state)
  let rows = min(12, max(1, state.body.height - 4))
  let inside = window("Command", width: 70, height: rows + 3, state, &canvas)
  renderEditor(palette.editor, prompt: ": ", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  let top = max(0, palette.selected - rows + 1)
  for (row, command) in matches.dropFirst(top).prefix(rows).enumerated() {
    let y = inside.y + 1 + row
    let reason = command.whyNot(state)
    let keys = command.keys.map(\.title).joined(separator: " ")
    let room = Rect(x: inside.x, y: y, width: inside.width - canvas.columns(keys) - 1, height: 1)
    canvas.put(command.title, x: inside.x, y: y, reason == nil ? .plain : .role(.muted), clip: room)
    canvas.put(keys, right: inside.maxX, y: y, .role(.accent), clip: inside)
    if top + row == palette.selected {
      canvas.restyle(Rect(x: inside.x - 1, y: y, width: inside.width + 2, height: 1)) { _ in Style().with(.reverse) }
    }
  }
  if matches.isEmpty { canvas.put("no command matches", x: inside.x, y: inside.y + 1, .role(.muted)) }
}
