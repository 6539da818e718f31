// The walk along the audit chain, and whether the facts are still those it speaks of.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Checks that nothing on record was changed behind the program's back: the chain itself, every grade, signature,
  /// amendment and consensus against its salted hash, and the grades as shown against the steps that made them.
  ///
  /// - Parameter head: a head from an earlier receipt, which the chain must still hold: a tail that was cut off, or a
  ///   chain that was computed anew, is told only by that.
  /// - Returns: all faults, broken rows of the chain first.
  public func verify(head: AuditHead? = nil) throws -> AuditVerification {
    try read { transaction in
      var faults: [String] = []
      let chain = try transaction.walk()
      faults += chain.faults
      if let head, !chain.heads.contains(head) {
        faults.append(
          "the chain does not hold the head \(head): its tail was cut off, or it was computed anew after that receipt")
      }
      faults += try transaction.records(chain.digests)
      return AuditVerification(faults: faults)
    }
  }
}

extension Transaction {
  fileprivate struct Chain {
    var faults: [String] = []
    var heads: Set<AuditHead> = []
    /// Salted hash of each record by its UUID.
    var digests: [String: Data?] = [:]
  }

  fileprivate func walk() throws -> Chain {
    var chain = Chain()
    var previous = Data()
    var expected: Int64 = 1
    let cursor = try Row.fetchCursor(db, sql: "SELECT \(AuditRow.columns), hash FROM audit ORDER BY seq")
    while let row = try cursor.next() {
      let entry = AuditRow(row)
      let hash: Data = row[15]
      // After the first broken row the rest of the chain hangs in the air: it is the one to name.
      if chain.faults.isEmpty {
        if entry.seq != expected {
          chain.faults.append("audit row \(expected) is missing")
        } else if entry.hash(after: previous) != hash {
          chain.faults.append("audit row \(entry.seq) (\(entry.at), \(entry.kind)) is not as it was written")
        }
      }
      if chain.faults.isEmpty { chain.heads.insert(AuditHead(hash.hexadecimal)) }
      if let record = entry.record { chain.digests[record] = entry.digest }
      previous = hash
      expected = entry.seq + 1
    }
    if expected == 1 { chain.faults.append("audit row 1 is missing") }
    return chain
  }

  fileprivate func records(_ digests: [String: Data?]) throws -> [String] {
    var faults: [String] = []
    var seen: Set<String> = []
    func check(_ uuid: String, _ digest: Data?, _ name: String) {
      seen.insert(uuid)
      switch digests[uuid] {
      case nil: faults.append("\(name) is in no audit row")
      case .some(let known) where known != digest: faults.append("\(name) is not as it was written")
      default: break
      }
    }
    let people = try principals()
    let lists = try (1...round).flatMap { try self.lists(round: $0) }
    for seq in try db.rows("SELECT seq FROM patient_case ORDER BY natural_key", [], { $0[0] as Int64 }) {
      let facts = try self.facts(seq: seq)
      let id = facts.whole.id
      for key in try keys(facts, people) {
        let name = "case \(id), \(key.examination.title), round \(key.round), reader \(key.reader.id)"
        let steps = try self.steps(key)
        for step in steps { check(step.uuid, step.digest(key), "\(name): a step of \(step.at)") }
        for amendment in try amendments(key) {
          check(amendment.uuid, amendment.digest(key), "\(name): the amendment of \(amendment.at)")
        }
        for signature in try signatures(key) {
          let rows = StepStack(steps.filter { $0.version <= signature.version }).rows.values
          check(
            signature.uuid, signature.digest(key, rows: Array(rows)), "\(name): the reading signed at \(signature.at)")
        }
        let (shown, version, signedAt) = try self.shown(key)
        let standing = try readingStanding(key)
        if shown != StepStack(steps).rows || version != standing.version || signedAt != standing.signedAt {
          faults.append("\(name): what is shown is not what was graded; rebuild the study")
        }
      }
      for past in try db.rows(
        "SELECT uuid, at, round, version FROM consensus WHERE case_seq = ?", [seq],
        { row in
          (uuid: row[0] as String, at: row[1] as String, round: row[2] as Int, version: row[3] as Int)
        })
      {
        guard let consensus = try self.consensus(facts, round: past.round, version: past.version) else { continue }
        check(
          past.uuid, Self.digest(consensus, uuid: past.uuid, at: past.at, of: id),
          "case \(id): the consensus of \(past.at)")
      }
      for past in 1...round {
        for (act, _) in try acts(facts, round: past, sealed: false) {
          check(act.uuid, act.digest(of: id, round: past), "case \(id): an act of the consensus session of \(act.at)")
        }
      }
      for uuid in try db.rows("SELECT uuid FROM opening WHERE case_seq = ?", [seq], { $0[0] as String }) {
        check(uuid, nil, "case \(id): its opening")
      }
      faults += try staleEntries(facts, lists)
    }
    let gone = digests.keys.filter { !seen.contains($0) }
    if !gone.isEmpty { faults.append("\(gone.count) records that the audit trail speaks of are gone") }
    return faults
  }

  private func shown(_ key: ReadingKey) throws -> ([GradeRow.Key: GradeRow], version: Int?, signedAt: String?) {
    let rows = Dictionary(uniqueKeysWithValues: try currentRows(key).map { ($0.key, $0) })
    let standing = try db.first(
      "SELECT version, signed_at FROM reading WHERE \(ReadingKey.condition)", key.arguments
    ) { ($0[0] as Int, $0[1] as String?) }
    return (rows, standing?.0, standing?.1)
  }
}
