// A reader leaves the study.

internal import GRDB
import ReviewCore

/// What a withdrawal came to.
public struct WithdrawalReport: Codable, Hashable, Sendable {
  /// Cases that the reader has signed in this round and that go on counting, those in consensus among them.
  public var kept: Int
  /// Cases that the reader no longer reads.
  public var left: Int
  /// All cases with fewer readers now than the protocol asks for, of those that are still read.
  public var short: [CaseID]
  /// How many of them the reader has left just now.
  public var shortByThis: Int
  /// Cases whose consensus is recorded with it: nothing but the reader's word was missing.
  public var recorded: [CaseID] = []

  public init(kept: Int, left: Int, short: [CaseID], shortByThis: Int) {
    (self.kept, self.left, self.short, self.shortByThis) = (kept, left, short, shortByThis)
  }
}

extension StudyStore {
  /// Takes a reader out of the study. What they signed is kept; cases of which they signed everything go on counting, or
  /// not, as the protocol says. Of a case that is open already their grades stay; its consensus no longer waits for them, as far
  /// as enough readers stay present. Drafts, and what they were amending, do not count. They sit down no more. Coordinator
  /// only; audited.
  public func withdraw(_ id: PrincipalID, reason: String) throws -> WithdrawalReport {
    try checkCoordinator("takes a reader out of the study")
    let reason = try Self.stated(reason, "\(id) leaves the study")
    return try write { transaction in
      let reader = try transaction.principal(id)
      guard reader.isReader else { throw StoreError.notAReader(id, reader.principal.role) }
      guard reader.principal.withdrawn == nil else { throw StoreError.withdrawn(id) }
      let changes = try transaction.casesLeft(by: reader)
      try transaction.db.run(
        "UPDATE principal SET withdrawn = ? WHERE seq = ?", [transaction.round, reader.seq])
      try transaction.wrote(.principal, seq: reader.seq)
      let given = try transaction.assign(changes.left, .readerWithdrawn, reason: reason, detail: id.rawValue)
      var report = WithdrawalReport(
        kept: changes.kept, left: changes.left.count, short: given.short, shortByThis: given.shortByThis)
      report.recorded = try transaction.excuseWhoLeft(by: principal)
      return report
    }
  }
}

extension Transaction {
  /// The cases that are still read without a reader, each with those who remain, and how many that they signed stay.
  fileprivate func casesLeft(
    by reader: PrincipalRecord
  ) throws -> (left: [(facts: CaseFacts, readers: [PrincipalRecord])], kept: Int) {
    var left: [(facts: CaseFacts, readers: [PrincipalRecord])] = []
    var kept = 0
    for facts in try casesInOrder() where try reads(reader, facts.seq, round: round) {
      let isOpen = try !isStillRead(facts)
      if isOpen || study.studyProtocol.countsWithdrawn, try complete(facts, round: round).contains(reader.seq) {
        kept += 1
      } else if !isOpen {
        left.append((facts, try readers(of: facts.seq, round: round).filter { $0 != reader }))
      }
    }
    return (left, kept)
  }
}
