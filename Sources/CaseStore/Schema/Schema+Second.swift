// The second version of the file: people and their seats.

internal import GRDB
import ReviewCore

extension Schema {
  static let second = [
    // At whose seat a guest acted.
    "ALTER TABLE audit ADD COLUMN seat TEXT",
    "CREATE INDEX audit_of_people ON audit (seq) WHERE \(isOfPeopleInSecond)",
    // Wrong passphrases that are not over yet: working state, what happened is in the audit trail.
    """
    CREATE TABLE attempt (
      principal_seq INTEGER NOT NULL REFERENCES principal,
      client TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      since TEXT NOT NULL,
      last TEXT NOT NULL,
      PRIMARY KEY (principal_seq, client)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  /// Acts on who opens which seat, and how. The index above holds for just this text.
  private static let isOfPeopleInSecond =
    "kind IN ('seat_added', 'seat_removed', 'user_bound', 'passphrase_set', 'passphrase_code_issued', 'notice_shown')"

  /// What the coordinator set in the first version is not the owner's: from now on it is a code, with which they choose.
  @Sendable static func adoptPassphrases(_ db: Database, _ environment: StoreEnvironment) throws {
    let people = try db.rows("SELECT seq, id, passphrase FROM principal WHERE passphrase IS NOT NULL") {
      try (seq: $0[0] as Int64, id: $0[1] as String, credential: try Credential.read($0[2]))
    }
    for var person in people {
      let setter = try db.first(
        "SELECT principal FROM audit WHERE \(isOfPeople) AND kind = 'passphrase_set' AND detail = ? ORDER BY seq DESC",
        [person.id]
      ) { try $0[0] as String? }
      if let setter, setter != person.id {
        (person.credential.code, person.credential.chosen) = (person.credential.chosen, nil)
      }
      try db.run("UPDATE principal SET passphrase = ? WHERE seq = ?", [person.credential.text, person.seq])
    }
  }
}
