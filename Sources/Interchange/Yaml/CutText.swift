// Texts that a comment cuts off: `title: Patient #3` is *Patient* to a YAML parser.

import Yams

extension FaultList {
  /// Warns of texts that end before a `#` with something right behind it, which is more likely a part of the text than a
  /// comment.
  mutating func addCutTexts(of root: Node, in source: SourceText) {
    let lines = source.lines.map { Array($0.unicodeScalars) }
    addCutTexts(root, lines)
  }

  private mutating func addCutTexts(_ node: Node, _ lines: [[Unicode.Scalar]]) {
    guard hasRoom else { return }
    switch node {
    case .alias: break
    case .sequence(let items): for item in items { addCutTexts(item, lines) }
    case .mapping(let mapping): for (_, value) in mapping { addCutTexts(value, lines) }
    case .scalar(let scalar):
      guard scalar.style == .plain, let end = end(of: scalar.string, from: node.place, lines) else { return }
      let rest = lines[end.line - 1].dropFirst(end.column - 1)
      let comment = rest.drop { $0.properties.isWhitespace }
      // By characters: these are scalars already.
      guard comment.count < rest.count, comment.first?.value == 0x23, let behind = comment.dropFirst().first,
        behind.value != 0x23, !behind.properties.isWhitespace
      else { return }
      let cut = PlainText.brief(String(String.UnicodeScalarView(comment)))
      add(
        FilePosition(end.line, end.column + rest.count - comment.count), severity: .warning,
        "the text ends here, and ‘\(cut)’ is a comment; quote the text if it belongs to it, else put a space after ‘#’"
      )
    }
  }

  /// Right behind the last character of an unquoted text, which may go on over several lines.
  private func end(of text: String, from start: FilePosition, _ lines: [[Unicode.Scalar]]) -> FilePosition? {
    var (line, column) = (start.line, start.column)
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
      while true {
        guard lines.indices.contains(line - 1) else { return nil }
        guard column <= lines[line - 1].count else {
          (line, column) = (line + 1, 1)
          continue
        }
        let found = lines[line - 1][column - 1]
        column += 1
        if found == scalar { break }
        guard found.properties.isWhitespace else { return nil }
      }
    }
    return text.isEmpty ? nil : FilePosition(line, column)
  }
}
