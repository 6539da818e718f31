// Readings from elsewhere into the study: all or nothing, and never in the place of anything read here.

import Foundation
internal import GRDB
import ReviewCore
import TextSafety

/// Readings and consensus that were made elsewhere.
public struct ReadingsImport: Hashable, Sendable {
  public var readings: [CaseReading]
  public var consensus: [CaseID: [Consensus]]

  /// A reading with its case.
  public struct CaseReading: Hashable, Sendable {
    public var caseID: CaseID
    public var reading: Reading

    public init(_ caseID: CaseID, _ reading: Reading) {
      self.caseID = caseID
      self.reading = reading
    }
  }

  public init(readings: [CaseReading], consensus: [CaseID: [Consensus]] = [:]) {
    self.readings = readings
    self.consensus = consensus
  }
}

/// Why something cannot be imported.
public struct ReadingsFault: Hashable, Sendable {
  public var caseID: CaseID
  /// Nil where it is about the case or its consensus.
  public var reading: Reading?
  public var words: String
}

/// What an import of readings did, or would do.
public struct ReadingsReport: Hashable, Sendable {
  public var readings = 0
  public var consensus = 0
  /// There already, and the same.
  public var unchanged = 0
  public var cases: Set<CaseID> = []
  public var readers: Set<PrincipalID> = []
  /// Cases that nobody grades here any more: their consensus, or readings of readers of this study, come from elsewhere.
  public var closed: Set<CaseID> = []
  /// Of the readers those who are readers of this study.
  public var own: Set<PrincipalID> = []

  /// `6 readings by S1, S2 and the consensus of 1 case, of 2 cases; 3 there already`.
  public var summary: String {
    let by = readers.isEmpty ? "" : " by \(readers.sorted().map(\.rawValue).joined(separator: ", "))"
    let parts: [String] =
      (readings > 0 ? [readings.counted("reading") + by] : [])
      + (consensus > 0 ? ["the consensus of \(consensus.counted("case"))"] : [])
    return (parts.isEmpty ? "nothing" : "\(parts.joined(separator: " and ")), of \(cases.count.counted("case"))")
      + (unchanged > 0 ? "; \(unchanged) there already" : "")
  }
}

extension StudyStore {
  /// What keeps readings from being imported; empty where nothing does.
  public func faults(of wanted: ReadingsImport) throws -> [ReadingsFault] {
    try checkCoordinator("imports readings")
    return try read { try $0.faults(of: wanted) }
  }

  /// What importing them would do. Nothing is changed.
  public func preview(of wanted: ReadingsImport) throws -> ReadingsReport {
    try checkCoordinator("imports readings")
    return try read { try $0.plan(wanted).report }
  }

  /// Stores readings that were made elsewhere, marked as such. Only the coordinator may; audited.
  ///
  /// - Parameter source: the file they come from, for the audit trail.
  /// - Throws: `StoreError.badData` naming every fault; then nothing is changed.
  public func importReadings(_ wanted: ReadingsImport, from source: String) throws -> ReadingsReport {
    try checkCoordinator("imports readings")
    return try write { transaction in
      let faults = try transaction.faults(of: wanted)
      guard faults.isEmpty else { throw StoreError.badData(faults.map(\.words)) }
      let (report, readings, consensus) = try transaction.plan(wanted)
      for (facts, reading) in readings { try transaction.insert(reading, of: facts) }
      for (facts, consensus) in consensus { try transaction.insert(consensus, of: facts) }
      for id in report.cases { try transaction.refreshAllRounds(transaction.facts(id)) }
      if !readings.isEmpty || !consensus.isEmpty {
        try transaction.audit(.readingsImported, detail: "\(report.summary); from \(source)")
      }
      return report
    }
  }
}

extension Transaction {
  fileprivate typealias Plan = (
    report: ReadingsReport, readings: [(CaseFacts, Reading)], consensus: [(CaseFacts, Consensus)]
  )

  /// What of it is not there yet.
  fileprivate func plan(_ wanted: ReadingsImport) throws -> Plan {
    var plan: Plan = (ReadingsReport(), [], [])
    let people = Set(try principals().filter(\.isReader).map(\.id))
    var known: [CaseID: CaseFacts] = [:]
    func facts(_ id: CaseID) throws -> CaseFacts {
      if let facts = known[id] { return facts }
      let facts = try self.facts(id)
      known[id] = facts
      return facts
    }
    for entry in wanted.readings {
      let facts = try facts(entry.caseID)
      guard try existing(entry.reading, facts) == nil else {
        plan.report.unchanged += 1
        continue
      }
      plan.readings.append((facts, entry.reading))
      plan.report.readings += 1
      plan.report.readers.insert(entry.reading.reader)
      plan.report.cases.insert(entry.caseID)
      guard people.contains(entry.reading.reader) else { continue }
      plan.report.own.insert(entry.reading.reader)
      if try !isReadElsewhere(facts) { plan.report.closed.insert(entry.caseID) }
    }
    for (id, all) in wanted.consensus.sorted(by: { $0.key < $1.key }) {
      for consensus in all {
        let facts = try facts(id)
        guard try importedConsensus(facts, round: consensus.round) == nil else {
          plan.report.unchanged += 1
          continue
        }
        plan.consensus.append((facts, consensus))
        plan.report.consensus += 1
        plan.report.cases.insert(id)
        if try !isReadElsewhere(facts) { plan.report.closed.insert(id) }
      }
    }
    return plan
  }

  func existing(_ reading: Reading, _ facts: CaseFacts) throws -> Reading? {
    try importedReadings(facts, round: reading.round).first {
      $0.reader == reading.reader && $0.examination == reading.examination
    }
  }

  // MARK: Rows

  fileprivate func insert(_ reading: Reading, of facts: CaseFacts) throws {
    guard case .imported(let elsewhere) = reading.state else { return }
    var arguments: StatementArguments = [environment.newID(), facts.seq, try facts.examination(reading.examination)]
    arguments += [reading.round, reading.reader.rawValue, reading.version, elsewhere.read, reading.seconds]
    arguments += [reading.note, elsewhere.madeIn, Self.nonce(), elsewhere.codebook]
    let seq = try db.insert(
      """
      INSERT INTO imported_reading
        (uuid, case_seq, examination_seq, round, reader, version, read_at, seconds, note, made_in, nonce, codebook)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, arguments)
    for (key, grade) in reading.grades {
      try db.run(
        "INSERT INTO imported_grade (reading_seq, \(GradeRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [seq] + GradeRow(key, grade).arguments)
    }
    try wrote(.importedReading, seq: seq)
  }

  fileprivate func insert(_ consensus: Consensus, of facts: CaseFacts) throws {
    let seq = try db.insert(
      "INSERT INTO imported_consensus (uuid, case_seq, round, version, made_in, codebook) VALUES (?, ?, ?, ?, ?, ?)",
      [
        environment.newID(), facts.seq, consensus.round, consensus.version,
        consensus.madeIn ?? ReadElsewhere.unnamed, consensus.codebook,
      ])
    for (key, agreed) in consensus.grades {
      let row = GradeRow(key, agreed.grade)
      var arguments: StatementArguments = [seq, try facts.examination(key.examination)]
      arguments += row.arguments
      arguments += [agreed.how?.rawValue, agreed.cause?.rawValue, agreed.rationale, agreed.votes]
      try db.run(
        """
        INSERT INTO imported_consensus_grade (consensus_seq, examination_seq, \(GradeRow.columns), how, cause, rationale, votes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments)
    }
    try wrote(.importedConsensus, seq: seq)
  }
}
