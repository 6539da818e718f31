// The log of a consensus session in the file: read as a principal may, and appended to.
//
// A vote is sealed until its reveal as a reading is until its opening: another's sealed vote is not read from the file.

import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  /// The session of a case in a round as the acting principal may see it.
  func deliberation(_ facts: CaseFacts, round: Int) throws -> Deliberation {
    let readers = try readersOfConsensus(facts, round: round)
    let readings = try readers.flatMap { try self.readings(facts, round: round, of: $0) }.filter(\.state.isSigned)
    let codebook = try codebookOfSession(facts, round: round, readings)
    return Deliberation(
      caseID: facts.whole.id, round: round, codebook: codebook, examinations: facts.whole.examinations.map(\.id),
      readers: readers.map(\.id), quorum: study.studyProtocol.quorum(of: readers.count), left: try departures(),
      readings: readings,
      events: try events(facts, round: round), patientCase: facts.whole)
  }

  /// What a case is talked about by: the latest version of the codebook that any of its readings was signed under, for what
  /// no reading was asked nobody can hold anything of. Read jointly it is the version of the record, until that is reopened.
  private func codebookOfSession(_ facts: CaseFacts, round: Int, _ readings: [Reading]) throws -> Codebook {
    guard !codebook.former.isEmpty else { return codebook }
    if !isJoint { return codebook.version(readings.compactMap(\.codebook).max()) }
    guard try standing(facts, round: round).stage == .recorded else { return codebook }
    return try consensus(facts, round: round).map(codebook.of) ?? codebook
  }

  /// Those who signed all their readings of the case; in a joint protocol all readers.
  func readersOfConsensus(_ facts: CaseFacts, round: Int) throws -> [PrincipalRecord] {
    let readers = try readers(of: facts.seq, round: round)
    guard !isJoint else { return readers }
    let signed = try complete(facts, round: round)
    return readers.filter { signed.contains($0.seq) }
  }

  /// Who has left the study, and when.
  private func departures() throws -> [PrincipalID: Date] {
    if let known = knownDepartures { return known }
    let found = try readers().filter { $0.principal.withdrawn != nil }.reduce(into: [PrincipalID: Date]()) {
      let at = try db.first(
        "SELECT at FROM audit WHERE kind = ? AND detail = ? ORDER BY seq DESC LIMIT 1",
        [AuditKind.readerWithdrawn.rawValue, $1.id.rawValue]
      ) { try $0[0] as String }
      $0[$1.id] = try at.map { try Timestamp.date($0) }
    }
    knownDepartures = found
    return found
  }

  private func events(_ facts: CaseFacts, round: Int) throws -> [ConsensusEvent] {
    try acts(facts, round: round, sealed: true).map { row, isSealed in
      ConsensusEvent(
        at: try Timestamp.date(row.at), by: row.by, version: row.version, act: try act(row, isSealed: isSealed))
    }
  }

  /// The acts of a case in a round, oldest first.
  ///
  /// - Parameter sealed: false reads sealed votes too, to check their hashes.
  func acts(_ facts: CaseFacts, round: Int, sealed: Bool) throws -> [(row: ConsensusActRow, isSealed: Bool)] {
    let people = Dictionary(uniqueKeysWithValues: try principals().map { ($0.seq, $0.id) })
    var found: [(row: ConsensusActRow, isSealed: Bool)] = []
    var last: Int64?
    let cursor = try db.cursor(Self.actsSQL, [sealed ? 1 : 0, hasLocks ? nil : actor?.seq, facts.seq, round])
    while let row = try cursor.next() {
      let seq: Int64 = try row[0]
      let isSealed: Bool = try row[9]
      if seq != last {
        let kind = try ConsensusAct.Kind.stored(row[2] as String, "an act of a session")
        var act = try ConsensusActRow(
          .confirmed, uuid: row[1], by: people[row[3]] ?? "",
          version: ConsensusVersion(row[5], revision: row[6]),
          at: row[8], nonce: row[10])
        act.kind = kind
        act.subject = try (row[4] as Int64?).flatMap { people[$0] }
        act.reason = try row[7]
        found.append((act, isSealed))
        last = seq
      }
      guard let examination = try (row[11] as Int64?).flatMap(facts.id(ofExamination:)) else { continue }
      found[found.count - 1].row.grades.append(
        try ConsensusActRow.Grade(
          examination: examination, row: GradeRow(row, from: 12), how: row[22], cause: row[23], rationale: row[24]))
    }
    for index in found.indices { found[index].row.grades.sort { $0.place < $1.place } }
    return found
  }

  /// A vote cast in a ballot is shown by the first reveal of its finding after it, unless that vote was called off before.
  private static let actsSQL = """
    WITH act AS (
      SELECT a.*, ?1 AND a.kind = 'voted' AND a.principal_seq IS NOT ?2 AND NOT EXISTS (
        SELECT 1 FROM consensus_act r
          JOIN consensus_act_grade rg ON rg.act_seq = r.seq
          JOIN consensus_act_grade vg ON vg.act_seq = a.seq
        WHERE r.case_seq = a.case_seq AND r.round = a.round AND r.kind = 'revealed' AND r.seq > a.seq
          AND NOT EXISTS (
            SELECT 1 FROM consensus_act o JOIN consensus_act_grade og ON og.act_seq = o.seq
            WHERE o.case_seq = a.case_seq AND o.round = a.round AND o.kind = 'called_off' AND o.seq BETWEEN a.seq AND r.seq
              AND og.examination_seq = vg.examination_seq AND og.finding = vg.finding AND og.comparator = vg.comparator)
          AND rg.examination_seq = vg.examination_seq AND rg.finding = vg.finding AND rg.comparator = vg.comparator
      ) AS is_sealed
      FROM consensus_act a WHERE a.case_seq = ?3 AND a.round = ?4)
    SELECT a.seq, a.uuid, a.kind, a.principal_seq, a.subject_seq, a.version, a.revision, a.reason, a.at, a.is_sealed,
      a.nonce, g.examination_seq, g.finding, g.comparator, CASE WHEN NOT a.is_sealed THEN g.value END,
      g.note, g.series, g.slice, g.bone, g.confidence, g.overrules, g.mark, g.how, g.cause, g.rationale
    FROM act a LEFT JOIN consensus_act_grade g ON g.act_seq = a.seq
    ORDER BY a.seq, g.examination_seq, g.finding, g.comparator
    """

  private func act(_ row: ConsensusActRow, isSealed: Bool) throws -> ConsensusAct {
    let broken = StoreError.badData(["the study file holds an act of a session that lacks what it is about"])
    func key() throws -> GradeKey {
      guard let first = row.grades.first else { throw broken }
      return try first.key()
    }
    switch row.kind {
    case .called: return .called(try key())
    case .voted:
      return .voted(try key(), isSealed ? .sealed : .cast(try row.grades.first?.row.grade(codebook)?.value))
    case .revealed: return .revealed(try key())
    case .calledOff: return .calledOff(try key())
    case .agreed:
      return .agreed(
        try row.grades.reduce(into: [:]) { grades, entry in
          grades[try entry.key()] = AgreedGrade(
            try entry.row.grade(codebook), how: try .stored(entry.how, "a way of agreeing"),
            cause: try .stored(entry.cause, "a cause"), rationale: entry.rationale)
        })
    case .noted: return .noted(try key(), row.grades.first?.row.note)
    case .confirmed: return .confirmed
    case .dissented: return .dissented(reason: row.reason ?? "")
    case .absent:
      guard let subject = row.subject else { throw broken }
      return .absent(subject, reason: row.reason ?? "")
    case .reopened: return .reopened(reason: row.reason ?? "")
    }
  }

  /// Writes an act down with its audit row.
  func append(_ row: ConsensusActRow, to facts: CaseFacts, titles: String?) throws -> AuditHead {
    let subject = try row.subject.flatMap { id in try principals().first { $0.id == id }?.seq }
    var arguments: StatementArguments = [row.uuid, facts.seq, round, row.kind.rawValue, actor?.seq, subject]
    arguments += [row.version.number, row.version.revision, row.reason, row.at, row.nonce]
    let seq = try db.insert(
      """
      INSERT INTO consensus_act
        (uuid, case_seq, round, kind, principal_seq, subject_seq, version, revision, reason, at, nonce)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, arguments)
    for grade in row.grades {
      let identity: StatementArguments = [seq, try facts.examination(grade.examination)]
      let why: StatementArguments = [grade.how, grade.cause, grade.rationale]
      try db.run(
        """
        INSERT INTO consensus_act_grade (act_seq, examination_seq, \(GradeRow.columns), how, cause, rationale)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, identity + grade.row.arguments + why)
    }
    return try audit(
      row.kind.audit, facts: facts, round: round, reason: row.reason, detail: titles, record: row.uuid,
      digest: row.digest(of: facts.whole.id, round: round), at: row.at)
  }
}
