// One line of text being typed.

import Grid
import TextSafety

package struct LineEditor: Hashable, Sendable {
  package private(set) var characters: [Character]
  /// Where the next character goes, from 0.
  package private(set) var cursor: Int
  /// What the last key brought that is not in the text, in words for the status line; nil for nothing.
  package private(set) var notice: String?

  package init(_ text: String = "") {
    characters = Array(FreeText(text).text)
    cursor = characters.count
  }

  package var text: String { String(characters) }

  /// Without the blanks at its ends.
  package var trimmed: String {
    String(characters.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// The part before the cursor, to find the column it stands in.
  package var textBeforeCursor: String { String(characters[..<cursor]) }

  /// Longest text taken, in scalars, as of a file.
  private static let limit = 2000

  /// True where the key was for the text.
  package mutating func handle(_ key: Key) -> Bool {
    notice = nil
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text.trimmingLineEnds)
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

  private mutating func insert(_ written: String) {
    let free = FreeText(written)
    var room = Self.limit - text.unicodeScalars.count
    let added = Array(free.text).prefix { character in
      room -= character.unicodeScalars.count
      return room >= 0
    }
    let cut = free.text.unicodeScalars.count - added.reduce(0) { $0 + $1.unicodeScalars.count }
    characters.insert(contentsOf: added, at: cursor)
    cursor += added.count
    let words = [
      cut > 0 ? "a text takes \(Self.limit) characters: \(cut) were cut off" : nil,
      free.words.map { "left out: \($0)" },
    ].compactMap { $0 }
    notice = words.isEmpty ? nil : words.joined(separator: "; ")
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }
}

extension String {
  /// Without line ends at its beginning and end, as a line copied whole has them.
  fileprivate var trimmingLineEnds: String {
    let inner = drop { $0.isNewline }
    return String(inner.reversed().drop { $0.isNewline }.reversed())
  }
}
