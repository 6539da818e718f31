// A folder of files that people ask for: whole or not there at all, and never in place of what is not an export.

import CaseStore
import Foundation
import Interchange
import TextSafety

package enum ExportFolder {
  /// Refuses what must not be replaced, before any work is done for it.
  ///
  /// - Parameter force: whether an earlier export that lies there may be replaced. It is one if its sums list every file
  ///   in it: whatever somebody else put there would be lost.
  package static func check(_ path: String, as name: String, force: Bool) throws(Failure) {
    // Nothing is the folder that one is in, with all that lies there.
    guard !path.isEmpty else { throw Failure(.usage, "no folder is named; name a new one for \(name)") }
    var found = stat()
    guard lstat(path, &found) == 0 else { return }
    guard found.st_mode & S_IFMT == S_IFDIR else {
      let what = found.st_mode & S_IFMT == S_IFLNK ? "is a link" : "is there and is no folder"
      throw Failure(.cannotCreate, "\(path): \(what); name a new folder for \(name)")
    }
    guard let strangers = strangers(in: path) else {
      throw Failure(
        .cannotCreate,
        "\(path): is a folder that is no earlier export, and is left as it is; name a new folder for \(name)")
    }
    if let stranger = strangers.first {
      throw Failure(
        .cannotCreate,
        "\(path): holds ‘\(stranger)’, which does not belong to an export, and is left as it is; name a new folder for \(name)"
      )
    }
    guard force else {
      throw Failure(.cannotCreate, "\(path): exists already and is left as it is; add --force to replace it")
    }
  }

  /// Files that the sums of an export do not list; nil where there are no sums.
  private static func strangers(in path: String) -> [String]? {
    guard let sums = try? String(contentsOfFile: "\(path)/\(ExportFormat.sums)", encoding: .utf8) else { return nil }
    let listed = Set(
      sums.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0.dropFirst(66), as: UTF8.self) })
    let there = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return there.filter { file in
      var status = stat()
      let isFolder = lstat("\(path)/\(file)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return !isFolder && file != ExportFormat.sums && !listed.contains(file)
    }.sorted()
  }

  /// Writes all files beside the place and puts the folder there in one step.
  ///
  /// - Throws: `Failure` with 73 where it may not or cannot be put there, 74 where the disk fails.
  package static func write(_ files: [ExportedFile], to path: String, as name: String, force: Bool) throws(Failure) {
    try check(path, as: name, force: force)
    let place = URL(filePath: path).standardizedFileURL
    let unfinished =
      place.deletingLastPathComponent().path + "/.endplate-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    try make(folder: unfinished, path, name)
    let mask = umask(0o077)
    umask(mask)
    for file in files {
      let target = "\(unfinished)/\(file.path)"
      let folder = target.folderOfPath
      if !FileManager.default.fileExists(atPath: folder) { try make(folder: folder, path, name) }
      do throws(WholeFile.Problem) {
        try WholeFile.write(Array(file.text.utf8), to: target, mode: 0o666 & ~mask, replacing: false)
      } catch { throw failure(error.number, path, name) }
    }
    try put(unfinished, to: place.path, path, name)
  }

  private static func make(folder: String, _ path: String, _ name: String) throws(Failure) {
    guard mkdir(folder, 0o777) == 0 else { throw failure(errno, path, name) }
  }

  /// An earlier export steps aside first, and comes back where the new one cannot be put there.
  private static func put(_ unfinished: String, to place: String, _ path: String, _ name: String) throws(Failure) {
    let aside = unfinished + "-before"
    let isThere = rename(place, aside) == 0
    guard rename(unfinished, place) == 0 else {
      let number = errno
      if isThere { rename(aside, place) }
      throw failure(number, path, name)
    }
    try? FileManager.default.removeItem(atPath: aside)
  }

  private static func failure(_ number: Int32, _ path: String, _ name: String) -> Failure {
    let code: ExitStatus = [ENOSPC, EDQUOT, EIO, EFBIG].contains(number) ? .inputOutput : .cannotCreate
    return Failure(
      code,
      "\(path): \(name) cannot be written there: \(String(cString: strerror(number))); make room, or name another folder"
    )
  }
}
