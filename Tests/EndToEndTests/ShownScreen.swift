// What a person sees on a terminal that a test drives.

import Grid
import PtyHarness
import TestSupport

extension PtyProcess {
  /// The lines that a person sees after everything sent so far.
  func screen(_ size: TerminalSize) -> [String] {
    var terminal = TinyTerminal(Size(width: size.columns, height: size.rows), width: testWidth)
    terminal.take(output)
    return terminal.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}
