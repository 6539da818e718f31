// How somebody shows who they are: what they chose, what the coordinator gave them, and what a reset locked.

import Foundation
internal import GRDB
import ReviewCore

/// Lies with its person in the study file.
struct Credential: Codable, Hashable {
  /// The owner's own; nobody else ever knew it.
  var chosen: PassphraseHash?
  /// Given by the coordinator. Opens nothing: with it the owner chooses a passphrase, once.
  var code: PassphraseHash?
  var locks: [ReadingLock] = []

  var isEmpty: Bool { chosen == nil && code == nil && locks.isEmpty }
  var isAsked: Bool { chosen != nil || code != nil }

  init() {}

  /// The first version kept a passphrase alone.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    chosen = try container.decodeIfPresent(PassphraseHash.self, forKey: .chosen)
    code = try container.decodeIfPresent(PassphraseHash.self, forKey: .code)
    locks = try container.decodeIfPresent([ReadingLock].self, forKey: .locks) ?? []
    if isEmpty { chosen = try PassphraseHash(from: decoder) }
  }

  /// - Parameter text: as the study file holds it; nil where somebody has nothing to show.
  static func read(_ text: String?) throws -> Credential {
    try text.map { try Document.value(Credential.self, $0, of: "a passphrase") } ?? Credential()
  }

  var text: String? { get throws { isEmpty ? nil : try Document.text(self) } }
}

/// What a reset hides from everybody, until the owner shows by something older that it is theirs: the readings whose last
/// step had a number above `after` and up to `upTo`.
struct ReadingLock: Codable, Hashable {
  var after: Int64
  var upTo: Int64
  /// What the owner had chosen before.
  var former: PassphraseHash?
  /// Account of the host that opened the seat then.
  var account: String?
  /// Fingerprints of the keys that opened the seat then.
  var keys: [String]

  /// Whether a sitting shows by its key, its account or the passphrase it was opened with that it is the owner's.
  func opens(to environment: StoreEnvironment) -> Bool {
    if let former, former == environment.sitting.shown { return true }
    if let key = environment.keyFingerprint { return keys.contains(key) }
    return account != nil && account == environment.osUser
  }

  func holds(_ step: Int64) -> Bool { step > after && step <= upTo }
}

/// Somebody of the study with all that is asked of them.
struct Person {
  var record: PrincipalRecord
  var osUser: String?
  var credential: Credential
  var id: PrincipalID { record.id }
}

extension StudyDatabase {
  static func person(_ db: Database, _ id: PrincipalID) throws -> Person {
    let found = try db.first(
      "SELECT seq, name, role, os_user, passphrase, withdrawn FROM principal WHERE id = ?", [id.rawValue]
    ) { row in
      let role: PrincipalRole = try .stored(row[2] as String, "a role")
      var principal = Principal(id, name: try row[1], role: role)
      principal.withdrawn = try row[5]
      return Person(
        record: PrincipalRecord(seq: try row[0], principal: principal),
        osUser: try row[3],
        credential: try Credential.read(row[4]))
    }
    if let found { return found }
    let known = try db.rows("SELECT id FROM principal ORDER BY seq") { PrincipalID(try $0[0] as String) }
    throw StoreError.noSuchPrincipal(id, known: known)
  }

  /// Fingerprints of the keys that were given to somebody's seat and not taken away since.
  static func keys(_ db: Database, of id: PrincipalID) throws -> [String] {
    let rows = try db.rows("SELECT kind, detail FROM audit WHERE \(Schema.isOfPeople) ORDER BY seq") {
      try (kind: $0[0] as String, detail: $0[1] as String? ?? "")
    }
    return rows.reduce(into: [String]()) { keys, row in
      let prefix = "\(id): "
      guard row.detail.utf8.starts(with: prefix.utf8) else { return }
      let key = String(row.detail.dropFirst(prefix.count))
      if row.kind == AuditKind.seatAdded.rawValue, !keys.contains(key) { keys.append(key) }
      if row.kind == AuditKind.seatRemoved.rawValue { keys.removeAll { $0 == key } }
    }
  }

  /// Whether a key, or an account, was given after the person chose a passphrase, and they have not chosen one again
  /// since.
  static func isNews(
    _ way: String, given: AuditKind = .seatAdded, _ db: Database, of id: PrincipalID
  ) throws -> Bool {
    let rows = try db.rows("SELECT kind, principal, detail FROM audit WHERE \(Schema.isOfPeople) ORDER BY seq") {
      try (kind: $0[0] as String, principal: $0[1] as String?, detail: $0[2] as String? ?? "")
    }
    var (hasChosen, isGiven, isNews) = (false, false, false)
    let detail = "\(id): \(way)"
    for row in rows {
      switch row.kind {
      case AuditKind.passphraseSet.rawValue where row.principal == id.rawValue: (hasChosen, isNews) = (true, false)
      case given.rawValue where row.detail == detail && !isGiven: (isGiven, isNews) = (true, hasChosen)
      case AuditKind.seatRemoved.rawValue where row.detail == detail: isGiven = false
      // Bound to another account.
      case given.rawValue where given == .userBound && row.detail.utf8.starts(with: "\(id): ".utf8):
        isGiven = row.detail == detail
      default: break
      }
    }
    return isNews
  }
}
