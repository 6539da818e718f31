// The seventh version of the file: key images, and marks on them beside grades.

extension Schema {
  static let images =
    [
      // Once for each picture, however many examinations show it. Without a number of its own: its hash names it.
      """
      CREATE TABLE image_pixels (
        hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
        columns INTEGER NOT NULL CHECK (columns BETWEEN 1 AND 4096),
        rows INTEGER NOT NULL CHECK (rows BETWEEN 1 AND 4096),
        packed BLOB NOT NULL
      ) STRICT;
      """,
      """
      CREATE TABLE image (
        seq INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        case_seq INTEGER NOT NULL REFERENCES patient_case,
        examination_seq INTEGER NOT NULL REFERENCES examination,
        pixels BLOB NOT NULL REFERENCES image_pixels,
        facts TEXT NOT NULL CHECK (json_valid(facts)),
        added_at TEXT NOT NULL
      ) STRICT;
      """,
      "CREATE INDEX image_by_case ON image (case_seq, examination_seq);",
      "CREATE INDEX image_by_pixels ON image (pixels);",
    ]
    // They may be taken away, by an act that says so; changed they are never.
    + ["image", "image_pixels"].map { table in
      """
      CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON "\(table)"
      BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed'); END;
      """
    }
    + marked.map { "ALTER TABLE \($0) ADD COLUMN mark TEXT;" }

  /// The tables with grades, each of which may point into an image.
  static let marked = [
    "grade", "current", "consensus_grade", "consensus_act_grade", "imported_grade", "imported_consensus_grade",
  ]
}
