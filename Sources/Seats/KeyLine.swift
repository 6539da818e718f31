// A line of authorized_keys as sshd reads it (sshd(8), AUTHORIZED_KEYS FILE FORMAT): its options.

struct KeyLine {
  private let options: [(name: String, value: String?)]

  /// Nil for comments, empty lines, what is no text, and lines without options.
  init?(_ line: [UInt8]) {
    guard let text = String(bytes: line, encoding: .utf8) else { return nil }
    var rest = text.drop { $0 == " " || $0 == "\t" }
    guard let first = rest.first, first != "#", !first.isNewline else { return nil }
    var options: [(name: String, value: String?)] = []
    while true {
      let name = rest.prefix { !",= \t\"".contains($0) && !$0.isNewline }
      rest = rest.dropFirst(name.count)
      var value: String?
      if rest.hasPrefix("=\"") {
        guard let (unquoted, after) = Self.unquoted(rest.dropFirst(2)) else { return nil }
        (value, rest) = (unquoted, after)
      }
      guard !name.isEmpty else { return nil }
      options.append((name.lowercased(), value))
      guard rest.first == "," else { break }
      rest = rest.dropFirst()
    }
    guard rest.first == " " || rest.first == "\t" else { return nil }
    self.options = options
  }

  /// In a quoted value only `\"` means something else than it says.
  private static func unquoted(_ text: Substring) -> (String, Substring)? {
    var value = ""
    var rest = text
    while let character = rest.first {
      if rest.hasPrefix("\\\"") {
        value.append("\"")
        rest = rest.dropFirst(2)
      } else if character == "\"" {
        return (value, rest.dropFirst())
      } else {
        value.append(character)
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  var command: String? { options.last { $0.name == "command" }?.value }

  /// What a seat's key may do although it should not.
  var excess: [String] {
    let names = Set(options.map(\.name))
    let open = names.contains("restrict") ? [] : ["restrict is missing"]
    return open + names.subtracting(Self.harmless).sorted()
  }

  /// Options that only take away, and the terminal.
  private static let harmless: Set<String> = [
    "restrict", "pty", "command", "from", "expiry-time", "no-agent-forwarding", "no-port-forwarding", "no-pty",
    "no-user-rc", "no-x11-forwarding", "verify-required",
  ]
}
