// The text field that has the keys.

extension State {
  /// Nil where nothing is being typed.
  var editor: LineEditor? {
    if let lock { return lock.editor }
    return switch overlay {
    case .prompt(let prompt): prompt.editor
    case .filter(let filter): filter.editor
    case .palette(let palette): palette.editor
    case .session(.text(_, let editor)): editor
    default: nil
    }
  }
}
