// One act of grading: what one key did, or what it undid.

import Foundation
internal import GRDB
import ReviewCore

struct Step {
  enum Kind: String { case graded, undone, redone }

  var seq: Int64 = 0
  var uuid: String
  var kind: Kind
  /// Local number and UUID of the step that an undo or redo is about.
  var undoes: (seq: Int64, uuid: String)?
  var version: Int
  var at: String
  var nonce: Data
  /// Sorted by key.
  var rows: [GradeRow]

  /// Salted hash of everything in the step, as the audit trail keeps it.
  func digest(_ key: ReadingKey) -> Data {
    var fields = HashedFields()
    fields.add(nonce)
    key.add(to: &fields)
    for text in [uuid, kind.rawValue, undoes?.uuid, String(version), at] { fields.add(text) }
    for row in rows { row.add(to: &fields) }
    return fields.hash
  }
}

extension Step {
  /// From the columns seq, uuid, kind, undoes with its uuid, version, at, nonce; its rows follow.
  init(_ row: Columns, from first: Int) throws {
    let kind = try Kind.stored(row[first + 2] as String, "a step")
    let undone = try row[first + 4] as String?
    let undoes = try (row[first + 3] as Int64?).flatMap { seq in undone.map { (seq, $0) } }
    try self.init(
      seq: row[first], uuid: row[first + 1], kind: kind, undoes: undoes, version: row[first + 5], at: row[first + 6],
      nonce: row[first + 7], rows: [])
  }
}

extension Transaction {
  /// Appends a step to a reading and keeps `current` in step with it.
  func append(_ step: Step, to key: ReadingKey) throws {
    var arguments: StatementArguments = [step.uuid, step.kind.rawValue, step.undoes?.seq, key.reader.seq]
    arguments += [key.facts.seq, key.examinationSeq, key.round, step.version, step.at, step.nonce]
    let seq = try db.insert(
      """
      INSERT INTO step (uuid, kind, undoes, principal_seq, case_seq, examination_seq, round, version, at, nonce)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, arguments)
    for row in step.rows {
      try db.run(
        "INSERT INTO grade (step_seq, \(GradeRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [seq] + row.arguments
      )
    }
    try apply(step.rows, to: key)
    try db.run(
      "INSERT INTO reading VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING",
      key.arguments + [step.version])
    try audit(
      try .stored(step.kind.rawValue, "an act"), facts: key.facts, examination: key.examination, round: key.round,
      record: step.uuid,
      digest: step.digest(key), at: step.at, by: key.reader)
  }

  func apply(_ rows: [GradeRow], to key: ReadingKey) throws {
    for row in rows {
      if row.isEmpty {
        try db.run(
          "DELETE FROM current WHERE \(ReadingKey.condition) AND finding = ? AND comparator = ?",
          key.arguments + [row.finding, row.comparator])
      } else {
        try db.run(
          """
          INSERT INTO current (case_seq, round, principal_seq, examination_seq, \(GradeRow.columns))
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET value = excluded.value, note = excluded.note, series = excluded.series,
            slice = excluded.slice, bone = excluded.bone, confidence = excluded.confidence,
            overrules = excluded.overrules, mark = excluded.mark
          """, key.arguments + row.arguments)
      }
    }
  }

  /// The reading's steps of all versions, oldest first.
  func steps(_ key: ReadingKey) throws -> [Step] {
    var steps: [Step] = []
    let cursor = try db.cursor(
      """
      SELECT s.seq, s.uuid, s.kind, s.undoes, u.uuid, s.version, s.at, s.nonce,
        g.finding, g.comparator, g.value, g.note, g.series, g.slice, g.bone, g.confidence, g.overrules, g.mark
      FROM step s LEFT JOIN step u ON u.seq = s.undoes LEFT JOIN grade g ON g.step_seq = s.seq
      WHERE s.case_seq = ? AND s.round = ? AND s.principal_seq = ? AND s.examination_seq = ?
      ORDER BY s.seq, g.finding, g.comparator
      """, key.arguments)
    while let row = try cursor.next() {
      let seq: Int64 = try row[0]
      if steps.last?.seq != seq { steps.append(try Step(row, from: 0)) }
      if try (row[8] as String?) != nil { steps[steps.count - 1].rows.append(try GradeRow(row, from: 8)) }
    }
    return steps
  }
}
