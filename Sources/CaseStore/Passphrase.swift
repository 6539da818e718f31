// Passphrases, kept as scrypt hashes with their parameters beside them.

import Crypto
import CryptoExtras
import Foundation
internal import GRDB
import ReviewCore

/// A passphrase as the study file keeps it.
struct PassphraseHash: Codable, Hashable {
  var salt: Data
  var hash: Data
  /// The parameters N, r and p of scrypt (RFC 7914).
  var rounds: Int
  var blockSize: Int
  var parallelism: Int

  /// 32 MB and about a tenth of a second a try.
  init(_ passphrase: String) throws {
    salt = Transaction.nonce()
    (rounds, blockSize, parallelism) = (1 << 15, 8, 1)
    hash = Data()
    hash = try derive(passphrase)
  }

  func matches(_ passphrase: String) throws -> Bool {
    // Comparing hashes of the two takes the same time wherever they differ.
    SHA256.hash(data: try derive(passphrase)) == SHA256.hash(data: hash)
  }

  private func derive(_ passphrase: String) throws -> Data {
    // The same passphrase typed on another keyboard may come composed in another way.
    // Parameters of a file from elsewhere could ask for all memory there is.
    guard (1 << 10...1 << 20).contains(rounds), (1...32).contains(blockSize), (1...16).contains(parallelism) else {
      throw StoreError.unknownCode("\(rounds), \(blockSize), \(parallelism)", "the cost of a passphrase")
    }
    let bytes = Data(passphrase.precomposedStringWithCompatibilityMapping.utf8)
    return try KDF.Scrypt.deriveKey(
      from: bytes, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize, parallelism: parallelism
    ).withUnsafeBytes { Data($0) }
  }
}

extension StudyDatabase {
  /// The principal who sits down, once they have shown who they are.
  ///
  /// With a passphrase set, it or a key checked by sshd is needed. Who is bound to an account of the host and has no
  /// passphrase can be opened from that account only.
  static func seat(
    _ db: Database, _ id: PrincipalID, passphrase: String?, environment: StoreEnvironment
  ) throws -> PrincipalRecord {
    let found = try db.first(
      "SELECT seq, name, role, os_user, passphrase FROM principal WHERE id = ?", [id.rawValue]
    ) { row in
      (
        PrincipalRecord(
          seq: row[0], principal: Principal(id, name: row[1], role: try .stored(row[2] as String, "a role"))),
        row[3] as String?, row[4] as String?
      )
    }
    guard let (record, osUser, stored) = found else {
      let known = try db.rows("SELECT id FROM principal ORDER BY seq") { PrincipalID($0[0] as String) }
      throw StoreError.noSuchPrincipal(id, known: known)
    }
    if environment.keyFingerprint != nil { return record }
    if let stored {
      guard let passphrase else { throw StoreError.passphraseNeeded(id) }
      let hash = try Document.value(PassphraseHash.self, stored, of: "a passphrase")
      guard try hash.matches(passphrase) else { throw StoreError.wrongPassphrase(id) }
    } else if let osUser, osUser != environment.osUser {
      throw StoreError.notPermitted(
        "\(id) can be opened from the account ‘\(osUser)’ only; the coordinator can bind another")
    }
    return record
  }
}
