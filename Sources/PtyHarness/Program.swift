// Runs a program to its end without a terminal, and answers all it said.

import Foundation
import Glibc

package struct ProgramResult: Hashable, Sendable {
  package let end: ProgramEnd
  package let output: [UInt8]
  package let errorOutput: [UInt8]

  package var text: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
  /// The exit status; nil where a signal ended it.
  package var status: Int32? { if case .exited(let status) = end { status } else { nil } }
}

/// A standard output on which everything is lost.
package enum LostStream: String, Sendable { case full, closed }

extension Launch {
  /// Its streams are files in a folder of its own, so that no pipe can fill up.
  ///
  /// - Parameters:
  ///   - lost: a standard output that takes nothing, in place of the file.
  ///   - end: when it is killed without a warning, if it has not ended by then.
  package func run(
    input: String = "", output lost: LostStream? = nil, killedAfter end: Duration? = nil
  ) throws -> ProgramResult {
    let folder = try TemporaryFolder()
    let paths = ["in", "out", "err"].map { folder.path + "/" + $0 }
    try Data(input.utf8).write(to: URL(fileURLWithPath: paths[0]))
    let write = O_WRONLY | O_CREAT | O_TRUNC
    _ = FileManager.default.createFile(atPath: paths[1], contents: nil)
    let output: Stream =
      switch lost {
      case nil: .open(paths[1], flags: write)
      case .full: .open("/dev/full", flags: O_WRONLY)
      case .closed: .closed
      }
    let pid = try start([.open(paths[0], flags: O_RDONLY), output, .open(paths[2], flags: write)])
    if let end {
      usleep(UInt32(max(0, end / .microseconds(1))))
      // It is not waited for yet, so its number is nobody else's, also where it has ended.
      kill(pid, SIGKILL)
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return ProgramResult(
      end: ProgramEnd(status: status),
      output: [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[1]))),
      errorOutput: [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[2]))))
  }
}

/// A folder that goes with its owner.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws(LaunchError) {
    var template = Array("/tmp/endplate-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw LaunchError("cannot make a temporary folder", errno) }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
