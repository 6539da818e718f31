// One transaction: the connection, and what every act needs to know of study and people.

import struct Foundation.Date
internal import GRDB
import ReviewCore

/// A principal with the local number of their row.
struct PrincipalRecord: Hashable, Sendable {
  var seq: Int64
  var principal: Principal
  var id: PrincipalID { principal.id }
  var isReader: Bool { principal.role == .reader }
}

/// A worklist: of one reader in one round, or of everybody who is no reader.
struct ListRecord: Hashable {
  var seq: Int64
  var round: Int
  var reader: PrincipalRecord?
}

/// Lives no longer than the closure it is passed to, on the connection's own queue.
final class Transaction {
  let db: Database
  let study: Study
  let environment: StoreEnvironment
  let actor: PrincipalRecord?
  /// The round that is being read.
  let round: Int
  /// Rows that the next act without a record writes down.
  var written: [Written] = []
  /// Whether anybody was assigned to a case; nil until it is looked up.
  var knownToAssign: Bool?
  /// Who has left the study, and when; nil before somebody asked.
  var knownDepartures: [PrincipalID: Date]?
  private var termNumbers: [Term: Int64] = [:]
  /// What resets locked, by the local number of the reader; nil until it is looked up.
  var knownLocks: [Int64: [ReadingLock]]?
  var knownUnproven: [PrincipalID: [Unproven]] = [:]

  init(_ db: Database, study: Study, environment: StoreEnvironment, actor: PrincipalRecord?) throws {
    self.db = db
    self.study = study
    self.environment = environment
    self.actor = actor
    round = try db.number("SELECT round FROM study")
    guard (1...study.studyProtocol.rounds).contains(round) else {
      throw StoreError.unknownCode(String(round), "the round that is being read")
    }
  }

  var codebook: Codebook { study.codebook }
  var isJoint: Bool { study.studyProtocol.mode == .joint }
  func principals() throws -> [PrincipalRecord] {
    try db.rows("SELECT seq, id, name, role, withdrawn FROM principal ORDER BY seq") { row in
      var principal = try Principal(
        PrincipalID(row[1] as String), name: row[2], role: .stored(row[3] as String, "a role"))
      principal.withdrawn = try row[4]
      return PrincipalRecord(seq: try row[0], principal: principal)
    }
  }

  func readers() throws -> [PrincipalRecord] { try principals().filter(\.isReader) }

  /// The worklists of a round, of the one that is being read unless said.
  func lists(round wanted: Int? = nil) throws -> [ListRecord] {
    let round = wanted ?? round
    let people = Dictionary(uniqueKeysWithValues: try principals().map { ($0.seq, $0) })
    return try db.rows("SELECT seq, principal_seq FROM list WHERE round = ? ORDER BY seq", [round]) { row in
      try ListRecord(seq: row[0], round: round, reader: (row[1] as Int64?).flatMap { people[$0] })
    }
  }

  /// The worklist that the acting principal sees.
  func ownList() throws -> ListRecord {
    let reader = actor.flatMap { $0.isReader ? $0 : nil }
    guard
      let seq = try db.first(
        "SELECT seq FROM list WHERE round = ? AND ifnull(principal_seq, 0) = ?", [round, reader?.seq ?? 0],
        { try $0[0] as Int64 })
    else { throw StoreError.badData(["the study file has no worklist of round \(round)"]) }
    return ListRecord(seq: seq, round: round, reader: reader)
  }

  /// The number of a search term; nil where no worklist has had it yet.
  func knownNumber(of term: Term) throws -> Int64? {
    if let known = termNumbers[term] { return known }
    let number = try db.first("SELECT seq FROM term WHERE fact = ? AND word = ?", [term.fact, term.word]) {
      try $0[0] as Int64
    }
    termNumbers[term] = number
    return number
  }

  /// The number of a search term, made when it is new.
  func number(of term: Term) throws -> Int64 {
    if let known = try knownNumber(of: term) { return known }
    let number = try db.insert("INSERT INTO term (fact, word) VALUES (?, ?)", [term.fact, term.word])
    termNumbers[term] = number
    return number
  }
}
