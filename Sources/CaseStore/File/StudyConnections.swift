// The connections of one handle to a study file, and how they are closed: after the last one the study is one file.

import Foundation
internal import GRDB
import Synchronization

/// Closed when nobody holds it any more, when it is told to, or when the process ends.
final class StudyConnections: Sendable {
  let path: String
  private let opened = Mutex<DatabasePool?>(nil)

  init(_ path: String) throws {
    self.path = path
    OpenStudies.add(self, path)
    do {
      let pool = try StudyDatabase.pool(path)
      opened.withLock { $0 = pool }
    } catch {
      OpenStudies.remove(self)
      throw error
    }
  }

  deinit { try? close() }

  /// - Throws: where the study was closed already.
  var pool: DatabasePool {
    get throws {
      guard let pool = opened.withLock({ $0 }) else { throw StoreError.io("\(path): is closed; open it again") }
      return pool
    }
  }

  func interrupt() { opened.withLock { $0 }?.interrupt() }

  /// Moves what is in the write-ahead log into the file. The last one to leave takes `-wal` and `-shm` away.
  func close() throws {
    guard let pool = opened.withLock({ $0.take() }) else { return }
    defer { OpenStudies.remove(self) }
    // Of two that leave at the same moment neither is the last; the file is whole all the same.
    try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    // Readers go first: who may only read cannot take the log away.
    pool.invalidateReadOnlyConnections()
    try pool.close()
  }
}
