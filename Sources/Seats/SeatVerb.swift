// What can be asked of a seat in one command, as `ssh study@host list`: a row each, all else is refused.

package struct SeatVerb: Hashable, Sendable {
  /// As `consensus minutes`.
  package let words: [String]
  /// What goes behind it, for people: `CASE`.
  package let usage: String
  package let arguments: ClosedRange<Int>
  package let flags: Set<String>
  /// Options that take a value. None may name a file.
  package let values: Set<String>

  package init(
    _ words: String..., usage: String = "", arguments: ClosedRange<Int> = 0...0, flags: Set<String> = [],
    values: Set<String> = []
  ) {
    self.words = words
    self.usage = usage
    self.arguments = arguments
    self.flags = flags
    self.values = values
  }

  package var name: String { words.joined(separator: " ") }

  /// Reads what a client asks, and answers the verb with its arguments in a form that can mean one thing only:
  /// `--name=value`, and arguments that do not begin with a dash.
  package static func read(
    _ text: String, among verbs: [SeatVerb]
  ) throws(SeatRefusal) -> (verb: SeatVerb, arguments: [String]) {
    let words: [String]
    do {
      words = try CommandWords.split(text)
    } catch {
      throw .unreadable(error)
    }
    guard let verb = verbs.first(where: { words.starts(with: $0.words) }) else {
      throw .unknown(words.first ?? "", known: verbs)
    }
    return (verb, try verb.checked(words.dropFirst(verb.words.count)))
  }

  private static let dash = UInt8(ascii: "-")

  private func checked(_ words: ArraySlice<String>) throws(SeatRefusal) -> [String] {
    var options: [String] = []
    var arguments: [String] = []
    var rest = words
    while let word = rest.popFirst() {
      guard word.utf8.first == Self.dash else {
        arguments.append(word)
        continue
      }
      let name = String(word.unicodeScalars.prefix { $0 != "=" })
      if flags.contains(word) {
        options.append(word)
      } else if values.contains(name) {
        let given = word.unicodeScalars.dropFirst(name.unicodeScalars.count)
        let value = given.isEmpty ? rest.popFirst() : String(given.dropFirst())
        guard let value, !value.isEmpty, value.utf8.first != Self.dash else { throw .noValue(name) }
        options.append("\(name)=\(value)")
      } else {
        throw .option(name, verb: self)
      }
    }
    guard self.arguments.contains(arguments.count) else { throw .count(verb: self) }
    return arguments + options
  }
}

package enum SeatRefusal: Error, Hashable, Sendable {
  case unreadable(CommandWords.Fault)
  case unknown(String, known: [SeatVerb])
  case option(String, verb: SeatVerb)
  case noValue(String)
  case count(verb: SeatVerb)

  package var message: String {
    switch self {
    case .unreadable(let fault): fault.message
    case .unknown(let word, let known):
      "‘\(word.prefix(40))’ cannot be asked of a seat; these can: \(known.map(\.form).joined(separator: ", ")). "
        + "Without a command ssh opens the workstation"
    case .option(let name, let verb): "a seat's ‘\(verb.name)’ has no option ‘\(name.prefix(40))’; it is: \(verb.form)"
    case .noValue(let name): "\(name) needs a value"
    case .count(let verb): "that is too much or too little for ‘\(verb.name)’; it is: \(verb.form)"
    }
  }
}

extension SeatVerb {
  /// `show CASE [--ascii] [--examination …]`
  var form: String {
    let options = flags.sorted().map { "[\($0)]" } + values.sorted().map { "[\($0) …]" }
    return (words + (usage.isEmpty ? [] : [usage]) + options).joined(separator: " ")
  }
}
