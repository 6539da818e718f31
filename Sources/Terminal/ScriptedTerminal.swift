// A display without a terminal: plays a key script, keeps the last frame.

import Glibc
import Grid

package final class ScriptedTerminal: Display {
  package let size: Size
  package let look: Look
  package private(set) var lastGrid: Grid
  /// Whether work runs beside the loop; `<wait>` and the end of the script wait for it.
  package var isBusy: () -> Bool = { false }
  private var steps: ArraySlice<KeyScript.Step>

  package init(_ script: KeyScript, size: Size, look: Look) {
    self.size = size
    self.look = look
    steps = script.steps[...]
    lastGrid = Grid(size: size)
  }

  package func show(_ grid: Grid, theme: Theme) { lastGrid = grid }

  /// One key a call, so that each is seen by the frame before the next: a script is somebody who looks.
  package func poll(timeout: Duration?, watching descriptors: [Int32]) -> [TerminalEvent] {
    if case .key(let key)? = steps.first {
      steps.removeFirst()
      return [.key(key)]
    }
    let woken = readable(descriptors, busy: isBusy())
    if !woken.isEmpty { return woken.map { .wake($0) } }
    if isBusy() { return [.idle] }
    return steps.popFirst() == nil ? [.hangup] : [.idle]
  }

  /// A script types nothing ahead.
  package func discardKeys() {}

  package func close() {}

  private func readable(_ descriptors: [Int32], busy: Bool) -> [Int32] {
    var waits = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = Glibc.poll(&waits, nfds_t(waits.count), busy ? 20 : 0)
    return waits.filter { $0.revents != 0 }.map(\.fd)
  }
}
