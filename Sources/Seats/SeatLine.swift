// The line that binds a key to a seat: in authorized_keys, and as the command that sshd runs.

import ReviewCore
import TextSafety

package struct SeatLine: Hashable, Sendable {
  package var program: String
  package var principal: PrincipalID
  /// Absolute path of the study file.
  package var study: String
  /// The study's own; nil in lines of the first version.
  package var uuid: String?
  package var fingerprint: KeyFingerprint

  package init(
    program: String, principal: PrincipalID, study: String, uuid: String? = nil, fingerprint: KeyFingerprint
  ) {
    self.program = program
    self.principal = principal
    self.study = study
    self.uuid = uuid
    self.fingerprint = fingerprint
  }

  /// Whether a text can stand as a uuid in a forced command; one comes from a file.
  package static func isUUID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// Why these paths cannot stand in a forced command; nil when they can.
  ///
  /// In single quotes sh, bash, zsh, csh and fish leave everything as it is but for these characters.
  package static func fault(path: String) -> String? {
    if !path.hasPrefix("/") { return "\(path): is not an absolute path" }
    let held = path.unicodeScalars.first { "'\"\\!".unicodeScalars.contains($0) || $0.value < 0x20 || $0.value == 0x7F }
    return held.map { "\(path): login shells do not agree on the character ‘\($0)’ in a path; move it to one without" }
  }

  /// Paths are bytes: composed and decomposed forms of a name are two files, and their seats two seats.
  package static func == (a: SeatLine, b: SeatLine) -> Bool {
    a.program.isSameBytes(as: b.program) && a.principal == b.principal && a.isOn(b.study) && a.uuid == b.uuid
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
    "'\(program)' seat open \(principal) --study '\(study)'" + (uuid.map { " --uuid \($0)" } ?? "")
      + " --fingerprint \(fingerprint)"
  }

  /// The line of authorized_keys. `restrict` switches everything off that sshd offers, now and in later versions;
  /// `pty` gives back the terminal.
  package func text(key: PublicKey) -> String {
    "restrict,pty,command=\"\(command)\" \(key.type) \(key.base64) endplate:\(principal):\(fingerprint)"
  }

  /// Reads a forced command back; nil for any that opens no seat.
  package init?(command: String) {
    guard let words = try? CommandWords.split(command, operators: []), words.count == 8 || words.count == 10,
      words[1...2] == ["seat", "open"], words[4] == "--study", words[words.count - 2] == "--fingerprint",
      let fingerprint = KeyFingerprint(words[words.count - 1])
    else { return nil }
    let uuid = words.count == 10 ? words[7] : nil
    if let uuid { guard words[6] == "--uuid", Self.isUUID(uuid) else { return nil } }
    self.init(
      program: words[0], principal: PrincipalID(words[3]), study: words[5], uuid: uuid, fingerprint: fingerprint)
    guard principal.isValid else { return nil }
  }
}
