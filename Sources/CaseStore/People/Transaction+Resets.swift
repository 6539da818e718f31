// What was done after a reset of a passphrase, and by whom nobody knows.
//
// Whoever has the code chooses a passphrase, and may be the coordinator. Until something older is shown, what is done in
// that name says so wherever it is shown. It follows from the audit trail alone: a mark cannot be taken off.

internal import GRDB
import ReviewCore

/// The acts of somebody, by their numbers in the audit trail, from a reset until they have shown who they are.
struct Unproven {
  var reset: PassphraseReset
  var after: Int64
  /// Nil until they do.
  var before: Int64?

  func holds(_ act: Int64) -> Bool { act > after && act < before ?? .max }
}

extension Transaction {
  /// Empty for nearly everybody.
  func unproven(_ person: PrincipalID) throws -> [Unproven] {
    if let known = knownUnproven[person] { return known }
    var found: [Unproven] = []
    let rows = try db.rows(
      "SELECT \(AuditRow.columns) FROM audit WHERE \(Schema.isOfPeople) ORDER BY seq", [], AuditRow.init)
    for row in rows {
      let isOpen = found.last.map { $0.before == nil } ?? false
      if row.kind == AuditKind.passphraseCodeIssued.rawValue, row.detail == Self.reset(person), !isOpen {
        let reset = PassphraseReset(by: row.principal.map { PrincipalID($0) }, at: try Timestamp.date(row.at))
        found.append(Unproven(reset: reset, after: row.seq))
      }
      if row.kind == AuditKind.readingsUnlocked.rawValue, row.principal == person.rawValue, isOpen,
        row.detail?.hasSuffix(Self.inPart) == false
      {
        found[found.count - 1].before = row.seq
      }
    }
    knownUnproven[person] = found
    return found
  }

  /// The reset after which somebody has not shown yet that they are the same.
  func standingReset(of person: PrincipalID) throws -> PassphraseReset? {
    try unproven(person).last.flatMap { $0.before == nil ? $0.reset : nil }
  }

  /// What the audit trail says of a reset, and of readings of which a part stays locked.
  static func reset(_ person: PrincipalID) -> String { "\(person): reset" }
  static let inPart = ", in part"

  /// The reset after which a reading was graded or signed, unless a proven signature came after that.
  func unproven(_ key: ReadingKey) throws -> PassphraseReset? {
    let resets = try unproven(key.reader.id)
    guard !resets.isEmpty else { return nil }
    let acts = try db.rows(
      """
      SELECT seq, kind FROM audit
      WHERE case_id = ? AND round = ? AND examination = ? AND principal = ?
        AND kind IN ('graded', 'undone', 'redone', 'signed', 'amended')
      ORDER BY seq
      """, [key.facts.whole.id.rawValue, key.round, key.examination.rawValue, key.reader.id.rawValue]
    ) { try (seq: $0[0] as Int64, kind: $0[1] as String) }
    return acts.reduce(nil) { mark, act in
      if let found = resets.first(where: { $0.holds(act.seq) }) { return found.reset }
      return act.kind == AuditKind.signed.rawValue ? nil : mark
    }
  }

  /// Whoever shows by their sitting that they are the person from before a reset chooses a new passphrase before they
  /// grade: whoever has the one chosen with the code would see it.
  func checkChosenSinceReset() throws {
    guard let actor, try isOwnersSinceReset(), let reset = try unproven(actor.id).last?.reset else { return }
    throw StoreError.chooseFirst(actor.id, reset)
  }

  /// Whether a reset stands that this sitting shows to be of its person.
  func isOwnersSinceReset() throws -> Bool {
    try actor.map { try locks(of: $0).contains { $0.opens(to: environment) } } ?? false
  }
}

extension StudyStore {
  /// The reset of this person's passphrase after which nobody has shown yet that they are the same; nil where there is
  /// none.
  ///
  /// - Returns: with it, whether this sitting shows it: then they choose a new passphrase before they grade.
  public func standingReset() throws -> (reset: PassphraseReset, isOwners: Bool)? {
    try read { transaction in
      try transaction.standingReset(of: actor.id).map { ($0, try transaction.isOwnersSinceReset()) }
    }
  }
}
