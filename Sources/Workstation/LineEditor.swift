// One line of text being typed.

import Grid

package struct LineEditor: Hashable, Sendable {
  package private(set) var characters: [Character]
  /// Where the next character goes, from 0.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  package var text: String { String(characters) }

  /// The part before the cursor, to find the column it stands in.
  package var textBeforeCursor: String { String(characters[..<cursor]) }

  /// Longest text taken, in characters.
  private static let limit = 2000

  /// True where the key was for the text.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    case .backspace:
      if cursor > 0 {
        cursor -= 1
        characters.remove(at: cursor)
      }
    case .delete: if cursor < characters.count { characters.remove(at: cursor) }
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .control("u"):
      characters.removeSubrange(..<cursor)
      cursor = 0
    case .control("w"):
      let start = wordStart
      characters.removeSubrange(start..<cursor)
      cursor = start
    default: return false
    }
    return true
  }

  private mutating func insert(_ text: String) {
    let added = SafeText.clean(text).prefix(max(0, Self.limit - characters.count))
    characters.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }
}
