// The sixth version of the file: who reads which case, who left, and votes that were called off.

internal import GRDB

extension Schema {
  /// Before, a case was ready once as many had signed as read a case, however many read it. Now it waits for all. Some
  /// programs made files of the sixth and seventh version that did not: so the eighth step looks.
  @Sendable static func awaitEverybody(_ db: Database, _ environment: StoreEnvironment) throws {
    let transaction = try Transaction(db, study: StudyDatabase.study(db), environment: environment, actor: nil)
    guard try transaction.required(round: transaction.round) > transaction.study.studyProtocol.readersPerCase else {
      return
    }
    for facts in try transaction.readyCases() { try transaction.refreshEverywhere(facts) }
  }

  static let sixth = assignments + assignedOnly + callingOff + confirmation

  /// The last row of a case says who reads it, from its round on; without one everybody does.
  private static let assignments =
    [
      """
      CREATE TABLE assignment (
        seq INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        case_seq INTEGER NOT NULL REFERENCES patient_case,
        round INTEGER NOT NULL CHECK (round >= 1),
        at TEXT NOT NULL
      ) STRICT;
      """,
      "CREATE INDEX assignment_by_case ON assignment (case_seq, round);",
      """
      CREATE TABLE assignment_reader (
        assignment_seq INTEGER NOT NULL REFERENCES assignment,
        principal_seq INTEGER NOT NULL REFERENCES principal,
        PRIMARY KEY (assignment_seq, principal_seq)
      ) STRICT, WITHOUT ROWID;
      """,
      // The round in which a reader left the study.
      "ALTER TABLE principal ADD COLUMN withdrawn INTEGER CHECK (withdrawn >= 1);",
      // Readers of the case; null where nobody was assigned, and the protocol says how many.
      "ALTER TABLE entry ADD COLUMN required INTEGER CHECK (required >= 0);",
    ]
    + ["assignment", "assignment_reader"].flatMap { table in
      ["UPDATE", "DELETE"].map { act in
        """
        CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON "\(table)"
        BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed'); END;
        """
      }
    } + [
      """
      CREATE TRIGGER assignment_no_replace BEFORE INSERT ON "assignment"
      WHEN EXISTS (SELECT 1 FROM "assignment" WHERE seq = NEW.seq OR uuid = NEW.uuid)
      BEGIN SELECT RAISE(ABORT, 'rows of assignment are never replaced'); END;
      """,
      """
      CREATE TRIGGER assignment_opened BEFORE INSERT ON assignment
      WHEN EXISTS (SELECT 1 FROM opening WHERE case_seq = NEW.case_seq AND round = NEW.round)
      BEGIN SELECT RAISE(ABORT, 'the case is open'); END;
      """,
    ]

  /// Whether somebody reads a case in a round.
  private static func reads(_ principal: String, case number: String, round: String) -> String {
    """
    ifnull((
      SELECT EXISTS (SELECT 1 FROM assignment_reader x WHERE x.assignment_seq = a.seq AND x.principal_seq = \(principal))
      FROM assignment a WHERE a.case_seq = \(number) AND a.round <= \(round) ORDER BY a.seq DESC LIMIT 1), 1)
    """
  }

  /// Who does not read a case grades and signs nothing in it.
  private static let assignedOnly = ["step", "signature"].map { table in
    """
    CREATE TRIGGER \(table)_assigned BEFORE INSERT ON \(table)
    WHEN NOT \(reads("NEW.principal_seq", case: "NEW.case_seq", round: "NEW.round"))
      OR (SELECT withdrawn < NEW.round FROM principal WHERE seq = NEW.principal_seq)
    BEGIN SELECT RAISE(ABORT, 'the case is not assigned to this reader'); END;
    """
  }

  /// SQLite changes no CHECK: the table is made anew around its rows. Deferred, the references to it are looked at once
  /// they are there again.
  private static let callingOff = [
    "PRAGMA defer_foreign_keys = ON;",
    "CREATE TEMP TABLE kept_act AS SELECT * FROM consensus_act;",
    "DROP TABLE consensus_act;",
    """
    CREATE TABLE consensus_act (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN (
        'called', 'voted', 'revealed', 'called_off', 'agreed', 'noted', 'confirmed', 'dissented', 'absent', 'reopened')),
      principal_seq INTEGER NOT NULL REFERENCES principal,
      subject_seq INTEGER REFERENCES principal,
      version INTEGER NOT NULL CHECK (version >= 1),
      revision INTEGER NOT NULL CHECK (revision >= 0),
      reason TEXT,
      at TEXT NOT NULL,
      nonce BLOB NOT NULL,
      CHECK ((kind = 'absent') = (subject_seq IS NOT NULL)),
      CHECK ((kind IN ('dissented', 'absent', 'reopened')) = (reason IS NOT NULL))
    ) STRICT;
    """,
    "INSERT INTO consensus_act SELECT * FROM kept_act ORDER BY seq;",
    "DROP TABLE kept_act;",
    "CREATE INDEX consensus_act_by_case ON consensus_act (case_seq, round);",
    """
    CREATE TRIGGER consensus_act_no_update BEFORE UPDATE ON "consensus_act"
    BEGIN SELECT RAISE(ABORT, 'rows of consensus_act are never changed'); END;
    """,
    """
    CREATE TRIGGER consensus_act_no_delete BEFORE DELETE ON "consensus_act"
    BEGIN SELECT RAISE(ABORT, 'rows of consensus_act are never changed'); END;
    """,
    """
    CREATE TRIGGER consensus_act_no_replace BEFORE INSERT ON "consensus_act"
    WHEN EXISTS (SELECT 1 FROM "consensus_act" WHERE seq = NEW.seq OR uuid = NEW.uuid)
    BEGIN SELECT RAISE(ABORT, 'rows of consensus_act are never replaced'); END;
    """,
    """
    CREATE TRIGGER consensus_act_opened BEFORE INSERT ON consensus_act
    WHEN NOT EXISTS (SELECT 1 FROM opening WHERE case_seq = NEW.case_seq AND round = NEW.round)
    BEGIN SELECT RAISE(ABORT, 'the case is not open'); END;
    """,
    "DROP TRIGGER consensus_vote_called;",
    """
    CREATE TRIGGER consensus_vote_called BEFORE INSERT ON consensus_act_grade
    WHEN (SELECT kind FROM consensus_act WHERE seq = NEW.act_seq) IN ('voted', 'revealed', 'called_off') AND 1 IS NOT (
      SELECT sum((a.kind = 'called') - (a.kind IN ('revealed', 'called_off')))
      FROM consensus_act n JOIN consensus_act a USING (case_seq, round) JOIN consensus_act_grade g ON g.act_seq = a.seq
      WHERE n.seq = NEW.act_seq AND a.seq < n.seq AND g.examination_seq = NEW.examination_seq
        AND g.finding = NEW.finding AND g.comparator = NEW.comparator)
    BEGIN SELECT RAISE(ABORT, 'no vote is open'); END;
    """,
  ]

  /// As before, of those who read the case.
  private static let confirmation = [
    "DROP TRIGGER consensus_confirmed;",
    """
    CREATE TRIGGER consensus_confirmed BEFORE INSERT ON consensus
    WHEN NEW.origin = 'session' AND (
      NOT EXISTS (SELECT 1 FROM consensus_act WHERE \(session) AND kind = 'confirmed')
      OR EXISTS (
        SELECT principal_seq FROM reading r
        WHERE r.case_seq = NEW.case_seq AND r.round = NEW.round AND r.signed_at IS NOT NULL
          AND \(reads("r.principal_seq", case: "NEW.case_seq", round: "NEW.round"))
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
}
