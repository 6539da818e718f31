// Words and facts by which the worklist or the atlas is narrowed.

import Grid
import ReviewCore

package struct FilterState: Sendable {
  package var editor: LineEditor
  /// The filter before, for Esc.
  package let before: String

  package init(text: String) {
    editor = LineEditor(text)
    before = text
  }
}

extension FilterState: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updateFilter(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderFilter(state, self, &canvas) }
  package var typing: LineEditor? { editor }
}

private func updateFilter(_ state: inout State, _ key: Key, _ filter: FilterState) -> [Effect] {
  var filter = filter
  switch key {
  case .escape, .control("c"):
    state.overlay = nil
  case .enter:
    let text = filter.editor.text
    let (parsed, problems) = WorklistFilter.parse(text, codebook: state.session.codebook)
    // The window says what is wrong and stays.
    guard problems.isEmpty else { return [] }
    state.overlay = nil
    if state.screen == .atlas {
      showAtlasQuery(&state, text)
      return []
    }
    // The box opens all the same: were it refused at its key, the words typed after that would act as keys.
    if !parsed.isEmpty, let reason = State.tellsByOrder(state) {
      state.message = Message(reason, .warning)
      return []
    }
    state.worklist.change {
      $0.filterText = text.split(separator: " ").joined(separator: " ")
      $0.query.filter = parsed
    }
    return Commands.reloadWorklist(&state)
  default:
    _ = filter.editor.handle(key)
    state.overlay = filter
  }
  return []
}

private func renderFilter(_ state: State, _ filter: FilterState, _ canvas: inout Canvas) {
  let title = filter.before.isEmpty ? "Filter" : "Change the filter (Ctrl-U begins a new one)"
  let inside = window(title, width: 72, height: 6, state, &canvas)
  renderEditor(filter.editor, prompt: "/ ", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  let (_, problems) = WorklistFilter.parse(filter.editor.text, codebook: state.session.codebook)
  let lines =
    problems.isEmpty
    ? [
      "Words of id, patient, title, symptoms; facts: case:4  case:SPINE-0*",
      "rim:absent bones:L5 status:draft sex:f age:>60 follow-up:<6",
      "Enter filters   Esc leaves it as it was",
    ] : problems.flatMap { canvas.wrapped($0, columns: inside.width) }
  for (row, line) in lines.prefix(inside.height - 1).enumerated() {
    canvas.put(line, x: inside.x, y: inside.y + 1 + row, .role(problems.isEmpty ? .muted : .warning), clip: inside)
  }
}
