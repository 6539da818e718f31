// Seats over SSH: who was given a key to which seat, who came, and who may go on after a pause.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Writes down that a key opens somebody's seat from now on. Coordinator only; the binding itself is a line in the
  /// `authorized_keys` of the account that holds the study.
  public func noteSeatAdded(_ id: PrincipalID, fingerprint: String) throws {
    try noteSeat(.seatAdded, id, fingerprint)
  }

  /// Writes down that a key opens somebody's seat no longer. Coordinator only.
  public func noteSeatRemoved(_ id: PrincipalID, fingerprint: String) throws {
    try noteSeat(.seatRemoved, id, fingerprint)
  }

  private func noteSeat(_ kind: AuditKind, _ id: PrincipalID, _ fingerprint: String) throws {
    try checkCoordinator("gives and takes seats")
    try write { transaction in
      try transaction.checkKnown(id)
      try transaction.audit(kind, detail: "\(id): \(fingerprint)")
    }
  }

  /// Writes down that the acting principal came to their seat, with the client's address and the key of
  /// `StoreEnvironment`.
  public func noteSeatOpened() throws {
    _ = try write { try $0.audit(.seatOpened) }
  }

  /// Asks for the acting principal's passphrase again, as after a pause.
  ///
  /// - Throws: `StoreError.wrongPassphrase`; nothing where there is none.
  public func checkPassphrase(_ passphrase: String) throws {
    let stored = try read { transaction in
      try transaction.db.first("SELECT passphrase FROM principal WHERE id = ?", [principal.id.rawValue]) {
        $0[0] as String?
      } ?? nil
    }
    guard let stored else { return }
    guard try Document.value(PassphraseHash.self, stored, of: "a passphrase").matches(passphrase) else {
      throw StoreError.wrongPassphrase(principal.id)
    }
  }
}

extension Transaction {
  fileprivate func checkKnown(_ id: PrincipalID) throws {
    let known = try principals().map(\.id)
    guard known.contains(id) else { throw StoreError.noSuchPrincipal(id, known: known) }
  }
}
