// Opening a case for consensus: the act that breaks the seal.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Opens a case in the round that is being read: from now on everybody sees its signed readings, and no reading of it
  /// changes any more. By a reader or the coordinator; audited.
  ///
  /// - Throws: `StoreError.notReady` naming who still has to sign; `.notPermitted` where the protocol opens all cases
  ///   together and some are still to be read, in this round or a later one; `.caseOpened` where it is open already.
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
      return try cases.map(transaction.facts(seq:)).sorted {
        ReadingOrder.naturalKey($0.whole.id).lexicographicallyPrecedes(ReadingOrder.naturalKey($1.whole.id))
      }.flatMap { facts in
        try transaction.openedRounds(facts).reversed().map { round in
          let names = try transaction.names(facts, round: round)
          let readings = try transaction.shownReaders(facts, round: round, names).flatMap {
            try transaction.readings(facts, round: round, of: $0)
          }
          return OpenedCase(
            id: facts.whole.id, round: round, readings: readings.filter(\.state.isSigned),
            consensus: try transaction.consensus(facts, round: round), names: names)
        }
      }
    }
  }
}

extension Transaction {
  private var opensTogether: Bool { study.studyProtocol.opening == .round && !isJoint }

  /// Where a protocol opens the cases together, none may still be read: what is seen now would be known in a round that
  /// is still to come.
  fileprivate func checkRound() throws {
    guard opensTogether else { return }
    let rounds = study.studyProtocol.rounds
    guard round == rounds else { throw StoreError.roundsToCome(after: round, of: rounds) }
    let unsigned = try unsignedCases()
    guard unsigned == 0 else {
      throw StoreError.notPermitted(
        "this protocol opens all cases together; \(unsigned) are not signed by all readers yet")
    }
  }

  func unsignedCases() throws -> Int {
    try db.number("SELECT count(*) FROM case_round WHERE round = ? AND stage = 'reading'", [round])
  }

  /// Opens the case in this round; where the rounds open together, in those before it too.
  fileprivate func open(_ facts: CaseFacts) throws -> Receipt {
    let now = environment.now()
    func open(_ round: Int) throws -> AuditHead {
      try self.open(facts, round: round, uuid: environment.newID(), by: actor, at: Timestamp.text(now))
    }
    if opensTogether {
      let opened = try openedRounds(facts)
      for past in (1..<round) where !opened.contains(past) { _ = try open(past) }
    }
    let head = try open(round)
    try refreshAllRounds(facts)
    return Receipt(at: now, head: head)
  }

  /// Writes an opening down; stage and worklists are brought up to date by the caller.
  ///
  /// - Parameter at: when the case was opened, which for one that a restore carries over lies back.
  @discardableResult
  func open(
    _ facts: CaseFacts, round: Int, uuid: String, by opener: PrincipalRecord?, at: String, detail: String? = nil
  ) throws -> AuditHead {
    let seq = try db.insert(
      "INSERT INTO opening (uuid, case_seq, round, principal_seq, at) VALUES (?, ?, ?, ?, ?)",
      [uuid, facts.seq, round, opener?.seq, at])
    let row = try Written.row(.opening, db, seq: seq)
    return try audit(
      .opened, facts: facts, round: round, detail: detail, record: uuid, digest: row?.digest,
      at: Timestamp.text(environment.now()))
  }
}
