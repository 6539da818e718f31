// The study file as a file: looked at before SQLite touches it, created with modes that keep others out.

import Foundation
import ReviewCore
import TextSafety

/// Checks and makes study files. SQLite gives `-wal` and `-shm` the mode of the file itself.
enum StudyFile {
  /// `EndP`, in the header of every study file.
  static let applicationID: Int32 = 0x456E_6450
  static let magic = Data("SQLite format 3\0".utf8)

  /// Refuses what is no study of a known version without writing a byte to it.
  static func inspect(_ path: String) throws(StoreError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .noSuchFile(path) }
      throw .cannotRead(path, why: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAStudy(path, why: "it is not a regular file") }
    // What is open here was looked at before it was opened, and is looked at again through SQLite.
    _ = try OpenStudies.reading(path) { () throws(StoreError) in try inspectHeader(path) }
  }

  private static func inspectHeader(_ path: String) throws(StoreError) {
    let file = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotRead(path, why: String(cString: strerror(errno))) }
    defer { close(file) }
    var header = [UInt8](repeating: 0, count: FileKind.bytesNeeded)
    let count = read(file, &header, header.count)
    guard count >= 0 else { throw .cannotRead(path, why: String(cString: strerror(errno))) }
    guard count > 0 else { throw .notAStudy(path, why: "it is empty") }
    guard count >= 100, Data(header.prefix(16)) == magic else {
      throw .notAStudy(path, why: "it is \(FileKind(header.prefix(count))?.words ?? "not a database")")
    }
    // Offsets of the SQLite file format: user_version 60, application_id 68, both big-endian.
    guard number(header, at: 68) == applicationID else {
      throw .notAStudy(path, why: "it is a database of another program")
    }
    let version = Int(number(header, at: 60))
    guard version <= Schema.version else { throw .newerFile(path, version: version, known: Schema.version) }
  }

  /// Refuses a file that any process has open through SQLite, which locks it for as long.
  static func checkIsUnused(_ path: String) throws(StoreError) {
    // Nil: this process is the one.
    let holder = OpenStudies.reading(path) { () -> Int32 in
      let file = Foundation.open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return 0 }
      defer { close(file) }
      // The lock bytes of the SQLite file format: pending, reserved, and 510 shared ones.
      var lock = flock()
      lock.l_type = Int16(F_WRLCK)
      lock.l_whence = Int16(SEEK_SET)
      (lock.l_start, lock.l_len) = (0x4000_0000, 512)
      return fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK) ? lock.l_pid : 0
    }
    if holder != 0 { throw .inUse(path, process: holder ?? getpid()) }
  }

  /// Where a file lies, links followed; of one that is not there yet, where it would.
  static func resolved(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let (folder, name) = (path.folderOfPath, (path as NSString).lastPathComponent)
    guard let real = realpath(folder.isEmpty ? "." : folder, nil) else { return path }
    defer { free(real) }
    return (String(cString: real) as NSString).appendingPathComponent(name)
  }

  private static func number(_ header: [UInt8], at offset: Int) -> Int32 {
    header[offset..<offset + 4].reduce(Int32(0)) { $0 << 8 | Int32($1) }
  }

  /// Makes an empty file that only its owner can read. A folder that is missing is not made: most often its name was
  /// mistyped.
  ///
  /// - Parameter wanted: the path for the words, where the file gets its name later.
  static func reserve(_ path: String, for wanted: String? = nil) throws(StoreError) {
    let file = Foundation.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      if errno == EEXIST { throw .alreadyExists(wanted ?? path) }
      if errno == ENOENT { throw .cannotCreate(wanted ?? path, why: "there is no folder \(path.folderOfPath)") }
      throw .cannotCreate(wanted ?? path, why: String(cString: strerror(errno)))
    }
    close(file)
  }

  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
  }
}
