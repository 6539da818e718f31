// Study and people against their digests, the numbers of rows, and records that are gone.

import Foundation
internal import GRDB
import ReviewCore

extension Verification {
  func studyAndPeople() throws {
    try rows(.study) { _ in "what the study says of title, protocol, codebook or round" }
    try rows(.principal) { "what the study says of \($0), role, account or passphrase among it," }
  }

  /// What was imported, against its digests: at a seat as far as it is shown there.
  func imported() throws {
    guard hasImports, scope == .file || !transaction.isLearner else { return }
    for kind in [Written.Kind.importedReading, .importedConsensus] {
      let found = try db.rows(
        """
        SELECT x.seq, ifnull(c.id, '?'), ifnull(r.stage, 'reading') FROM \(kind.rawValue) x LEFT JOIN patient_case c ON c.seq = x.case_seq
          LEFT JOIN case_round r ON r.case_seq = x.case_seq AND r.round = ? ORDER BY x.seq
        """, [transaction.round]
      ) { try (seq: $0[0] as Int64, id: $0[1] as String, stage: CaseStage(rawValue: $0[2] as String)) }
      for (seq, id, stage) in found where scope == .file || transaction.actor?.isReader != true || stage?.isOpen == true
      {
        guard let row = try Written.row(kind, db, seq: seq) else { continue }
        check(
          kind, row.subject, row.digest, "case \(id): \(kind.rawValue.replacing("_", with: " ")), as it was imported,")
      }
    }
  }

  /// Who reads which case, against its digests: for the account that holds the file.
  func assignments() throws {
    guard scope == .file else { return }
    let found = try db.rows(
      "SELECT a.seq, ifnull(c.id, '?') FROM assignment a LEFT JOIN patient_case c ON c.seq = a.case_seq ORDER BY a.seq"
    ) { try (seq: $0[0] as Int64, id: $0[1] as String) }
    for (seq, id) in found {
      guard let row = try Written.row(.assignment, db, seq: seq) else { continue }
      check(.assignment, row.subject, row.digest, "case \(id): who reads it")
    }
  }

  private func rows(_ kind: Written.Kind, name: (_ subject: String) -> String) throws {
    for seq in try db.rows("SELECT seq FROM \(kind.rawValue) ORDER BY seq", [], { try $0[0] as Int64 }) {
      guard let row = try Written.row(kind, db, seq: seq) else { continue }
      check(kind, row.subject, row.digest, name(row.subject))
    }
  }

  /// Pages that cannot be read, and indexes that lack what their tables hold: lists that are read through one would lie.
  func pages() throws {
    for words in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where words != "ok" {
      fault("the file is damaged, or an index of it was changed: \(words); ‘endplate rebuild’ rebuilds the indexes")
    }
  }

  /// Rows of these tables are never taken away, so that their numbers have no gap.
  func numbering() throws {
    for table in [
      "principal", "patient_case", "step", "signature", "amendment", "opening", "consensus", "consensus_act",
      "imported_reading", "imported_consensus", "assignment",
    ] {
      let isWhole = try db.first("SELECT count(*) = ifnull(max(seq), 0) AND ifnull(min(seq), 1) = 1 FROM \(table)") {
        try $0[0] as Bool
      }
      if isWhole != true { fault("rows of \(table) were taken away or renumbered") }
    }
    for table in ["image", "acquisition", "grade", "consensus_grade", "consensus_act_grade", "assignment_reader"]
      + Schema.importedTables
    {
      let isWhole = try db.first("PRAGMA foreign_key_check(\(table))") { _ in false } ?? true
      if !isWhole { fault("a row of \(table) is about something that is not in the study") }
    }
  }

  /// Records that the audit trail speaks of and that nobody has come across.
  func goneRecords() throws {
    let gone = index.gone
    for place in gone.prefix(20) {
      let name =
        try place > 0
        ? db.first("SELECT kind, case_id, examination, principal, at FROM audit WHERE seq = ?", [place]) { row in
          let (id, reader) = try (row[1] as String?, row[3] as String?)
          let parts = [id.map { "case \($0)" }, try row[2] as String?, reader.map { "by \($0)" }].compactMap { $0 }
          return (["what was \(try row[0] as String)"] + parts + ["at \(try row[4] as String)"]).joined(separator: ", ")
        }
        : db.first("SELECT kind, subject FROM written WHERE seq = ?", [-place]) {
          "a row of \(try $0[0] as String), \(try $0[1] as String)"
        }
      fault("\(name ?? "a record") is gone")
    }
    if gone.count > 20 { fault("\(gone.count - 20) more records that the audit trail speaks of are gone") }
  }
}
