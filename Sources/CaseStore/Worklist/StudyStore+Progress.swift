// How far the readers are, and the rounds.

import Foundation
internal import GRDB
import ReviewCore
import TextSafety

extension StudyStore {
  /// How far the readers are in every round so far: everybody for the coordinator, for a reader their own. Tells no
  /// grade; that somebody has begun on some cases is all it says of a draft.
  public func progress() throws -> StudyProgress {
    try read { transaction in
      let shown = try transaction.readers().filter { principal.role == .coordinator || $0 == actor }
      let readers =
        try transaction.isJoint
        ? []
        : shown.flatMap { reader in
          try (1...transaction.round).map { try transaction.progress(of: reader, round: $0) }
        }
      return StudyProgress(round: transaction.round, readers: readers, next: try transaction.nextRound())
    }
  }

  /// Cases that somebody still has to sign in this round, in case order: for the coordinator everybody's, for a reader
  /// those they have to sign themselves.
  public func waitingCases(offset: Int = 0, limit: Int) throws -> [WaitingCase] {
    try read { transaction in
      let list = try transaction.db.number(
        "SELECT seq FROM list WHERE round = ? AND principal_seq IS NULL", [transaction.round])
      let cases = try transaction.db.rows(
        """
        SELECT case_seq FROM entry e WHERE list_seq = ? AND stage = ?
          AND (? IS NULL OR EXISTS (SELECT 1 FROM entry o JOIN list l ON l.seq = o.list_seq
            WHERE l.round = ? AND l.principal_seq = ? AND o.case_seq = e.case_seq AND o.own <> ?))
        ORDER BY number_key LIMIT ? OFFSET ?
        """,
        [
          list, CaseStage.reading.code, actor.isReader ? actor.seq : nil, transaction.round, actor.seq,
          OwnState.Code.signed.rawValue, max(limit, 0), max(offset, 0),
        ]
      ) { try $0[0] as Int64 }
      return try cases.map { seq in
        let facts = try transaction.facts(seq: seq)
        let unsigned = try transaction.signatures(facts, round: transaction.round).filter { !$0.isSigned }
        return WaitingCase(
          id: facts.whole.id, readers: unsigned.map(\.reader).filter { !actor.isReader || $0 == principal.id })
      }
    }
  }

  /// Begins the next round, in which the one before and its consensus are out of sight. Coordinator only; audited.
  ///
  /// - Throws: `StoreError.notPermitted` while somebody still has to sign, before the washout is over, and after the
  ///   protocol's last round.
  public func startRound(_ round: Int) throws -> Receipt {
    guard principal.role == .coordinator else { throw StoreError.notPermitted("only the coordinator begins a round") }
    return try write { transaction in
      guard let next = try transaction.nextRound(), next.round == round else {
        throw StoreError.notPermitted(
          "round \(round) cannot begin: the protocol has \(transaction.study.studyProtocol.rounds.counted("round")) and round "
            + "\(transaction.round) is being read")
      }
      guard next.unsignedCases == 0, let notBefore = next.notBefore else {
        throw StoreError.notPermitted(
          "round \(round) cannot begin: "
            + (next.unsignedCases == 1
              ? "1 case of round \(transaction.round) is"
              : "\(next.unsignedCases) cases of round \(transaction.round) are")
            + " not signed by all"
        )
      }
      let now = transaction.environment.now()
      guard notBefore <= now else {
        throw StoreError.notPermitted(
          "round \(round) cannot begin before \(Timestamp.text(notBefore).prefix(10)) (UTC): the protocol asks for "
            + "\(transaction.study.studyProtocol.washoutDays.counted("day")) between the rounds")
      }
      try transaction.db.run("UPDATE study SET round = ?", [round])
      try transaction.wrote(.study, seq: 1)
      let head = try transaction.audit(.roundStarted, round: round, at: Timestamp.text(now))
      let begun = try Transaction(
        transaction.db, study: transaction.study, environment: transaction.environment, actor: transaction.actor)
      try begun.makeLists(round: round)
      try begun.fillLists(begun.lists())
      return Receipt(at: now, head: head)
    }
  }
}

extension Transaction {
  /// Writes every case into worklists that are new.
  func fillLists(_ lists: [ListRecord]) throws {
    for seq in try db.rows("SELECT seq FROM patient_case ORDER BY seq", [], { try $0[0] as Int64 }) {
      let facts = try facts(seq: seq)
      for past in Set(lists.map(\.round)) { try refreshStage(facts, round: past) }
      try refresh(facts, in: lists)
    }
    try renumber()
  }

  fileprivate func nextRound() throws -> NextRound? {
    guard !isJoint, round < study.studyProtocol.rounds else { return nil }
    // A reader counts from their own last signature: when another amended theirs is sealed.
    let own = actor.flatMap { $0.isReader ? $0.seq : nil }
    let last =
      try db.first(
        "SELECT max(at) FROM signature WHERE round = ? AND (? IS NULL OR principal_seq = ?)", [round, own, own]
      ) { try $0[0] as String? } ?? nil
    let washout = Double(study.studyProtocol.washoutDays) * 86_400
    return NextRound(
      round: round + 1, unsignedCases: try own == nil ? unsignedCases() : ownUnsignedCases(),
      notBefore: try last.map { try Timestamp.date($0).addingTimeInterval(washout) })
  }

  /// Of the cases that the acting reader reads.
  private func ownUnsignedCases() throws -> Int {
    try db.number(
      "SELECT sum(count) FROM tally WHERE list_seq = ? AND what = 'stage' AND value = ?",
      [ownList().seq, CaseStage.reading.code])
  }

  fileprivate func progress(of reader: PrincipalRecord, round: Int) throws -> ReaderProgress {
    let tallies = try db.rows(
      """
      SELECT value, count FROM tally JOIN list ON list.seq = list_seq
      WHERE list.round = ? AND list.principal_seq = ? AND what = 'own'
      """, [round, reader.seq]
    ) { try ($0[0] as Int, $0[1] as Int) }
    let counts = Dictionary(uniqueKeysWithValues: tallies)
    let days = try db.rows(
      """
      SELECT substr(done, 1, 10), count(*), max(done) FROM (
        SELECT max(at) AS done FROM signature s
        WHERE principal_seq = ? AND round = ? AND version = 1 GROUP BY case_seq
        HAVING count(*) = (SELECT count(*) FROM examination e WHERE e.case_seq = s.case_seq))
      GROUP BY 1 ORDER BY 1
      """, [reader.seq, round]
    ) { try (day: $0[0] as String, count: $0[1] as Int, last: $0[2] as String) }
    var progress = ReaderProgress(
      reader: reader.id, name: reader.principal.name, round: round, signed: counts[OwnState.Code.signed.rawValue] ?? 0,
      draft: counts[OwnState.Code.draft.rawValue] ?? 0, todo: counts[OwnState.Code.todo.rawValue] ?? 0,
      signaturesByDay: days.map { .init(day: $0.day, count: $0.count) },
      lastSignature: try days.last.map { try Timestamp.date($0.last) })
    progress.hasLeft = reader.principal.withdrawn != nil
    return progress
  }
}
