// The list of themes, each shown as the cursor comes to it.

import Grid

package struct ThemePickerState: Hashable, Sendable {
  package var selected: Int
  /// The theme to go back to on Esc.
  package let before: String
}

extension ThemePickerState: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updateThemes(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderThemes(state, self, &canvas) }
  package func keys(_ state: State) -> [(key: String, words: String)]? {
    [
      ("↓ j Tab", "next theme; each is shown as you come to it"), ("↑ k", "previous theme"),
      ("Enter", "keep it, also for the next start"), ("Esc q", "back to the previous theme"),
    ]
  }
}

/// Moving through the list shows each theme at once.
private func updateThemes(_ state: inout State, _ key: Key, _ picker: ThemePickerState) -> [Effect] {
  var picker = picker
  switch key {
  case .escape, .character("q"), .control("c"):
    state.theme = picker.before
    state.overlay = nil
    return []
  case .enter:
    state.overlay = nil
    return [.rememberTheme(state.theme)]
  case .down, .character("j"), .tab: picker.selected = min(picker.selected + 1, state.themes.count - 1)
  case .up, .character("k"), .backTab: picker.selected = max(picker.selected - 1, 0)
  default: break
  }
  if state.themes.indices.contains(picker.selected) { state.theme = state.themes[picker.selected].id }
  state.overlay = picker
  return []
}

private func renderThemes(_ state: State, _ picker: ThemePickerState, _ canvas: inout Canvas) {
  let inside = window("Theme", width: 44, height: min(state.themes.count, 12) + 5, state, &canvas)
  let rows = inside.height - 3
  let top = max(0, picker.selected - rows + 1)
  for (row, theme) in state.themes.dropFirst(top).prefix(rows).enumerated() {
    let y = inside.y + row
    canvas.put(theme.title, x: inside.x, y: y, clip: inside)
    if top + row == picker.selected {
      canvas.restyle(Rect(x: inside.x - 1, y: y, width: inside.width + 2, height: 1)) { _ in Style().with(.reverse) }
    }
  }
  let samples: [(String, Role)] = [
    ("− hypo ", .hypo), ("± iso ", .iso), ("+ hyper ", .hyper), ("✓ good ", .good), ("! warning", .warning),
  ]
  canvas.put(samples.map { ($0.0, .role($0.1)) }, x: inside.x, y: inside.maxY - 2, clip: inside)
  canvas.put("Enter keeps it   Esc goes back", x: inside.x, y: inside.maxY - 1, .role(.muted), clip: inside)
}
