// What the terminal database (terminfo) says of this terminal.

import CTerminal
import Grid

enum TerminalDatabase {
  /// The name to open: TERM, or the most likely one where nobody has heard of it.
  static func usableName(_ options: TerminalOptions) throws(DisplayError) -> String {
    let direct = options.showsAnyColor && !options.noColor ? DirectColor.entries(for: options.name) : []
    for name in direct + [options.name, "xterm-256color"] where !name.isEmpty {
      switch ct_terminal_kind(name, options.output) {
      case CT_USABLE: return name
      case CT_NO_CURSOR_ADDRESSING: throw .noCursorAddressing(terminal: name)
      default: continue
      }
    }
    throw .unknownTerminal(options.name)
  }

  /// A terminal that speaks ECMA-48 ignores private modes it does not know; another would print them.
  static var ignoresUnknownModes: Bool {
    ct_capability("cup").map { String(cString: $0).hasPrefix("\u{1B}[") } ?? false
  }

  static func keySequences() -> [[UInt8]: Key] {
    var sequences: [[UInt8]: Key] = [:]
    for (name, key) in KeySequences.capabilities {
      if let bytes = ct_capability(name) { sequences[Array(String(cString: bytes).utf8)] = key }
    }
    return sequences
  }
}
