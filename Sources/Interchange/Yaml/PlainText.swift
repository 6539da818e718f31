// Which characters a text may hold.

package enum PlainText {
  /// Controls, line and paragraph separators, marks that reorder a line, byte order marks and non-characters:
  /// nothing a radiologist types, and some of it would act on a terminal.
  package static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// Every forbidden character replaced by U+FFFD.
  package static func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isForbidden) else { return text }
    var cleaned = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { cleaned.append(isForbidden(scalar) ? "\u{FFFD}" : scalar) }
    return String(cleaned)
  }

  /// A word of a file as a message shows it: its beginning, where it is long.
  static func brief(_ text: String) -> String {
    let limit = 80
    return text.unicodeScalars.count <= limit
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
  }

  /// `U+001B`.
  static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
