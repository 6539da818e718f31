// What commands print. Text of files is made safe on its way out, as it is on the screen.

import Desk
import Foundation
import Grid

enum Output {
  /// A reader of a pipe that went away is no error.
  static func print(_ text: String) {
    write(text + "\n", to: STDOUT_FILENO)
  }

  /// Text with line ends of its own, as a table in CSV has.
  static func printLines(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  static func error(_ text: String) {
    write(safe(text) + "\n", to: STDERR_FILENO)
  }

  /// Control characters drawn as U+FFFD, line by line.
  static func safe(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText.clean(String($0)) }
      .joined(separator: "\n")
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

extension Failure {
  func report() {
    if let words { Output.error("endplate: \(words)") }
  }
}
