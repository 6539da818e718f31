// What a seat was opened with, and whether that still opens it.

internal import GRDB
import ReviewCore
import Synchronization

/// The passphrase or code that opened a handle, or the one that was chosen through it.
final class SittingProof: Sendable {
  private let state: Mutex<(shown: PassphraseHash?, checked: String??)>

  init(_ shown: PassphraseHash? = nil) { state = Mutex((shown, nil)) }

  /// Nil where the key, the account or nothing opened it.
  var shown: PassphraseHash? { state.withLock(\.shown) }

  func show(_ passphrase: PassphraseHash?) { state.withLock { $0.shown = passphrase } }

  /// Whether a credential, as the file holds it, was found to open the handle before.
  fileprivate func knows(_ credential: String?) -> Bool { state.withLock { $0.checked == .some(credential) } }
  fileprivate func note(_ credential: String?) { state.withLock { $0.checked = .some(credential) } }
}

extension Transaction {
  /// A handle ends with the passphrase that opened it: whoever had that one, and lost it to the owner, reads and writes
  /// nothing any more.
  func checkSeat() throws {
    guard let actor else { return }
    let (text, left) =
      try db.first("SELECT passphrase, withdrawn FROM principal WHERE seq = ?", [actor.seq]) {
        try ($0[0] as String?, $0[1] as Int?)
      } ?? (nil, nil)
    guard left == nil else { throw StoreError.withdrawn(actor.id) }
    guard !environment.sitting.knows(text) else { return }
    guard try isStillOpen(Credential.read(text), actor) else { throw StoreError.otherPassphrase(actor.id) }
    environment.sitting.note(text)
  }

  private func isStillOpen(_ credential: Credential, _ actor: PrincipalRecord) throws -> Bool {
    if let shown = environment.sitting.shown, shown == credential.chosen || shown == credential.code { return true }
    guard environment.seat == nil else { return false }
    if credential.locks.contains(where: { $0.opens(to: environment) }) { return true }
    guard credential.locks.isEmpty else { return false }
    guard let key = environment.keyFingerprint else { return credential.chosen == environment.sitting.shown }
    return try credential.chosen == nil || !StudyDatabase.isNews(key, db, of: actor.id)
  }
}
