// How far long work is.

import Foundation

/// `1200 of 5000 cases` on standard error, while it is a terminal and the work is long.
final class Progress {
  private let total: Int
  private let isShown = isatty(STDERR_FILENO) == 1
  private var shown: ContinuousClock.Instant?

  init(total: Int) { self.total = total }

  func show(_ done: Int) {
    let now = ContinuousClock.now
    guard isShown, total > 100, shown.map({ now - $0 > .milliseconds(200) }) ?? true else { return }
    shown = now
    Output.tell("\r\(done) of \(total) cases")
  }

  func finish() {
    if shown != nil { Output.tell("\r\u{1B}[K") }
  }
}
