// The third version of the file: every fact under the chain.

internal import GRDB
import ReviewCore

extension Schema {
  static let third =
    [
      // Of signatures of earlier versions null: theirs lies in `written`.
      "ALTER TABLE signature ADD COLUMN seconds INTEGER CHECK (seconds >= 0);",
      """
      CREATE TABLE written (
        seq INTEGER PRIMARY KEY,
        audit_seq INTEGER NOT NULL REFERENCES audit,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        digest BLOB
      ) STRICT;
      """,
      """
      CREATE TRIGGER written_in_turn BEFORE INSERT ON written
      WHEN NEW.seq <> -1 AND NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM written)
      BEGIN SELECT RAISE(ABORT, 'rows of written are written in turn'); END;
      """,
    ]
    + ["UPDATE", "DELETE"].map { act in
      """
      CREATE TRIGGER written_no_\(act.lowercased()) BEFORE \(act) ON written
      BEGIN SELECT RAISE(ABORT, 'rows of written are never changed'); END;
      """
    }

  /// Writes down that what lies in the file was found so, and by whom: what came before is vouched for by the old
  /// chain alone, which had no digests of these rows.
  @Sendable static func adoptFacts(_ db: Database, _ environment: StoreEnvironment) throws {
    let transaction = try Transaction(
      db, study: StudyDatabase.study(db), environment: environment, actor: nil)
    for kind in [Written.Kind.study, .principal, .patientCase, .examination, .opening] {
      let numbers = try db.rows("SELECT seq FROM \(kind.rawValue) ORDER BY seq") { try $0[0] as Int64 }
      for seq in numbers { try transaction.wrote(kind, seq: seq) }
    }
    transaction.written += try db.rows(
      """
      SELECT ifnull(t.seconds, 0), s.uuid, s.nonce
      FROM signature s JOIN reading r USING (case_seq, round, principal_seq, examination_seq, version)
        LEFT JOIN time_spent t USING (case_seq, round, principal_seq, examination_seq)
      WHERE r.signed_at IS NOT NULL ORDER BY s.seq
      """
    ) { try Written.timeSpent($0[0], signature: $0[1], nonce: $0[2]) }
    try transaction.audit(.adopted, detail: "file version \(version)")
  }
}
