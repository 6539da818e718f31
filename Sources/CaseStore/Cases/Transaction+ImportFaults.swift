// What keeps readings from elsewhere out of a study.

internal import GRDB
import ReviewCore

extension Transaction {
  func faults(of wanted: ReadingsImport) throws -> [ReadingsFault] {
    var faults: [ReadingsFault] = []
    let people = try principals()
    let ids = wanted.readings.map(\.caseID) + wanted.consensus.keys.sorted()
    for id in ids.reduce(into: [CaseID](), { if $0.last != $1, !$0.contains($1) { $0.append($1) } }) {
      let facts: CaseFacts
      do { facts = try self.facts(id) } catch let error as StoreError {
        faults.append(ReadingsFault(caseID: id, reading: nil, words: error.description))
        continue
      }
      let readings = wanted.readings.filter { $0.caseID == id }.map(\.reading)
      faults += try readings.flatMap { reading in
        try self.faults(of: reading, facts, people).map {
          ReadingsFault(caseID: id, reading: reading, words: "case \(id), \(reading.examination.title): \($0)")
        }
      }
      let all = wanted.consensus[id] ?? []
      faults += try all.flatMap { try self.faults(of: $0, facts) }.map {
        ReadingsFault(caseID: id, reading: nil, words: "case \(id), consensus: \($0)")
      }
      let closes = readings.first { reading in people.contains { $0.id == reading.reader && $0.isReader } }
      if !all.isEmpty || closes != nil, try isBegun(facts) {
        faults.append(
          ReadingsFault(
            caseID: id, reading: closes,
            words: "case \(id) is being read here, and what is read here is never replaced; import it into a study in "
              + "which nobody has begun to read the case, or leave its consensus and \(closes?.reader.rawValue ?? "readers of this study") out"
          ))
      }
    }
    return faults
  }

  private func faults(of reading: Reading, _ facts: CaseFacts, _ people: [PrincipalRecord]) throws -> [String] {
    var faults: [String] = []
    if !reading.reader.isValid {
      faults.append("‘\(reading.reader)’ is not a reader's id; use 1 to 32 letters a-z, digits, ‘-’ and ‘_’")
    }
    if let other = people.first(where: { $0.id == reading.reader && !$0.isReader }) {
      faults.append(
        "\(other.id) is a \(other.principal.role.rawValue) of this study, no reader; give the reader another id in the map"
      )
    }
    if !(1...study.studyProtocol.rounds).contains(reading.round) {
      faults.append("there is no round \(reading.round); the protocol has \(study.studyProtocol.rounds)")
    }
    guard facts.examinations[reading.examination] != nil else {
      let known = facts.whole.examinations.map(\.id.rawValue).joined(separator: ", ")
      return faults + ["there is no examination ‘\(reading.examination)’; the case has \(known)"]
    }
    faults += gradeFaults(reading.grades, at: reading.examination, facts)
    if let there = try existing(reading, facts), there != reading {
      faults.append(
        "\(reading.reader)'s reading was imported before and is another; what was imported is never changed")
    }
    return faults
  }

  private func faults(of consensus: Consensus, _ facts: CaseFacts) throws -> [String] {
    var faults: [String] = []
    if !(1...study.studyProtocol.rounds).contains(consensus.round) {
      faults.append("there is no round \(consensus.round); the protocol has \(study.studyProtocol.rounds)")
    }
    for (examination, grades) in Dictionary(grouping: consensus.grades, by: \.key.examination).sorted(by: {
      $0.key < $1.key
    }) {
      guard facts.examinations[examination] != nil else {
        faults.append("there is no examination ‘\(examination)’")
        continue
      }
      let given = grades.compactMap { entry in entry.value.grade.map { (entry.key, $0) } }
      faults += gradeFaults(Dictionary(uniqueKeysWithValues: given), at: examination, facts)
    }
    if let there = try importedConsensus(facts, round: consensus.round), there != consensus {
      faults.append("it was imported before and is another; what was imported is never changed")
    }
    return faults
  }

  /// Elsewhere a confidence may have been asked for where this protocol asks for none.
  private func gradeFaults(_ grades: [GradeKey: Grade], at examination: ExaminationID, _ facts: CaseFacts) -> [String] {
    var asking = study
    asking.studyProtocol.asksConfidence = true
    return CaseStore.gradeFaults(
      GradeChange(facts.whole.id, examination, grades: grades), study: asking,
      hasFollowUpBefore: facts.whole.followUp(before: examination) != nil, anatomy: facts.whole.bones)
  }

  /// Whether anything of a case was read or agreed on here.
  private func isBegun(_ facts: CaseFacts) throws -> Bool {
    try db.first(
      """
      SELECT EXISTS (SELECT 1 FROM step WHERE case_seq = ?1) OR EXISTS (SELECT 1 FROM signature WHERE case_seq = ?1)
        OR EXISTS (SELECT 1 FROM opening WHERE case_seq = ?1) OR EXISTS (SELECT 1 FROM consensus WHERE case_seq = ?1)
      """, [facts.seq]
    ) { try $0[0] } ?? false
  }
}
