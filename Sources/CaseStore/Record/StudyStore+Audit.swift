// The audit trail as a principal may see it, and the walk along its chain.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// The acts on record, oldest first, as far as this principal may know of them: of acts on other people's readings
  /// those of cases whose readers have names, and for the coordinator that a reading was signed. Row numbers and hashes are not in it:
  /// their gaps would tell how much somebody has graded.
  public func audit(_ filter: AuditFilter = AuditFilter()) throws -> [AuditEntry] {
    try read { transaction in
      let opened = try transaction.openedPairs()
      let named = try transaction.namedPairs(opened)
      let entries = try transaction.rows(filter).filter { try transaction.mayKnow($0, opened: opened, named: named) }
      return try entries.suffix(filter.last ?? .max).map { row in
        let kind = try AuditKind.stored(row.kind, "an act")
        // Before the seal is open a signature says that it is there, and nothing else.
        let isSealed =
          kind.isOfReading && row.principal != principal.id.rawValue
          && !named.contains(.init(row))
        // What was there before a reset is not told to who came in by the coordinator's code.
        let isLocked = try transaction.hasLocks && kind.isOfReading && !opened.contains(.init(row))
        return AuditEntry(
          at: try Timestamp.date(row.at), kind: kind,
          principal: row.principal.map { PrincipalID($0) }, osUser: row.osUser, client: row.client,
          keyFingerprint: row.keyFingerprint, programVersion: row.programVersion, caseID: row.caseID.map { CaseID($0) },
          examination: row.examination.map { ExaminationID($0) }, round: row.round,
          reason: isSealed || isLocked ? nil : row.reason, detail: isSealed || isLocked ? nil : row.detail,
          seat: row.seat.map { PrincipalID($0) }, unproven: try transaction.unproven(row, kind))
      }
    }
  }
}

/// A case in a round, by its id.
struct CaseRound: Hashable {
  var id: String
  var round: Int

  init(_ row: AuditRow) { (id, round) = (row.caseID ?? "", row.round ?? 0) }
  init(id: String, round: Int) { (self.id, self.round) = (id, round) }
}

extension Transaction {
  /// Of what is graded, signed and said: the reset after which it was done.
  fileprivate func unproven(_ row: AuditRow, _ kind: AuditKind) throws -> PassphraseReset? {
    guard kind.isOfReading || kind.isOfSession || kind == .opened, let person = row.principal else { return nil }
    return try unproven(PrincipalID(person)).first { $0.holds(row.seq) }?.reset
  }

  /// Whether a reset hides something from the acting principal.
  var hasLocks: Bool { get throws { try actor.map { try !locks(of: $0).isEmpty } ?? false } }

  /// The (case, round) pairs whose readings the acting principal may see: opened, in a round not out of sight again.
  fileprivate func openedPairs() throws -> Set<CaseRound> {
    Set(
      try db.rows(
        """
        SELECT c.id, o.round FROM opening o JOIN patient_case c ON c.seq = o.case_seq
        WHERE EXISTS (SELECT 1 FROM opening n WHERE n.case_seq = o.case_seq AND n.round = ?)
        """, [round]
      ) { try CaseRound(id: $0[0], round: $0[1]) })
  }

  /// Those of them whose readers have names beside their grades: what somebody did on a reading, and when, would tell
  /// which letter they are.
  fileprivate func namedPairs(_ opened: Set<CaseRound>) throws -> Set<CaseRound> {
    if study.studyProtocol.namesInConsensus { return opened }
    return opened.intersection(
      try db.rows("SELECT DISTINCT c.id, n.round FROM consensus n JOIN patient_case c ON c.seq = n.case_seq") {
        try CaseRound(id: $0[0], round: $0[1])
      })
  }

  /// Of the rows that `rows` has read.
  fileprivate func mayKnow(_ row: AuditRow, opened: Set<CaseRound>, named: Set<CaseRound>) throws -> Bool {
    let kind = try AuditKind.stored(row.kind, "an act")
    if kind.isOfAssignment, actor?.principal.role != .coordinator { return false }
    if kind.isOfSeat || kind.isOfImages {
      return row.principal == actor?.id.rawValue || actor?.principal.role == .coordinator
    }
    if kind.isOfSession, !opened.contains(.init(row)) { return false }
    // That somebody changed a vote before its reveal is theirs to know; the table of the session says who has voted.
    if kind == .voted { return try row.principal == actor?.id.rawValue || isRevealed(row) }
    guard kind.isOfReading, !named.contains(.init(row)) else { return true }
    if row.principal == actor?.id.rawValue { return row.round == round }
    // A later version would tell that the reader changed their mind.
    return kind == .signed && row.detail == nil && actor?.principal.role == .coordinator
  }

  /// A vote is shown by the next reveal of its finding.
  private func isRevealed(_ row: AuditRow) throws -> Bool {
    try db.number(
      """
      SELECT EXISTS (SELECT 1 FROM audit
        WHERE case_id = ?1 AND kind = 'votes_revealed' AND round = ?2 AND detail = ?3 AND seq > ?4
          AND NOT EXISTS (SELECT 1 FROM audit o
            WHERE o.case_id = ?1 AND o.kind = 'vote_called_off' AND o.round = ?2 AND o.detail = ?3
              AND o.seq BETWEEN ?4 AND audit.seq))
      """, [row.caseID, row.round, row.detail, row.seq]) > 0
  }

  /// Whether a row is about a case that the acting principal may see, as SQL.
  private func isOfOwnCases() throws -> String {
    guard actor?.isReader == true, try readsNotAll else { return "1" }
    return """
      (case_id IS NULL OR case_id IN (
        SELECT c.id FROM entry e JOIN patient_case c ON c.seq = e.case_seq WHERE e.list_seq = \(try ownList().seq)))
      """
  }

  /// The rows asked for, without those that tell of sealed readings: these are not read from the file. One's own are seen
  /// in the round that is being read; before the seal is open the coordinator learns that a reading was signed first (a
  /// later version would tell that the reader changed their mind).
  fileprivate func rows(_ filter: AuditFilter) throws -> [AuditRow] {
    let kinds = filter.kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    let ofReadings = AuditKind.allCases.filter(\.isOfReading).map { "'\($0.rawValue)'" }.joined(separator: ", ")
    var arguments: StatementArguments = [
      filter.caseID?.rawValue, filter.principal?.rawValue, filter.since.map(Timestamp.text),
    ]
    arguments += [actor?.id.rawValue, round, actor?.principal.role == .coordinator]
    return try db.rows(
      """
      SELECT \(AuditRow.columns) FROM audit
      WHERE (?1 IS NULL OR case_id = ?1) AND (?2 IS NULL OR principal = ?2) AND (?3 IS NULL OR at >= ?3)
        \(kinds.isEmpty ? "" : "AND kind IN (\(kinds))")
        AND (kind NOT IN (\(ofReadings)) OR (principal = ?4 AND round = ?5)
          OR (?6 AND kind = 'signed' AND detail IS NULL)
          OR EXISTS (
            SELECT 1 FROM patient_case c JOIN opening o ON o.case_seq = c.seq JOIN opening n ON n.case_seq = c.seq
            WHERE c.id = audit.case_id AND o.round = audit.round AND n.round = ?5))
        AND \(isOfOwnCases())
      ORDER BY seq
      """, arguments, AuditRow.init)
  }

  /// The chain's hash at the last act that the acting principal may know of. A hash after it would tell that somebody
  /// has been grading.
  func visibleHead() throws -> AuditHead {
    let sealed = AuditKind.allCases.filter { !$0.isForEverybody }.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let hash = try db.first(
      """
      SELECT hash FROM audit WHERE (kind NOT IN (\(sealed)) AND \(isOfOwnCases())) OR principal = ?
      ORDER BY seq DESC LIMIT 1
      """, [actor?.id.rawValue]
    ) { try $0[0] as Data }
    return AuditHead(hash?.hexadecimal ?? "")
  }
}
