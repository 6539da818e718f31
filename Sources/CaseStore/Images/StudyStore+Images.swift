// Key images of a study: added, looked at as far as a principal may, and taken away.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Keeps pictures with their cases, all or none. Only the coordinator may; audited.
  ///
  /// - Parameter isLookedThrough: a person looked whether text that names anybody is burned into those that may have some.
  /// - Throws: `StoreError.badData` naming every fault; then nothing is changed.
  public func addImages(_ images: [NewKeyImage], isLookedThrough: Bool = false) throws -> ImagesReport {
    try checkCoordinator("adds images")
    return try write { try $0.add(images, isLookedThrough: isLookedThrough) }
  }

  /// The images of the examinations of a case that this principal may see; those of others are not read from the file.
  /// By examination, then in the order in which they were added.
  public func images(of id: CaseID) throws -> [KeyImage] {
    try read { transaction in
      let facts = try transaction.facts(id)
      return try transaction.images(facts, at: transaction.shownExaminations(facts))
    }
  }

  /// The stored values of an image, row by row; nil where this principal sees no such image.
  public func pixels(of image: KeyImageID, in id: CaseID) throws -> [UInt16]? {
    try read { transaction in
      let facts = try transaction.facts(id)
      let shown = try transaction.shownExaminations(facts)
      return try transaction.pixels(of: image, facts, at: shown)
    }
  }

  /// Takes images of a case away. Marks on them stay with their grades. Only the coordinator may; audited.
  ///
  /// - Parameter isMarked: also those on which somebody has marked something: the mark stays on record, without its picture.
  /// - Throws: `StoreError.badData` where the case has no such image, or one is marked.
  public func removeImages(_ images: Set<KeyImageID>, of id: CaseID, isMarked: Bool = false) throws {
    try checkCoordinator("takes images away")
    try write { transaction in
      let facts = try transaction.facts(id)
      let marked = try images.filter(transaction.isMarked).sorted()
      guard isMarked || marked.isEmpty else {
        throw StoreError.badData(
          marked.map {
            "case \(id): somebody marked something on image \($0.short), which the grade would point into; if it must go, say "
              + "--marked"
          })
      }
      for image in images.sorted() {
        let gone = try transaction.removeImages("case_seq = ? AND uuid = ?", [facts.seq, image.rawValue])
        guard gone > 0 else { throw StoreError.badData(["case \(id) has no image ‘\(image)’"]) }
      }
      try transaction.audit(
        .imagesRemoved, facts: facts,
        detail: images.count.counted("image")
          + (marked.isEmpty ? "" : ", of which marked: \(marked.map(\.short).joined(separator: ", "))"))
    }
  }

  /// What all images take in the file, in bytes, and how many there are, as far as the coordinator counts them.
  public func imagesSize() throws -> (images: Int, bytes: Int) {
    try checkCoordinator("counts images")
    return try read { transaction in
      try (transaction.db.number("SELECT count(*) FROM image"), transaction.imageBytes())
    }
  }
}

extension Transaction {
  /// The numbers of the examinations of a case that the acting principal may see.
  func shownExaminations(_ facts: CaseFacts) throws -> [Int64] {
    let view = try view(facts, in: ownList(), withSignatures: false)
    return view.patientCase.examinations.compactMap { facts.examinations[$0.id] }
  }

  /// Whether any mark on record stands on an image.
  func isMarked(_ image: KeyImageID) throws -> Bool {
    try Schema.marked.contains { table in
      try db.number("SELECT count(*) FROM \"\(table)\" WHERE mark LIKE ?", ["%\(image.rawValue)%"]) > 0
    }
  }

  /// Numbers as a list in SQL: they are ours, and no text.
  private static func list(_ numbers: [Int64]) -> String { numbers.map(String.init).joined(separator: ", ") }

  func images(_ facts: CaseFacts, at examinations: [Int64]) throws -> [KeyImage] {
    let found = try db.rows(
      """
      SELECT uuid, examination_seq, facts FROM image
      WHERE case_seq = ? AND examination_seq IN (\(Self.list(examinations))) ORDER BY seq
      """, [facts.seq]
    ) { row in
      try keyImage(KeyImageID(row[0] as String), facts.id(ofExamination: row[1]), row[2])
    }
    let order = facts.whole.examinations.map(\.id)
    return order.flatMap { examination in found.filter { $0.examination == examination } }
  }

  private func keyImage(_ id: KeyImageID, _ examination: ExaminationID?, _ text: String) throws -> KeyImage {
    var image = try Document.value(KeyImage.self, text, of: "a key image")
    guard image.isSound, let examination, image.id == id, image.examination == examination else {
      throw StoreError.unknownCode(id.rawValue, "a key image")
    }
    image.examination = examination
    return image
  }

  func pixels(of image: KeyImageID, _ facts: CaseFacts, at examinations: [Int64]) throws -> [UInt16]? {
    try db.first(
      """
      SELECT p.columns, p.rows, p.packed FROM image JOIN image_pixels p ON p.hash = pixels
      WHERE uuid = ? AND case_seq = ? AND examination_seq IN (\(Self.list(examinations)))
      """, [image.rawValue, facts.seq]
    ) { row in
      let (columns, rows) = try (row[0] as Int, row[1] as Int)
      guard let values = PackedPixels.unpack(try row[2], columns: columns, rows: rows) else {
        throw StoreError.badData([
          "case \(facts.whole.id): the pixels of image \(image.short) are damaged; go back to a backup, or take the image "
            + "away and add it again"
        ])
      }
      return values
    }
  }

  func imageBytes() throws -> Int { try db.number("SELECT sum(length(packed)) FROM image_pixels") }

  /// Notes down for the next act that images went, and takes their pixels out of the file where no other shows them.
  @discardableResult
  func removeImages(_ condition: String, _ arguments: StatementArguments) throws -> Int {
    let uuids = try db.rows("SELECT uuid FROM image WHERE \(condition) ORDER BY seq", arguments) { try $0[0] as String }
    guard !uuids.isEmpty else { return 0 }
    // What is taken away is overwritten.
    try db.execute(sql: "PRAGMA secure_delete = ON")
    try db.run("DELETE FROM image WHERE \(condition)", arguments)
    try db.run("DELETE FROM image_pixels WHERE hash NOT IN (SELECT pixels FROM image)")
    try db.execute(sql: "PRAGMA secure_delete = OFF")
    written += uuids.map { Written(kind: .image, subject: $0, digest: nil) }
    return uuids.count
  }
}
