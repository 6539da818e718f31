// What the caller knows of the terminal: descriptors and environment.

package struct TerminalOptions: Hashable, Sendable {
  package var input: Int32
  package var output: Int32
  /// TERM.
  package var name: String
  /// No colour at all: the environment's NO_COLOR, when it is not empty (no-color.org).
  package var noColor: Bool
  /// The terminal is known to show any colour: COLORTERM says so, or TERM names one that does (OpenSSH drops COLORTERM).
  package var showsAnyColor: Bool
  /// ASCII only, whatever the locale can do.
  package var ascii: Bool

  /// Milliseconds after which an Esc that nothing follows is the key Esc. `ESCDELAY` says it as for ncurses; without it
  /// a terminal at the end of a network is given longer, so that an arrow cut in two by it stays an arrow.
  package var escapeDelay: Int32

  package static let nearEscapeDelay: Int32 = 25
  package static let farEscapeDelay: Int32 = 200
  private static let escapeDelays: ClosedRange<Int32> = 1...5000

  package init(environment: [String: String], ascii: Bool = false, input: Int32 = 0, output: Int32 = 1) {
    self.input = input
    self.output = output
    self.ascii = ascii
    noColor = !(environment["NO_COLOR"] ?? "").isEmpty
    let terminal = environment["TERM"] ?? ""
    name = terminal
    showsAnyColor =
      ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
      || DirectColor.names.contains { terminal.hasPrefix($0) }
    let isFar = ["SSH_CONNECTION", "SSH_TTY"].contains { !(environment[$0] ?? "").isEmpty }
    let said = environment["ESCDELAY"].flatMap { Int32($0) }.flatMap { Self.escapeDelays.contains($0) ? $0 : nil }
    escapeDelay = said ?? (isFar ? Self.farEscapeDelay : Self.nearEscapeDelay)
  }
}
