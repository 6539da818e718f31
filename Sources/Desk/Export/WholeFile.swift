// Writes a file whole, or leaves everything as it was.

import CaseStore
import Foundation

package enum WholeFile {
  /// What the kernel said.
  package struct Problem: Error {
    package let number: Int32
    package var words: String { String(cString: strerror(number)) }
  }

  /// Writes beside the place, checks every write and the close, waits for the disk, and puts the file there in one step.
  ///
  /// - Parameters:
  ///   - mode: of the new file, whatever the mask.
  ///   - replacing: false leaves a file that came there meanwhile, with `EEXIST`.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t, replacing: Bool
  ) throws(Problem) {
    Unfinished.sweep(beside: path)
    let unfinished = Unfinished.name(beside: path)
    let file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Problem(number: errno) }
    var number = fill(file, bytes, mode)
    // A disk elsewhere may say only now that it is full.
    if close(file) != 0, number == nil { number = errno }
    if number == nil { number = put(unfinished, to: path, replacing: replacing) }
    unlink(unfinished)
    if let number { throw Problem(number: number) }
  }

  private static func fill(_ file: Int32, _ bytes: [UInt8], _ mode: mode_t) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count < 0 ? errno : EIO }
      rest = rest.dropFirst(count)
    }
    return fchmod(file, mode) == 0 && fsync(file) == 0 ? nil : errno
  }

  private static func put(_ unfinished: String, to path: String, replacing: Bool) -> Int32? {
    guard replacing else { return Unfinished.publish(unfinished, as: path) }
    return rename(unfinished, path) == 0 ? nil : errno
  }
}
