// The walk along the audit chain: every hash, and the lists of what acts wrote.

import Foundation
internal import GRDB
import ReviewCore

struct ChainWalk {
  var faults: [String] = []
  var index = RecordIndex()
  /// Heads that begin with the one asked for.
  var matches = 0
  /// When what lay in the file was adopted as found.
  var adoptedAt: String?

  /// - Parameter head: what a head must begin with to be counted in `matches`.
  init(_ db: Database, head: String?) throws {
    var previous = Data()
    var expected: Int64 = 1
    var lists = try WrittenLists(db)
    let cursor = try db.cursor("SELECT \(AuditRow.columns), hash FROM audit ORDER BY seq")
    while let row = try cursor.next() {
      let entry = try AuditRow(row)
      let hash: Data = try row[16]
      let name = "audit row \(entry.seq) (\(entry.at), \(entry.kind))"
      // After the first broken row the rest of the chain hangs in the air: it is the one to name.
      if faults.isEmpty {
        if entry.seq != expected {
          faults.append("audit row \(expected) is missing")
        } else if entry.hash(after: previous) != hash {
          faults.append("\(name) is not as it was written")
        } else if let head, hash.hexadecimal.hasPrefix(head) {
          matches += 1
        }
      }
      let list = try lists.digest(of: entry.seq, into: &index)
      if list != (entry.record == nil ? entry.digest : nil) {
        faults.append("the list of what \(name) wrote is not as it was written")
      }
      if let record = entry.record { index.add(nil, record, digest: entry.digest, place: entry.seq) }
      if entry.kind == AuditKind.adopted.rawValue { adoptedAt = entry.at }
      previous = hash
      expected = try .stored(entry.seq, "an audit row") + 1
    }
    if expected == 1 { faults.append("audit row 1 is missing") }
    if !lists.isAtEnd { faults.append("something is listed as written by an act that is not in the audit trail") }
    index.sort()
  }
}

/// The rows of `written`, read along with their acts.
private struct WrittenLists {
  private let cursor: ColumnsCursor
  private var next: Columns?
  private var expected: Int64 = 1

  init(_ db: Database) throws {
    cursor = try db.cursor("SELECT seq, audit_seq, kind, subject, digest FROM written ORDER BY seq")
    next = try cursor.next()
  }

  var isAtEnd: Bool { next == nil }

  /// Digest of what an act wrote; nil where it wrote nothing.
  mutating func digest(of act: Int64, into index: inout RecordIndex) throws -> Data? {
    guard let first = next, try (first[1] as Int64) == act else { return nil }
    var fields = HashedFields()
    while let row = next, try (row[1] as Int64) == act, try (row[0] as Int64) == expected {
      let (kind, subject, digest) = try (row[2] as String, row[3] as String, row[4] as Data?)
      fields.add(kind)
      fields.add(subject)
      fields.add(digest)
      if let kind = Written.Kind(rawValue: kind) { index.add(kind, subject, digest: digest, place: -expected) }
      expected += 1
      next = try cursor.next()
    }
    return fields.hash
  }
}
