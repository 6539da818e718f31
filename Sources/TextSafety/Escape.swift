// Text inside HTML, XML, Markdown and JSON, so that it is text there and nothing else. See `Escape+LaTeX` and `+CSV`.

/// Escapes by scalars: U+0D4E before a `<` makes one `Character` of both, which equals no `<`.
package enum Escape {
  /// Safe in HTML and XML as content and inside a quoted attribute (HTML Living Standard, 13.1.4; XML 1.0, 2.4). What
  /// is unsafe on a terminal is not allowed in XML or hides in a page: U+FFFD stands for it.
  package static func markup(_ text: String) -> String {
    text.spelled { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: nil
      }
    }
  }

  /// What a page may load: nothing but the pictures within it. Scripts do not run, even where an escape were forgotten.
  package static let policy =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    + "base-uri 'none'; form-action 'none'\">"

  /// A backslash before whatever Markdown, a table's pipes, HTML or formulas would take for themselves (CommonMark, 2.4).
  package static func markdown(_ text: String) -> String {
    text.spelled { markdownSigns.contains($0) ? "\\" + String($0) : nil }
  }

  private static let markdownSigns = Set("\\`*_{}[]<>|~&$#".unicodeScalars)

  /// A JSON document whose strings hold no unsafe scalar as it is: each becomes `\uXXXX`, as JSON allows in strings, the
  /// only place where an encoder writes one.
  package static func json(_ document: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in document.unicodeScalars {
      if !scalar.isUnsafe || scalar == "\n" {
        escaped.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          escaped.append(
            contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).unicodeScalars)
        }
      }
    }
    return String(escaped)
  }
}

extension String {
  /// The text with what a format spells otherwise; line ends and tabs are blanks, unsafe scalars U+FFFD.
  func spelled(_ spelling: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let spelled = spelling(scalar) {
        result.append(contentsOf: spelled.unicodeScalars)
      } else if scalar == "\n" || scalar == "\t" {
        result.append(" ")
      } else {
        result.append(scalar.isUnsafe ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }
}
