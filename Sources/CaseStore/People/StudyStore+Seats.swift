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
  ///
  /// - Parameter isOldLine: by a line of the first version, which does not name the study's uuid.
  public func noteSeatOpened(byOldLine isOldLine: Bool = false) throws {
    _ = try write { try $0.audit(.seatOpened, detail: isOldLine ? Self.oldLine : nil) }
  }

  /// Whether this key has opened this seat by a line of the first version before: that is good for one sitting.
  public func hasSatByOldLine() throws -> Bool {
    try read { transaction in
      try transaction.db.number(
        """
        SELECT EXISTS (SELECT 1 FROM audit
          WHERE kind = 'seat_opened' AND principal = ? AND key_fingerprint = ? AND detail = ?)
        """, [principal.id.rawValue, environment.keyFingerprint, Self.oldLine]) > 0
    }
  }

  private static let oldLine = "by a line of the first version"

  /// The fingerprints of the keys that each person's seat was given and not taken away since. Coordinator only.
  public func givenKeys() throws -> [PrincipalID: [String]] {
    try checkCoordinator("looks through the keys")
    return try read { transaction in
      try transaction.principals().reduce(into: [:]) { $0[$1.id] = try StudyDatabase.keys(transaction.db, of: $1.id) }
    }
  }

  /// Asks for the acting principal's passphrase again, as after a pause.
  ///
  /// - Throws: `StoreError.wrongPassphrase`; nothing where there is none.
  public func checkPassphrase(_ passphrase: String) throws {
    let person = try read { try StudyDatabase.person($0.db, principal.id) }
    // A reset is no way past a locked screen: there the passphrase from before it counts.
    let lock = person.credential.locks.first { $0.opens(to: environment) }
    guard let chosen = lock.map(\.former) ?? person.credential.chosen else {
      guard lock != nil || person.credential.code == nil else { throw StoreError.wrongCode(principal.id) }
      return
    }
    try door.attempt(person, .wrongPassphrase(principal.id)) { try chosen.matches(passphrase) }
  }
}

extension Transaction {
  func checkKnown(_ id: PrincipalID) throws {
    let known = try principals().map(\.id)
    guard known.contains(id) else { throw StoreError.noSuchPrincipal(id, known: known) }
  }
}
