// Which digest the audit trail gives each record: narrow, because a big study has millions.

import Foundation
internal import GRDB

/// Digests by the names of their records, both as 64-bit hashes with a seed of this run: nobody can make up another name
/// or digest that hashes the same.
struct RecordIndex {
  private struct Entry {
    var name: UInt64
    /// 0 where the act gives none.
    var digest: UInt64
    /// The number of the audit row; of a row of `written`, its number below 0.
    var place: Int64
  }

  private var entries: ContiguousArray<Entry> = []
  private var seen: ContiguousArray<Bool> = []

  enum Finding {
    /// With the place of the audit row in the chain.
    case asWritten(Int64)
    case changed
    /// The act gives no digest.
    case withoutDigest(Int64)
    case unknown
  }

  /// Adds a record in the order of the chain; a later act about the same name takes the place of an earlier one.
  mutating func add(_ kind: Written.Kind?, _ subject: String, digest: Data?, place: Int64) {
    entries.append(Entry(name: Self.name(kind, subject), digest: Self.digest(digest), place: place))
  }

  /// To be called once all records are added.
  mutating func sort() {
    entries.sort { ($0.name, abs($0.place)) < ($1.name, abs($1.place)) }
    var kept = 0
    for index in entries.indices {
      if index + 1 < entries.count, entries[index + 1].name == entries[index].name { continue }
      entries[kept] = entries[index]
      kept += 1
    }
    entries.removeLast(entries.count - kept)
    seen = ContiguousArray(repeating: false, count: kept)
  }

  /// Looks a record up, and notes that it is there.
  mutating func find(_ kind: Written.Kind?, _ subject: String, digest: Data?) -> Finding {
    guard let index = index(of: Self.name(kind, subject)) else { return .unknown }
    seen[index] = true
    let entry = entries[index]
    if entry.digest == 0 { return .withoutDigest(entry.place) }
    return entry.digest == Self.digest(digest) ? .asWritten(entry.place) : .changed
  }

  /// Places of records that nobody looked up and that were not taken away by an act.
  var gone: [Int64] {
    zip(entries, seen).compactMap { entry, seen in
      seen || entry.place < 0 && entry.digest == 0 ? nil : entry.place
    }.sorted()
  }

  private func index(of name: UInt64) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].name == name ? low : nil
  }

  private static func name(_ kind: Written.Kind?, _ subject: String) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(subject)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  private static func digest(_ digest: Data?) -> UInt64 {
    guard let digest else { return 0 }
    var hasher = Hasher()
    hasher.combine(digest)
    return UInt64(bitPattern: Int64(hasher.finalize())) | 1
  }
}
