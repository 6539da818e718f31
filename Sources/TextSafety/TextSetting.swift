// Text set in columns of a terminal, for what is printed.

/// Pads, cuts and wraps by the columns that characters take, not by their number.
package protocol TextSetting {
  var width: (Character) -> Int { get }  // by characters: a letter and the marks on it are set as one
}

extension TextSetting {
  package func columns(_ text: String) -> Int { text.reduce(0) { $0 + max(width($1), 0) } }
  package func spaces(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
  package func pad(_ text: String, to count: Int) -> String { text + spaces(count - columns(text)) }
  package func leftPad(_ text: String, to count: Int) -> String { spaces(count - columns(text)) + text }
  package func trimmedEnd(_ text: String) -> String { String(text.reversed().drop { $0 == " " }.reversed()) }

  /// The text, cut with an ellipsis where it is wider than `count` columns.
  package func fitted(_ text: String, _ count: Int) -> String {
    guard columns(text) > count else { return text }
    var result = ""
    for character in text {  // by characters: a mark stays with its letter
      if columns(result) + width(character) > count - 1 { break }
      result.append(character)
    }
    return result + "…"
  }

  /// Words in lines of at most `limit` columns; a longer word is broken.
  package func wrapped(_ text: String, _ limit: Int) -> [String] {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {  // by characters: only where lines end
      let line = lines[lines.count - 1]
      let joined = line.isEmpty ? String(word) : "\(line) \(word)"
      if columns(joined) <= limit {
        lines[lines.count - 1] = joined
        continue
      }
      if !line.isEmpty { lines.append("") }
      for character in word {  // by characters: a mark stays with its letter
        if columns(lines[lines.count - 1]) + width(character) > max(1, limit) { lines.append("") }
        lines[lines.count - 1].append(character)
      }
    }
    return lines
  }
}
