// The coordinator gives cases their readers, and hands a case over.

import Foundation
internal import GRDB
import ReviewCore
import TextSafety

/// What an assignment came to.
public struct AssignmentReport: Codable, Hashable, Sendable {
  /// Cases with other readers now.
  public var cases: Int
  /// All cases with fewer readers now than the protocol asks for, of those that are still read.
  public var short: [CaseID]
  /// How many of them this act gave their readers.
  public var shortByThis: Int
  /// Who reads each of them now; nothing after a hand-over.
  public var given: [CaseReaders] = []

  public init(cases: Int = 0, short: [CaseID] = [], shortByThis: Int = 0) {
    (self.cases, self.short, self.shortByThis) = (cases, short, shortByThis)
  }
}

/// What others changed of the cases that a reader reads.
public struct CasesMoved: Hashable, Sendable {
  public var given: [CaseID] = []
  public var taken: [CaseID] = []
  /// Why, as the coordinator said, each once.
  public var reasons: [String] = []
  /// The last assignment there is.
  public var last: Int
}

extension StudyStore {
  /// Who reads which case in the round that is being read, in case order. Coordinator only.
  public func assignments() throws -> [CaseReaders] {
    try checkCoordinator("sees who reads which case")
    return try read { transaction in
      try transaction.casesInOrder().map { facts in
        CaseReaders(facts.whole.id, try transaction.readers(of: facts.seq, round: transaction.round).map(\.id))
      }
    }
  }

  /// Gives cases their readers from this round on, in place of those they had; all or nothing. Coordinator only; audited.
  ///
  /// Drafts of who is taken off a case are kept, sealed, and count only if the case is given back to them. Who has signed an
  /// examination of it stays.
  ///
  /// - Parameter reason: needed where somebody is taken off a case.
  /// - Throws: `StoreError.badData` naming every fault; `.caseOpened`.
  public func assign(_ wanted: [CaseReaders], reason: String? = nil) throws -> AssignmentReport {
    try checkCoordinator("assigns readers")
    return try write { transaction in
      try transaction.checkAssigns()
      var faults: [String] = []
      var changes: [(facts: CaseFacts, readers: [PrincipalRecord])] = []
      for (id, entries) in Dictionary(grouping: wanted, by: \.id) where entries.count > 1 {
        faults.append("case \(id) is there twice; give all its readers at once")
      }
      for entry in wanted {
        let facts = try transaction.factsToAssign(entry.id)
        let (readers, wrong) = try transaction.named(entry)
        let missing = try transaction.takenOff(facts, by: readers)
        faults += wrong.map { "case \(entry.id): \($0)" }
        for reader in missing.signed {
          faults.append(
            "case \(entry.id): \(reader.id) has signed it and stays one of its readers; name \(reader.id) too")
        }
        if !missing.assigned.isEmpty, reason?.saysSomething != true {
          let names = missing.assigned.map(\.id.rawValue).joined(separator: ", ")
          faults.append("case \(entry.id): taking \(names) off it needs a reason in words")
        }
        changes.append((facts, readers))
      }
      guard faults.isEmpty else { throw StoreError.badData(faults.sorted()) }
      return try transaction.assign(changes, .readersAssigned, reason: reason)
    }
  }

  /// Gives every case that is still read, and has fewer readers than the protocol asks for, the ones it lacks: balanced by
  /// the study's seed. Who has begun on a case that nobody was assigned to stays with it, and who handed it over does not
  /// get it back. Coordinator only; audited.
  public func assignBalanced() throws -> AssignmentReport {
    try checkCoordinator("assigns readers")
    return try write { transaction in
      try transaction.checkAssigns()
      let people = try transaction.activeReaders()
      var allotment = try transaction.allotment()
      var changes: [(facts: CaseFacts, readers: [PrincipalRecord])] = []
      for facts in try transaction.casesInOrder() where try transaction.isStillRead(facts) {
        let before = try transaction.assigned(facts.seq, round: transaction.round)
        // Of those who were assigned, who has not left; else who has begun.
        let reading = try transaction.readers(of: facts.seq, round: transaction.round).map(\.seq)
        let known = try before == nil ? transaction.begun(facts) : Set(reading)
        guard known.count < transaction.study.studyProtocol.readersPerCase || before == nil else { continue }
        let all = try transaction.readers().filter { known.contains($0.seq) }
        if before != nil { allotment.forget(all.map(\.id)) }
        let chosen = allotment.allot(
          facts.whole.id, to: all.map(\.id), except: try transaction.everGiven(facts.seq).subtracting(all.map(\.id)))
        let readers = people.filter { chosen.contains($0.id) } + all.filter { !people.contains($0) }
        if before != Set(readers.map(\.seq)) { changes.append((facts, readers)) }
      }
      return try transaction.assign(changes, .readersAssigned, reason: nil)
    }
  }

  /// Hands cases from one reader to another, all or nothing, before any examination of them is signed. What the
  /// first had graded is kept, sealed, and counts only if the case is given back to them. Coordinator only; audited.
  ///
  /// - Throws: `StoreError.badData` naming every case that cannot be handed over, and without a reason; `.caseOpened`,
  ///   `.noSuchPrincipal`.
  public func handOver(
    _ ids: [CaseID], from: PrincipalID, to: PrincipalID, reason: String
  ) throws -> AssignmentReport {
    try checkCoordinator("hands cases over")
    let reason = try Self.stated(reason, "the cases are handed over")
    return try write { transaction in
      try transaction.checkAssigns()
      let giver = try transaction.principal(from)
      try transaction.checkKnown(to)
      let (taker, wrong) = try transaction.named(CaseReaders("", [to]))
      var faults = wrong
      var report = AssignmentReport()
      for id in ids {
        let facts = try transaction.factsToAssign(id)
        let readers = try transaction.readers(of: facts.seq, round: transaction.round)
        if !readers.contains(giver) { faults.append("case \(id): \(from) does not read it") }
        if readers.contains(where: { $0.id == to }) { faults.append("case \(id): \(to) reads it already") }
        if try transaction.signers(facts, round: transaction.round).contains(giver.seq) {
          faults.append("case \(id): \(from) has signed it; what is signed is not handed over")
        }
        guard faults.isEmpty else { continue }
        let change = (facts, readers.filter { $0 != giver } + taker)
        let done = try transaction.assign(
          [change], .handedOver, about: facts, reason: reason, detail: "\(from) to \(to)")
        report.cases += done.cases
        report.shortByThis += done.shortByThis
        report.short = done.short
      }
      guard faults.isEmpty else { throw StoreError.badData(faults) }
      return report
    }
  }

  /// The cases that this reader gained or lost since an assignment, why, and the last assignment there is.
  ///
  /// - Parameter last: nil asks only for the last assignment.
  public func casesMoved(since last: Int?) throws -> CasesMoved {
    try read { transaction in
      var moved = CasesMoved(last: try transaction.db.number("SELECT coalesce(max(seq), 0) FROM assignment"))
      guard let last, last < moved.last, let actor = transaction.actor, actor.isReader else { return moved }
      let changed = try transaction.db.rows(
        "SELECT DISTINCT case_seq FROM assignment WHERE seq > ? AND round = ? ORDER BY case_seq",
        [last, transaction.round]
      ) { try $0[0] as Int64 }
      for number in changed {
        let now = try transaction.reads(actor, number, round: transaction.round)
        guard try transaction.didRead(actor, number, upTo: last) != now else { continue }
        let id = try transaction.facts(seq: number).whole.id
        if now { moved.given.append(id) } else { moved.taken.append(id) }
        for reason in try transaction.reasons(number, after: last) where !moved.reasons.contains(reason) {
          moved.reasons.append(reason)
        }
      }
      return moved
    }
  }

  static func stated(_ reason: String, _ what: String) throws(StoreError) -> String {
    let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    guard reason.saysSomething else {
      throw .badData(["say in words why \(what); the reason goes into the audit trail"])
    }
    return reason
  }
}

extension Transaction {
  /// Why a case got other readers, since an assignment.
  fileprivate func reasons(_ number: Int64, after last: Int) throws -> [String] {
    try db.rows(
      """
      SELECT a.reason FROM assignment s JOIN written w ON w.kind = 'assignment' AND w.subject = s.uuid
        JOIN audit a ON a.seq = w.audit_seq
      WHERE s.case_seq = ? AND s.round = ? AND s.seq > ? AND a.reason IS NOT NULL AND a.kind <> 'reader_withdrawn'
      ORDER BY s.seq
      """, [number, round, last]
    ) { try $0[0] as String }
  }

  func casesInOrder() throws -> [CaseFacts] {
    try db.rows("SELECT seq FROM patient_case ORDER BY natural_key", []) { try $0[0] as Int64 }.map(facts(seq:))
  }

  fileprivate func checkAssigns() throws {
    guard !isJoint else {
      throw StoreError.notPermitted("in this study the readers grade together: nobody is assigned to a case")
    }
  }

  /// Cases that are still read, by fewer than the protocol asks for.
  fileprivate func shortCases() throws -> [CaseID] {
    try casesInOrder().filter {
      try isStillRead($0) && readers(of: $0.seq, round: round).count < study.studyProtocol.readersPerCase
    }.map(\.whole.id)
  }

  func isStillRead(_ facts: CaseFacts) throws -> Bool { try !standing(facts, round: round).stage.isOpen }

  fileprivate func factsToAssign(_ id: CaseID) throws -> CaseFacts {
    let facts = try facts(id)
    guard try isStillRead(facts) else { throw StoreError.caseOpened(id) }
    return facts
  }

  /// Those who have graded anything of a case in this round.
  fileprivate func begun(_ facts: CaseFacts) throws -> Set<Int64> {
    Set(
      try db.rows("SELECT DISTINCT principal_seq FROM reading WHERE case_seq = ? AND round = ?", [facts.seq, round]) {
        try $0[0] as Int64
      })
  }

  /// The readers that are named, and what is wrong with the names.
  fileprivate func named(_ entry: CaseReaders) throws -> (readers: [PrincipalRecord], faults: [String]) {
    let all = try principals()
    var faults = entry.readers.compactMap { id -> String? in
      guard let person = all.first(where: { $0.id == id }) else {
        return StoreError.noSuchPrincipal(id, known: all.filter(\.isReader).map(\.id)).description
      }
      if !person.isReader { return "\(id) is a \(person.principal.role.rawValue) and reads no cases" }
      return person.principal.withdrawn == nil ? nil : "\(id) has left the study"
    }
    if Set(entry.readers).count < entry.readers.count { faults.append("a reader is named twice") }
    if entry.readers.isEmpty { faults.append("name its readers") }
    return (all.filter { entry.readers.contains($0.id) }, faults)
  }

  /// Who would be taken off a case: of all its readers those who have signed an examination of it, amended since or not, and
  /// of those who were assigned the rest.
  fileprivate func takenOff(
    _ facts: CaseFacts, by readers: [PrincipalRecord]
  ) throws -> (signed: [PrincipalRecord], assigned: [PrincipalRecord]) {
    let gone = try self.readers(of: facts.seq, round: round).filter { !readers.contains($0) }
    let signers = try signers(facts, round: round)
    let wasAssigned = try assigned(facts.seq, round: round) != nil
    return (
      gone.filter { signers.contains($0.seq) }, wasAssigned ? gone.filter { !signers.contains($0.seq) } : []
    )
  }

  /// Writes assignments down as one act, and brings the worklists in step.
  func assign(
    _ changes: [(facts: CaseFacts, readers: [PrincipalRecord])], _ kind: AuditKind, about: CaseFacts? = nil,
    reason: String?, detail: String? = nil
  ) throws -> AssignmentReport {
    var report = AssignmentReport()
    for (facts, readers) in changes {
      guard try assigned(facts.seq, round: round) != Set(readers.map(\.seq)) else { continue }
      try assign(readers, to: facts.seq)
      report.cases += 1
      report.given.append(CaseReaders(facts.whole.id, readers.map(\.id)))
      if readers.count < study.studyProtocol.readersPerCase { report.shortByThis += 1 }
    }
    report.short = try shortCases()
    guard report.cases > 0 || kind == .readerWithdrawn else { return report }
    try audit(
      kind, facts: about, round: round, reason: reason,
      detail: detail ?? "\(report.cases) \(report.cases == 1 ? "case" : "cases")")
    let lists = try lists()
    for (facts, _) in changes {
      try refreshStage(facts, round: round)
      try refresh(facts, in: lists)
    }
    try renumber()
    return report
  }
}
