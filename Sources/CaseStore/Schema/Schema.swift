// The tables of the first version of a study file. What later versions add is in `Schema+Second` and on.
//
// Facts are append-only (`step`, `grade`, `signature`, `amendment`, `opening`, `consensus_act`, `consensus`, `audit`).
// Below them lie
// tables that are derived from the facts in the same transaction and can be rebuilt from them: `current`, `reading`,
// `case_round`, and the worklists (`entry`, `entry_term`, `tally`). Local integers join the tables; what leaves a file is
// named by its text UUID.

enum Schema {
  static let tables = [
    study, cases, steps, signatures, consensus, sessions, derived, worklists, audit,
  ]

  private static let study = """
    CREATE TABLE study (
      seq INTEGER PRIMARY KEY CHECK (seq = 1),
      uuid TEXT NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1),
      created_at TEXT NOT NULL,
      program_version TEXT NOT NULL
    ) STRICT;
    CREATE TABLE principal (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('reader', 'coordinator', 'presenter', 'learner')),
      os_user TEXT UNIQUE,
      passphrase TEXT CHECK (passphrase IS NULL OR json_valid(passphrase)),
      added_at TEXT NOT NULL
    ) STRICT;
    """

  private static let cases = """
    CREATE TABLE patient_case (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      id TEXT NOT NULL UNIQUE,
      natural_key BLOB NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      added_at TEXT NOT NULL,
      changed_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE examination (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      id TEXT NOT NULL,
      months REAL NOT NULL,
      remarks TEXT NOT NULL CHECK (json_valid(remarks)),
      UNIQUE (case_seq, id)
    ) STRICT;
    CREATE TABLE acquisition (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      examination_seq INTEGER NOT NULL REFERENCES examination ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      sequence TEXT NOT NULL,
      is_acquired INTEGER NOT NULL CHECK (is_acquired IN (0, 1)),
      plane TEXT, tr REAL, te REAL, ti REAL,
      fat_suppressed INTEGER CHECK (fat_suppressed IN (0, 1)),
      figure TEXT, remark TEXT,
      UNIQUE (examination_seq, ordinal)
    ) STRICT;
    """

  // A grade row with a null value clears. The empty finding is the note of the whole reading.
  private static let steps = """
    CREATE TABLE step (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('graded', 'undone', 'redone')),
      undoes INTEGER REFERENCES step,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      round INTEGER NOT NULL,
      version INTEGER NOT NULL,
      at TEXT NOT NULL,
      nonce BLOB NOT NULL
    ) STRICT;
    CREATE INDEX step_by_reading ON step (case_seq, round, principal_seq, examination_seq);
    CREATE TABLE grade (
      step_seq INTEGER NOT NULL REFERENCES step,
      finding TEXT NOT NULL,
      comparator TEXT NOT NULL CHECK (comparator IN ('baseline', 'previous')),
      value TEXT, note TEXT, series INTEGER, slice INTEGER, bone TEXT,
      confidence INTEGER CHECK (confidence BETWEEN 1 AND 5),
      PRIMARY KEY (step_seq, finding, comparator)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE time_spent (
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      seconds INTEGER NOT NULL CHECK (seconds >= 0),
      PRIMARY KEY (case_seq, round, principal_seq, examination_seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE draft_note (
      principal_seq INTEGER NOT NULL REFERENCES principal,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      round INTEGER NOT NULL,
      finding TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (principal_seq, case_seq, examination_seq, round, finding)
    ) STRICT, WITHOUT ROWID;
    """

  private static let signatures = """
    CREATE TABLE signature (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      round INTEGER NOT NULL,
      version INTEGER NOT NULL,
      at TEXT NOT NULL,
      meaning TEXT NOT NULL,
      missing TEXT NOT NULL CHECK (json_valid(missing)),
      nonce BLOB NOT NULL,
      UNIQUE (case_seq, round, principal_seq, examination_seq, version)
    ) STRICT;
    CREATE INDEX signature_by_reader ON signature (principal_seq, round, at);
    CREATE TABLE amendment (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      round INTEGER NOT NULL,
      version INTEGER NOT NULL CHECK (version >= 2),
      at TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (length(reason) > 0),
      nonce BLOB NOT NULL,
      UNIQUE (case_seq, round, principal_seq, examination_seq, version)
    ) STRICT;
    """

  private static let consensus = """
    CREATE TABLE opening (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      at TEXT NOT NULL,
      UNIQUE (case_seq, round)
    ) STRICT;
    CREATE TABLE consensus (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      version INTEGER NOT NULL CHECK (version >= 1),
      origin TEXT NOT NULL CHECK (origin IN ('session', 'published')),
      at TEXT NOT NULL,
      UNIQUE (case_seq, round, version)
    ) STRICT;
    CREATE TABLE consensus_grade (
      consensus_seq INTEGER NOT NULL REFERENCES consensus,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      finding TEXT NOT NULL,
      comparator TEXT NOT NULL CHECK (comparator IN ('baseline', 'previous')),
      value TEXT, note TEXT, series INTEGER, slice INTEGER, bone TEXT, confidence INTEGER,
      how TEXT, cause TEXT, rationale TEXT,
      PRIMARY KEY (consensus_seq, examination_seq, finding, comparator)
    ) STRICT, WITHOUT ROWID;
    """

  // The log of consensus sessions. Each act may be about findings: votes, agreed grades, notes.
  private static let sessions = """
    CREATE TABLE consensus_act (
      seq INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN (
        'called', 'voted', 'revealed', 'agreed', 'noted', 'confirmed', 'dissented', 'absent', 'reopened')),
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
    CREATE INDEX consensus_act_by_case ON consensus_act (case_seq, round);
    CREATE TABLE consensus_act_grade (
      act_seq INTEGER NOT NULL REFERENCES consensus_act,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      finding TEXT NOT NULL,
      comparator TEXT NOT NULL CHECK (comparator IN ('baseline', 'previous')),
      value TEXT, note TEXT, series INTEGER, slice INTEGER, bone TEXT, confidence INTEGER,
      how TEXT CHECK (how IN ('unanimous', 'majority', 'discussed', 'unresolved')),
      cause TEXT, rationale TEXT,
      PRIMARY KEY (act_seq, examination_seq, finding, comparator)
    ) STRICT, WITHOUT ROWID;
    """

  private static let derived = """
    CREATE TABLE current (
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      finding TEXT NOT NULL,
      comparator TEXT NOT NULL,
      value TEXT, note TEXT, series INTEGER, slice INTEGER, bone TEXT, confidence INTEGER,
      PRIMARY KEY (case_seq, round, principal_seq, examination_seq, finding, comparator)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reading (
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      principal_seq INTEGER NOT NULL REFERENCES principal,
      examination_seq INTEGER NOT NULL REFERENCES examination,
      version INTEGER NOT NULL,
      signed_at TEXT,
      PRIMARY KEY (case_seq, round, principal_seq, examination_seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE case_round (
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      round INTEGER NOT NULL,
      signed INTEGER NOT NULL,
      stage TEXT NOT NULL,
      PRIMARY KEY (case_seq, round)
    ) STRICT, WITHOUT ROWID;
    """

  // One list per reader and round in the reader's order, and one per round for everybody else, in case order. An entry
  // holds just what its list's principal may see.
  private static let worklists = """
    CREATE TABLE list (
      seq INTEGER PRIMARY KEY,
      principal_seq INTEGER REFERENCES principal,
      round INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX list_by_principal ON list (round, ifnull(principal_seq, 0));
    CREATE TABLE entry (
      list_seq INTEGER NOT NULL REFERENCES list,
      order_key BLOB NOT NULL,
      case_seq INTEGER NOT NULL REFERENCES patient_case,
      position INTEGER NOT NULL,
      number_key BLOB NOT NULL,
      id TEXT NOT NULL,
      sex TEXT, age INTEGER, title TEXT,
      search TEXT NOT NULL,
      bones TEXT, lesions TEXT, lesions_rank INTEGER,
      own INTEGER NOT NULL, graded INTEGER NOT NULL, gradable INTEGER NOT NULL,
      signed INTEGER NOT NULL,
      stage INTEGER NOT NULL,
      follow_ups TEXT NOT NULL, last_months REAL,
      flags TEXT NOT NULL,
      terms TEXT NOT NULL,
      PRIMARY KEY (list_seq, order_key, case_seq)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX entry_by_case ON entry (list_seq, case_seq);
    CREATE INDEX entry_by_position ON entry (list_seq, position);
    CREATE INDEX entry_by_number ON entry (list_seq, number_key);
    CREATE INDEX entry_by_age ON entry (list_seq, age);
    CREATE INDEX entry_by_lesions ON entry (list_seq, lesions_rank);
    CREATE INDEX entry_by_own ON entry (list_seq, own, graded);
    CREATE INDEX entry_by_stage ON entry (list_seq, stage);
    CREATE INDEX entry_by_follow_up ON entry (list_seq, last_months);
    -- Narrow, so that looking through all words reads a tenth of the pages.
    CREATE INDEX entry_by_search ON entry (list_seq, order_key, case_seq, search);
    CREATE TABLE term (
      seq INTEGER PRIMARY KEY,
      fact TEXT NOT NULL,
      word TEXT NOT NULL,
      UNIQUE (fact, word)
    ) STRICT;
    CREATE TABLE entry_term (
      list_seq INTEGER NOT NULL,
      term_seq INTEGER NOT NULL REFERENCES term,
      order_key BLOB NOT NULL,
      case_seq INTEGER NOT NULL,
      PRIMARY KEY (list_seq, term_seq, order_key, case_seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tally (
      list_seq INTEGER NOT NULL REFERENCES list,
      what TEXT NOT NULL,
      value INTEGER NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (list_seq, what, value)
    ) STRICT, WITHOUT ROWID;
    """

  private static let audit = """
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      kind TEXT NOT NULL,
      principal TEXT,
      os_user TEXT NOT NULL,
      client TEXT, key_fingerprint TEXT,
      program_version TEXT NOT NULL,
      case_id TEXT, examination TEXT, round INTEGER,
      reason TEXT, detail TEXT,
      record TEXT,
      digest BLOB,
      hash BLOB NOT NULL
    ) STRICT;
    CREATE INDEX audit_by_case ON audit (case_id, seq);
    """
}
