// Passphrases and one-time codes, kept as scrypt hashes with their parameters beside them.

import Crypto
import CryptoExtras
import Foundation
import TextSafety

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

enum PassphraseRule {
  /// In characters that can be seen, blanks around them left out.
  static let shortest = 8

  /// Why a text is no passphrase; nil where it is one.
  static func fault(_ text: String) -> String? {
    let seen = text.unicodeScalars.filter {
      (!$0.looksBlank || $0.properties.isWhitespace) && $0.properties.generalCategory != .control
    }
    let start = seen.drop(while: \.looksBlank)
    let count = start.reversed().drop(while: \.looksBlank).count
    return count < shortest
      ? "a passphrase has at least \(shortest) characters, not counting spaces at either end; choose a longer one" : nil
  }
}

/// What the coordinator gives somebody once: `K7QM-3XPD-9RTW`, 60 bits.
enum OneTimeCode {
  /// Without what looks alike (Crockford's base 32).
  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    let groups = (0..<3).map { _ in
      String((0..<4).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
    return groups.joined(separator: "-")
  }

  /// As it is hashed: a person may type it in small letters and leave the dashes out.
  static func plain(_ typed: String) -> String {
    String(typed.uppercased().unicodeScalars.filter { $0 != "-" && !$0.properties.isWhitespace })
  }

  static func matches(_ typed: String, _ code: PassphraseHash) throws -> Bool {
    // What a coordinator had set in the first version counts as a code as it was typed.
    try code.matches(plain(typed)) || code.matches(typed)
  }
}
