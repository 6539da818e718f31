// Files that people ask for: a table, a handout, a screen. Never in place of what should not be lost.

import CaseStore
import Foundation

package enum ExportFile {
  /// Writes a file whole or not at all, in place of none or, where that is asked for, of a regular one.
  ///
  /// - Parameters:
  ///   - name: what it is, for the words: `the table`.
  ///   - force: whether a file that lies there may be replaced. A study never is.
  /// - Throws: `Failure` with 73 where it may not or cannot be put there, 74 where the disk fails.
  package static func write(_ text: String, to path: String, as name: String, force: Bool) throws(Failure) {
    let isThere = try check(path, as: name, force: force)
    do throws(WholeFile.Problem) {
      try WholeFile.write(Array(text.utf8), to: path, mode: isThere ?? (0o666 & ~mask()), replacing: isThere != nil)
    } catch {
      if error.number == EEXIST { throw exists(path) }
      let code: ExitStatus = [ENOSPC, EDQUOT, EIO, EFBIG].contains(error.number) ? .inputOutput : .cannotCreate
      throw Failure(
        code, "\(path): \(name) cannot be written there: \(error.words); make room, or name another file")
    }
  }

  /// Refuses what must not be replaced, before any work is done for it.
  ///
  /// - Returns: the mode of the file that is to be replaced; nil where there is none.
  @discardableResult
  package static func check(_ path: String, as name: String, force: Bool) throws(Failure) -> mode_t? {
    // A study's companions are as much the study as the file, also before there are any.
    let studies = [path] + StudyStore.companions.filter(path.hasSuffix).map { String(path.dropLast($0.count)) }
    if studies.contains(where: StudyStore.isStudy(at:)) {
      throw Failure(
        .cannotCreate, "\(path): is a study, or belongs to one, which is never replaced; name another file for \(name)")
    }
    var found = stat()
    guard lstat(path, &found) == 0 else { return nil }
    let kind: (mode: mode_t, words: String)? = [
      (S_IFLNK, "a link; name the file it leads to"), (S_IFDIR, "a folder; name a file in it"),
      (S_IFIFO, "a pipe"), (S_IFSOCK, "a socket"), (S_IFCHR, "a device"), (S_IFBLK, "a device"),
    ].first { $0.0 == found.st_mode & S_IFMT }
    if let kind {
      let cure = kind.words.contains(";") ? "" : "; name a file, or another way to have it"
      throw Failure(.cannotCreate, "\(path): is \(kind.words)\(cure); \(name) goes into a regular file only")
    }
    guard force else { throw exists(path) }
    return found.st_mode & 0o7777
  }

  private static func exists(_ path: String) -> Failure {
    Failure(.cannotCreate, "\(path): exists already and is left as it is; add --force to replace it")
  }

  private static func mask() -> mode_t {
    let mask = umask(0o077)
    umask(mask)
    return mask
  }
}
