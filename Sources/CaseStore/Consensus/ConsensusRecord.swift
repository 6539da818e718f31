// Writes a consensus down. Only here is one made; no import can.

import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  /// Records a version of a consensus with its audit row. Entries are brought up to date by the caller.
  @discardableResult
  func append(_ consensus: Consensus, to facts: CaseFacts) throws -> AuditHead {
    let uuid = environment.newID()
    let at = Timestamp.text(environment.now())
    let under = consensus.codebook ?? codebook.version
    let seq = try db.insert(
      "INSERT INTO consensus (uuid, case_seq, round, version, origin, at, codebook) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [uuid, facts.seq, consensus.round, consensus.version, consensus.origin.rawValue, at, under])
    for (key, agreed) in consensus.grades {
      let identity: StatementArguments = [seq, try facts.examination(key.examination)]
      let why: StatementArguments = [agreed.how?.rawValue, agreed.cause?.rawValue, agreed.rationale]
      try db.run(
        """
        INSERT INTO consensus_grade (consensus_seq, examination_seq, \(GradeRow.columns), how, cause, rationale)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, identity + GradeRow(key, agreed.grade).arguments + why)
    }
    return try audit(
      .consensusRecorded, facts: facts, round: consensus.round, detail: consensus.origin.rawValue, record: uuid,
      digest: Self.digest(
        consensus.grades.map {
          ConsensusActRow.Grade($0, $1.grade, how: $1.how, cause: $1.cause, rationale: $1.rationale)
        },
        uuid: uuid, at: at, of: facts.whole.id, round: consensus.round, version: consensus.version,
        origin: consensus.origin.rawValue, codebook: under), at: at)
  }

  /// Hash of everything in a consensus, from what its rows hold.
  static func digest(
    _ grades: [ConsensusActRow.Grade], uuid: String, at: String, of id: CaseID, round: Int, version: Int,
    origin: String,
    codebook: Int?
  ) -> Data {
    var fields = HashedFields()
    for text in [uuid, at, id.rawValue, String(round), String(version), origin] { fields.add(text) }
    for grade in grades.sorted(by: { $0.place < $1.place }) {
      fields.add(grade.examination.rawValue)
      grade.row.add(to: &fields)
      for text in [grade.how, grade.cause, grade.rationale] { fields.add(text) }
    }
    // Files before version 8 had none.
    if let codebook { for text in ["codebook", String(codebook)] { fields.add(text) } }
    return fields.hash
  }
}
