// A line of authorized_keys as sshd reads it (sshd(8), AUTHORIZED_KEYS FILE FORMAT): its options.

struct KeyLine {
  private let options: [(name: String, value: String?)]

  /// Nil for comments, empty lines, what is no text, and lines without options.
  init?(_ line: [UInt8]) {
    guard let text = String(bytes: line, encoding: .utf8) else { return nil }
    var rest = text.unicodeScalars.drop { $0 == " " || $0 == "\t" }
    guard let first = rest.first, first != "#", !Self.lineEnds.contains(first) else { return nil }
    var options: [(name: String, value: String?)] = []
    while true {
      let name = rest.prefix { !Self.separators.contains($0) && !Self.lineEnds.contains($0) }
      rest = rest.dropFirst(name.count)
      var value: String?
      if rest.starts(with: "=\"".unicodeScalars) {
        guard let (unquoted, after) = Self.unquoted(rest.dropFirst(2)) else { return nil }
        (value, rest) = (unquoted, after)
      }
      guard !name.isEmpty else { return nil }
      options.append((String(name).lowercased(), value))
      guard rest.first == "," else { break }  // by scalars
      rest = rest.dropFirst()
    }
    guard rest.first == " " || rest.first == "\t" else { return nil }  // by scalars
    self.options = options
  }

  /// In a quoted value only `\"` means something else than it says.
  private static func unquoted(_ text: Scalars) -> (String, Scalars)? {
    var value = String.UnicodeScalarView()
    var rest = text
    while let scalar = rest.first {
      if rest.starts(with: "\\\"".unicodeScalars) {
        value.append("\"")
        rest = rest.dropFirst(2)
      } else if scalar == "\"" {
        return (String(value), rest.dropFirst())
      } else {
        value.append(scalar)
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  private typealias Scalars = String.UnicodeScalarView.SubSequence
  private static let separators = Set(",= \t\"".unicodeScalars)
  private static let lineEnds = Set("\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}".unicodeScalars)

  var command: String? { options.last { $0.name == "command" }?.value }

  /// What a seat's key may do although it should not.
  var excess: [String] {
    let names = Set(options.map(\.name))
    let open = names.contains("restrict") ? [] : ["restrict is missing"]  // by characters: of a set of words
    return open + names.subtracting(Self.harmless).sorted()
  }

  /// Options that only take away, and the terminal.
  private static let harmless: Set<String> = [
    "restrict", "pty", "command", "from", "expiry-time", "no-agent-forwarding", "no-port-forwarding", "no-pty",
    "no-user-rc", "no-x11-forwarding", "verify-required",
  ]
}
