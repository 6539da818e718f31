// Readings and consensus as they stand in the file.

internal import GRDB
import ReviewCore

extension Transaction {
  func standing(_ facts: CaseFacts, round: Int) throws -> CaseStanding {
    try db.first(
      """
      SELECT stage, signed, EXISTS (SELECT 1 FROM opening WHERE case_seq = c.case_seq AND round = c.round)
      FROM case_round c WHERE case_seq = ? AND round = ?
      """, [facts.seq, round]
    ) {
      try CaseStanding(stage: .stored($0[0] as String, "a stage"), signed: $0[1], isOpened: $0[2])
    } ?? CaseStanding(stage: .reading, signed: 0, isOpened: false)
  }

  /// Of those who read a case, who has signed all their readings of a case in a round and answered what is asked afterwards.
  func complete(_ facts: CaseFacts, round: Int) throws -> Set<Int64> {
    let signed = try db.rows(
      """
      SELECT principal_seq FROM reading WHERE case_seq = ? AND round = ? AND signed_at IS NOT NULL
      GROUP BY principal_seq HAVING count(*) = ?
      """, [facts.seq, round, facts.examinations.count]
    ) { try $0[0] as Int64 }
    let readers = Set(try readers(of: facts.seq, round: round).map(\.seq))
    return try codebook.askedAfterwards.reduce(into: readers.intersection(signed)) { complete, finding in
      let answered = try db.rows(
        "SELECT DISTINCT principal_seq FROM current WHERE case_seq = ? AND round = ? AND finding = ?",
        [facts.seq, round, finding.id.rawValue]
      ) { try $0[0] as Int64 }
      complete.formIntersection(answered)
    }
  }

  /// Who has signed an examination of a case in a round, in any version: also who amends it since.
  func signers(_ facts: CaseFacts, round: Int) throws -> Set<Int64> {
    Set(
      try db.rows("SELECT DISTINCT principal_seq FROM signature WHERE case_seq = ? AND round = ?", [facts.seq, round]) {
        try $0[0] as Int64
      })
  }

  /// One reader's readings of a case in a round, in the order of the examinations; without what a reset locked.
  func readings(_ facts: CaseFacts, round: Int, of reader: PrincipalRecord) throws -> [Reading] {
    let key: StatementArguments = [facts.seq, round, reader.seq]
    var found: [Int64: Reading] = [:]
    let rows = try db.rows(
      """
      SELECT r.examination_seq, r.version, r.signed_at, iif(t.round IS NULL, 0, t.seconds) AS seconds,
        CASE WHEN r.version > 1 THEN (
        SELECT reason FROM amendment a
        WHERE a.case_seq = r.case_seq AND a.round = r.round AND a.principal_seq = r.principal_seq
          AND a.examination_seq = r.examination_seq AND a.version = r.version) END,
        CASE WHEN \(codebook.former.isEmpty ? "0" : "r.signed_at IS NOT NULL") THEN (
        SELECT codebook FROM signature s
        WHERE s.case_seq = r.case_seq AND s.round = r.round AND s.principal_seq = r.principal_seq
          AND s.examination_seq = r.examination_seq AND s.version = r.version) END
      FROM reading r LEFT JOIN time_spent t USING (case_seq, round, principal_seq, examination_seq)
      WHERE r.case_seq = ? AND r.round = ? AND r.principal_seq = ?
      """, key
    ) {
      try ($0[0] as Int64, $0[1] as Int, $0[2] as String?, $0[3] as Int, $0[4] as String?, $0[5] as Int?)
    }
    guard !rows.isEmpty else { return [] }
    for (examination, version, signedAt, seconds, amendment, under) in rows {
      guard let id = facts.id(ofExamination: examination) else { continue }
      var reading = Reading(
        reader: reader.id, examination: id, round: round, version: version,
        state: try signedAt.map { .signed(try Timestamp.date($0)) } ?? .draft, seconds: seconds,
        amendment: amendment)
      // Before there was another version, all was signed under the one there is.
      if signedAt != nil { reading.codebook = under ?? codebook.firstVersion }
      found[examination] = reading
    }
    let locked = try lockedExaminations(facts, round: round, of: reader)
    for examination in locked { found[examination]?.seconds = 0 }
    if try !unproven(reader.id).isEmpty {
      for (seq, reading) in found {
        found[seq]?.unproven = try unproven(
          ReadingKey(facts, round: round, reader: reader, examination: reading.examination))
      }
    }
    let grades = try db.cursor(
      """
      SELECT examination_seq, \(GradeRow.columns)
      FROM current WHERE case_seq = ? AND round = ? AND principal_seq = ?
      """, key)
    while let row = try grades.next() {
      let examination: Int64 = try row[0]
      guard let id = found[examination]?.examination, !locked.contains(examination) else { continue }
      let grade = try GradeRow(row, from: 1)
      if grade.finding == Self.readingNote.rawValue {
        found[examination]?.note = grade.note
      } else {
        found[examination]?.grades[try grade.gradeKey(at: id)] = try grade.grade(codebook)
      }
    }
    return facts.whole.examinations.compactMap { facts.examinations[$0.id].flatMap { found[$0] } }
  }

  /// Under this finding lies the note of a whole reading.
  static let readingNote: FindingID = ""

  /// The consensus of a round, in its latest version unless said.
  func consensus(_ facts: CaseFacts, round: Int, version: Int? = nil) throws -> Consensus? {
    guard
      let (seq, version, origin, under) = try db.first(
        """
        SELECT seq, version, origin, codebook FROM consensus
        WHERE case_seq = ? AND round = ? AND version = ifnull(?, version) ORDER BY version DESC LIMIT 1
        """, [facts.seq, round, version], { try ($0[0] as Int64, $0[1] as Int, $0[2] as String, $0[3] as Int?) })
    else { return nil }
    var grades: [GradeKey: AgreedGrade] = [:]
    let rows = try db.cursor(
      """
      SELECT examination_seq, \(GradeRow.columns), how, cause, rationale
      FROM consensus_grade WHERE consensus_seq = ?
      """, [seq])
    while let row = try rows.next() {
      guard let id = facts.id(ofExamination: try row[0]) else { continue }
      let grade = try GradeRow(row, from: 1)
      grades[try grade.gradeKey(at: id)] = AgreedGrade(
        try grade.grade(codebook), how: try .stored(row[11] as String?, "a way of agreeing"),
        cause: try .stored(row[12] as String?, "a cause"), rationale: try row[13])
    }
    return Consensus(
      origin: try .stored(origin, "an origin"), round: round, version: version, grades: grades,
      codebook: under ?? codebook.firstVersion)
  }
}
