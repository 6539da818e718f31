// Why a terminal cannot show the workstation.

import Grid

package enum DisplayError: Error, Hashable, Sendable {
  case notATerminal
  case noCursorAddressing(terminal: String)
  case unknownTerminal(String)
  case noSignals

  package var message: String {
    switch self {
    case .notATerminal:
      "input and output are not a terminal. Over SSH ask for one with -t, or read a case as text: endplate show CASE --linear"
    case .noCursorAddressing(let name):
      "the terminal \"\(SafeText.clean(name))\" cannot place its cursor. Set TERM to what your terminal is, "
        + "or read a case as text: endplate show CASE --linear"
    case .unknownTerminal(let name):
      "nothing is known of the terminal \"\(SafeText.clean(name))\" here, nor of xterm-256color. Install the terminal "
        + "database (ncurses-base), set TERM, or read a case as text: endplate show CASE --linear"
    case .noSignals: "no file descriptors are left for this process. Raise the limit: ulimit -n 1024"
    }
  }
}
