// Derives everything that is derived again from the rows that are facts.

internal import GRDB
import ReviewCore

extension StudyStore {
  /// Makes grades as they stand, stages, worklists and counts anew from steps, signatures, amendments, openings and
  /// consensus. Changes nothing where all is well; `verify` says whether it is. Coordinator only.
  public func rebuild() throws {
    try checkCoordinator("rebuilds a study")
    try write { try $0.rebuild() }
  }
}

extension Transaction {
  fileprivate func rebuild() throws {
    try db.execute(sql: "REINDEX")
    for table in ["entry_term", "entry", "tally", "case_round", "reading", "current"] {
      try db.run("DELETE FROM \(table)")
    }
    let people = try principals()
    let cases = try db.rows("SELECT seq FROM patient_case ORDER BY seq") { try $0[0] as Int64 }
    for seq in cases {
      let facts = try facts(seq: seq)
      for key in try keys(facts, people) {
        let stack = StepStack(try steps(key))
        try apply(Array(stack.rows.values), to: key)
        let standing = try readingStanding(key)
        try db.run(
          "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)", key.arguments + [standing.version, standing.signedAt])
      }
      try refreshAllRounds(facts)
    }
    try renumber()
  }

  /// The readings of a case, of all readers and rounds, of which there is any fact.
  func keys(_ facts: CaseFacts, _ people: [PrincipalRecord]) throws -> [ReadingKey] {
    let found = try db.rows(
      """
      SELECT round, principal_seq, examination_seq FROM step WHERE case_seq = ?
      UNION SELECT round, principal_seq, examination_seq FROM signature WHERE case_seq = ?
      """, [facts.seq, facts.seq]
    ) { try ($0[0] as Int, $0[1] as Int64, $0[2] as Int64) }
    return try found.compactMap { round, principal, examination in
      guard let reader = people.first(where: { $0.seq == principal }), let id = facts.id(ofExamination: examination)
      else { return nil }
      return try ReadingKey(facts, round: round, reader: reader, examination: id)
    }
  }

  /// The latest version of a reading and when it was signed, from signatures and amendments.
  func readingStanding(_ key: ReadingKey) throws -> (version: Int, signedAt: String?) {
    let version = try amendments(key).last?.version ?? 1
    return (version, try signatures(key).last { $0.version == version }?.at)
  }
}
