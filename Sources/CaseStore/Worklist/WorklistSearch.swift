// Turns a worklist query into SQL that walks an index.

import Foundation
internal import GRDB
import ReviewCore

/// One query against one worklist.
///
/// Without a filter a page is a range of an index. A fact that is a term drives the search by the index of terms, the
/// rarest first; words and ranges scan the worklist once. Descending is the exact reverse of ascending.
struct WorklistSearch {
  private let list: Int64
  private let sort: WorklistSort
  private let descending: Bool
  /// Known terms, the rarest first.
  private let terms: [Int64]
  private typealias Condition = (sql: String, arguments: StatementArguments)
  /// Conditions on a row `e` of `entry`, with their arguments.
  private let words: [Condition]
  private let ranges: [Condition]
  /// Where in case order the cases stand whose ids are words of the filter: who types an id means that case first.
  private let named: [(from: Data, to: Data)]
  /// The numbers among the words: cases whose ids end in them come next.
  private let numbers: [String]
  private var conditions: [Condition] { words + ranges }

  /// Nil where a term is in nobody's worklist: nothing matches.
  /// - Parameter isToDo: only cases that the reader of the list has not signed.
  init?(_ query: WorklistQuery, _ list: ListRecord, _ transaction: Transaction, isToDo: Bool = false) throws {
    self.list = list.seq
    sort = query.sort
    descending = query.descending
    var found: [(term: Int64, count: Int)] = []
    for term in Set(query.filter.facts.compactMap(\.term)) {
      guard let number = try transaction.knownNumber(of: term) else { return nil }
      found.append((number, 0))
    }
    if found.count > 1 {
      // Which is rarest matters only up to a point, and counting a common one through would cost more than it saves.
      found = try found.map { term, _ in
        let count = try transaction.db.number(
          "SELECT count(*) FROM (SELECT 1 FROM entry_term WHERE list_seq = ? AND term_seq = ? LIMIT 5000)",
          [list.seq, term])
        return (term, count)
      }
    }
    terms = found.sorted { ($0.count, $0.term) < ($1.count, $1.term) }.map(\.term)
    words = query.filter.words.map { ("instr(e.search, ?) > 0", [$0.lowercased()]) }
    let toDo: [Condition] = isToDo ? [(Self.isToDo, StatementArguments())] : []
    named = try query.filter.words.map { ReadingOrder.naturalRange(CaseID($0)) }.filter { range in
      try transaction.db.first(
        "SELECT 1 FROM entry WHERE list_seq = ? AND number_key >= ? AND number_key < ? LIMIT 1",
        [list.seq, range.from, range.to], { _ in true }) ?? false
    }
    numbers = query.filter.words.compactMap { WorklistFilter.number(of: $0, isWhole: true) }
    ranges =
      toDo
      + query.filter.facts.compactMap { fact in
        switch fact {
        case .age(let range): ("e.age BETWEEN ? AND ?", [range.lowerBound, range.upperBound])
        case .followUp(let range): ("e.last_months BETWEEN ? AND ?", [range.lowerBound, range.upperBound])
        case .id(let pattern):
          WorklistFilter.number(of: pattern, isWhole: true).map { (Self.isNumbered, [$0]) }
            ?? (Self.isLike, [Self.like(pattern)])
        default: nil
        }
      }
  }

  private static let isToDo = "e.own IN (\(OwnState.Code.todo.rawValue), \(OwnState.Code.draft.rawValue))"
  private static let isNumbered = """
    (e.id GLOB '*[0-9]' AND ltrim(substr(e.id, length(rtrim(e.id, '0123456789')) + 1), '0') = ?)
    """
  private static let isLike = "e.id LIKE ? ESCAPE '\\'"

  /// A pattern as SQLite writes it; without a star it is the id itself.
  private static func like(_ pattern: String) -> String {
    pattern.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_").replacing(
      "*", with: "%")
  }

  private static let columns: [WorklistSort: [String]] = [
    .order: ["order_key"], .number: ["number_key"], .age: ["age"], .lesions: ["lesions_rank"],
    .own: ["own", "graded"], .stage: ["stage"], .followUp: ["last_months"],
  ]

  private static let indexes: [WorklistSort: String] = [
    .order: "entry_by_position", .number: "entry_by_number", .age: "entry_by_age", .lesions: "entry_by_lesions",
    .own: "entry_by_own", .stage: "entry_by_stage", .followUp: "entry_by_follow_up",
  ]

  private var isFiltered: Bool { !terms.isEmpty || !conditions.isEmpty }
  private var isByTermAlone: Bool { sort == .order && terms.count == 1 && conditions.isEmpty }
  private var direction: String { descending ? "DESC" : "ASC" }

  /// The cases of a page and how many there are in all.
  func page(_ db: Database, offset: Int, limit: Int) throws -> (cases: [Int64], total: Int) {
    if isByTermAlone {
      let total = try db.number(
        "SELECT count(*) FROM entry_term WHERE list_seq = ? AND term_seq = ?", [list, terms.first])
      return (try cases(db, offset: offset, limit: limit), total)
    }
    if isFiltered {
      let all = try cases(db, offset: 0, limit: -1)
      return (Array(all.dropFirst(offset).prefix(limit)), all.count)
    }
    let total = try db.number("SELECT sum(count) FROM tally WHERE list_seq = ? AND what = 'stage'", [list])
    if sort != .order { return (try cases(db, offset: offset, limit: limit), total) }
    let first = descending ? total - offset - limit + 1 : offset + 1
    let page = try db.rows(
      """
      SELECT case_seq FROM entry WHERE list_seq = ? AND position BETWEEN ? AND ? ORDER BY position \(direction)
      """, [list, first, first + limit - 1]
    ) { try $0[0] as Int64 }
    return (page, total)
  }

  /// Where a case of the list stands in the answer, from 0.
  func index(_ db: Database, of wanted: Int64, position: Int) throws -> Int? {
    if !isFiltered, sort == .order {
      let total = try db.number("SELECT sum(count) FROM tally WHERE list_seq = ? AND what = 'stage'", [list])
      return descending ? total - position : position - 1
    }
    return try cases(db, offset: 0, limit: -1).firstIndex(of: wanted)
  }

  /// Where in the answer the next case stands, from 0, that the reader of the list has not signed: after an index, and
  /// from the top again; the case at the index itself comes last. Nil where all are signed.
  func nextToDo(_ db: Database, after index: Int, among toDo: WorklistSearch?) throws -> Int? {
    if !isFiltered, sort == .order, !descending {
      // Positions count from 1.
      let sql = """
        SELECT position FROM entry e WHERE list_seq = ? AND position > ? AND \(Self.isToDo) ORDER BY position LIMIT 1
        """
      for start in [index + 1, 0] {
        if let position = try db.first(sql, [list, start], { try $0[0] as Int }) { return position - 1 }
      }
      return nil
    }
    guard let toDo else { return nil }
    let open = Set(try toDo.cases(db, offset: 0, limit: -1))
    let all = Array(try cases(db, offset: 0, limit: -1).enumerated())
    let rest = all.drop { $0.offset <= index } + all.prefix { $0.offset <= index }
    return rest.first { open.contains($0.element) }?.offset
  }

  /// The index to walk where no term leads; nil leaves the choice to SQLite.
  private var index: String? {
    if !isFiltered { return Self.indexes[sort] }
    return sort == .order && ranges.isEmpty ? "entry_by_search" : nil
  }

  private func cases(_ db: Database, offset: Int, limit: Int) throws -> [Int64] {
    var arguments: StatementArguments = []
    var sql: String
    var driver = "e"
    let needsEntry = sort != .order || !conditions.isEmpty
    if let rarest = terms.first {
      driver = "t"
      sql = "SELECT t.case_seq FROM entry_term t"
      if needsEntry { sql += " CROSS JOIN entry e USING (list_seq, order_key, case_seq)" }
      sql += " WHERE t.list_seq = ? AND t.term_seq = ?"
      arguments += [list, rarest]
    } else {
      let index = index.map { " INDEXED BY \($0)" } ?? ""
      sql = "SELECT e.case_seq FROM entry e\(index) WHERE e.list_seq = ?"
      arguments += [list]
    }
    for term in terms.dropFirst() {
      sql += """
         AND EXISTS (SELECT 1 FROM entry_term o WHERE o.list_seq = \(driver).list_seq AND o.term_seq = ?
          AND o.order_key = \(driver).order_key AND o.case_seq = \(driver).case_seq)
        """
      arguments += [term]
    }
    for condition in conditions {
      sql += " AND " + condition.sql
      arguments += condition.arguments
    }
    let keys = sort == .order ? [] : (Self.columns[sort] ?? []).map { "e.\($0)" }
    let order =
      named.map { _ in "e.number_key >= ? AND e.number_key < ? DESC" } + numbers.map { _ in Self.isNumbered + " DESC" }
      + (keys + ["\(driver).order_key", "\(driver).case_seq"]).map { "\($0) \(direction)" }
    for range in named { arguments += [range.from, range.to] }
    for number in numbers { arguments += [number] }
    sql += " ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?"
    return try db.rows(sql, arguments + [limit, offset]) { try $0[0] as Int64 }
  }
}
