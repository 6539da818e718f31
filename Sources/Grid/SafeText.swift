// Text from files and names, made safe and measured for a terminal.

import TextSafety

/// Columns of a scalar: 0 for combining marks, 2 for wide ones, negative for what no terminal should get.
/// The real one is the `wcwidth` that ncurses uses; tests pass a table.
package typealias ScalarWidth = @Sendable (Unicode.Scalar) -> Int

package enum SafeText {
  package static let replacement = "\u{FFFD}"

  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool { scalar.isUnsafe }

  /// Every unsafe scalar replaced by U+FFFD.
  package static func clean(_ text: String) -> String { text.madeSafe }

  /// The cells a safe text takes: one entry a visible character, with its columns (1 or 2).
  /// A combining mark or a joiner is drawn with the character before it; at most four are kept.
  package static func cells(_ text: String, width: ScalarWidth) -> [(text: String, columns: Int)] {
    var cells: [(text: String, columns: Int)] = []
    for scalar in clean(text).unicodeScalars {
      let columns = scalar.value < 0x7F ? 1 : scalar.isJoiner ? 0 : width(scalar)
      if columns < 0 {
        cells.append((replacement, 1))
      } else if columns == 0 {
        guard let last = cells.last, last.text.unicodeScalars.count < 5 else { continue }
        cells[cells.count - 1].text.unicodeScalars.append(scalar)
      } else {
        cells.append((String(scalar), min(columns, 2)))
      }
    }
    return cells
  }

  package static func columns(_ text: String, width: ScalarWidth) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return cells(text, width: width).reduce(0) { $0 + $1.columns }
  }

  /// Lines of at most `columns` columns, broken at spaces where possible. Line ends of every kind are kept, one at the
  /// very end is not.
  package static func wrapped(_ text: String, columns: Int, width: ScalarWidth) -> [String] {
    guard columns > 0 else { return [] }
    var paragraphs = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if paragraphs.count > 1, paragraphs.last?.isEmpty == true { paragraphs.removeLast() }
    var lines: [String] = []
    for paragraph in paragraphs {
      var line = ""
      var used = 0
      for word in paragraph.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
        let letters = cells(String(word), width: width)
        let length = letters.reduce(0) { $0 + $1.columns }
        if used > 0, used + 1 + length > columns {
          lines.append(line)
          (line, used) = ("", 0)
        }
        if used > 0 { (line, used) = (line + " ", used + 1) }
        for letter in letters {
          // A wide character in a single column cannot be shown.
          let cell = letter.columns > columns ? (text: replacement, columns: 1) : letter
          if used + cell.columns > columns {
            lines.append(line)
            (line, used) = ("", 0)
          }
          line += cell.text
          used += cell.columns
        }
      }
      lines.append(line)
    }
    return lines
  }
}
