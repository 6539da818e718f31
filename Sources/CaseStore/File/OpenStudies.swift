// Which study files this process has open, so that it can close them whatever way it ends.

import Foundation
import Synchronization

/// A process-wide list, because what it guards is the process's: POSIX gives a process one set of locks on a file and
/// takes them all away when any of its descriptors of that file is closed, and a signal ends the whole process.
enum OpenStudies {
  private struct Inode: Hashable {
    var device: dev_t
    var number: ino_t
  }

  private struct Entry {
    weak var connections: StudyConnections?
    var inode: Inode?
  }

  private static let entries = Mutex<[ObjectIdentifier: Entry]>([:])

  /// To be called before SQLite opens the file.
  static func add(_ connections: StudyConnections, _ path: String) {
    entries.withLock { $0[ObjectIdentifier(connections)] = Entry(connections: connections, inode: inode(path)) }
  }

  static func remove(_ connections: StudyConnections) {
    entries.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connections)) }
  }

  static var all: [StudyConnections] { entries.withLock { $0.values.compactMap(\.connections) } }

  /// Does something that opens and closes the file itself; nil, and nothing done, while SQLite has it open here: closing
  /// it would take SQLite's locks away, and the next process to leave would take the file for unused and throw away the
  /// log that this one writes to.
  static func reading<T, Failure: Error>(_ path: String, _ body: () throws(Failure) -> T) throws(Failure) -> T? {
    try entries.withLock { entries throws(Failure) -> T? in
      let wanted = inode(path)
      if wanted != nil, entries.values.contains(where: { $0.inode == wanted }) { return nil }
      return try body()
    }
  }

  private static func inode(_ path: String) -> Inode? {
    var status = stat()
    return stat(path, &status) == 0 ? Inode(device: status.st_dev, number: status.st_ino) : nil
  }
}

extension StudyStore {
  /// Ends what SQLite is doing for this process; acts that are under way fail and change nothing.
  public static func interruptAll() {
    for connections in OpenStudies.all { connections.interrupt() }
  }

  /// Closes every study that this process has open: the last word before it ends. True where there was any.
  @discardableResult
  public static func closeAll() -> Bool {
    let open = OpenStudies.all
    for connections in open { try? connections.close() }
    return !open.isEmpty
  }

  public static var isAnyOpen: Bool { !OpenStudies.all.isEmpty }
}
