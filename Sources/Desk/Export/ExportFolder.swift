// A folder of files that people ask for: whole or not there at all, and never in place of what is not an export.

import CaseStore
import Foundation
import Interchange
import TextSafety

package enum ExportFolder {
  /// Refuses what must not be replaced, before any work is done for it.
  ///
  /// - Parameter force: whether an earlier export of the format that lies there may be replaced. It is one if it has the
  ///   format's mark, and its sums list every file in it: whatever somebody else put there would be lost.
  package static func check(_ path: String, as format: ExportFormat, force: Bool) throws(Failure) {
    // Nothing is the folder that one is in, with all that lies there.
    guard !path.isEmpty else { throw Failure(.usage, "no folder is named; name a new one for the export") }
    var found = stat()
    guard lstat(path, &found) == 0 else { return }
    guard found.st_mode & S_IFMT == S_IFDIR else {
      let what = found.st_mode & S_IFMT == S_IFLNK ? "is a link" : "is there and is not a folder"
      throw Failure(.cannotCreate, "\(path): \(what); name a new folder for the export")
    }
    guard isExport(path, format), let listed = listed(in: path) else {
      throw Failure(
        .cannotCreate,
        "\(path): is a folder that is not an earlier export as \(format.name), and is left as it is; name a new folder for "
          + "the export")
    }
    if let stranger = strangers(in: path, listed).first {
      throw Failure(
        .cannotCreate,
        "\(path): holds ‘\(stranger)’, which does not belong to an export, and is left as it is; name a new folder for "
          + "the export")
    }
    guard force else {
      throw Failure(.cannotCreate, "\(path): exists already and is left as it is; add --force to replace it")
    }
  }

  /// Whether a folder has the mark of a format.
  private static func isExport(_ path: String, _ format: ExportFormat) -> Bool {
    guard let mark = format.mark, let text = try? String(contentsOfFile: "\(path)/\(mark.path)", encoding: .utf8)
    else { return false }
    return text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).contains {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: CharacterSet(charactersIn: " ,")) == mark.line
    }
  }

  /// The files that the sums of an export list; nil where there are no sums.
  private static func listed(in path: String) -> [String]? {
    guard let sums = try? String(contentsOfFile: "\(path)/\(ExportFormat.sums)", encoding: .utf8) else { return nil }
    return sums.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0.dropFirst(66), as: UTF8.self) }
  }

  /// Files, links and empty folders that an export does not have.
  private static func strangers(in path: String, _ listed: [String]) -> [String] {
    let known = Set(listed + [ExportFormat.sums])
    let there = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return there.filter { file in
      var status = stat()
      let isFolder = lstat("\(path)/\(file)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return isFolder ? !known.contains { $0.hasPrefix(file + "/") } : !known.contains(file)
    }.sorted()
  }

  /// Writes all files beside the place and puts the folder there in one step.
  ///
  /// - Throws: `Failure` with 73 where it may not or cannot be put there, 74 where the disk fails.
  package static func write(_ files: [ExportedFile], to path: String, as format: ExportFormat, force: Bool)
    throws(Failure)
  {
    try check(path, as: format, force: force)
    let place = URL(filePath: path).standardizedFileURL
    Unfinished.sweep(beside: place.path)
    let unfinished = Unfinished.name(beside: place.path)
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    try make(folder: unfinished, path)
    let mask = umask(0o077)
    umask(mask)
    for file in files {
      let target = "\(unfinished)/\(file.path)"
      let folder = target.folderOfPath
      if !FileManager.default.fileExists(atPath: folder) { try make(folder: folder, path) }
      do throws(WholeFile.Problem) {
        try WholeFile.write(file.bytes, to: target, mode: 0o666 & ~mask, replacing: false)
      } catch { throw failure(error.number, path) }
    }
    try put(unfinished, to: place.path, path)
  }

  private static func make(folder: String, _ path: String) throws(Failure) {
    guard mkdir(folder, 0o777) == 0 else { throw failure(errno, path) }
  }

  /// An earlier export steps aside first, and comes back where the new one cannot be put there.
  private static func put(_ unfinished: String, to place: String, _ path: String) throws(Failure) {
    let aside = "\(place).before-\(getpid())"
    let isThere = rename(place, aside) == 0
    guard rename(unfinished, place) == 0 else {
      let number = errno
      if isThere { rename(aside, place) }
      throw failure(number, path)
    }
    if isThere { remove(listedIn: aside) }
  }

  /// Takes away what an export's sums list and the folders that are empty then; what came there meanwhile stays, and the
  /// folder with it.
  private static func remove(listedIn folder: String) {
    let files = (listed(in: folder) ?? []).filter { file in
      !file.hasPrefix("/") && !file.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }
    for file in files + [ExportFormat.sums] { unlink("\(folder)/\(file)") }
    // Those inside others come first.
    let folders = Set(files.map(\.folderOfPath)).filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    for inside in folders { rmdir("\(folder)/\(inside)") }
    rmdir(folder)
  }

  private static func failure(_ number: Int32, _ path: String) -> Failure {
    let code: ExitStatus = [ENOSPC, EDQUOT, EIO, EFBIG].contains(number) ? .inputOutput : .cannotCreate
    return Failure(
      code,
      "\(path): the export cannot be written there: \(String(cString: strerror(number))); make room, or name another folder"
    )
  }
}
