// The one place that writes what commands print. Text of files is made safe on its way out, as it is on the screen.
//
// Nothing is written in vain: every write is checked, and the close at the end. What went wrong is kept, the command goes
// on with its work, and the program ends with 74 and a line that says so. A reader of a pipe that went away is no error.

import Desk
import Foundation
import Synchronization
import TextSafety

enum Output {
  /// What became of standard output so far: a process has one.
  private static let fault = Mutex<Int32?>(nil)

  /// To be called first. Where a standard stream is closed, the next file that is opened would get its number, and what
  /// is printed would go into it: a stream that refuses everything stands in.
  static func hold() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = Foundation.open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// One line. A path or a name may hold a line end, and what came after it would pass for a line of ours.
  static func print(_ line: String) { put(line.madeSafe + "\n") }

  /// Text with line ends of its own, as a table in CSV has.
  static func printLines(_ text: String) { put(text.linesMadeSafe) }

  /// Whatever a command prints goes through here, so nothing of it can act on a terminal.
  private static func put(_ safe: String) {
    guard fault.withLock({ $0 == nil }), let number = write(safe, to: STDOUT_FILENO) else { return }
    fault.withLock { $0 = number }
  }

  /// One line on standard error; where that cannot be written to, nobody can be told.
  static func error(_ line: String) { tell(line.madeSafe + "\n") }

  /// Text with line ends of its own on standard error: what the parser says of a command.
  static func errorLines(_ text: String) { tell(text.linesMadeSafe + "\n") }

  /// On standard error or a terminal, as it is: a question, or how far long work has come. Its words are the program's own,
  /// or made safe by the caller.
  static func tell(_ text: String, on descriptor: Int32 = STDERR_FILENO) { _ = write(text, to: descriptor) }

  /// Closes standard output; what was printed is whole only where that succeeds. To be called once, at the end.
  ///
  /// - Returns: what was lost, nil where nothing was, or where the reader went away.
  static func finish() -> Failure? {
    let isClosed = close(STDOUT_FILENO) == 0
    let late = isClosed ? nil : errno
    guard let number = fault.withLock({ $0 }) ?? late, number != EPIPE, number != EINTR else { return nil }
    return Failure(.inputOutput, "standard output: \(String(cString: strerror(number))); what was printed is not whole")
  }

  /// The number of the error; nil where all of it was written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        switch errno {
        case EINTR: continue
        case EAGAIN: if wait(for: descriptor) { continue } else { return EAGAIN }
        case let number: return number
        }
      }
      guard count > 0 else { return EIO }
      bytes = bytes.dropFirst(count)
    }
    return nil
  }

  /// A pipe that does not block is written to once there is room in it.
  private static func wait(for descriptor: Int32) -> Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&ready, 1, -1) >= 0 || errno == EINTR
  }
}

extension Failure {
  func report() {
    for (index, line) in lines.enumerated() { Output.error(index == 0 ? "endplate: \(line)" : line) }
  }
}
