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
      guard standing.stage != .imported else { throw StoreError.consensus(.imported(id)) }
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
  /// readings, and what was imported of cases and may be seen, by case and round.
  public func openedCases() throws -> [OpenedCase] {
    try read { transaction in
      let cases = try transaction.db.rows(
        """
        SELECT case_seq FROM opening WHERE round = ? UNION SELECT case_seq FROM imported_reading
        UNION SELECT case_seq FROM imported_consensus ORDER BY case_seq
        """, [transaction.round]
      ) { try $0[0] as Int64 }
      return try cases.filter { try transaction.mayRead($0) }.map(transaction.facts(seq:)).sorted {
        ReadingOrder.naturalKey($0.whole.id).lexicographicallyPrecedes(ReadingOrder.naturalKey($1.whole.id))
      }.flatMap { try transaction.openedRoundsWithReadings($0) }
    }
  }
}

extension Transaction {
  /// What of a case statistics may use, by round.
  fileprivate func openedRoundsWithReadings(_ facts: CaseFacts) throws -> [OpenedCase] {
    let standing = try standing(facts, round: round)
    let opened = standing.isOpened ? try openedRounds(facts).filter { try mayRead(facts.seq, round: $0) } : []
    let left =
      study.studyProtocol.countsWithdrawn ? [] : Set(try readers().filter { $0.principal.withdrawn != nil }.map(\.id))
    let imported = mayShowImported(standing) ? try importedRounds(facts) : []
    return try Set(opened + imported).sorted().map { round in
      let isOpened = opened.contains(round)
      let names = isOpened ? try names(facts, round: round) : ReaderNames()
      let here = isOpened ? try shownReaders(facts, round: round, names) : []
      let readings = try here.flatMap { try self.readings(facts, round: round, of: $0) }.filter {
        $0.state.isSigned && !left.contains($0.reader)
      }
      let elsewhere = imported.contains(round) ? try importedReadings(facts, round: round) : []
      var entry = OpenedCase(
        id: facts.whole.id, round: round, readings: codebook.settled(readings + elsewhere, of: facts.whole),
        consensus: try (isOpened ? consensus(facts, round: round) : importedConsensus(facts, round: round)).map {
          codebook.settled($0, of: facts.whole)
        }, names: names)
      entry.anatomy = facts.whole.anatomy
      if isOpened, try assigned(facts.seq, round: round) != nil {
        entry.assigned = Set(try self.readers(of: facts.seq, round: round).map(\.id)).subtracting(left)
      }
      return entry
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
