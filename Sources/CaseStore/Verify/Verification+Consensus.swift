// The consensus of a case and the acts of its sessions against the chain.

import Foundation
internal import GRDB
import ReviewCore

extension Verification {
  /// The latest consensus of each round.
  func consensus(_ facts: CaseFacts, _ streams: CaseStreams) throws -> [Int: Consensus] {
    var found: [(row: ConsensusRow, grades: [ConsensusActRow.Grade])] = []
    try each(streams.consensus, of: facts.seq) { row in
      if try found.last?.row.seq != row[1] { found.append((try ConsensusRow(row), [])) }
      if let grade = try ConsensusActRow.Grade(row, from: 8, facts) { found[found.count - 1].grades.append(grade) }
    }
    var latest: [Int: Consensus] = [:]
    for (row, grades) in found {
      check(
        nil, row.uuid, row.digest(grades, of: facts.whole.id), "case \(facts.whole.id): the consensus of \(row.at)")
      latest[row.round] = try row.consensus(grades, codebook: transaction.codebook)
    }
    return latest
  }

  /// The latest version that the acts of each round speak of.
  func acts(_ facts: CaseFacts, _ streams: CaseStreams) throws -> [Int: Int] {
    var found: [(round: Int, seq: Int64, row: ConsensusActRow)] = []
    try each(streams.acts, of: facts.seq) { row in
      if try found.last?.seq != row[1] { found.append(try (row[3], row[1], ConsensusActRow(row, people))) }
      if let grade = try ConsensusActRow.Grade(row, from: 12, facts) {
        found[found.count - 1].row.grades.append(grade)
      }
    }
    var versions: [Int: Int] = [:]
    var last: (round: Int, place: Int64) = (0, 0)
    for (round, _, var act) in found {
      act.grades.sort { $0.place < $1.place }
      let name = "case \(facts.whole.id): an act of the consensus session of \(act.at)"
      versions[round] = max(versions[round] ?? 0, act.version.number)
      guard let place = check(nil, act.uuid, act.digest(of: facts.whole.id, round: round), name) else { continue }
      if last.round == round, place < last.place {
        fault("case \(facts.whole.id): the order of its session's acts was changed")
      }
      last = (round, place)
    }
    return versions
  }
}

/// A row of `consensus`.
private struct ConsensusRow {
  var seq: Int64
  var uuid: String
  var round: Int
  var version: Int
  var origin: String
  var at: String
  var codebook: Int?

  init(_ row: Columns) throws {
    (seq, uuid, round) = try (row[1], row[2], row[3])
    (version, origin, at, codebook) = try (row[4], row[5], row[6], row[7])
  }

  func digest(_ grades: [ConsensusActRow.Grade], of id: CaseID) -> Data {
    Transaction.digest(
      grades, uuid: uuid, at: at, of: id, round: round, version: version, origin: origin, codebook: codebook)
  }

  func consensus(_ grades: [ConsensusActRow.Grade], codebook: Codebook) throws -> Consensus {
    Consensus(
      origin: try Transaction.origin(origin), round: round, version: version,
      grades: try grades.reduce(into: [:]) { all, entry in
        all[try entry.key()] = AgreedGrade(
          try entry.row.grade(codebook), how: try .stored(entry.how, "a way of agreeing"),
          cause: try .stored(entry.cause, "a cause"), rationale: entry.rationale)
      }, codebook: self.codebook ?? codebook.firstVersion)
  }
}

extension ConsensusActRow {
  /// From the columns of `CaseStreams.acts`.
  fileprivate init(_ row: Columns, _ people: [Int64: PrincipalRecord]) throws {
    let kind = try ConsensusAct.Kind.stored(row[4] as String, "an act of a session")
    try self.init(
      .confirmed, uuid: row[2], by: people[row[5]]?.id ?? "",
      version: ConsensusVersion(row[7], revision: row[8]), at: row[10], nonce: row[11])
    self.kind = kind
    subject = try (row[6] as Int64?).flatMap { people[$0]?.id }
    reason = try row[9]
  }
}

extension ConsensusActRow.Grade {
  /// An examination's number and the columns after it; nil where the act is about none.
  fileprivate init?(_ row: Columns, from first: Int, _ facts: CaseFacts) throws {
    guard let seq = try row[first] as Int64? else { return nil }
    guard let examination = facts.id(ofExamination: seq) else {
      throw StoreError.badData(["a consensus is about an examination that the case does not have"])
    }
    try self.init(
      examination: examination, row: GradeRow(row, from: first + 1), how: row[first + 11], cause: row[first + 12],
      rationale: row[first + 13])
  }
}
