// Paragraphs and figures of HTML.

import TextSafety

enum HTML {
  static func paragraphs(_ texts: [String], kind: String? = nil) -> String {
    texts.map { "<p\(kind.map { " class=\"\($0)\"" } ?? "")>\(Escape.markup($0))</p>\n" }.joined()
  }

  /// - Parameter content: markup.
  static func figure(_ content: String, kind: String, caption: String) -> String {
    "<figure class=\"\(kind)\">\n\(content)<figcaption>\(Escape.markup(caption))</figcaption>\n</figure>\n"
  }
}
