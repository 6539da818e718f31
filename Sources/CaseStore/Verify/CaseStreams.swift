// The statements by which a whole study is read case by case.

internal import GRDB
import ReviewCore

/// Every table with facts of cases, or with what follows from them, in the order of `patient_case.seq`.
struct CaseStreams {
  let cases: ColumnsCursor
  let examinations, acquisitions: CaseRows
  /// Of readings: columns 1 to 3 are round, reader and examination.
  let steps, signatures, amendments, shown, standings, seconds: CaseRows
  let openings, consensus, acts, rounds: CaseRows

  init(_ db: Database, filter: VerificationFilter) throws {
    func rows(_ table: String, _ sql: String) throws -> CaseRows { try CaseRows(db, table, sql) }
    cases = try db.cursor("SELECT * FROM patient_case ORDER BY seq")
    examinations = try rows("examination", "SELECT e.case_seq, e.* FROM examination e ORDER BY e.case_seq, e.id")
    acquisitions = try rows(
      "acquisition",
      """
      SELECT e.case_seq, e.seq, a.* FROM examination e JOIN acquisition a ON a.examination_seq = e.seq
      ORDER BY e.case_seq, e.id, a.ordinal
      """)
    let reading = "x.case_seq, x.round, x.principal_seq, x.examination_seq"
    steps = try rows(
      "step",
      """
      SELECT \(reading), x.seq, x.uuid, x.kind, x.undoes, u.uuid, x.version, x.at, x.nonce, \(Self.grade)
      FROM step x LEFT JOIN step u ON u.seq = x.undoes LEFT JOIN grade g ON g.step_seq = x.seq
      WHERE \(filter.readings) ORDER BY \(reading), x.seq, g.finding, g.comparator
      """)
    signatures = try rows(
      "signature",
      """
      SELECT \(reading), x.uuid, x.version, x.at, x.meaning, x.missing, x.seconds, x.codebook, x.nonce
      FROM signature x WHERE \(filter.readings) ORDER BY \(reading), x.version
      """)
    amendments = try rows(
      "amendment",
      """
      SELECT \(reading), x.uuid, x.version, x.at, x.reason, x.nonce
      FROM amendment x WHERE \(filter.readings) ORDER BY \(reading), x.version
      """)
    shown = try rows(
      "current",
      """
      SELECT \(reading), \(GradeRow.columns) FROM current x
      WHERE \(filter.readings) ORDER BY \(reading), x.finding, x.comparator
      """)
    standings = try rows(
      "reading",
      "SELECT \(reading), x.version, x.signed_at FROM reading x WHERE \(filter.readings) ORDER BY \(reading)")
    seconds = try rows(
      "time_spent", "SELECT \(reading), x.seconds FROM time_spent x WHERE \(filter.readings) ORDER BY \(reading)")
    openings = try rows("opening", "SELECT x.case_seq, x.* FROM opening x ORDER BY x.case_seq, x.round")
    consensus = try rows(
      "consensus",
      """
      SELECT x.case_seq, x.seq, x.uuid, x.round, x.version, x.origin, x.at, x.codebook, g.examination_seq, \(Self.grade),
        g.how, g.cause, g.rationale
      FROM consensus x LEFT JOIN consensus_grade g ON g.consensus_seq = x.seq
      WHERE \(filter.consensus) ORDER BY x.case_seq, x.round, x.version
      """)
    acts = try rows(
      "consensus_act",
      """
      SELECT x.case_seq, x.seq, x.uuid, x.round, x.kind, x.principal_seq, x.subject_seq, x.version, x.revision, x.reason,
        x.at, x.nonce, g.examination_seq, \(Self.grade), g.how, g.cause, g.rationale
      FROM consensus_act x LEFT JOIN consensus_act_grade g ON g.act_seq = x.seq
      WHERE \(filter.acts) ORDER BY x.case_seq, x.round, x.seq
      """)
    rounds = try rows("case_round", "SELECT case_seq, round, signed, stage FROM case_round ORDER BY case_seq, round")
  }

  private static let grade =
    "g.finding, g.comparator, g.value, g.note, g.series, g.slice, g.bone, g.confidence, g.overrules, g.mark"

  var all: [CaseRows] {
    [
      examinations, acquisitions, steps, signatures, amendments, shown, standings, seconds, openings, consensus, acts,
      rounds,
    ]
  }
}

/// Which rows `x` of a table are read from the file at all.
struct VerificationFilter {
  var readings = "1"
  var consensus = "1"
  var acts = "1"

  /// - Returns: for a seat, the principal's own readings of this round, and what lies open in it.
  init(_ transaction: Transaction, scope: VerificationScope) {
    guard scope == .seat else { return }
    let isOpen =
      "EXISTS (SELECT 1 FROM opening n WHERE n.case_seq = x.case_seq AND n.round = \(transaction.round))"
    let wasOpened =
      "\(isOpen) AND EXISTS (SELECT 1 FROM opening o WHERE o.case_seq = x.case_seq AND o.round = x.round)"
    let own = transaction.actor.map(\.seq) ?? 0
    readings =
      transaction.isLearner
      ? "0" : "(x.principal_seq = \(own) AND x.round = \(transaction.round) OR \(wasOpened))"
    consensus = "(\(isOpen) OR x.origin = 'published')"
    // A vote before its reveal is its voter's alone.
    acts = transaction.isLearner ? "0" : "(\(wasOpened) AND (x.kind <> 'voted' OR x.principal_seq = \(own)))"
  }
}
