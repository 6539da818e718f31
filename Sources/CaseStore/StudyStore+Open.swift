// Opening a case for consensus: the act that breaks the seal.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Opens a case in the round that is being read: from now on everybody sees its signed readings, and no reading of it
  /// changes any more. By a reader or the coordinator; audited.
  ///
  /// - Throws: `StoreError.notReady` naming who still has to sign; `.notPermitted` where the protocol opens the cases
  ///   of a round together and some are still being read; `.caseOpened` where it is open already.
  public func openForConsensus(_ id: CaseID) throws -> Receipt {
    guard [.reader, .coordinator].contains(principal.role) else {
      throw StoreError.notPermitted(
        "a \(principal.role.rawValue) does not open cases; a reader or the coordinator does")
    }
    return try write { transaction in
      let facts = try transaction.facts(id)
      let standing = try transaction.standing(facts, round: transaction.round)
      guard !standing.stage.isOpen else { throw StoreError.caseOpened(id) }
      guard standing.stage == .ready else {
        let waiting = try transaction.signatures(facts, round: transaction.round).filter { !$0.isSigned }
        throw StoreError.notReady(id, waitingFor: waiting.map(\.reader))
      }
      try transaction.checkRound()
      return try transaction.open(facts)
    }
  }

  /// The cases of all rounds that statistics may use: opened in a round that is not out of sight, with their signed
  /// readings, by case and round.
  public func openedCases() throws -> [OpenedCase] {
    try read { transaction in
      let cases = try transaction.db.rows(
        "SELECT case_seq FROM opening WHERE round = ? ORDER BY case_seq", [transaction.round]
      ) { $0[0] as Int64 }
      let readers = try transaction.readers()
      return try cases.map(transaction.facts(seq:)).sorted {
        ReadingOrder.naturalKey($0.whole.id).lexicographicallyPrecedes(ReadingOrder.naturalKey($1.whole.id))
      }.flatMap { facts in
        try transaction.openedRounds(facts).reversed().map { round in
          let readings = try readers.flatMap { try transaction.readings(facts, round: round, of: $0) }
          return OpenedCase(
            id: facts.whole.id, round: round, readings: readings.filter(\.state.isSigned),
            consensus: try transaction.consensus(facts, round: round))
        }
      }
    }
  }
}

extension Transaction {
  /// Where a protocol opens the cases of a round together, none may still be read.
  fileprivate func checkRound() throws {
    guard study.studyProtocol.opening == .round, !isJoint else { return }
    let unsigned = try unsignedCases()
    guard unsigned == 0 else {
      throw StoreError.notPermitted(
        "this protocol opens all cases of a round together; \(unsigned) are not signed by all readers yet")
    }
  }

  func unsignedCases() throws -> Int {
    try db.number("SELECT count(*) FROM case_round WHERE round = ? AND stage = 'reading'", [round])
  }

  fileprivate func open(_ facts: CaseFacts) throws -> Receipt {
    let now = environment.now()
    let uuid = environment.newID()
    try db.run(
      "INSERT INTO opening (uuid, case_seq, round, principal_seq, at) VALUES (?, ?, ?, ?, ?)",
      [uuid, facts.seq, round, actor?.seq, Timestamp.text(now)])
    let head = try audit(.opened, facts: facts, round: round, record: uuid, at: Timestamp.text(now))
    try refreshEverywhere(facts)
    return Receipt(at: now, head: head)
  }
}
