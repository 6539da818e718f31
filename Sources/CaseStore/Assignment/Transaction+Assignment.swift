// Who reads a case. Where somebody was assigned to it, those and nobody else; where nobody was, all readers do. Who left the
// study reads nothing in the rounds after.

import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  /// Local numbers of those who were assigned to a case, as it stands in a round; nil where nobody was.
  func assigned(_ number: Int64, round: Int) throws -> Set<Int64>? {
    guard try hasAssignments else { return nil }
    let last = try db.first(
      "SELECT seq FROM assignment WHERE case_seq = ? AND round <= ? ORDER BY seq DESC LIMIT 1", [number, round]
    ) { try $0[0] as Int64 }
    guard let last else { return nil }
    return Set(
      try db.rows("SELECT principal_seq FROM assignment_reader WHERE assignment_seq = ?", [last]) {
        try $0[0] as Int64
      })
  }

  /// Whether a reader read a case by the assignments up to one of them; all read what nobody was assigned to.
  func didRead(_ reader: PrincipalRecord, _ number: Int64, upTo last: Int) throws -> Bool {
    try db.first(
      """
      SELECT EXISTS (SELECT 1 FROM assignment_reader r WHERE r.assignment_seq = a.seq AND r.principal_seq = ?)
      FROM assignment a WHERE a.case_seq = ? AND a.round <= ? AND a.seq <= ? ORDER BY a.seq DESC LIMIT 1
      """, [reader.seq, number, round, last]
    ) { try $0[0] as Bool } ?? true
  }

  /// Whether anybody was ever assigned to anything: most studies have nothing, and are not asked case by case.
  var readsNotAll: Bool { get throws { try hasAssignments || actor?.principal.withdrawn != nil } }

  private var hasAssignments: Bool {
    get throws {
      if let known = knownToAssign { return known }
      let found = try db.number("SELECT EXISTS (SELECT 1 FROM assignment)") > 0
      knownToAssign = found
      return found
    }
  }

  func reads(_ reader: PrincipalRecord, _ number: Int64, round: Int) throws -> Bool {
    if let left = reader.principal.withdrawn, left < round { return false }
    return try assigned(number, round: round)?.contains(reader.seq) ?? true
  }

  /// Whether the acting principal may see a case at all: a reader those that they read.
  func mayRead(_ number: Int64, round wanted: Int? = nil) throws -> Bool {
    guard let actor, actor.isReader else { return true }
    return try reads(actor, number, round: wanted ?? round)
  }

  /// Those who read a case in a round, in the order of the study.
  func readers(of number: Int64, round: Int) throws -> [PrincipalRecord] {
    let assigned = try assigned(number, round: round)
    return try readers().filter { reader in
      if let left = reader.principal.withdrawn, left < round { return false }
      return assigned?.contains(reader.seq) ?? true
    }
  }

  /// How many must sign a case before it may be opened: all who read it. Where nobody was assigned those are all readers,
  /// and at least as many as the protocol says unless somebody has left.
  func required(_ number: Int64, round: Int) throws -> Int {
    try requiredOfAssigned(number, round: round) ?? required(round: round)
  }

  /// Nil where nobody was assigned.
  func requiredOfAssigned(_ number: Int64, round: Int) throws -> Int? {
    guard !isJoint, try assigned(number, round: round) != nil else { return nil }
    // A case without readers waits for one.
    return max(1, try readers(of: number, round: round).count)
  }

  /// Of a case to which nobody was assigned. A round that is over waits for nobody who came after it.
  func required(round wanted: Int) throws -> Int {
    guard !isJoint else { return 0 }
    let all = try readers()
    let left = all.count { $0.principal.withdrawn.map { $0 < wanted } ?? false }
    let here = max(1, all.count - left)
    let planned = study.studyProtocol.readersPerCase
    if wanted < round { return left == 0 ? planned : min(planned, here) }
    return left == 0 ? max(planned, here) : here
  }

  /// Gives a case its readers from this round on, in place of those it had; worklists are brought up to date by the caller,
  /// and the act is written down by it.
  func assign(_ readers: [PrincipalRecord], to number: Int64) throws {
    let seq = try db.insert(
      "INSERT INTO assignment (uuid, case_seq, round, at) VALUES (?, ?, ?, ?)",
      [environment.newID(), number, round, Timestamp.text(environment.now())])
    for reader in readers { try db.run("INSERT INTO assignment_reader VALUES (?, ?)", [seq, reader.seq]) }
    knownToAssign = true
    try wrote(.assignment, seq: seq)
  }

  /// Everybody who was given a case in this round at some time, whoever has it now.
  func everGiven(_ number: Int64) throws -> Set<PrincipalID> {
    let seqs = try db.rows(
      """
      SELECT DISTINCT r.principal_seq FROM assignment_reader r JOIN assignment a ON a.seq = r.assignment_seq
      WHERE a.case_seq = ? AND a.round = ?
      """, [number, round]
    ) { try $0[0] as Int64 }
    return Set(try readers().filter { seqs.contains($0.seq) }.map(\.id))
  }

  /// Those who have not left the study.
  func activeReaders() throws -> [PrincipalRecord] { try readers().filter { $0.principal.withdrawn == nil } }

  /// What deals readers to cases in this round, with the cases that have some counted.
  func allotment() throws -> ReaderAllotment {
    var allotment = ReaderAllotment(
      try activeReaders().map(\.id), perCase: study.studyProtocol.readersPerCase, seed: study.studyProtocol.seed)
    let people = Dictionary(uniqueKeysWithValues: try readers().map { ($0.seq, $0.id) })
    let sets = try db.rows(
      """
      SELECT r.assignment_seq, r.principal_seq FROM assignment_reader r
      WHERE r.assignment_seq IN (SELECT max(seq) FROM assignment WHERE round <= ? GROUP BY case_seq)
      ORDER BY r.assignment_seq
      """, [round]
    ) { try (assignment: $0[0] as Int64, reader: $0[1] as Int64) }
    for set in Dictionary(grouping: sets, by: \.assignment).sorted(by: { $0.key < $1.key }) {
      allotment.count(set.value.compactMap { people[$0.reader] })
    }
    return allotment
  }
}

/// Gives cases that come into the study their readers, as the study says.
struct NewCaseReaders {
  private let table: [CaseID: [PrincipalID]]
  private let readers: [PrincipalRecord]
  private let isForEverybody: Bool
  private var allotment: ReaderAllotment?

  init(_ transaction: Transaction) throws {
    let study = transaction.study
    table = Dictionary(study.assign.map { ($0.id, $0.readers) }, uniquingKeysWith: { first, _ in first })
    readers = try transaction.activeReaders()
    // Without rows a case would be read by who has left.
    isForEverybody = try transaction.readers().count == readers.count
    let isBalanced = study.studyProtocol.assignment == .balanced && !transaction.isJoint
    allotment = isBalanced ? try transaction.allotment() : nil
  }

  /// Writes down who reads a case; nothing where everybody does.
  mutating func assign(_ facts: CaseFacts, _ transaction: Transaction) throws {
    if let wanted = table[facts.whole.id] {
      let named = readers.filter { wanted.contains($0.id) }
      allotment?.count(named.map(\.id))
      return try transaction.assign(named, to: facts.seq)
    }
    if let chosen = allotment?.allot(facts.whole.id) {
      return try transaction.assign(readers.filter { chosen.contains($0.id) }, to: facts.seq)
    }
    if !isForEverybody { try transaction.assign(readers, to: facts.seq) }
  }
}
