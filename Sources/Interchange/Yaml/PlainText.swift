// Words of a file in a message.

package enum PlainText {
  /// A word of a file as a message shows it: its beginning, where it is long.
  static func brief(_ text: String) -> String {
    let limit = 80
    return text.unicodeScalars.count <= limit
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
  }
}
