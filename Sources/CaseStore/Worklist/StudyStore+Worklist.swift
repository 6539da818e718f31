// The worklist: queries just what it shows.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Some rows of the worklist as this principal sees it.
  ///
  /// - Parameter offset: index of the first row, from 0; beyond the end the page is empty.
  public func worklist(_ query: WorklistQuery, offset: Int = 0, limit: Int) throws -> WorklistPage {
    // Whatever is asked for, the sums below stay in range.
    let (offset, limit) = (min(max(offset, 0), 1 << 40), min(max(limit, 0), 1 << 40))
    return try read { transaction in
      let list = try transaction.ownList()
      guard let search = try WorklistSearch(query, list, transaction) else { return WorklistPage(offset: offset) }
      let (cases, total) = try search.page(transaction.db, offset: offset, limit: limit)
      let usual = try transaction.required(round: list.round)
      let rows = try cases.compactMap { try transaction.row($0, in: list, required: usual) }
      return WorklistPage(offset: offset, rows: rows, total: total)
    }
  }

  /// Where a case stands in a worklist, from 0; nil where the filter leaves it out.
  public func index(of id: CaseID, in query: WorklistQuery) throws -> Int? {
    try read { transaction in
      let list = try transaction.ownList()
      guard
        let (seq, position) = try transaction.db.first(
          "SELECT case_seq, position FROM entry WHERE list_seq = ? AND case_seq = (SELECT seq FROM patient_case WHERE id = ?)",
          [list.seq, id.rawValue], { try ($0[0] as Int64, $0[1] as Int) }),
        let search = try WorklistSearch(query, list, transaction)
      else { return nil }
      return try search.index(transaction.db, of: seq, position: position)
    }
  }

  /// Where in a worklist the next case stands, from 0, that this reader has not signed: after an index, then from the
  /// top. Cases that were begun come in their turn. Nil where nothing is left.
  public func nextToDo(in query: WorklistQuery, after index: Int) throws -> Int? {
    try read { transaction in
      let list = try transaction.ownList()
      guard let search = try WorklistSearch(query, list, transaction) else { return nil }
      let toDo = try WorklistSearch(query, list, transaction, isToDo: true)
      return try search.nextToDo(transaction.db, after: index, among: toDo)
    }
  }

  /// What the head of the worklist says. Costs the same however many cases there are.
  public func counts() throws -> WorklistCounts {
    try read { transaction in
      let tallies = try transaction.db.rows(
        "SELECT what, value, count FROM tally WHERE list_seq = ?", [transaction.ownList().seq]
      ) { try (what: $0[0] as String, value: $0[1] as Int, count: $0[2] as Int) }
      func count(_ what: String, _ values: Int...) -> Int {
        tallies.filter { $0.what == what && values.contains($0.value) }.reduce(0) { $0 + $1.count }
      }
      return WorklistCounts(
        cases: tallies.filter { $0.what == "stage" }.reduce(0) { $0 + $1.count },
        signed: count("own", OwnState.Code.signed.rawValue), draft: count("own", OwnState.Code.draft.rawValue),
        ready: count("stage", CaseStage.ready.code),
        recorded: count("stage", CaseStage.recorded.code, CaseStage.published.code),
        elsewhere: count("stage", CaseStage.imported.code))
    }
  }

  /// Every case of this principal in case order, with what is agreed on it, and without others' readings and signatures:
  /// each is looked at once, in one transaction.
  public func casesWithConsensus() throws -> [CaseView] {
    try read { transaction in
      let list = try transaction.ownList()
      guard let search = try WorklistSearch(WorklistQuery(sort: .number), list, transaction) else { return [] }
      return try search.page(transaction.db, offset: 0, limit: 1 << 40).cases.map { seq in
        try transaction.view(transaction.facts(seq: seq), in: list, withSignatures: false)
      }
    }
  }

  /// A case as this principal may see it: withheld facts and sealed readings are not in it.
  public func caseView(_ id: CaseID) throws -> CaseView {
    try read { transaction in try transaction.numbered(transaction.facts(id)) }
  }
}

extension Transaction {
  /// A case as the acting principal may see it, with its place in their worklist.
  func numbered(_ facts: CaseFacts) throws -> CaseView {
    let list = try ownList()
    var view = try view(facts, in: list)
    view.position = try db.number(
      "SELECT position FROM entry WHERE list_seq = ? AND case_seq = ?", [list.seq, facts.seq])
    return view
  }

  private func isDamaged(_ seq: Int64) throws -> Bool {
    do {
      _ = try imported(seq)
      return false
    } catch is StoreError { return true }
  }

  /// - Parameter usual: how many must sign a case to which nobody was assigned.
  fileprivate func row(_ seq: Int64, in list: ListRecord, required usual: Int) throws -> WorklistRow? {
    try db.first(
      """
      SELECT id, position, sex, age, title, bones, lesions, own, graded, gradable, signed, stage, follow_ups, flags, required
      FROM entry WHERE list_seq = ? AND case_seq = ?
      """, [list.seq, seq]
    ) { row in
      // A row outlives what it was made from, and would hide that it is gone.
      let isDamaged = try isDamaged(seq)
      func value(_ column: Int, _ finding: FindingID?) throws -> GradeValue? {
        guard let finding, let text = try row[column] as String? else { return nil }
        guard let known = codebook[finding] else { throw StoreError.unknownCode(finding.rawValue, "a finding") }
        return try known.stored(text)
      }
      var shown = try WorklistRow(
        id: CaseID(row[0] as String), position: row[1], sex: .stored(row[2] as String?, "a sex"),
        age: row[3], title: row[4], bones: value(5, codebook.columns.first),
        lesions: value(6, codebook.columns.dropFirst().first),
        own: OwnState(code: row[7], graded: row[8], gradable: row[9]), signed: row[10],
        required: row[14] as Int? ?? max(usual, row[10]),
        stage: CaseStage(code: row[11]),
        followUps: (row[12] as String).split(separator: ",").map {
          guard let months = Double($0), months.isFinite else {
            throw StoreError.unknownCode(String($0), "a follow-up")
          }
          return months
        },
        flags: Set((row[13] as String).split(separator: ",").map { try .stored(String($0), "a flag") }))
      shown.isDamaged = isDamaged
      return shown
    }
  }
}
