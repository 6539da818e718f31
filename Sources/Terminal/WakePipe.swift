// How work beside the loop says that it has news: a byte in a pipe that `Display.poll` watches.

import CTerminal
import Glibc

package struct WakePipe: Sendable {
  /// To be watched.
  package let descriptor: Int32
  private let writer: Int32

  /// Nil where the process has no descriptors left.
  package init?() {
    var ends: [Int32] = [-1, -1]
    guard ct_pipe(&ends) else { return nil }
    (descriptor, writer) = (ends[0], ends[1])
  }

  /// From any thread. Many wakes before one `drain` are one.
  package func wake() {
    var byte: UInt8 = 1
    _ = write(writer, &byte, 1)
  }

  package func drain() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }

  package func close() {
    _ = Glibc.close(descriptor)
    _ = Glibc.close(writer)
  }
}
