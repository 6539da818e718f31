// What the caller knows of the terminal: descriptors and environment.

package struct TerminalOptions: Hashable, Sendable {
  package var input: Int32
  package var output: Int32
  /// TERM.
  package var name: String
  /// No colour at all: the environment's NO_COLOR, when it is not empty (no-color.org).
  package var noColor: Bool
  /// ASCII only, whatever the locale can do.
  package var ascii: Bool

  package init(environment: [String: String], ascii: Bool = false, input: Int32 = 0, output: Int32 = 1) {
    self.input = input
    self.output = output
    self.ascii = ascii
    name = environment["TERM"] ?? ""
    noColor = !(environment["NO_COLOR"] ?? "").isEmpty
  }
}
