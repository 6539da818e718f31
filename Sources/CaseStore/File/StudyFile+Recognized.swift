// Whether a file is a study, without opening it as one: for what must never replace a study.

import Foundation

extension StudyStore {
  /// What lies beside a study while it is open, after its name.
  public static let companions = ["-wal", "-shm", "-journal", ".live", ".lock"]

  /// True for a study of any version, also where it is reached through a link, or is damaged behind its first page.
  public static func isStudy(at path: String) -> Bool {
    // What is open here is a study.
    OpenStudies.reading(path) { hasHeader(path) } ?? true
  }

  private static func hasHeader(_ path: String) -> Bool {
    let file = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { Foundation.close(file) }
    var header = [UInt8](repeating: 0, count: 72)
    guard Foundation.read(file, &header, header.count) == header.count, Data(header.prefix(16)) == StudyFile.magic
    else {
      return false
    }
    return header[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) } == StudyFile.applicationID
  }
}
