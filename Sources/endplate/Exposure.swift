// Whether others on this host can get at a study file.

import Foundation
import TextSafety

enum Exposure {
  /// What is open, with the cure; empty where it is the account's alone. Strictly, its folder counts too.
  /// A study reached through a link is judged by where it lies.
  static func faults(of named: String, strictly: Bool) -> [String] {
    let path = URL(filePath: named).resolvingSymlinksInPath().path
    let folder = path.folderOfPath
    let files = [path, path + "-wal", path + "-shm"].compactMap { fault($0, mode: "600", isNeeded: $0 == path) }
    return files
      + (strictly ? [fault(folder.isEmpty ? "." : folder, mode: "700", isNeeded: true)].compactMap(\.self) : [])
  }

  private static func fault(_ path: String, mode: String, isNeeded: Bool) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return isNeeded ? "\(path): \(String(cString: strerror(errno)))" : nil
    }
    if status.st_uid != geteuid() { return "\(path) belongs to another account; chown it to this one" }
    return status.st_mode & 0o077 == 0 ? nil : "others can get at \(path); chmod \(mode) \(path)"
  }
}
