// Readings and consensus from elsewhere, as they lie in the file.
//
// They are sealed as the readings here are: a reader sees them once the case is open. Who is no reader sees them at once,
// for nobody here is kept from them by their own grading. A case whose consensus, or whose readings by readers of this
// study, were imported was read elsewhere: it is open, and nobody grades it here.

import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  /// Whether a case was read elsewhere.
  func isReadElsewhere(_ facts: CaseFacts) throws -> Bool {
    try db.first(
      """
      SELECT EXISTS (SELECT 1 FROM imported_consensus WHERE case_seq = ?1) OR EXISTS (
        SELECT 1 FROM imported_reading r JOIN principal p ON p.id = r.reader AND p.role = 'reader' WHERE case_seq = ?1)
      """, [facts.seq]
    ) { try $0[0] } ?? false
  }

  /// Nobody grades what was read elsewhere.
  func checkReadHere(_ facts: CaseFacts, round: Int) throws {
    let standing = try standing(facts, round: round)
    guard !standing.isOpened else { throw StoreError.caseOpened(facts.whole.id) }
    guard standing.stage != .imported else {
      throw StoreError.notPermitted("case \(facts.whole.id) was read elsewhere and imported; it is not graded here")
    }
  }

  func mayShowImported(_ standing: CaseStanding) -> Bool {
    !isLearner && (actor?.isReader != true || standing.stage.isOpen)
  }

  /// The imported readings of a case, of all rounds unless said.
  func importedReadings(_ facts: CaseFacts, round wanted: Int? = nil) throws -> [Reading] {
    let rows = try db.rows(
      """
      SELECT seq, examination_seq, round, reader, version, read_at, seconds, note, made_in, codebook FROM imported_reading
      WHERE case_seq = ? AND round = ifnull(?, round) ORDER BY round, reader, examination_seq
      """, [facts.seq, wanted]
    ) { row in try (seq: row[0] as Int64, examination: row[1] as Int64, row: row.copy()) }
    return try rows.compactMap { seq, examination, row in
      guard let id = facts.id(ofExamination: examination) else { return nil }
      var reading = try Reading(
        reader: PrincipalID(row[3] as String), examination: id, round: row[2], version: row[4],
        state: .imported(ReadElsewhere(read: row[5], madeIn: row[8], codebook: row[9])), note: row[7],
        seconds: row[6])
      for (key, grade) in try grades("imported_grade", "reading_seq", seq, at: id) { reading.grades[key] = grade }
      return reading
    }.sorted { ($0.round, $0.reader, $0.examination.months) < ($1.round, $1.reader, $1.examination.months) }
  }

  private func grades(
    _ table: String, _ parent: String, _ seq: Int64, at id: ExaminationID
  ) throws -> [(GradeKey, Grade)] {
    try db.rows("SELECT \(GradeRow.columns) FROM \(table) WHERE \(parent) = ?", [seq]) { row in
      let grade = try GradeRow(row, from: 0)
      guard let given = try grade.grade(codebook) else { throw StoreError.unknownCode("", "an imported grade") }
      return (try grade.gradeKey(at: id), given)
    }
  }

  /// The imported consensus of a case; of the latest round there is unless said.
  func importedConsensus(_ facts: CaseFacts, round wanted: Int? = nil) throws -> Consensus? {
    guard
      let (seq, round, version, madeIn, under) = try db.first(
        """
        SELECT seq, round, version, made_in, codebook FROM imported_consensus WHERE case_seq = ? AND round = ifnull(?, round)
        ORDER BY round DESC LIMIT 1
        """, [facts.seq, wanted],
        { try ($0[0] as Int64, $0[1] as Int, $0[2] as Int, $0[3] as String, $0[4] as Int?) })
    else { return nil }
    let grades = try db.rows(
      """
      SELECT examination_seq, \(GradeRow.columns), how, cause, rationale, votes FROM imported_consensus_grade
      WHERE consensus_seq = ?
      """, [seq]
    ) { row in
      guard let id = facts.id(ofExamination: try row[0]) else {
        throw StoreError.badData(["a consensus is about an examination that the case does not have"])
      }
      let grade = try GradeRow(row, from: 1)
      return try (
        grade.gradeKey(at: id),
        AgreedGrade(
          grade.grade(codebook), how: .stored(row[11] as String?, "a way of agreeing"),
          cause: .stored(row[12] as String?, "a cause"), rationale: row[13], votes: row[14])
      )
    }
    return Consensus(
      origin: .imported, round: round, version: version, grades: Dictionary(grades) { first, _ in first },
      madeIn: madeIn, codebook: under)
  }

  /// The rounds of which anything of a case was imported.
  func importedRounds(_ facts: CaseFacts) throws -> [Int] {
    try db.rows(
      "SELECT round FROM imported_reading WHERE case_seq = ?1 UNION SELECT round FROM imported_consensus WHERE case_seq = ?1 ORDER BY 1",
      [facts.seq]
    ) { try $0[0] }
  }
}
