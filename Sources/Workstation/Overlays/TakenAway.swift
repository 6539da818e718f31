// A box that says what was taken from under somebody's hands: what they go on typing does nothing until they have read it.

import Grid

package struct TakenAway: Hashable, Sendable {
  package let words: String
  /// What became of the text that was being typed; nil where none was.
  package let typed: String?
}

extension TakenAway: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? {
    switch key {
    case .enter, .escape, .control("c"):
      state.overlay = nil
      // Whoever typed Enter without a look at the screen sees it there.
      state.message = Message(([words] + (typed.map { [$0] } ?? [])).joined(separator: "; "), .warning)
    default: break
    }
    return []
  }

  package func draw(_ state: State, _ canvas: inout Canvas) {
    let columns = min(74, state.body.width) - 4
    let told = canvas.wrapped(words, columns: columns)
    let kept = typed.map { canvas.wrapped($0, columns: columns) } ?? []
    // The keys stay in sight, however much was typed.
    let lines = (told + kept).prefix(max(1, state.body.height - 3))
    let inside = window("Meanwhile", width: 74, height: lines.count + 3, state, &canvas)
    for (row, line) in lines.enumerated() {
      canvas.put(line, x: inside.x, y: inside.y + row, row < told.count ? .role(.warning) : .plain, clip: inside)
    }
    canvas.put("Enter or Esc goes on", x: inside.x, y: inside.y + lines.count, .role(.muted), clip: inside)
  }
}

extension State {
  /// Closes what has the keys, and says why and what became of what was typed there.
  mutating func takeAway(_ words: String) {
    let typed = typedWords
    grading.picker = nil
    (overlay, message) = (TakenAway(words: words, typed: typed), nil)
  }

  private var typedWords: String? {
    let (text, isKept): (String, Bool)
    switch overlay {
    case let prompt as Prompt: (text, isKept) = (prompt.editor.trimmed, keepsDraft(prompt.purpose))
    case let dialog as SessionDialog:
      guard case .text(let purpose, let editor) = dialog, purpose.isWriting else { return nil }
      (text, isKept) = (editor.trimmed, false)
    default: return nil
    }
    guard !text.isEmpty else { return nil }
    return isKept ? "the half-typed note is kept as a draft: ‘\(text)’" : "what you typed is not kept: ‘\(text)’"
  }

  /// Something over the grading screen takes keys for the finding it was opened on.
  var isGradeAsked: Bool {
    grading.picker != nil || overlay is Prompt || overlay is LevelPicker || overlay is Pointing
  }
}
