// authorized_keys on the disk: read whole, changed whole, one change at a time.

import Desk
import Foundation
import Seats
import TextSafety

struct AuthorizedKeysFile {
  let path: String

  /// The file named, or the one of this account. Where it is a link, what it leads to.
  init(named: String?) throws {
    let path = try named ?? "\(Account.current().home)/.ssh/authorized_keys"
    self.path = URL(filePath: path).resolvingSymlinksInPath().path
  }

  private var folder: String { path.folderOfPath }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Empty where there is no file.
  func read() throws -> AuthorizedKeys {
    guard exists else { return AuthorizedKeys([]) }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Failure(.noInput, "\(path): cannot be read; run this as the account it belongs to")
    }
    return AuthorizedKeys(bytes)
  }

  /// Changes the file while nobody else does; it is whole at every moment, and as before where something fails.
  func change<Answer>(_ body: (inout AuthorizedKeys) throws -> Answer) throws -> Answer {
    if !FileManager.default.fileExists(atPath: folder) { mkdir(folder, 0o700) }
    let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw cannotWrite }
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw cannotWrite }
    var keys = try read()
    let before = keys
    let answer = try body(&keys)
    if keys != before { try write(keys.bytes, folder: lock) }
    return answer
  }

  private func write(_ bytes: [UInt8], folder: Int32) throws {
    var found = stat()
    let mode = stat(path, &found) == 0 ? found.st_mode & 0o755 : 0o600
    do throws(WholeFile.Problem) {
      try WholeFile.write(bytes, to: path, mode: mode, replacing: true)
    } catch {
      throw Failure(.cannotCreate, "\(path): cannot be written: \(error.words); nothing was changed")
    }
    fsync(folder)
  }

  private var cannotWrite: Failure {
    Failure(.cannotCreate, "\(path): cannot be written: \(String(cString: strerror(errno))); nothing was changed")
  }
}
