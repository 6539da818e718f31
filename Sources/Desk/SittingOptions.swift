// What somebody may choose of a sitting: its look, and a script in place of the keyboard.

import Grid

package struct SittingOptions: Sendable {
  /// Name or file of a theme; nil takes the one chosen last.
  package var theme: String?
  /// Draws with ASCII characters only.
  package var ascii: Bool
  /// A file with a key script that is played instead of reading the terminal.
  package var keys: String?
  /// Where the last screen of a key script is written as text.
  package var dump: String?
  /// Whether a file that lies there already is replaced.
  package var force: Bool
  /// Size of the screen for a key script.
  package var size: Size

  package init(
    theme: String? = nil, ascii: Bool = false, keys: String? = nil, dump: String? = nil,
    force: Bool = false, size: Size = Size(width: 80, height: 24)
  ) {
    (self.theme, self.ascii, self.keys, self.dump, self.force, self.size) = (theme, ascii, keys, dump, force, size)
  }
}
