// A copy of the whole study, sealed grades and all.

import ReviewCore

/// Proof of a backup.
public struct BackupReceipt: Codable, Hashable, Sendable {
  public var path: String
  public var receipt: Receipt
  public var cases: Int
}

extension StudyStore {
  /// Copies the study while others go on working, to a new file that only its owner can read. Coordinator only.
  ///
  /// The copy holds the audit trail at least up to the receipt's head.
  public func backup(to target: String) throws -> BackupReceipt {
    guard principal.role == .coordinator else {
      throw StoreError.notPermitted("only the coordinator makes backups: a backup holds sealed grades")
    }
    return try StudyFile.publish(target) { unfinished in
      let (receipt, cases) = try write { transaction in
        let at = transaction.environment.now()
        let head = try transaction.audit(.backup, at: Timestamp.text(at))
        return (Receipt(at: at, head: head), try transaction.db.number("SELECT count(*) FROM patient_case"))
      }
      try copy(to: unfinished, named: target)
      return BackupReceipt(path: target, receipt: receipt, cases: cases)
    }
  }
}
