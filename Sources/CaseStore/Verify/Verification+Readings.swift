// The readings of a case: steps, signatures and amendments against the chain, and the grades shown against the steps.

import Foundation
internal import GRDB
import ReviewCore

/// What the facts of a reading come to.
struct VerifiedReading {
  var rows: [GradeRow.Key: GradeRow]
  var standing: ReadingStanding
  /// The version of the codebook that its last signature is under; nil where that does not say.
  var codebook: Int?
}

extension Verification {
  func readings(_ facts: CaseFacts, _ streams: CaseStreams) throws -> [ReadingID: VerifiedReading] {
    let records = try collect(facts, streams)
    var verified: [ReadingID: VerifiedReading] = [:]
    for id in records.keys.sorted() {
      guard let found = records[id] else { continue }
      guard let reader = people[id.reader], let examination = facts.id(ofExamination: id.examination) else {
        fault(
          "case \(facts.whole.id), round \(id.round): a reading by somebody, or of an examination, not in the study")
        continue
      }
      let key = ReadingKey(facts, round: id.round, reader: reader, examination, seq: id.examination)
      let rows = check(found, key)
      if found.isFact {
        verified[id] = VerifiedReading(
          rows: rows, standing: found.expected,
          codebook: found.signatures.last { $0.version == found.expected.version }?.codebook)
      }
    }
    return verified
  }

  private func collect(_ facts: CaseFacts, _ streams: CaseStreams) throws -> [ReadingID: ReadingRecords] {
    var records: [ReadingID: ReadingRecords] = [:]
    // Rows of a reading lie together: gathered beside the dictionary, which would cost a look-up for each.
    var (id, steps) = (ReadingID?.none, [Step]())
    func keepSteps() { if let id { records[id, default: ReadingRecords()].steps = steps } }
    try each(streams.steps, of: facts.seq) { row in
      let next = try ReadingID(row)
      if next != id {
        keepSteps()
        (id, steps) = (next, [])
      }
      if try steps.last?.seq != row[4] { steps.append(try Step(row, from: 4)) }
      if try (row[12] as String?) != nil { steps[steps.count - 1].rows.append(try GradeRow(row, from: 12)) }
    }
    keepSteps()
    try each(streams.signatures, of: facts.seq) { row in
      records[try ReadingID(row), default: ReadingRecords()].signatures.append(try signature(row, facts))
    }
    try each(streams.amendments, of: facts.seq) { row in
      records[try ReadingID(row), default: ReadingRecords()].amendments.append(
        try Amendment(uuid: row[4], version: row[5], at: row[6], reason: row[7], nonce: row[8]))
    }
    var shown: [GradeRow.Key: GradeRow] = [:]
    id = nil
    func keepShown() { if let id { records[id, default: ReadingRecords()].shown = shown } }
    try each(streams.shown, of: facts.seq) { row in
      let next = try ReadingID(row)
      if next != id {
        keepShown()
        (id, shown) = (next, [:])
      }
      let grade = try GradeRow(row, from: 4)
      shown[grade.key] = grade
    }
    keepShown()
    try each(streams.standings, of: facts.seq) { row in
      records[try ReadingID(row), default: ReadingRecords()].standing = try ReadingStanding(
        version: row[4], signedAt: row[5])
    }
    try each(streams.seconds, of: facts.seq) { row in
      records[try ReadingID(row), default: ReadingRecords()].seconds = try row[4]
    }
    return records
  }

  private func signature(_ row: Columns, _ facts: CaseFacts) throws -> Signature {
    let text: String = try row[8]
    let missing = text == "[]" ? [] : try Document.value([FindingID].self, text, of: "a signature")
    // Its digest is of the list, not of how it is written.
    if try Document.text(missing) != text {
      fault("case \(facts.whole.id): the signature of \(try row[6] as String) is not as it was written")
    }
    return try Signature(
      uuid: row[4], version: row[5], at: row[6], meaning: row[7], missing: missing, seconds: row[9],
      codebook: row[10], nonce: row[11])
  }

  /// - Returns: what the steps come to.
  private func check(_ found: ReadingRecords, _ key: ReadingKey) -> [GradeRow.Key: GradeRow] {
    func name(_ what: String) -> String {
      "case \(key.facts.whole.id), \(key.examination.title), round \(key.round), reader \(key.reader.id)\(what)"
    }
    var last: Int64 = 0
    for step in found.steps {
      guard let place = check(nil, step.uuid, step.digest(key), name(": a step of \(step.at)")) else { continue }
      if place < last { fault(name(": the order of its steps was changed")) }
      last = place
    }
    for amendment in found.amendments {
      check(nil, amendment.uuid, amendment.digest(key), name(": the amendment of \(amendment.at)"))
    }
    let rows = StepStack(found.steps).rows
    for signature in found.signatures {
      let isLatest = found.steps.allSatisfy { $0.version <= signature.version }
      let signed = isLatest ? rows : StepStack(found.steps.filter { $0.version <= signature.version }).rows
      check(
        nil, signature.uuid, signature.digest(key, rows: Array(signed.values)),
        name(": the reading signed at \(signature.at)"))
    }
    checkTime(found, name(": the time spent"))
    if found.isFact
      ? found.shown != rows || found.standing != found.expected : !found.shown.isEmpty || found.standing != nil
    {
      fault(name(": what is shown is not what was graded; ‘endplate rebuild’ rebuilds it"))
    }
    return rows
  }

  /// The time spent on a signed reading is the signature's; until then nobody's word.
  private func checkTime(_ found: ReadingRecords, _ name: String) {
    for signature in found.signatures {
      let isStanding = found.expected == ReadingStanding(version: signature.version, signedAt: signature.at)
      if let seconds = signature.seconds {
        if isStanding, seconds != found.seconds { fault("\(name) is not what was signed") }
        continue
      }
      let written = Written.timeSpent(found.seconds, signature: signature.uuid, nonce: signature.nonce)
      if isStanding {
        check(.timeSpent, signature.uuid, written.digest, name)
      } else {
        // Amended since.
        _ = index.find(.timeSpent, signature.uuid, digest: nil)
      }
    }
  }
}
