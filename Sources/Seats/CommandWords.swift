// Splits a command into words without a shell: blanks separate, quotes hold together, nothing is expanded.

package enum CommandWords {
  package enum Fault: Error, Hashable, Sendable {
    case tooLong
    case controlCharacter
    case shellCharacter(Character)
    case openQuote

    package var message: String {
      switch self {
      case .tooLong: "the command is too long"
      case .controlCharacter: "a command is one line of plain text"
      case .shellCharacter(let character):
        "there is no shell here, and ‘\(character)’ does nothing; text that needs it goes in quotes"
      case .openQuote: "a quote is opened and not closed"
      }
    }
  }

  /// Characters by which a shell does something; outside of quotes they are refused, so that nobody believes they work.
  package static let shellOperators = Set<Character>(";&|$`(){}<>*?[]~\\!#")

  package static func split(_ text: String, operators: Set<Character> = shellOperators) throws(Fault) -> [String] {
    guard text.utf8.count <= 4096 else { throw .tooLong }
    // Before characters are looked at: a line end joins what stands before it into one character.
    guard text.unicodeScalars.allSatisfy({ $0 == "\t" || $0.properties.generalCategory != .control }) else {
      throw .controlCharacter
    }
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      switch (quote, character) {
      case (.some(let open), _) where character == open: quote = nil
      case (.some, _): word = (word ?? "") + String(character)
      case (nil, "'"), (nil, "\""):
        quote = character
        word = word ?? ""
      case (nil, " "), (nil, "\t"):
        if let word { words.append(word) }
        word = nil
      default:
        guard !operators.contains(character) else { throw .shellCharacter(character) }
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw .openQuote }
    if let word { words.append(word) }
    return words
  }
}
