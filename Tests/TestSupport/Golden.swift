// Frames kept as text that a person can review.

import Foundation
import Grid
import Testing

/// Compares a text with the file `goldens/NAME.txt` beside the test that calls it.
///
/// `UPDATE_GOLDENS=1 swift test` writes the files anew; look at the difference before you commit it.
package func expectGolden(
  _ text: String, _ name: String, file: String = #filePath, location: SourceLocation = #_sourceLocation
) {
  let golden = URL(filePath: file).deletingLastPathComponent().appending(path: "goldens/\(name).txt")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
    try? FileManager.default.createDirectory(at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? text.write(to: golden, atomically: true, encoding: .utf8)
    return
  }
  let expected = try? String(contentsOf: golden, encoding: .utf8)
  guard text != expected else { return }
  let differing = zip(text.split(separator: "\n"), (expected ?? "").split(separator: "\n")).first { $0 != $1 }
  Issue.record(
    """
    \(name) differs from \(golden.lastPathComponent)\(expected == nil ? " (there is no such file)" : "")
    is:     \(differing?.0 ?? "")
    golden: \(differing?.1 ?? "")
    whole frame:
    \(text)
    """, sourceLocation: location)
}

/// Compares a frame with its golden: the text without the last row, and the style of each cell.
///
/// What the last row says of each screen stands in one golden of its own, so that a word of it changes one file.
package func expectGolden(
  _ frame: Grid, _ name: String, file: String = #filePath, location: SourceLocation = #_sourceLocation
) {
  expectGolden(frame.styledText, name, file: file, location: location)
}

extension Grid {
  /// All rows but the last, and below them a letter a cell for its style: `.` plain, a letter for a role (upper case
  /// when bold), `@` reverse, `0`…`9` a tenth of the greys of a picture.
  fileprivate var styledText: String {
    let letters = Dictionary(
      uniqueKeysWithValues: zip(Role.allCases, "abcdefghijklmnopqrstuvwxyz".map { $0 }))
    func letter(_ cell: Cell) -> Character {
      if cell.style.attributes.contains(.reverse) { return "@" }
      switch cell.style.ink {
      case .grey(let level): return Character(String(min(9, Int(level) / 3)))
      case .shade(let brightness): return Character(String(Int(brightness) / 26))
      case .role(let role):
        let letter = letters[role] ?? "?"
        return cell.style.attributes.contains(.bold) ? Character(letter.uppercased()) : letter
      case .standard: return cell.text == " " ? " " : cell.style.attributes.contains(.bold) ? "!" : "."
      }
    }
    let rows = 0..<size.height - 1
    let styles = rows.map { y in
      var line = String((0..<size.width).map { letter(self[$0, y]) })
      while line.last == " " { line.removeLast() }
      return line
    }
    return (rows.map(line) + ["--- styles"] + styles).map { $0 + "\n" }.joined()
  }
}
