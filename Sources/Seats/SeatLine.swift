// The line that binds a key to a seat: in authorized_keys, and as the command that sshd runs.

import ReviewCore
import TextSafety

package struct SeatLine: Hashable, Sendable {
  package var program: String
  package var principal: PrincipalID
  /// Absolute path of the study file.
  package var study: String
  package var fingerprint: KeyFingerprint

  package init(program: String, principal: PrincipalID, study: String, fingerprint: KeyFingerprint) {
    self.program = program
    self.principal = principal
    self.study = study
    self.fingerprint = fingerprint
  }

  /// Why these paths cannot stand in a forced command; nil when they can.
  ///
  /// In single quotes sh, bash, zsh, csh and fish leave everything as it is but for these characters.
  package static func fault(path: String) -> String? {
    if !path.hasPrefix("/") { return "\(path): is no absolute path" }
    let held = path.unicodeScalars.first { "'\"\\!".unicodeScalars.contains($0) || $0.value < 0x20 || $0.value == 0x7F }
    return held.map { "\(path): login shells do not agree on the character ‘\($0)’ in a path; move it to one without" }
  }

  /// Paths are bytes: composed and decomposed forms of a name are two files, and their seats two seats.
  package static func == (a: SeatLine, b: SeatLine) -> Bool {
    a.program.isSameBytes(as: b.program) && a.principal == b.principal && a.isOn(b.study)
      && a.fingerprint == b.fingerprint
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(principal)
    hasher.combine(fingerprint)
  }

  /// Whether it is the seat of the study at this path.
  package func isOn(_ path: String) -> Bool { study.isSameBytes(as: path) }

  /// What the login shell is told to run.
  package var command: String {
    "'\(program)' seat open \(principal) --study '\(study)' --fingerprint \(fingerprint)"
  }

  /// The line of authorized_keys. `restrict` switches everything off that sshd offers, now and in later versions;
  /// `pty` gives back the terminal.
  package func text(key: PublicKey) -> String {
    "restrict,pty,command=\"\(command)\" \(key.type) \(key.base64) endplate:\(principal):\(fingerprint)"
  }

  /// Reads a forced command back; nil for any that opens no seat.
  package init?(command: String) {
    guard let words = try? CommandWords.split(command, operators: []), words.count == 8,
      words[1...2] == ["seat", "open"], words[4] == "--study", words[6] == "--fingerprint",
      let fingerprint = KeyFingerprint(words[7])
    else { return nil }
    self.init(program: words[0], principal: PrincipalID(words[3]), study: words[5], fingerprint: fingerprint)
    guard principal.isValid else { return nil }
  }
}
