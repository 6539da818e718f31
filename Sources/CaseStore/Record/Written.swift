// Rows that an act wrote and that have no salted record of their own: study, people, cases. Each has a digest, listed
// beside the act, and the act's audit row holds the digest of the list.

import Foundation
internal import GRDB
import ReviewCore

struct Written {
  /// Tables whose rows are listed. Acquisitions go with their examination.
  enum Kind: String, CaseIterable {
    case study, principal
    case patientCase = "patient_case"
    case examination
    /// Of a file that was adopted as found: later openings have their digest in their own audit row.
    case opening
    /// Of a file that was adopted as found, the time spent on a signed reading: later signatures hold it themselves.
    case timeSpent = "time_spent"
    /// Salted by its own nonce, because it may be sealed.
    case importedReading = "imported_reading"
    case importedConsensus = "imported_consensus"
    /// Its pixels follow from the hash that it names.
    case image
    /// Who reads a case.
    case assignment

    /// Rows that go with one: their table, how they name it, and their order.
    var children: (table: String, parent: String, order: String)? {
      switch self {
      case .examination: ("acquisition", "examination_seq", "ordinal")
      case .importedReading: ("imported_grade", "reading_seq", "finding, comparator")
      case .importedConsensus: ("imported_consensus_grade", "consensus_seq", "examination_seq, finding, comparator")
      case .assignment: ("assignment_reader", "assignment_seq", "principal_seq")
      default: nil
      }
    }
  }

  var kind: Kind
  /// What names the row wherever it lies: a UUID, of a person the id.
  var subject: String
  /// Nil once the row was taken away.
  var digest: Data?

  func add(to fields: inout HashedFields) {
    fields.add(kind.rawValue)
    fields.add(subject)
    fields.add(digest)
  }
}

extension HashedFields {
  /// Every value of a row that is not null, each with its place and its type, so that a later version may add columns
  /// and the digests of rows without them stay.
  mutating func add(valuesOf row: Columns, from first: Int = 0) {
    for index in first..<row.count {
      let value = row.any(index)
      let place = String(index - first)
      switch value.storage {
      case .null: continue
      case .int64(let number): add("\(place) integer \(number)")
      case .double(let number): add("\(place) real \(number.bitPattern)")
      case .string(let text):
        add("\(place) text")
        add(text)
      case .blob(let data):
        add("\(place) blob")
        add(data)
      }
    }
  }
}

extension Written {
  /// The row of a table under its number.
  static func row(_ kind: Kind, _ db: Database, seq: Int64) throws -> Written? {
    let subject = kind == .principal ? "id" : "uuid"
    return try db.first("SELECT \(subject), * FROM \(kind.rawValue) WHERE seq = ?", [seq]) { row in
      var fields = HashedFields()
      fields.add(valuesOf: row, from: 1)
      if let (table, parent, order) = kind.children {
        let cursor = try db.cursor("SELECT * FROM \(table) WHERE \(parent) = ? ORDER BY \(order)", [seq])
        while let child = try cursor.next() { fields.add(valuesOf: child) }
      }
      return Written(kind: kind, subject: try row[0], digest: fields.hash)
    }
  }

  /// Salted by the nonce of the signature, because the time is sealed with the reading.
  static func timeSpent(_ seconds: Int, signature uuid: String, nonce: Data) -> Written {
    var fields = HashedFields()
    fields.add(nonce)
    for text in [uuid, String(seconds)] { fields.add(text) }
    return Written(kind: .timeSpent, subject: uuid, digest: fields.hash)
  }
}

extension Transaction {
  /// Notes down a row as it is now, for the next act without a record of its own.
  func wrote(_ kind: Written.Kind, seq: Int64) throws {
    if let row = try Written.row(kind, db, seq: seq) { written.append(row) }
  }

  /// What the act that is being written down wrote, and its digest; nil where it wrote nothing of the kind.
  func takeWritten() -> (rows: [Written], digest: Data)? {
    guard !written.isEmpty else { return nil }
    defer { written = [] }
    var fields = HashedFields()
    for row in written { row.add(to: &fields) }
    return (written, fields.hash)
  }

  func insert(_ rows: [Written], of act: Int64) throws {
    for row in rows {
      try db.run(
        "INSERT INTO written (audit_seq, kind, subject, digest) VALUES (?, ?, ?, ?)",
        [act, row.kind.rawValue, row.subject, row.digest])
    }
  }
}
