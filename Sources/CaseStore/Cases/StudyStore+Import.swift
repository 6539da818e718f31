// Cases into the study: all or nothing.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Adds cases, or brings those that are there already up to date. Only the coordinator may.
  ///
  /// The cases are checked before the file is locked; while they are stored, others who write wait.
  ///
  /// - Parameters:
  ///   - images: of these cases; see `addImages`.
  ///   - isLookedThrough: see `addImages`.
  ///   - progress: called now and then with how many cases are stored, the last time with all.
  /// - Throws: `StoreError.badData` naming every fault; then nothing is changed.
  public func importCases(
    _ cases: [Case], images: [NewKeyImage] = [], isLookedThrough: Bool = false,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> ImportReport {
    guard principal.role == .coordinator else {
      throw StoreError.notPermitted(
        "only the coordinator imports cases; \(principal.id) is a \(principal.role.rawValue)")
    }
    let faults = caseFaults(cases, codebook: wholeStudy.codebook)
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    return try write { transaction in
      var report = ImportReport(entries: [])
      var readers = try NewCaseReaders(transaction)
      for (index, patientCase) in cases.enumerated() {
        let outcome = try transaction.store(
          transaction.study.studyProtocol.keepsDates ? patientCase : patientCase.withoutDates)
        if outcome != .unchanged {
          let facts = try transaction.facts(patientCase.id)
          if outcome == .added { try readers.assign(facts, transaction) }
          try transaction.refreshAllRounds(facts)
        }
        report.entries.append(.init(id: patientCase.id, outcome: outcome))
        if index % 100 == 99 { progress(index + 1, cases.count) }
      }
      if report.added > 0 { try transaction.renumber() }
      if report.added + report.updated > 0 { try transaction.audit(.casesImported, detail: report.summary) }
      report.images = try transaction.add(images, isLookedThrough: isLookedThrough)
      progress(cases.count, cases.count)
      return report
    }
  }
}

extension Transaction {
  /// Stores the facts of a case; its worklist rows are brought up to date by the caller.
  func store(_ patientCase: Case) throws -> ImportReport.Outcome {
    let known = try db.first("SELECT seq FROM patient_case WHERE id = ?", [patientCase.id.rawValue]) {
      try $0[0] as Int64
    }
    guard let known else {
      try insert(patientCase)
      return .added
    }
    let old = try facts(seq: known)
    if old.whole == patientCase { return .unchanged }
    try update(old, to: patientCase)
    return .updated(try CaseDiff.changes(from: old.whole, to: patientCase))
  }

  private func document(_ patientCase: Case) throws -> String {
    var bare = patientCase
    bare.examinations = []
    return try Document.text(bare)
  }

  @discardableResult
  func insert(_ patientCase: Case) throws -> CaseFacts {
    let at = Timestamp.text(environment.now())
    let seq = try db.insert(
      "INSERT INTO patient_case (uuid, id, natural_key, document, added_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)",
      [
        environment.newID(), patientCase.id.rawValue, ReadingOrder.naturalKey(patientCase.id),
        try document(patientCase), at, at,
      ])
    var numbers: [ExaminationID: Int64] = [:]
    try wrote(.patientCase, seq: seq)
    for examination in patientCase.examinations { numbers[examination.id] = try insert(examination, of: seq) }
    return CaseFacts(seq: seq, whole: patientCase, examinations: numbers)
  }

  private func insert(_ examination: Examination, of seq: Int64) throws -> Int64 {
    let number = try db.insert(
      "INSERT INTO examination (uuid, case_seq, id, months, remarks) VALUES (?, ?, ?, ?, ?)",
      [
        environment.newID(), seq, examination.id.rawValue, examination.id.months,
        try ExaminationText.text(examination),
      ])
    try insert(examination.acquisitions, of: number)
    try wrote(.examination, seq: number)
    return number
  }

  private func insert(_ acquisitions: [Acquisition], of examination: Int64) throws {
    for (ordinal, acquisition) in acquisitions.enumerated() {
      try db.run(
        """
        INSERT INTO acquisition (uuid, examination_seq, ordinal, sequence, is_acquired, plane, tr, te, ti,
          fat_suppressed, figure, remark)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          environment.newID(), examination, ordinal, acquisition.sequence.rawValue, acquisition.isAcquired,
          acquisition.plane?.rawValue, acquisition.tr, acquisition.te, acquisition.ti, acquisition.fatSuppressed,
          acquisition.figure, acquisition.remark,
        ])
    }
  }

  private func update(_ old: CaseFacts, to new: Case) throws {
    let (before, after) = (old.whole.examinations, new.examinations)
    if Set(before.map(\.id)) != Set(after.map(\.id)) {
      try checkMayRegroup(old)
      try checkComparisons(old, new)
    }
    try db.run(
      "UPDATE patient_case SET document = ?, changed_at = ? WHERE seq = ?",
      [try document(new), Timestamp.text(environment.now()), old.seq])
    try wrote(.patientCase, seq: old.seq)
    for examination in after {
      guard let number = old.examinations[examination.id], let known = old.whole.examination(examination.id) else {
        _ = try insert(examination, of: old.seq)
        continue
      }
      let text = try ExaminationText.text(examination)
      if try ExaminationText.text(known) != text {
        try db.run("UPDATE examination SET remarks = ? WHERE seq = ?", [text, number])
      }
      if known.acquisitions != examination.acquisitions {
        try db.run("DELETE FROM acquisition WHERE examination_seq = ?", [number])
        try insert(examination.acquisitions, of: number)
      }
      if known != examination { try wrote(.examination, seq: number) }
    }
    for gone in Set(before.map(\.id)).subtracting(after.map(\.id)).sorted() {
      try remove(gone, of: old)
    }
  }

  /// Examinations neither come nor go once readers have been brought together over the case.
  private func checkMayRegroup(_ facts: CaseFacts) throws {
    guard try !standing(facts, round: round).isOpened else {
      throw StoreError.notPermitted(
        "case \(facts.whole.id) is open for consensus: its examinations cannot change any more, other facts can")
    }
  }

  /// What was graded against the examination before stays a comparison with that one.
  private func checkComparisons(_ facts: CaseFacts, _ new: Case) throws {
    for examination in new.followUps.map(\.id) {
      guard let number = facts.examinations[examination],
        facts.whole.followUp(before: examination) != new.followUp(before: examination)
      else { continue }
      let compared = try db.number(
        """
        SELECT EXISTS (SELECT 1 FROM step s JOIN grade g ON g.step_seq = s.seq
            WHERE s.case_seq = ? AND s.examination_seq = ? AND g.comparator = 'previous')
          OR EXISTS (SELECT 1 FROM consensus_grade JOIN consensus c ON c.seq = consensus_seq
            WHERE c.case_seq = ? AND examination_seq = ? AND comparator = 'previous')
          OR EXISTS (SELECT 1 FROM imported_grade i JOIN imported_reading r ON r.seq = i.reading_seq
            WHERE r.case_seq = ? AND r.examination_seq = ? AND i.comparator = 'previous')
        """, StatementArguments(Array(repeating: [facts.seq, number], count: 3).flatMap { $0 }))
      guard compared == 0 else {
        let before = facts.whole.followUp(before: examination)?.title ?? "the baseline"
        // Who has compared it is not said.
        throw StoreError.notPermitted(
          "case \(facts.whole.id): \(examination.title) is compared with \(before) already; an examination cannot come or "
            + "go between them")
      }
    }
  }

  private func remove(_ id: ExaminationID, of facts: CaseFacts) throws {
    let number = try facts.examination(id)
    let used = try db.number(
      """
      SELECT EXISTS (SELECT 1 FROM step WHERE case_seq = ? AND examination_seq = ?)
        OR EXISTS (SELECT 1 FROM time_spent WHERE case_seq = ? AND examination_seq = ?)
        OR EXISTS (SELECT 1 FROM signature WHERE case_seq = ? AND examination_seq = ?)
        OR EXISTS (SELECT 1 FROM draft_note WHERE case_seq = ? AND examination_seq = ?)
        OR EXISTS (SELECT 1 FROM consensus_grade JOIN consensus c ON c.seq = consensus_seq
          WHERE c.case_seq = ? AND examination_seq = ?)
        OR EXISTS (SELECT 1 FROM imported_reading WHERE case_seq = ? AND examination_seq = ?)
        OR EXISTS (SELECT 1 FROM imported_consensus_grade JOIN imported_consensus c ON c.seq = consensus_seq
          WHERE c.case_seq = ? AND examination_seq = ?)
      """, StatementArguments(Array(repeating: [facts.seq, number], count: 7).flatMap { $0 }))
    guard used == 0 else {
      // Who has graded it is not said: only that the examination is in use.
      throw StoreError.notPermitted(
        "case \(facts.whole.id): the examination ‘\(id)’ is in use and cannot be taken away; keep it in the file")
    }
    try removeImages("examination_seq = ?", [number])
    let uuid = try db.first("SELECT uuid FROM examination WHERE seq = ?", [number]) { try $0[0] as String }
    try db.run("DELETE FROM examination WHERE seq = ?", [number])
    if let uuid { written.append(Written(kind: .examination, subject: uuid, digest: nil)) }
  }
}
