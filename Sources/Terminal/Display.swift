// Where frames are shown and keys come from: a terminal, or a script.

import CTerminal
import Grid

package protocol Display: AnyObject {
  var size: Size { get }
  var look: Look { get }

  /// Shows a whole frame. Sends nothing where it equals the one before.
  func show(_ grid: Grid, theme: Theme)

  /// Waits until something happens, at most `timeout` (nil: for ever), and answers everything that waits, in order;
  /// one render for one batch, so that held keys never pile up. Never empty.
  func poll(timeout: Duration?, watching descriptors: [Int32]) -> [TerminalEvent]

  /// Throws away the keys that wait: they were typed before the last frame was seen.
  func discardKeys()

  /// Gives the terminal back. Safe to call twice.
  func close()
}

package enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  case resized(Size)
  /// Stopped and continued: everything is to be drawn again, other processes may have written.
  case continued
  /// A watched descriptor can be read.
  case wake(Int32)
  /// Nothing happened within the timeout.
  case idle
  /// Ctrl-C (SIGINT).
  case interrupted
  /// SIGTERM or SIGQUIT.
  case terminate
  /// The terminal is gone (SIGHUP, end of input, I/O error), or the script is at its end.
  case hangup
}

/// The columns ncurses gives a scalar in the locale that `ct_use_locale` took.
package let terminalWidth: ScalarWidth = { Int(ct_wcwidth($0.value)) }

extension Duration {
  /// Whole milliseconds for poll(2), rounded up; at most a day.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    return Int32(
      clamping: max(0, min(seconds, 86_400) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
