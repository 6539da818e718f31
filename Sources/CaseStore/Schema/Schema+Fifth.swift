// The fifth version of the file: readings and consensus from elsewhere. They lie in tables of their own, so that nothing
// that was read here can be taken for them, nor they for it.

internal import GRDB
import ReviewCore

extension Schema {
  static let imports =
    [
      """
      CREATE TABLE imported_reading (
        seq INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        case_seq INTEGER NOT NULL REFERENCES patient_case,
        examination_seq INTEGER NOT NULL REFERENCES examination,
        round INTEGER NOT NULL CHECK (round >= 1),
        reader TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        read_at TEXT,
        seconds INTEGER NOT NULL CHECK (seconds >= 0),
        note TEXT,
        made_in TEXT NOT NULL,
        nonce BLOB NOT NULL,
        UNIQUE (case_seq, round, reader, examination_seq)
      ) STRICT;
      """,
      """
      CREATE TABLE imported_grade (
        reading_seq INTEGER NOT NULL REFERENCES imported_reading,
        finding TEXT NOT NULL,
        comparator TEXT NOT NULL CHECK (comparator IN ('baseline', 'previous')),
        value TEXT NOT NULL, note TEXT, series INTEGER, slice INTEGER, bone TEXT,
        confidence INTEGER CHECK (confidence BETWEEN 1 AND 5),
        overrules TEXT,
        PRIMARY KEY (reading_seq, finding, comparator)
      ) STRICT, WITHOUT ROWID;
      """,
      """
      CREATE TABLE imported_consensus (
        seq INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        case_seq INTEGER NOT NULL REFERENCES patient_case,
        round INTEGER NOT NULL CHECK (round >= 1),
        version INTEGER NOT NULL CHECK (version >= 1),
        made_in TEXT NOT NULL,
        UNIQUE (case_seq, round)
      ) STRICT;
      """,
      """
      CREATE TABLE imported_consensus_grade (
        consensus_seq INTEGER NOT NULL REFERENCES imported_consensus,
        examination_seq INTEGER NOT NULL REFERENCES examination,
        finding TEXT NOT NULL,
        comparator TEXT NOT NULL CHECK (comparator IN ('baseline', 'previous')),
        value TEXT, note TEXT, series INTEGER, slice INTEGER, bone TEXT, confidence INTEGER, overrules TEXT,
        how TEXT CHECK (how IN ('unanimous', 'majority', 'discussed', 'unresolved')),
        cause TEXT, rationale TEXT, votes TEXT,
        PRIMARY KEY (consensus_seq, examination_seq, finding, comparator)
      ) STRICT, WITHOUT ROWID;
      """,
    ]
    + importedTables.flatMap { table in
      ["UPDATE", "DELETE"].map { act in
        """
        CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON "\(table)"
        BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed'); END;
        """
      }
    }

  static let importedTables = [
    "imported_reading", "imported_grade", "imported_consensus", "imported_consensus_grade",
  ]
}
