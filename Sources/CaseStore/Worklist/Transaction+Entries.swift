// Keeps the worklists in step with what their principals may see.

import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  /// Brings a case's row up to date in some worklists. Every write that changes what is seen of a case ends here.
  func refresh(_ facts: CaseFacts, in lists: [ListRecord]) throws {
    for list in lists {
      if let reader = list.reader, try !reads(reader, facts.seq, round: list.round) {
        try remove(facts, from: list)
      } else {
        try write(entry(facts, in: list), facts, list)
      }
    }
  }

  /// A case that its reader reads no longer; the list is numbered by the caller.
  private func remove(_ facts: CaseFacts, from list: ListRecord) throws {
    let key: StatementArguments = [list.seq, orderKey(facts.whole.id, in: list), facts.seq]
    try db.run("DELETE FROM entry WHERE list_seq = ? AND order_key = ? AND case_seq = ?", key)
    guard db.changesCount > 0 else { return }
    let terms = try db.rows(
      "SELECT DISTINCT term_seq FROM entry_term WHERE list_seq = ? AND case_seq = ?", [list.seq, facts.seq]
    ) { try $0[0] as Int64 }
    for term in terms {
      try db.run(
        "DELETE FROM entry_term WHERE list_seq = ? AND order_key = ? AND case_seq = ? AND term_seq = ?", key + [term])
    }
  }

  private func entry(_ facts: CaseFacts, in list: ListRecord) throws -> WorklistEntry {
    let view = try view(facts, in: list, withSignatures: false, keepsSeen: false)
    let signed = try standing(facts, round: list.round).signed
    return WorklistEntry(
      view, standing: signed, required: try requiredOfAssigned(facts.seq, round: list.round), reader: list.reader?.id,
      study: study)
  }

  /// A worklist row as the case makes it, for comparing.
  func expected(
    _ view: CaseView, standing: CaseStanding, _ facts: CaseFacts, in list: ListRecord
  ) throws -> ExpectedEntry {
    let entry = WorklistEntry(
      view, standing: standing.signed, required: try requiredOfAssigned(facts.seq, round: list.round),
      reader: list.reader?.id, study: study)
    let id = entry.row.id
    let key = orderKey(id, in: list).databaseValue
    // A term that has no number yet cannot be in the file.
    let terms = try entry.terms.map { try knownNumber(of: $0) ?? 0 }.sorted()
    let identity = [key, ReadingOrder.naturalKey(id).databaseValue, id.rawValue.databaseValue]
    return ExpectedEntry(
      values: identity + shown(entry, terms: terms).map { $0?.databaseValue ?? .null }, orderKey: key, terms: terms,
      own: entry.row.own.code.rawValue, stage: entry.row.stage.code)
  }

  /// The cases that could be opened in this round.
  func readyCases() throws -> [CaseFacts] {
    try db.rows(
      "SELECT case_seq FROM case_round WHERE round = ? AND stage = ? ORDER BY case_seq",
      [round, CaseStage.ready.rawValue]
    ) { try $0[0] as Int64 }.map(facts(seq:))
  }

  /// Brings the stage of a case and its rows in the worklists of this round up to date.
  func refreshEverywhere(_ facts: CaseFacts) throws {
    try refreshStage(facts, round: round)
    try refresh(facts, in: lists())
  }

  /// The same in every round so far, after the facts of a case changed.
  func refreshAllRounds(_ facts: CaseFacts) throws {
    for past in 1...round {
      try refreshStage(facts, round: past)
      try refresh(facts, in: lists(round: past))
    }
  }

  func orderKey(_ id: CaseID, in list: ListRecord) -> Data {
    guard let reader = list.reader, !isJoint else { return ReadingOrder.naturalKey(id) }
    return ReadingOrder.key(seed: study.studyProtocol.seed, reader: reader.id, round: list.round, id: id)
  }

  private func write(_ entry: WorklistEntry, _ facts: CaseFacts, _ list: ListRecord) throws {
    let row = entry.row
    let key = orderKey(row.id, in: list)
    let terms = try entry.terms.map(number(of:)).sorted()
    let before = try db.first(
      "SELECT terms FROM entry WHERE list_seq = ? AND order_key = ? AND case_seq = ?", [list.seq, key, facts.seq]
    ) { try ($0[0] as String).split(separator: ",").compactMap { Int64($0) } }
    let shown = StatementArguments(shown(entry, terms: terms))
    let number = ReadingOrder.naturalKey(row.id)
    let identity: StatementArguments = [list.seq, key, facts.seq]
    if before == nil {
      let named: StatementArguments = [number, row.id.rawValue]
      try db.run(Self.insertEntry, identity + named + shown)
    } else {
      try db.run(Self.updateEntry, shown + identity)
    }
    let (old, new) = (Set(before ?? []), Set(terms))
    for term in old.subtracting(new) {
      try db.run(
        "DELETE FROM entry_term WHERE list_seq = ? AND term_seq = ? AND order_key = ? AND case_seq = ?",
        [list.seq, term, key, facts.seq])
    }
    for term in terms where !old.contains(term) {
      try db.run("INSERT INTO entry_term VALUES (?, ?, ?, ?)", [list.seq, term, key, facts.seq])
    }
  }

  static let shownColumns = [
    "sex", "age", "title", "search", "bones", "lesions", "lesions_rank", "own", "graded", "gradable", "signed",
    "stage", "follow_ups", "last_months", "flags", "terms", "required",
  ]

  /// The values of `shownColumns`.
  private func shown(_ entry: WorklistEntry, terms: [Int64]) -> [(any DatabaseValueConvertible)?] {
    let row = entry.row
    var (graded, gradable) = (0, 0)
    if case .draft(let done, let all) = row.own { (graded, gradable) = (done, all) }
    return [
      row.sex?.rawValue, row.age, row.title, entry.search, row.bones?.text, row.lesions?.text, entry.lesionsRank,
      row.own.code.rawValue, graded, gradable, row.signed, row.stage.code,
      row.followUps.map { ExaminationID(months: $0).rawValue }.joined(separator: ","), row.followUps.max(),
      row.flags.map(\.rawValue).sorted().joined(separator: ","),
      terms.map(String.init).joined(separator: ","), entry.required,
    ]
  }

  private static let insertEntry = """
    INSERT INTO entry (list_seq, order_key, case_seq, position, number_key, id, \(shownColumns.joined(separator: ", ")))
    VALUES (?, ?, ?, 0, ?, ?, \(shownColumns.map { _ in "?" }.joined(separator: ", ")))
    """

  private static let updateEntry = """
    UPDATE entry SET \(shownColumns.map { "\($0) = ?" }.joined(separator: ", "))
    WHERE list_seq = ? AND order_key = ? AND case_seq = ?
    """

  /// Counts the cases of each worklist through, after cases were added.
  func renumber() throws {
    try db.run(
      """
      UPDATE entry SET position = ranked.position
      FROM (
        SELECT list_seq, order_key, case_seq,
          row_number() OVER (PARTITION BY list_seq ORDER BY order_key, case_seq) AS position
        FROM entry
      ) AS ranked
      WHERE entry.list_seq = ranked.list_seq AND entry.order_key = ranked.order_key
        AND entry.case_seq = ranked.case_seq AND entry.position <> ranked.position
      """)
  }

  /// Makes the worklists of a round that are missing.
  func makeLists(round: Int) throws {
    let owners = [nil] + (try readers().map { Optional($0.seq) })
    for owner in owners {
      let exists = try db.number(
        "SELECT count(*) FROM list WHERE round = ? AND ifnull(principal_seq, 0) = ?", [round, owner ?? 0])
      if exists == 0 { try db.run("INSERT INTO list (principal_seq, round) VALUES (?, ?)", [owner, round]) }
    }
  }

  /// Where a case stands, from signatures, opening and consensus.
  func refreshStage(_ facts: CaseFacts, round: Int) throws {
    let signed = try complete(facts, round: round).count
    let latest = try db.first(
      "SELECT origin, version FROM consensus WHERE case_seq = ? AND round = ? ORDER BY version DESC LIMIT 1",
      [facts.seq, round]
    ) { try (origin: Self.origin($0[0]), version: $0[1] as Int) }
    let opened = try db.number("SELECT count(*) FROM opening WHERE case_seq = ? AND round = ?", [facts.seq, round])
    let acts = try db.number(
      "SELECT max(version) FROM consensus_act WHERE case_seq = ? AND round = ?", [facts.seq, round])
    let stage = try Self.stage(
      signed: signed, required: required(facts.seq, round: round), isOpened: opened > 0, acts: acts, latest: latest,
      isReadElsewhere: isReadElsewhere(facts))
    try db.run(
      "INSERT INTO case_round VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET signed = excluded.signed, stage = excluded.stage",
      [facts.seq, round, signed, stage.rawValue])
  }

  /// - Parameters:
  ///   - acts: the latest version that an act of its sessions speaks of; 0 without one.
  ///   - latest: origin and version of its latest consensus.
  static func stage(
    signed: Int, required: Int, isOpened: Bool, acts: Int, latest: (origin: Consensus.Origin, version: Int)?,
    isReadElsewhere: Bool
  ) -> CaseStage {
    if latest?.origin == .published { return .published }
    if isReadElsewhere { return .imported }
    guard isOpened else { return signed >= required ? .ready : .reading }
    guard let latest else { return acts > 0 ? .inDiscussion : .opened }
    return acts > latest.version ? .reopened : .recorded
  }

  static func origin(_ text: String) throws(StoreError) -> Consensus.Origin {
    guard let origin = Consensus.Origin(rawValue: text) else {
      throw .badData(["the study file holds an unknown origin ‘\(text)’ of a consensus"])
    }
    return origin
  }
}
