// What SQLite itself refuses, should anything ever try: the backstop of the store's own checks. Of the file's first
// version, as the tables are.

extension Schema {
  static let triggers = appendOnly + noReplacing + signedIsSigned + consensusIsConfirmed + tallies

  /// Rows of these tables are written once.
  private static let permanent = [
    "step", "grade", "signature", "amendment", "opening", "consensus", "consensus_grade", "consensus_act",
    "consensus_act_grade", "audit",
  ]

  private static let appendOnly = permanent.flatMap { table in
    ["UPDATE", "DELETE"].map { act in
      """
      CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON "\(table)"
      BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed'); END;
      """
    }
  }

  /// INSERT OR REPLACE passes the triggers above; here it meets the row it would replace. `audit_in_turn` does it for
  /// the audit trail.
  private static let noReplacing = [
    ("step", "seq = NEW.seq OR uuid = NEW.uuid"),
    ("grade", "step_seq = NEW.step_seq AND finding = NEW.finding AND comparator = NEW.comparator"),
    ("signature", "seq = NEW.seq OR uuid = NEW.uuid OR (\(reading) AND version = NEW.version)"),
    ("amendment", "seq = NEW.seq OR uuid = NEW.uuid OR (\(reading) AND version = NEW.version)"),
    ("opening", "seq = NEW.seq OR uuid = NEW.uuid OR (case_seq = NEW.case_seq AND round = NEW.round)"),
    (
      "consensus",
      "seq = NEW.seq OR uuid = NEW.uuid OR (case_seq = NEW.case_seq AND round = NEW.round AND version = NEW.version)"
    ),
    (
      "consensus_grade",
      """
      consensus_seq = NEW.consensus_seq AND examination_seq = NEW.examination_seq AND finding = NEW.finding
      AND comparator = NEW.comparator
      """
    ),
    ("consensus_act", "seq = NEW.seq OR uuid = NEW.uuid"),
    (
      "consensus_act_grade",
      """
      act_seq = NEW.act_seq AND examination_seq = NEW.examination_seq AND finding = NEW.finding
      AND comparator = NEW.comparator
      """
    ),
  ].map { table, same in
    """
    CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON "\(table)"
    WHEN EXISTS (SELECT 1 FROM "\(table)" WHERE \(same))
    BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never replaced'); END;
    """
  }

  private static let reading = """
    case_seq = NEW.case_seq AND round = NEW.round AND principal_seq = NEW.principal_seq
    AND examination_seq = NEW.examination_seq
    """

  /// No grade joins a reading after its signature, no step a case after its opening, no row a chain out of turn.
  private static let signedIsSigned = [
    """
    CREATE TRIGGER step_signed BEFORE INSERT ON step
    WHEN EXISTS (SELECT 1 FROM signature WHERE \(reading) AND version >= NEW.version)
      OR EXISTS (SELECT 1 FROM opening WHERE case_seq = NEW.case_seq AND round = NEW.round)
    BEGIN SELECT RAISE(ABORT, 'the reading is signed'); END;
    """,
    """
    CREATE TRIGGER grade_signed BEFORE INSERT ON grade
    WHEN EXISTS (
      SELECT 1 FROM step JOIN signature USING (case_seq, round, principal_seq, examination_seq, version)
      WHERE step.seq = NEW.step_seq)
    BEGIN SELECT RAISE(ABORT, 'the reading is signed'); END;
    """,
    """
    CREATE TRIGGER amendment_opened BEFORE INSERT ON amendment
    WHEN EXISTS (SELECT 1 FROM opening WHERE case_seq = NEW.case_seq AND round = NEW.round)
    BEGIN SELECT RAISE(ABORT, 'the case is open'); END;
    """,
    """
    CREATE TRIGGER audit_in_turn BEFORE INSERT ON audit
    WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'rows of audit are written in turn'); END;
    """,
  ]

  /// No act before the opening, no vote without a call, no consensus of a session before each of its readers has
  /// confirmed, dissented or been recorded absent for that version, one of them at least having confirmed.
  private static let consensusIsConfirmed = [
    """
    CREATE TRIGGER consensus_act_opened BEFORE INSERT ON consensus_act
    WHEN NOT EXISTS (SELECT 1 FROM opening WHERE case_seq = NEW.case_seq AND round = NEW.round)
    BEGIN SELECT RAISE(ABORT, 'the case is not open'); END;
    """,
    """
    CREATE TRIGGER consensus_vote_called BEFORE INSERT ON consensus_act_grade
    WHEN (SELECT kind FROM consensus_act WHERE seq = NEW.act_seq) IN ('voted', 'revealed') AND 1 IS NOT (
      SELECT sum((a.kind = 'called') - (a.kind = 'revealed'))
      FROM consensus_act n JOIN consensus_act a USING (case_seq, round) JOIN consensus_act_grade g ON g.act_seq = a.seq
      WHERE n.seq = NEW.act_seq AND a.seq < n.seq AND g.examination_seq = NEW.examination_seq
        AND g.finding = NEW.finding AND g.comparator = NEW.comparator)
    BEGIN SELECT RAISE(ABORT, 'no vote is open'); END;
    """,
    """
    CREATE TRIGGER consensus_confirmed BEFORE INSERT ON consensus
    WHEN NEW.origin = 'session' AND (
      NOT EXISTS (SELECT 1 FROM consensus_act WHERE \(session) AND kind = 'confirmed')
      OR EXISTS (
        SELECT principal_seq FROM reading r
        WHERE r.case_seq = NEW.case_seq AND r.round = NEW.round AND r.signed_at IS NOT NULL
        GROUP BY principal_seq
        HAVING count(*) = (SELECT count(*) FROM examination WHERE case_seq = NEW.case_seq)
          AND NOT EXISTS (
            SELECT 1 FROM consensus_act a WHERE \(session) AND (
              a.kind IN ('confirmed', 'dissented') AND a.principal_seq = r.principal_seq
              OR a.kind = 'absent' AND a.subject_seq = r.principal_seq))))
    BEGIN SELECT RAISE(ABORT, 'not every reader has confirmed'); END;
    """,
  ]

  private static let session = "case_seq = NEW.case_seq AND round = NEW.round AND version = NEW.version"

  /// Keeps the counts at the head of a worklist.
  private static let tallies = ["own", "stage"].flatMap { column in
    [
      ("insert", "INSERT ON entry", add(column)),
      ("delete", "DELETE ON entry", subtract(column)),
      (
        "update", "UPDATE OF \(column) ON entry WHEN OLD.\(column) <> NEW.\(column)",
        subtract(column) + add(column)
      ),
    ].map { name, event, body in "CREATE TRIGGER entry_\(name)_\(column) AFTER \(event) BEGIN \(body) END;" }
  }

  private static func add(_ column: String) -> String {
    """
    INSERT INTO tally VALUES (NEW.list_seq, '\(column)', NEW.\(column), 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
    """
  }

  private static func subtract(_ column: String) -> String {
    """
    UPDATE tally SET count = count - 1
    WHERE list_seq = OLD.list_seq AND what = '\(column)' AND value = OLD.\(column);
    """
  }
}
