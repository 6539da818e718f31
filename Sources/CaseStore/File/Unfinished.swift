// A file or a folder of files that is being made: beside its place, under a name that says so, until it is whole.

import Foundation
import TextSafety

/// Whoever looks at a name finds a whole file there or none, also where the program that made it was killed. What that one
/// leaves lies under the unfinished name, and the next that makes a file of the same name takes it away.
package enum Unfinished {
  private static let mark = ".unfinished-"

  /// `a.study.unfinished-4711-1f2e3d4c`, with the process that makes it.
  package static func name(beside path: String) -> String {
    "\(path)\(mark)\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 16))"
  }

  /// Takes away what programs that are gone have left of a file, with what SQLite had laid beside it.
  package static func sweep(beside path: String) {
    let folder = path.folderOfPath
    let place = folder.isEmpty ? "." : folder
    let prefix = Array(((path as NSString).lastPathComponent + mark).utf8)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    where name.utf8.starts(with: prefix) {
      let digits = name.utf8.dropFirst(prefix.count).prefix { (0x30...0x39).contains($0) }
      guard let process = pid_t(String(decoding: digits, as: UTF8.self)), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      try? FileManager.default.removeItem(atPath: "\(place)/\(name)")
    }
  }

  /// Gives a file its name in one step, which replaces nothing, and waits until the disk has it.
  ///
  /// - Returns: the number of the error, `EEXIST` where something has that name; nil once it is there.
  package static func publish(_ unfinished: String, as path: String) -> Int32? {
    if link(unfinished, path) == 0 {
      unlink(unfinished)
    } else {
      // Not every disk has second names for a file.
      guard [EPERM, ENOTSUP, ENOSYS].contains(errno) else { return errno }
      var found = stat()
      if lstat(path, &found) == 0 { return EEXIST }
      guard rename(unfinished, path) == 0 else { return errno }
    }
    let folder = path.folderOfPath
    let place = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if place >= 0 {
      fsync(place)
      close(place)
    }
    return nil
  }
}

extension StudyFile {
  /// Makes a study file whole or not at all.
  ///
  /// - Parameter make: fills the empty file of the name that it is given, and leaves it closed.
  /// - Throws: `StoreError.alreadyExists` for whatever lies there already.
  static func publish<T>(_ path: String, _ make: (_ unfinished: String) throws -> T) throws -> T {
    var found = stat()
    guard lstat(path, &found) != 0 else { throw StoreError.alreadyExists(path) }
    Unfinished.sweep(beside: path)
    let unfinished = Unfinished.name(beside: path)
    try reserve(unfinished, for: path)
    defer { remove(unfinished) }
    let made = try make(unfinished)
    switch Unfinished.publish(unfinished, as: path) {
    case nil: return made
    case EEXIST: throw StoreError.alreadyExists(path)
    case let number?: throw StoreError.cannotCreate(path, why: String(cString: strerror(number)))
    }
  }
}
