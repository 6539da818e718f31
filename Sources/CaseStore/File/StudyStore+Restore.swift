// Puts a backup in the place of a study.

import Foundation
internal import GRDB
import ReviewCore

/// Proof of a restore.
public struct RestoreReport: Hashable, Sendable {
  public var path: String
  public var receipt: Receipt
  public var cases: Int
  /// Where the backup's audit trail ended.
  public var backupHead: AuditHead
  /// Where that of the file it replaced ended; nil where there was no file that could be read.
  public var replacedHead: AuditHead?
  /// Where that file lies now, with whatever log lay beside it; nil where there was nothing.
  public var kept: String?
  /// Cases and rounds that the replaced file had opened and the backup had not: they stay open.
  public var carried: [OpenedPlace]
}

/// A case in a round.
public struct OpenedPlace: Hashable, Sendable {
  public var caseID: CaseID
  public var round: Int
}

extension StudyStore {
  /// Puts a backup in the place of a study, whatever lies there: a study, a damaged one, a log without its file, nothing.
  /// What lay there is kept beside it. The backup is checked first, and what is put in its place is checked too.
  ///
  /// Whoever sees a case opened has seen the others' grades: every opening of the file replaced is an opening of the
  /// restored one, with its case where the backup lacks that.
  ///
  /// - Parameters:
  ///   - id: a coordinator of both, who shows who they are to the file replaced, or where there is none to the backup.
  /// - Throws: `StoreError`; then the file is as it was.
  public static func restore(
    _ backup: String, to path: String, as id: PrincipalID, passphrase: String? = nil, environment: StoreEnvironment
  ) throws -> RestoreReport {
    guard environment.keyFingerprint == nil else {
      throw StoreError.notPermitted("no backup is put back from a seat; do it from the account that holds the study")
    }
    do throws(StoreError) { try StudyFile.inspect(backup) } catch .noSuchFile {
      throw StoreError.cannotRead(backup, why: "there is no such file; name the backup first, then the study")
    }
    let path = StudyFile.resolved(path)
    guard StudyFile.resolved(backup) != path else {
      throw StoreError.notPermitted("\(backup): is the file that it would replace; name a backup of it")
    }
    Unfinished.sweep(beside: path)
    let staged = Unfinished.name(beside: path)
    defer { StudyFile.remove(staged) }
    do {
      try naming(backup) { try StudyDatabase.copy(backup, to: staged, environment: environment) }
    } catch StoreError.damaged {
      throw StoreError.damagedBackup(backup)
    }
    let place = try RestorePlace(path, backup: backup)
    let proved = try place.check(id, passphrase: passphrase, environment: environment)
    let store = try naming(backup) {
      try seated(at: StudyConnections(staged), id, proved ? .proved : .own(passphrase), environment: environment)
    }
    defer { try? store.close() }
    try store.checkCoordinator("puts a backup back")
    try store.checkIsIntact(named: backup)
    return try place.replace { previous in
      let kept = previous.kept
      var report = try store.takeOver(previous.facts, kept: kept)
      report.path = path
      report.kept = kept
      // What a person is told is in order has been looked at.
      try store.checkIsIntact(named: backup)
      try store.close()
      return (staged, report)
    }
  }

  private func checkIsIntact(named backup: String) throws {
    guard let fault = try verify().faults.first else { return }
    throw StoreError.badData([
      "\(backup): is not as it was written: \(fault)", "nothing was restored; take another backup",
    ])
  }

  /// Brings what must not be lost of the file replaced into the restored one, and writes the restore down.
  private func takeOver(_ previous: PreviousStudy?, kept: String?) throws -> RestoreReport {
    try write { transaction in
      let backupHead = try transaction.head()
      let carried = try previous.map { try transaction.carry($0) } ?? []
      let at = environment.now()
      let before = previous.map { "replaced \($0.head)" } ?? "there was no study that could be read"
      let head = try transaction.audit(
        .restored, detail: "backup \(backupHead), \(before)", at: Timestamp.text(at))
      return RestoreReport(
        path: "", receipt: Receipt(at: at, head: head),
        cases: try transaction.db.number("SELECT count(*) FROM patient_case"), backupHead: backupHead,
        replacedHead: previous?.head, carried: carried)
    }
  }
}

/// What a restore must know of the file it replaces.
struct PreviousStudy {
  struct Opening {
    var uuid: String
    var caseID: CaseID
    var round: Int
    var principal: String
    var at: String
  }

  var uuid: String
  var head: AuditHead
  var openings: [Opening]
  /// The opened cases.
  var cases: [CaseID: Case]

  init(_ db: Database, environment: StoreEnvironment) throws {
    let transaction = try Transaction(db, study: StudyDatabase.study(db), environment: environment, actor: nil)
    uuid = try StudyDatabase.uuid(db)
    head = try transaction.head()
    // The audit trail has those too that somebody has taken out of the table.
    openings = try db.rows(
      """
      SELECT o.uuid, c.id, o.round, p.id, o.at FROM opening o
      JOIN patient_case c ON c.seq = o.case_seq JOIN principal p ON p.seq = o.principal_seq
      UNION ALL
      SELECT record, case_id, round, ifnull(principal, ''), at FROM audit
      WHERE kind = 'opened' AND record IS NOT NULL AND case_id IS NOT NULL AND round IS NOT NULL
        AND record NOT IN (SELECT uuid FROM opening)
      """
    ) {
      try Opening(uuid: $0[0], caseID: CaseID($0[1] as String), round: $0[2], principal: $0[3], at: $0[4])
    }
    cases = [:]
    for id in Set(openings.map(\.caseID)) { cases[id] = try? transaction.facts(id).whole }
  }
}

extension Transaction {
  /// The chain's last hash, whoever may know of its acts.
  fileprivate func head() throws -> AuditHead {
    let hash = try db.first("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1", []) { try $0[0] as Data }
    return AuditHead(hash?.hexadecimal ?? "")
  }

  /// Opens what another file of the same study has opened, and answers what was not open yet.
  fileprivate func carry(_ previous: PreviousStudy) throws -> [OpenedPlace] {
    let known = Set(
      try db.rows("SELECT c.id, o.round FROM opening o JOIN patient_case c ON c.seq = o.case_seq") {
        try OpenedPlace(caseID: CaseID($0[0] as String), round: $0[1])
      })
    let ids = Set(try db.rows("SELECT id FROM patient_case") { CaseID(try $0[0] as String) })
    let missing = previous.openings.filter {
      !known.contains(OpenedPlace(caseID: $0.caseID, round: $0.round))
        && (ids.contains($0.caseID) || previous.cases[$0.caseID] != nil)
    }
    var added = 0
    for id in Set(missing.map(\.caseID)).sorted(by: { $0.rawValue < $1.rawValue }) {
      guard try db.number("SELECT count(*) FROM patient_case WHERE id = ?", [id.rawValue]) == 0,
        let whole = previous.cases[id]
      else { continue }
      try refreshAllRounds(insert(whole))
      added += 1
    }
    if added > 0 {
      try renumber()
      try audit(.casesImported, detail: "\(added) \(added == 1 ? "case" : "cases") opened since the backup")
    }
    let people = Dictionary(uniqueKeysWithValues: try principals().map { ($0.id.rawValue, $0) })
    for opening in missing {
      let facts = try facts(opening.caseID)
      try open(
        facts, round: opening.round, uuid: opening.uuid, by: people[opening.principal] ?? actor, at: opening.at,
        detail: "stays open, by \(opening.principal) before a restore")
      if opening.round <= round {
        try refreshStage(facts, round: opening.round)
        try refresh(facts, in: lists(round: opening.round))
      }
    }
    return missing.map { OpenedPlace(caseID: $0.caseID, round: $0.round) }
  }
}
