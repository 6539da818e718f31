// A consensus session: every act one transaction with its audit row, every refusal with what to do instead.

import Foundation
internal import GRDB
import ReviewCore

/// A case after an act, and the proof that the act is on the disk.
public struct ConsensusResult: Hashable, Sendable {
  public var table: ConsensusTable
  /// The case, where its stage is another now; with the record come the names.
  public var view: CaseView?
  public var receipt: Receipt
}

extension StudyStore {
  /// A case in consensus as this principal may see it: votes are in it once they are revealed, names beside grades once
  /// the case is recorded or where the protocol shows them.
  ///
  /// - Throws: `StoreError.consensus(.notOpen)` before it is opened, `.published` where there was no session.
  public func consensusTable(_ id: CaseID) throws -> ConsensusTable {
    try read { transaction in
      let facts = try transaction.facts(id)
      return try transaction.table(facts, try transaction.openDeliberation(facts))
    }
  }

  /// Does one act of a session. When it returns, the act is on the disk; the last confirmation that was missing records
  /// the consensus in the same transaction.
  ///
  /// - Throws: `StoreError.consensus` saying why not and what to do instead. Nothing is changed then.
  public func consensus(_ id: CaseID, _ move: ConsensusMove) throws -> ConsensusResult {
    try write { transaction in
      let facts = try transaction.facts(id)
      var session = try transaction.openDeliberation(facts)
      let act: ConsensusAct
      do throws(ConsensusRefusal) { act = try session.act(move, by: principal) } catch {
        throw StoreError.consensus(error)
      }
      let before = try transaction.standing(facts, round: transaction.round).stage
      var receipt = try transaction.play(act, in: &session, of: facts, by: principal)
      receipt = try transaction.excuseWhoLeft(&session, of: facts, by: principal) ?? receipt
      let after = try transaction.refreshed(facts, from: before)
      // The log is read once an act: the session as it was played on is what the file holds. Votes that a reveal shows
      // were not read from the file before.
      switch act {
      // Taken up again, it is talked about by the codebook of today.
      case .revealed, .reopened: session = try transaction.openDeliberation(facts)
      default: break
      }
      return ConsensusResult(
        table: try transaction.table(facts, session), view: before == after ? nil : try transaction.numbered(facts),
        receipt: receipt)
    }
  }

  /// Writes down that the acting principal's seat leads the session of a case, and who else sits at one, for the minutes;
  /// nothing where the last such row of the case says so already, and once its consensus is recorded.
  ///
  /// - Returns: whether there was anything to write down in: false before the case is open, and while its consensus is
  ///   recorded: once that is reopened, who leads and who is there is to be written down.
  @discardableResult
  public func noteLead(_ id: CaseID, others: Set<PrincipalID>) throws -> Bool {
    guard [.reader, .coordinator].contains(principal.role) else { return false }
    // Readers of other cases sit in the same room, and have no part in this one.
    let (standing, strangers) = try read { transaction in
      let facts = try transaction.facts(id)
      let readers = Set(try transaction.readers(of: facts.seq, round: transaction.round).map(\.id))
      return (
        try transaction.standing(facts, round: transaction.round),
        Set(try transaction.readers().map(\.id)).subtracting(readers)
      )
    }
    let present = others.subtracting(strangers)
    let detail = present.isEmpty ? nil : present.sorted().map(\.rawValue).joined(separator: ", ")
    guard standing.stage.isOpen, !standing.stage.isDone else { return false }
    try write { transaction in
      let facts = try transaction.facts(id)
      let last = try transaction.db.first(
        "SELECT principal, detail FROM audit WHERE case_id = ? AND round = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
        [id.rawValue, transaction.round, AuditKind.sessionLed.rawValue]
      ) { try ($0[0] as String?, $0[1] as String?) }
      if let last, last == (principal.id.rawValue, detail) { return }
      try transaction.audit(.sessionLed, facts: facts, round: transaction.round, detail: detail)
    }
    return true
  }

  /// Whether the case is there and this principal may see it: a reader those that they read.
  public func mayRead(_ id: CaseID) throws -> Bool {
    do {
      _ = try read { try $0.facts(id) }
      return true
    } catch StoreError.notAssigned {
      return false
    }
  }

  /// Whether somebody reads a case in the round that is being read, whoever asks; false where there is no such case.
  public func reads(_ id: CaseID, _ reader: PrincipalID) throws -> Bool {
    try read { transaction in
      let seq = try transaction.db.first("SELECT seq FROM patient_case WHERE id = ?", [id.rawValue]) {
        try $0[0] as Int64
      }
      return try seq.map { try transaction.readers(of: $0, round: transaction.round).contains { $0.id == reader } }
        ?? false
    }
  }

  /// What the sessions of the round that is being read say of its readers.
  public func consensusFigures() throws -> ConsensusFigures {
    try read { transaction in
      let cases = try transaction.db.rows(
        """
        SELECT case_seq FROM case_round
        WHERE round = ?1 AND EXISTS (
          SELECT 1 FROM consensus_act a WHERE a.case_seq = case_round.case_seq AND a.round = ?1)
        ORDER BY case_seq
        """, [transaction.round]
      ) { try $0[0] as Int64 }
      return ConsensusFigures(
        try cases.filter { try transaction.mayRead($0) }.map {
          try transaction.deliberation(transaction.facts(seq: $0), round: transaction.round)
        })
    }
  }

  /// How consensus was reached on the opened cases, of the round that is being read and of those before it.
  public func consensusProcess() throws -> ConsensusProcess {
    try read { transaction in
      let cases = try transaction.db.rows(
        "SELECT case_seq FROM opening WHERE round = ? ORDER BY case_seq", [transaction.round]
      ) { try $0[0] as Int64 }
      return ConsensusProcess(
        try cases.filter { try transaction.mayRead($0) }.map(transaction.facts(seq:)).flatMap { facts in
          try transaction.openedRounds(facts).reversed().map { try transaction.deliberation(facts, round: $0) }
        })
    }
  }

}

extension Transaction {
  /// Plays an act and writes it down; with the last word that was missing, the consensus too.
  fileprivate func play(
    _ act: ConsensusAct, in session: inout Deliberation, of facts: CaseFacts, by principal: Principal
  ) throws -> Receipt {
    // As the file keeps it.
    let now = try Timestamp.date(Timestamp.text(environment.now()))
    session.apply(ConsensusEvent(at: now, by: principal.id, version: session.version, act: act))
    let row = ConsensusActRow(
      act, uuid: environment.newID(), by: principal.id, version: session.version, at: Timestamp.text(now),
      nonce: Self.nonce())
    var head = try append(row, to: facts, titles: try titles(row, session))
    if session.isRecorded { head = try append(session.consensus, to: facts) }
    return Receipt(at: now, head: head)
  }

  /// Records absent whoever has left the study and is waited for, as far as enough readers stay present.
  fileprivate func excuseWhoLeft(
    _ session: inout Deliberation, of facts: CaseFacts, by principal: Principal
  ) throws -> Receipt? {
    var receipt: Receipt?
    while let act = session.absenceOfWhoLeft(by: principal) {
      receipt = try play(act, in: &session, of: facts, by: principal)
    }
    return receipt
  }

  /// The same in every session of this round that is not recorded.
  ///
  /// - Returns: the cases whose consensus is recorded now, where nothing else was missing.
  func excuseWhoLeft(by principal: Principal) throws -> [CaseID] {
    knownDepartures = nil
    let open = try db.rows(
      "SELECT case_seq FROM case_round WHERE round = ? AND stage IN ('opened', 'in_discussion', 'reopened')", [round]
    ) { try $0[0] as Int64 }
    var recorded: [CaseID] = []
    for seq in open {
      let facts = try facts(seq: seq)
      let before = try standing(facts, round: round).stage
      var session = try openDeliberation(facts)
      guard try excuseWhoLeft(&session, of: facts, by: principal) != nil else { continue }
      if try refreshed(facts, from: before) == .recorded { recorded.append(facts.whole.id) }
    }
    return recorded
  }

  /// The stage of a case after an act; lists follow where it is another.
  fileprivate func refreshed(_ facts: CaseFacts, from before: CaseStage) throws -> CaseStage {
    try refreshStage(facts, round: round)
    let after = try standing(facts, round: round).stage
    if before != after { try refresh(facts, in: lists()) }
    return after
  }

  /// The findings that an act is about, for the audit trail; never a grade.
  private func titles(_ row: ConsensusActRow, _ session: Deliberation) throws -> String? {
    switch row.grades.count {
    case 0: row.subject?.rawValue ?? "version \(row.version)"
    case 1: session.title(try row.grades[0].key())
    default: "\(row.grades.count) findings"
    }
  }

  fileprivate func openDeliberation(_ facts: CaseFacts) throws -> Deliberation {
    if isLearner { throw StoreError.notPermitted("a learner sees what the readers agreed on, in the teaching file") }
    let stage = try standing(facts, round: round).stage
    guard stage.isOpen else { throw StoreError.consensus(.notOpen(facts.whole.id)) }
    guard stage != .published else { throw StoreError.consensus(.published(facts.whole.id)) }
    guard stage != .imported else { throw StoreError.consensus(.imported(facts.whole.id)) }
    return try deliberation(facts, round: round)
  }

  fileprivate func table(_ facts: CaseFacts, _ session: Deliberation) throws -> ConsensusTable {
    let standing = try standing(facts, round: round)
    let opening = try db.first(
      "SELECT at, id FROM opening JOIN principal ON principal.seq = principal_seq WHERE case_seq = ? AND round = ?",
      [facts.seq, round]
    ) { try ($0[0] as String, $0[1] as String) }
    return ConsensusTable(
      session, names: try names(facts, round: round), stage: standing.stage,
      openedAt: try Timestamp.date(opening?.0 ?? ""),
      openedBy: PrincipalID(opening?.1 ?? ""), viewer: actor?.id ?? "")
  }
}
