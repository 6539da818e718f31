// Whether the study is as it was written: the audit chain, every fact under it, and all that follows from the facts.

import Foundation
internal import GRDB
import ReviewCore

/// How much of a study is verified.
public enum VerificationScope: Hashable, Sendable {
  /// Everything: for the account that holds the file.
  case file
  /// The chain, and what the principal may see: no sealed grade is read from the file, and no fault tells of one.
  case seat
}

extension StudyStore {
  /// Checks that nothing on record was changed behind the program's back.
  ///
  /// - Parameters:
  ///   - head: a head from an earlier receipt, or how it begins, which the chain must still hold: a tail that was cut
  ///     off, or a chain that was computed anew, is told only by that.
  ///   - progress: called now and then with how many cases are verified.
  /// - Returns: all faults, those of the chain first.
  public func verify(
    head: AuditHead? = nil, scope: VerificationScope = .file,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> AuditVerification {
    try read { transaction in
      let verification = try Verification(transaction, scope: scope, head: head)
      try verification.run(progress: progress)
      return verification.result
    }
  }
}

/// One run of `verify`, in one transaction.
final class Verification {
  let transaction: Transaction
  let scope: VerificationScope
  var db: Database { transaction.db }
  var index: RecordIndex
  let people: [Int64: PrincipalRecord]
  /// In scope, with what they should hold.
  var lists: [ExpectedList]
  /// Findings that are asked again after the clinical data.
  let askedAfterwards: [String]
  /// Whether anything was imported at all: most studies have nothing, and are not asked case by case.
  let hasImports: Bool
  private let walk: ChainWalk
  private var faults: [String] = []
  private var moreFaults = 0

  init(_ transaction: Transaction, scope: VerificationScope, head: AuditHead?) throws {
    self.transaction = transaction
    self.scope = scope
    people = Dictionary(uniqueKeysWithValues: try transaction.principals().map { ($0.seq, $0) })
    askedAfterwards = transaction.codebook.askedAfterwards.map(\.id.rawValue)
    lists =
      try scope == .seat
      ? [transaction.ownList()].map { ExpectedList($0) }
      : (1...transaction.round).flatMap { try transaction.lists(round: $0).map { ExpectedList($0) } }
    hasImports =
      try transaction.db.number(
        "SELECT EXISTS (SELECT 1 FROM imported_reading) OR EXISTS (SELECT 1 FROM imported_consensus)") > 0
    let walk = try ChainWalk(transaction.db, head: head?.rawValue)
    self.walk = walk
    index = walk.index
    if scope == .seat, !walk.faults.isEmpty {
      // Its place, time and kind may tell of an act that is sealed.
      fault(
        "the audit trail is not as it was written; whoever holds the file's account finds out where with "
          + "‘endplate audit --verify’")
    } else {
      walk.faults.forEach(fault)
    }
    guard let head, walk.matches != 1 else { return }
    fault(
      walk.matches > 1
        ? "the chain holds several heads that begin with \(head); give more of it"
        : "the chain does not hold the head \(head): its tail was cut off, or it was recomputed after that receipt")
  }

  func run(progress: (_ done: Int, _ total: Int) -> Void) throws {
    try Schema.faults(db).forEach(fault)
    if scope == .file { try pages() }
    try studyAndPeople()
    try imported()
    try images()
    try assignments()
    try cases(progress: progress)
    try worklists()
    if scope == .file {
      try numbering()
      try goneRecords()
    }
  }

  func fault(_ text: String) {
    // One change is often found twice.
    guard faults.count < 200 else { return moreFaults += 1 }
    if !faults.contains(text) { faults.append(text) }
  }

  /// Compares a row with the digest that the audit trail has for it.
  ///
  /// - Returns: the place of the act in the chain; nil where there is a fault.
  @discardableResult
  func check(_ kind: Written.Kind?, _ subject: String, _ digest: Data?, _ name: @autoclosure () -> String) -> Int64? {
    switch index.find(kind, subject, digest: digest) {
    case .asWritten(let place): return place
    case .withoutDigest(let place) where digest == nil: return place
    case .withoutDigest, .changed: fault("\(name()) is not as it was written")
    case .unknown: fault("\(name()) is in no audit row")
    }
    return nil
  }

  var result: AuditVerification {
    var notes = [
      "Not under the chain: notes in progress, wrong passphrases being counted, and the time spent on readings that are not "
        + "signed."
    ]
    if let adoptedAt = walk.adoptedAt {
      notes.append(
        "Study, people, cases and openings from before \(adoptedAt) were adopted as found then: an earlier version wrote "
          + "no digests of them, and what was changed before that is not found.")
    }
    if scope == .seat {
      notes.append("At a seat only what it may see is compared; the account that holds the file verifies everything.")
    }
    let more = moreFaults == 0 ? [] : ["and \(moreFaults) more"]
    return AuditVerification(faults: faults + more, notes: notes)
  }
}
