// A reader's word for a reading.

import Foundation
internal import GRDB
import ReviewCore

struct Signature {
  var uuid: String
  var version: Int
  var at: String
  /// What the signature says, word for word.
  var meaning: String
  /// Findings that were not graded.
  var missing: [FindingID]
  /// Time spent on the reading until it was signed. Nil where an earlier version of the program signed.
  var seconds: Int?
  /// The version of the codebook. Nil where an earlier version of the program signed.
  var codebook: Int?
  var nonce: Data

  /// Salted hash of the signature, of the time spent, of the codebook's version and of every grade it stands for.
  func digest(_ key: ReadingKey, rows: [GradeRow]) -> Data {
    var fields = HashedFields()
    fields.add(nonce)
    key.add(to: &fields)
    for text in [uuid, String(version), at, meaning] { fields.add(text) }
    for finding in missing { fields.add(finding.rawValue) }
    for row in rows.sorted(by: { $0.key < $1.key }) { row.add(to: &fields) }
    if let seconds { for text in ["seconds", String(seconds)] { fields.add(text) } }
    if let codebook { for text in ["codebook", String(codebook)] { fields.add(text) } }
    return fields.hash
  }
}

extension Transaction {
  /// Signs a reading as it stands and answers the chain's head. Entries are brought up to date by the caller.
  func append(_ unsealed: Signature, to key: ReadingKey) throws -> AuditHead {
    var signature = unsealed
    signature.seconds = try db.number("SELECT seconds FROM time_spent WHERE \(ReadingKey.condition)", key.arguments)
    signature.codebook = codebook.version
    var arguments: StatementArguments = [signature.uuid, key.reader.seq, key.facts.seq, key.examinationSeq, key.round]
    arguments += [signature.version, signature.at, signature.meaning, try Document.text(signature.missing)]
    try db.run(
      """
      INSERT INTO signature
        (uuid, principal_seq, case_seq, examination_seq, round, version, at, meaning, missing, nonce, seconds, codebook)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, arguments + [signature.nonce, signature.seconds, signature.codebook])
    try db.run(
      """
      INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET version = excluded.version, signed_at = excluded.signed_at
      """, key.arguments + [signature.version, signature.at])
    return try audit(
      .signed, facts: key.facts, examination: key.examination, round: key.round,
      detail: signature.version > 1 ? "version \(signature.version)" : nil, record: signature.uuid,
      digest: signature.digest(key, rows: currentRows(key)), at: signature.at, by: key.reader)
  }

  /// The grades of a reading as they stand, sorted by key.
  func currentRows(_ key: ReadingKey) throws -> [GradeRow] {
    try db.rows(
      "SELECT \(GradeRow.columns) FROM current WHERE \(ReadingKey.condition) ORDER BY finding, comparator",
      key.arguments
    ) { try GradeRow($0, from: 0) }
  }

  /// The findings that a signature asks for and that have no grade, in the order of the codebook.
  func missing(_ reading: Reading, of patientCase: Case, among readings: [Reading]) -> [FindingID] {
    let graded = reading.values()
    let view = CaseView(patientCase: patientCase, round: reading.round, stage: .reading, readings: readings)
    let asked = codebook.asked(at: reading.examination, of: view, by: reading.reader)
    return asked.shown.map(\.id).filter { asked.demanded.contains($0) && graded[$0] == nil }
  }
}
