// Splits a command into words without a shell: blanks separate, quotes hold together, nothing is expanded.

package enum CommandWords {
  package enum Fault: Error, Hashable, Sendable {
    case tooLong
    case controlCharacter
    case shellCharacter(Unicode.Scalar)
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
  package static let shellOperators = Set(";&|$`(){}<>*?[]~\\!#".unicodeScalars)

  package static func split(_ text: String, operators: Set<Unicode.Scalar> = shellOperators) throws(Fault) -> [String] {
    guard text.utf8.count <= 4096 else { throw .tooLong }
    guard text.unicodeScalars.allSatisfy({ $0 == "\t" || $0.properties.generalCategory != .control }) else {
      throw .controlCharacter
    }
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var quote: Unicode.Scalar?
    func add(_ scalar: Unicode.Scalar) { word = (word ?? String.UnicodeScalarView()) + [scalar] }
    for scalar in text.unicodeScalars {
      switch (quote, scalar) {
      case (.some(let open), _) where scalar == open: quote = nil
      case (.some, _): add(scalar)
      case (nil, "'"), (nil, "\""):
        quote = scalar
        word = word ?? String.UnicodeScalarView()
      case (nil, " "), (nil, "\t"):
        if let word { words.append(String(word)) }
        word = nil
      default:
        guard !operators.contains(scalar) else { throw .shellCharacter(scalar) }
        add(scalar)
      }
    }
    guard quote == nil else { throw .openQuote }
    if let word { words.append(String(word)) }
    return words
  }
}
