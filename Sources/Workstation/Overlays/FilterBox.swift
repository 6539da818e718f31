// Words and facts by which the worklist or the atlas is narrowed.

import Grid
import ReviewCore

package struct FilterState: Sendable {
  package var editor: LineEditor
  /// The filter before, for Esc.
  package let before: String
  /// How many cases what is typed finds; nil until that is known.
  package var found: Int?

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
    // Among all of them one stays where one was; what was looked for begins with what fits best.
    let id = parsed.isEmpty ? state.worklist.caseUnderCursor : nil
    state.worklist.change {
      $0.filterText = text.split(separator: " ").joined(separator: " ")
      $0.query.filter = parsed
    }
    return Commands.reloadWorklist(&state, keeping: id)
  default:
    let text = filter.editor.text
    _ = filter.editor.handle(key)
    if filter.editor.text != text { filter.found = nil }
    state.overlay = filter
    return count(filter, state)
  }
  return []
}

/// Of more cases a count at every key would make the filter itself wait.
private let mostCounted = 5000

/// Asks how many cases are found, where that is to be known.
private func count(_ filter: FilterState, _ state: State) -> [Effect] {
  guard filter.found == nil, state.screen != .atlas, state.worklist.counts.cases <= mostCounted else { return [] }
  let text = filter.editor.text
  let (parsed, problems) = WorklistFilter.parse(text, codebook: state.session.codebook)
  guard problems.isEmpty, !parsed.isEmpty, State.tellsByOrder(state) == nil else { return [] }
  return [.ask(.filterCount(text, WorklistQuery(filter: parsed)))]
}

extension Request {
  fileprivate static func filterCount(_ text: String, _ query: WorklistQuery) -> Request {
    Request("filter count", of: text) { study in
      let found = try study.count(query)
      return { state in
        guard var filter = state.overlay as? FilterState, filter.editor.text == text else { return [] }
        filter.found = found
        state.overlay = filter
        return []
      }
    }
  }
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
      (filter.found.map { "\($0) \($0 == 1 ? "case" : "cases") found   " } ?? "") + "Enter filters   Esc cancels",
    ] : problems.flatMap { canvas.wrapped($0, columns: inside.width) }
  for (row, line) in lines.prefix(inside.height - 1).enumerated() {
    canvas.put(line, x: inside.x, y: inside.y + 1 + row, .role(problems.isEmpty ? .muted : .warning), clip: inside)
  }
}
