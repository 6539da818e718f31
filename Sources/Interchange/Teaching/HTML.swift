// Text as HTML.

enum HTML {
  /// Markup characters as entities, forbidden ones as U+FFFD.
  static func text(_ text: String) -> String {
    PlainText.clean(text).map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }

  static func paragraphs(_ texts: [String], kind: String? = nil) -> String {
    texts.map { "<p\(kind.map { " class=\"\($0)\"" } ?? "")>\(text($0))</p>\n" }.joined()
  }

  /// - Parameter content: markup.
  static func figure(_ content: String, kind: String, caption: String) -> String {
    "<figure class=\"\(kind)\">\n\(content)<figcaption>\(text(caption))</figcaption>\n</figure>\n"
  }
}
