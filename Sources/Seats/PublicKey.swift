// A public key as OpenSSH writes it: one line of type, base64 and comment.

import Crypto
import Foundation

package struct PublicKey: Hashable, Sendable {
  /// As `ssh-ed25519`.
  package let type: String
  /// What the base64 holds; it names the type again (RFC 4253, 6.6).
  package let blob: [UInt8]

  package var base64: String { Data(blob).base64EncodedString() }

  /// `SHA256:` and the unpadded base64 of the hash, as `ssh-keygen -l` prints it.
  package var fingerprint: KeyFingerprint { KeyFingerprint(of: blob) }

  /// Takes the content of a `.pub` file. The comment is somebody else's text and is left behind.
  package init(file bytes: some Collection<UInt8>) throws(PublicKeyFault) {
    guard bytes.count <= PublicKey.longestFile else { throw .tooLong(bytes.count) }
    guard let text = String(bytes: bytes, encoding: .utf8) else { throw .notText }
    guard !text.contains("PRIVATE KEY-----") else { throw .privateKey }  // by characters: it only chooses the words
    guard !text.hasPrefix("---- BEGIN SSH2") else { throw .otherFormat }
    let lines = text.split(whereSeparator: \.isNewline).filter { line in  // by characters
      line.unicodeScalars.contains { $0 != " " && $0 != "\t" }
    }
    guard let line = lines.first else { throw .empty }
    guard lines.count == 1 else { throw .severalLines(lines.count) }
    guard line.unicodeScalars.allSatisfy({ $0 == "\t" || !($0.value < 0x20 || $0.value == 0x7F) }) else {
      throw .notText
    }
    let words = line.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
    guard let shape = KeyShape.of(words[0]) else {
      if words.dropFirst().contains(where: { KeyShape.of($0) != nil }) { throw .optionsInFront }
      throw KeyShape.refused[words[0]].map { .refusedType(words[0], why: $0) } ?? .unknownType(words[0])
    }
    guard words.count > 1, let data = Data(base64Encoded: words[1]) else { throw .damaged }
    type = words[0]
    blob = Array(data)
    try shape.check(blob, type: type)
  }

  /// The longest RSA key that OpenSSH takes (16,384 bits) is 2.8 kB as text.
  package static let longestFile = 16_384
}

/// `SHA256:…`, which names a key.
package struct KeyFingerprint: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  package var description: String { text }

  init(of blob: [UInt8]) {
    let hash = Data(SHA256.hash(data: blob)).base64EncodedString()
    text = "SHA256:" + hash.prefix { $0 != "=" }
  }

  /// Nil for what is no such name: 43 characters of base64 hold 256 bits.
  package init?(_ text: String) {
    let hash = text.dropFirst("SHA256:".count)
    guard text.hasPrefix("SHA256:"), hash.utf8.count == 43,
      Data(base64Encoded: hash + "=")?.count == SHA256.byteCount
    else { return nil }
    self.text = text
  }
}
