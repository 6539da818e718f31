// Whether it was sshd that opened a seat for a key, or somebody who typed the seat's command.
//
// It keeps out who does not know the account's files, and slips of the hand. Who can write in the account can write a
// line too, and can read the study itself.

package enum SeatProof {
  /// Why a seat stays closed; nil where it is what sshd opened.
  ///
  /// - Parameters:
  ///   - lines: the seats of the account's authorized_keys.
  ///   - authenticated: what sshd wrote into the file that SSH_USER_AUTH names (`ExposeAuthInfo yes`); nil where there is
  ///     none.
  package static func fault(_ seat: SeatLine, lines: [SeatLine], authenticated: String?) -> String? {
    if let authenticated {
      return fingerprints(in: authenticated).contains(seat.fingerprint)
        ? nil : "sshd let in another key than \(seat.fingerprint), which this seat is for"
    }
    let isInstalled = lines.contains {
      $0.principal == seat.principal && $0.fingerprint == seat.fingerprint && $0.isOfSameStudy(as: seat)
    }
    return isInstalled
      ? nil
      : "no line of this account's authorized_keys opens the seat of \(seat.principal) in \(seat.study) with the key "
        + "\(seat.fingerprint). Where sshd has its lines from elsewhere, set ‘ExposeAuthInfo yes’ in its configuration"
  }

  /// Lines as `publickey ssh-ed25519 AAAA…`.
  static func fingerprints(in authenticated: String) -> [KeyFingerprint] {
    authenticated.utf8.split(separator: 0x0A).compactMap { line in
      let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard words.count >= 3, words[0] == "publickey" else { return nil }
      return try? PublicKey(file: Array("\(words[1]) \(words[2])".utf8)).fingerprint
    }
  }
}

extension SeatLine {
  /// By path, and by the study's own uuid where both lines name it.
  func isOfSameStudy(as other: SeatLine) -> Bool {
    guard study.utf8.elementsEqual(other.study.utf8) else { return false }
    guard let uuid, let otherUUID = other.uuid else { return uuid == other.uuid }
    return uuid == otherUUID
  }
}
