// Case by case: its facts against their digests, its readings, its consensus, and where it stands.

import Foundation
internal import GRDB
import ReviewCore

extension Verification {
  func cases(progress: (_ done: Int, _ total: Int) -> Void) throws {
    let streams = try CaseStreams(db, filter: VerificationFilter(transaction, scope: scope))
    let total = try db.number("SELECT count(*) FROM patient_case")
    for index in lists.indices { lists[index].reserve(total) }
    var done = 0
    while let row = try streams.cases.next() {
      let (seq, id) = try (row[0] as Int64, CaseID(row[2] as String))
      for index in lists.indices { lists[index].begin(seq) }
      do { try verify(row, seq: seq, id: id, streams) } catch let error as StoreError {
        fault("case \(id): \(error)")
      } catch let error as GradeError {
        fault("case \(id): holds a grade that cannot be understood: \(error)")
      }
      // Whatever a fault has left unread.
      for rows in streams.all { try rows.skip(before: seq + 1) }
      done += 1
      if done % 500 == 0 { progress(done, total) }
    }
    for rows in streams.all where try !rows.skip(before: .max) { fault(rows.orphan) }
    progress(total, total)
  }

  private func verify(_ row: Columns, seq: Int64, id: CaseID, _ streams: CaseStreams) throws {
    var fields = HashedFields()
    fields.add(valuesOf: row)
    check(.patientCase, try row[1], fields.hash, "case \(id): what was imported of it")
    var whole = try Document.value(Case.self, row[4], of: "its document")
    if try whole.id != id || (row[3] as Data) != ReadingOrder.naturalKey(id) { fault("case \(id): its id was changed") }
    var numbers: [ExaminationID: Int64] = [:]
    whole.examinations = try examinations(seq: seq, of: id, streams) { numbers[$0] = $1 }
    let facts = CaseFacts(seq: seq, whole: whole, examinations: numbers)

    let readings = try readings(facts, streams)
    let opened = try openings(facts, streams)
    let consensus = try consensus(facts, streams)
    let versions = try acts(facts, streams)
    var found: [Int: CaseStanding] = [:]
    try each(streams.rounds, of: seq) { row in
      let round: Int = try row[1]
      guard let stage = CaseStage(rawValue: try row[3]) else {
        throw StoreError.badData(["the study file holds an unknown stage ‘\(try row[3] as String)’"])
      }
      found[round] = try CaseStanding(stage: stage, signed: row[2], isOpened: opened.contains(round))
    }
    let isReadElsewhere = try hasImports && transaction.isReadElsewhere(facts)
    if scope == .file {
      let wanted = try (1...transaction.round).map { round in
        let signed = try complete(facts, readings, round: round)
        let stage = Transaction.stage(
          signed: signed, required: try transaction.required(seq, round: round), isOpened: opened.contains(round),
          acts: versions[round] ?? 0,
          latest: consensus[round].map { ($0.origin, $0.version) }, isReadElsewhere: isReadElsewhere)
        return (round, CaseStanding(stage: stage, signed: signed, isOpened: opened.contains(round)))
      }
      if found != Dictionary(uniqueKeysWithValues: wanted) {
        fault("case \(id): where it stands is not what readings and consensus say; ‘endplate rebuild’ rebuilds it")
        found = Dictionary(uniqueKeysWithValues: wanted)
      }
    }
    for index in lists.indices {
      let list = lists[index].record
      if let reader = list.reader, try !transaction.reads(reader, seq, round: list.round) { continue }
      let standing = found[list.round] ?? CaseStanding(stage: .reading, signed: 0, isOpened: false)
      let own = try own(facts, in: list, readings)
      let view = try transaction.view(facts, in: list, standing: standing, own: own) {
        try consensus[list.round] ?? (isReadElsewhere ? transaction.importedConsensus(facts) : nil)
      }
      lists[index].expect(try transaction.expected(view, standing: standing, facts, in: list))
    }
  }

  func each(_ rows: CaseRows, of seq: Int64, _ body: (Columns) throws -> Void) throws {
    if try !rows.each(of: seq, body) { fault(rows.orphan) }
  }

  private func examinations(
    seq: Int64, of id: CaseID, _ streams: CaseStreams, number: (ExaminationID, Int64) -> Void
  ) throws -> [Examination] {
    var digests: [Int64: HashedFields] = [:]
    var found: [(seq: Int64, uuid: String, id: ExaminationID, remarks: String)] = []
    try each(streams.examinations, of: seq) { row in
      var fields = HashedFields()
      fields.add(valuesOf: row, from: 1)
      digests[try row[1]] = fields
      found.append(try (row[1], row[2], ExaminationID(row[4] as String), row[6]))
    }
    try each(streams.acquisitions, of: seq) { row in digests[try row[1]]?.add(valuesOf: row, from: 2) }
    for examination in found {
      number(examination.id, examination.seq)
      check(
        .examination, examination.uuid, digests[examination.seq]?.hash,
        "case \(id), \(examination.id.title): what was imported of the examination or its acquisitions")
    }
    return try found.sorted { $0.id.months < $1.id.months }.map { examination in
      try ExaminationText.examination(examination.id, examination.remarks)
    }
  }

  private func openings(_ facts: CaseFacts, _ streams: CaseStreams) throws -> Set<Int> {
    var rounds: Set<Int> = []
    try each(streams.openings, of: facts.seq) { row in
      var fields = HashedFields()
      fields.add(valuesOf: row, from: 1)
      let (uuid, digest) = try (row[2] as String, fields.hash)
      let name = "case \(facts.whole.id): its opening in round \(try row[4] as Int)"
      rounds.insert(try row[4])
      switch index.find(nil, uuid, digest: digest) {
      case .asWritten: break
      // Of a file of an earlier version.
      case .withoutDigest: check(.opening, uuid, digest, name)
      case .changed: fault("\(name) is not as it was written")
      case .unknown: fault("\(name) is in no audit row")
      }
    }
    return rounds
  }

  /// The reader's readings of a list's round, as their steps say.
  private func own(
    _ facts: CaseFacts, in list: ListRecord, _ readings: [ReadingID: VerifiedReading]
  ) throws -> [Reading] {
    guard let reader = list.reader else { return [] }
    return try facts.whole.examinations.compactMap { examination in
      guard let seq = facts.examinations[examination.id],
        let verified = readings[ReadingID(round: list.round, reader: reader.seq, examination: seq)]
      else { return nil }
      var reading = Reading(
        reader: reader.id, examination: examination.id, round: list.round, version: verified.standing.version,
        state: try verified.standing.signedAt.map { .signed(try Timestamp.date($0)) } ?? .draft)
      if reading.state.isSigned { reading.codebook = verified.codebook ?? transaction.codebook.firstVersion }
      let key = ReadingKey(facts, round: list.round, reader: reader, examination.id, seq: seq)
      if try transaction.isLocked(key) { return reading }
      for (key, row) in verified.rows where key.finding != Transaction.readingNote.rawValue {
        guard let comparator = Comparator(rawValue: key.comparator) else {
          throw StoreError.badData(["the study file holds an unknown comparator ‘\(key.comparator)’"])
        }
        reading.grades[GradeKey(examination.id, FindingID(key.finding), comparator: comparator)] = try row.grade(
          transaction.codebook)
      }
      return reading
    }
  }

  /// Readers who have signed all their readings of a round and answered what is asked afterwards.
  private func complete(_ facts: CaseFacts, _ readings: [ReadingID: VerifiedReading], round: Int) throws -> Int {
    let readers = Set(try transaction.readers(of: facts.seq, round: round).map(\.seq))
    var signed: [Int64: Int] = [:]
    for (id, reading) in readings where id.round == round && reading.standing.signedAt != nil {
      signed[id.reader, default: 0] += 1
    }
    return signed.filter { reader, count in
      count == facts.examinations.count && readers.contains(reader)
        && askedAfterwards.allSatisfy { asked in
          readings.contains { id, reading in
            id.round == round && id.reader == reader && reading.rows.keys.contains { $0.finding == asked }
          }
        }
    }.count
  }
}
