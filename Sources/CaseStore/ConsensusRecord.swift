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
    let seq = try db.insert(
      "INSERT INTO consensus (uuid, case_seq, round, version, origin, at) VALUES (?, ?, ?, ?, ?, ?)",
      [uuid, facts.seq, consensus.round, consensus.version, consensus.origin.rawValue, at])
    for (key, agreed) in consensus.grades {
      let identity: StatementArguments = [seq, try facts.examination(key.examination)]
      let why: StatementArguments = [agreed.how?.rawValue, agreed.cause?.rawValue, agreed.rationale]
      try db.run(
        """
        INSERT INTO consensus_grade (consensus_seq, examination_seq, \(GradeRow.columns), how, cause, rationale)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, identity + GradeRow(key, agreed.grade).arguments + why)
    }
    return try audit(
      .consensusRecorded, facts: facts, round: consensus.round, detail: consensus.origin.rawValue, record: uuid,
      digest: Self.digest(consensus, uuid: uuid, at: at, of: facts.whole.id), at: at)
  }

  static func digest(_ consensus: Consensus, uuid: String, at: String, of id: CaseID) -> Data {
    var fields = Fields()
    for text in [uuid, at, id.rawValue, String(consensus.round), String(consensus.version), consensus.origin.rawValue] {
      fields.add(text)
    }
    let sorted = consensus.grades.sorted {
      ($0.key.examination, $0.key.finding, $0.key.comparator.rawValue)
        < ($1.key.examination, $1.key.finding, $1.key.comparator.rawValue)
    }
    for (key, agreed) in sorted {
      fields.add(key.examination.rawValue)
      GradeRow(key, agreed.grade).add(to: &fields)
      for text in [agreed.how?.rawValue, agreed.cause?.rawValue, agreed.rationale] { fields.add(text) }
    }
    return fields.hash
  }
}
