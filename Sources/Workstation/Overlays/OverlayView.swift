// Draws what lies on top of a screen.

import Grid
import ReviewCore

func renderOverlay(_ state: State, _ canvas: inout Canvas) {
  switch state.overlay {
  case .help(let scroll): renderHelp(state, scroll, &canvas)
  case .palette(let palette): renderPalette(state, palette, &canvas)
  case .filter(let filter): renderFilter(state, filter, &canvas)
  case .themes(let picker): renderThemes(state, picker, &canvas)
  case .prompt(let prompt): renderPrompt(state, prompt, &canvas)
  case .session(let dialog): renderSessionDialog(state, dialog, &canvas)
  case .sign(let box): state.pagedSign(box).draw("Sign", scroll: box.scroll, state, &canvas)
  case .secret(let dialog): renderSecret(state, dialog, &canvas)
  case nil: break
  }
}

/// A cleared box in the middle of the body; returns its inside.
func window(_ title: String, width: Int, height: Int, _ state: State, _ canvas: inout Canvas) -> Rect {
  let body = state.body
  let width = min(width, body.width)
  let height = min(height, body.height)
  let rect = Rect(
    x: (body.width - width) / 2, y: body.y + (body.height - height) / 2, width: width, height: height)
  // A sliver of the screen beside the box would be taken for a part of it.
  canvas.fill(rect.x < 6 ? Rect(x: 0, y: rect.y, width: body.width, height: height) : rect)
  canvas.box(rect, title: " \(title) ", style: .role(.focus), titleStyle: .role(.focus, .bold))
  return rect.inset(by: 2, 1)
}

/// Rows of help that fit at once.
func helpRows(_ state: State) -> Int { max(1, min(helpLines(state).count, state.body.height - 2)) }

/// Keys and words of every command of the screen that has a key.
func helpLines(_ state: State) -> [(keys: String, words: String)] {
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
  if matches.isEmpty { canvas.put("no command has these words", x: inside.x, y: inside.y + 1, .role(.muted)) }
}

private func renderFilter(_ state: State, _ filter: FilterState, _ canvas: inout Canvas) {
  let inside = window("Filter", width: 72, height: 6, state, &canvas)
  renderEditor(filter.editor, prompt: "/ ", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  let (_, problems) = WorklistFilter.parse(filter.editor.text, codebook: state.session.codebook)
  let lines =
    problems.isEmpty
    ? [
      "Words of id, patient, title, symptoms; facts: rim:absent  bones:sacral",
      "bones:L5 status:draft flag:short-follow-up sex:f age:>60 follow-up:<6",
      "Enter filters   Esc leaves it as it was",
    ] : problems.flatMap { canvas.wrapped($0, columns: inside.width) }
  for (row, line) in lines.prefix(inside.height - 1).enumerated() {
    canvas.put(line, x: inside.x, y: inside.y + 1 + row, .role(problems.isEmpty ? .muted : .warning), clip: inside)
  }
}

private func renderPrompt(_ state: State, _ prompt: Prompt, _ canvas: inout Canvas) {
  let inside = window(prompt.purpose.title(state.session.codebook), width: 72, height: 4, state, &canvas)
  renderEditor(prompt.editor, prompt: "", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  canvas.put("Enter keeps it   Esc leaves it as it was", x: inside.x, y: inside.y + 1, .role(.muted), clip: inside)
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

/// A line being typed, scrolled so that the cursor is seen.
func renderEditor(_ editor: LineEditor, prompt: String, at position: Position, clip: Rect, _ canvas: inout Canvas) {
  canvas.put(prompt, x: position.x, y: position.y, .role(.accent), clip: clip)
  let start = position.x + canvas.columns(prompt)
  let area = Rect(x: start, y: position.y, width: clip.maxX - start, height: 1)
  let before = canvas.columns(editor.textBeforeCursor)
  let shift = max(0, before - area.width + 1)
  canvas.put(editor.text, x: start - shift, y: position.y, clip: area, ellipsis: false)
  canvas.placeCursor(Position(x: start + before - shift, y: position.y))
}
