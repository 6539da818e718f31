// What a worklist should hold, as narrow as it can be: a hash for each case.

internal import GRDB
import ReviewCore

/// A row of `entry` as it should be.
struct ExpectedEntry {
  /// Everything but the position.
  var values: [DatabaseValue]
  var orderKey: DatabaseValue
  var terms: [Int64]
  var own: Int
  var stage: Int

  static func hash(_ values: some Sequence<DatabaseValue>) -> UInt64 {
    var hasher = Hasher()
    for value in values {
      // GRDB hashes null as 0.
      hasher.combine(value.isNull)
      hasher.combine(value)
    }
    return UInt64(bitPattern: Int64(hasher.finalize())) | 1
  }

  /// Of a row of `entry_term`; those of an entry are added up.
  static func hash(term: Int64, orderKey: DatabaseValue) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(term)
    hasher.combine(orderKey)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}

struct ExpectedList {
  let record: ListRecord
  /// Place of each case in the arrays.
  private var places: [Int64: Int] = [:]
  private var numbers: [Int64] = []
  /// 0 where it was found.
  private var entries: [UInt64] = []
  private var terms: [UInt64] = []
  /// How many entries have a standing or a stage.
  private(set) var tally: [TallyKey: Int] = [:]

  struct TallyKey: Hashable {
    var what: String
    var value: Int
  }

  init(_ record: ListRecord) { self.record = record }

  var title: String {
    (record.reader.map { "\($0.id)'s worklist" } ?? "the worklist of those who do not read")
      + " in round \(record.round)"
  }

  mutating func reserve(_ count: Int) {
    places.reserveCapacity(count)
    numbers.reserveCapacity(count)
    entries.reserveCapacity(count)
    terms.reserveCapacity(count)
  }

  /// A case follows, whether or not there is an entry to expect.
  mutating func begin(_ seq: Int64) {
    places[seq] = entries.count
    numbers.append(seq)
    entries.append(0)
    terms.append(0)
  }

  /// Of the case that was begun last.
  mutating func expect(_ entry: ExpectedEntry) {
    entries[entries.count - 1] = ExpectedEntry.hash(entry.values)
    terms[terms.count - 1] = entry.terms.reduce(0) { sum, term in
      sum &+ ExpectedEntry.hash(term: term, orderKey: entry.orderKey)
    }
    tally[TallyKey(what: "own", value: entry.own), default: 0] += 1
    tally[TallyKey(what: "stage", value: entry.stage), default: 0] += 1
  }

  /// - Returns: whether it is the entry that was expected.
  mutating func meet(_ seq: Int64, _ values: some Sequence<DatabaseValue>) -> Bool {
    guard let place = places[seq], entries[place] == ExpectedEntry.hash(values) else { return false }
    entries[place] = 0
    return true
  }

  /// - Returns: whether there is such a case.
  mutating func meet(_ seq: Int64, term: Int64, orderKey: DatabaseValue) -> Bool {
    guard let place = places[seq] else { return false }
    terms[place] &-= ExpectedEntry.hash(term: term, orderKey: orderKey)
    return true
  }

  /// Local numbers of cases whose entry was not met.
  var missing: [Int64] { zip(numbers, entries).compactMap { $1 == 0 ? nil : $0 } }
  /// Of cases whose terms do not add up.
  var misfiled: [Int64] { zip(numbers, terms).compactMap { $1 == 0 ? nil : $0 } }
}
