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

extension Grid {
  /// The text, and below it a letter a cell for its style: `.` plain, a letter for a role (upper case when bold),
  /// `@` reverse, `0`…`9` a tenth of the greys of a picture.
  package var styledText: String {
    let letters = Dictionary(
      uniqueKeysWithValues: zip(Role.allCases, "abcdefghijklmnopqrstuvwxyz".map { $0 }))
    func letter(_ cell: Cell) -> Character {
      if cell.style.attributes.contains(.reverse) { return "@" }
      switch cell.style.ink {
      case .grey(let level): return Character(String(min(9, Int(level) / 3)))
      case .role(let role):
        let letter = letters[role] ?? "?"
        return cell.style.attributes.contains(.bold) ? Character(letter.uppercased()) : letter
      case .standard: return cell.text == " " ? " " : cell.style.attributes.contains(.bold) ? "!" : "."
      }
    }
    var styles = ""
    for y in 0..<size.height {
      var line = String((0..<size.width).map { letter(self[$0, y]) })
      while line.last == " " { line.removeLast() }
      styles += line + "\n"
    }
    return text + "--- styles\n" + styles
  }
}
