// The worklists against what their cases say: entries, their order, what they are found by, and their counts.

internal import GRDB
import ReviewCore

extension Verification {
  func worklists() throws {
    let places = Dictionary(uniqueKeysWithValues: zip(lists.map(\.record.seq), lists.indices))
    let own = scope == .seat ? lists.first?.record.seq : nil
    if own == nil { try listOfLists() }
    try entries(places, own)
    try terms(places, own)
    try tallies(own)
  }

  /// One of each reader and one of everybody else in each round.
  private func listOfLists() throws {
    let found = try db.rows("SELECT ifnull(principal_seq, 0), round FROM list", []) {
      try [$0[0] as Int, $0[1] as Int]
    }
    let owners = [0] + people.values.filter(\.isReader).map { Int($0.seq) }
    let wanted = (1...transaction.round).flatMap { round in owners.map { [$0, round] } }
    if found.count != wanted.count || Set(found) != Set(wanted) {
      fault("the worklists are not those of the readers and rounds of the study; ‘endplate rebuild’ rebuilds it")
    }
  }

  private func entries(_ places: [Int64: Int], _ own: Int64?) throws {
    let cursor = try db.cursor(
      """
      SELECT list_seq, case_seq, position, order_key, number_key, id, \(Transaction.shownColumns.joined(separator: ", "))
      FROM entry WHERE ?1 IS NULL OR list_seq = ?1 ORDER BY list_seq, order_key, case_seq
      """, [own])
    var list: Int64 = 0
    var position = 0
    while let row = try cursor.next() {
      let (next, seq) = try (row[0] as Int64, row[1] as Int64)
      if list != next { (list, position) = (next, 0) }
      position += 1
      guard let place = places[list] else {
        fault("a row of entry is in no worklist")
        continue
      }
      if try row[2] != position {
        fault("\(lists[place].title): its order was changed; ‘endplate rebuild’ rebuilds it")
      }
      let values = (3..<row.count).lazy.map { row.any($0) }
      if !lists[place].meet(seq, values) { try stale(seq, in: place) }
    }
    for place in lists.indices {
      for seq in lists[place].missing.prefix(20) { try stale(seq, in: place) }
    }
  }

  private func terms(_ places: [Int64: Int], _ own: Int64?) throws {
    let cursor = try db.cursor(
      """
      SELECT list_seq, term_seq, order_key, case_seq FROM entry_term WHERE ?1 IS NULL OR list_seq = ?1
      ORDER BY list_seq
      """, [own])
    while let row = try cursor.next() {
      guard let place = places[try row[0]], try lists[place].meet(row[3], term: row[1], orderKey: row.any(2)) else {
        fault("a row of entry_term is in no worklist")
        continue
      }
    }
    for place in lists.indices {
      for seq in lists[place].misfiled.prefix(20) { try stale(seq, in: place) }
    }
  }

  private func tallies(_ own: Int64?) throws {
    let rows = try db.rows(
      "SELECT list_seq, what, value, count FROM tally WHERE ?1 IS NULL OR list_seq = ?1", [own]
    ) { try (list: $0[0] as Int64, key: ExpectedList.TallyKey(what: $0[1], value: $0[2]), count: $0[3] as Int) }
    for list in lists {
      let found = rows.filter { $0.list == list.record.seq && $0.count != 0 }.map { ($0.key, $0.count) }
      if Dictionary(found, uniquingKeysWith: { first, _ in first }) != list.tally {
        fault("\(list.title): its counts are not those of its cases; ‘endplate rebuild’ rebuilds it")
      }
    }
    let known = Set(lists.map(\.record.seq))
    if rows.contains(where: { !known.contains($0.list) }) { fault("a row of tally is in no worklist") }
  }

  private func stale(_ seq: Int64, in place: Int) throws {
    let id = try db.first("SELECT id FROM patient_case WHERE seq = ?", [seq]) { try $0[0] as String }
    fault(
      "case \(id ?? "?"): \(lists[place].title) does not say what is in the study; ‘endplate rebuild’ rebuilds it")
  }
}
