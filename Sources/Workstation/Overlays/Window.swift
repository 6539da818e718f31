// The box that overlays are drawn in, and a line that is typed in it.

import Grid

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
