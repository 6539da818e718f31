// Key images against their digests, and their pixels against the hashes that they name.

import Foundation
internal import GRDB
import ReviewCore

extension Verification {
  /// At a seat as far as its images are shown there: those of withheld examinations are not read.
  func images() throws {
    let cases = try db.rows("SELECT DISTINCT case_seq FROM image ORDER BY case_seq") { try $0[0] as Int64 }
    for seq in cases {
      let id = try db.first("SELECT id FROM patient_case WHERE seq = ?", [seq]) { try $0[0] as String }
      do { try images(ofCase: seq, id: id ?? "?") } catch let error as StoreError {
        fault("case \(id ?? "?"): \(error)")
      }
    }
    guard scope == .file else { return }
    let unused = try db.number("SELECT count(*) FROM image_pixels WHERE hash NOT IN (SELECT pixels FROM image)")
    if unused > 0 { fault("rows of image_pixels belong to no image of a case") }
  }

  private func images(ofCase seq: Int64, id: String) throws {
    let shown = try scope == .seat ? transaction.shownExaminations(transaction.facts(seq: seq)) : nil
    let condition = shown.map { "AND examination_seq IN (\($0.map(String.init).joined(separator: ", ")))" } ?? ""
    let numbers = try db.rows("SELECT seq FROM image WHERE case_seq = ? \(condition)", [seq]) { try $0[0] as Int64 }
    for number in numbers {
      guard let row = try Written.row(.image, db, seq: number) else { continue }
      check(.image, row.subject, row.digest, "case \(id): an image, as it was added,")
      guard try arePixelsWhole(number) else {
        fault("case \(id): the pixels of an image are not as they were added")
        continue
      }
    }
  }

  private func arePixelsWhole(_ number: Int64) throws -> Bool {
    let isWhole = try db.first(
      "SELECT hash, columns, rows, packed FROM image_pixels WHERE hash = (SELECT pixels FROM image WHERE seq = ?)",
      [number]
    ) { row in
      let (columns, rows) = try (row[1] as Int, row[2] as Int)
      guard let values = PackedPixels.unpack(try row[3], columns: columns, rows: rows) else { return false }
      return PackedPixels.hash(values, columns: columns, rows: rows) == (try row[0] as Data)
    }
    return isWhole ?? false
  }
}
