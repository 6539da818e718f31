// Pictures into the study: what is refused, and what is written.

import Crypto
import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  func add(_ images: [NewKeyImage], isLookedThrough: Bool) throws -> ImagesReport {
    var report = ImagesReport()
    guard !images.isEmpty else { return report }
    var faults: [String] = []
    var known: [CaseID: CaseFacts] = [:]
    var lookedThrough = 0
    for image in images {
      let facts = try known[image.caseID] ?? self.facts(image.caseID)
      known[image.caseID] = facts
      do throws(ImageFault) {
        try check(image, facts, isLookedThrough: isLookedThrough)
        if let added = try insert(image, facts, &report) {
          if added.isLookedThrough { lookedThrough += 1 }
          report.added.append(added)
          if !report.cases.contains(image.caseID) { report.cases.append(image.caseID) }
        } else {
          report.unchanged += 1
        }
      } catch {
        switch error {
        case .words(let words): faults.append("\(image.name): \(words)")
        case .store(let error): throw error
        }
      }
    }
    let limit = study.studyProtocol.imageLimits.all
    if faults.isEmpty, report.bytes > 0, try imageBytes() > limit << 20 {
      faults = [
        "the images of a study take up to \(limit) MiB, and with these it would be more; add fewer, or take some away "
          + "(‘image_limits’ of its description says how many when a study is made)"
      ]
    }
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    guard !report.added.isEmpty else { return report }
    let looked = lookedThrough == 0 ? "" : "; \(lookedThrough.counted("image")) looked through for burned-in text"
    let facts = known.count == 1 ? known.values.first : nil
    try audit(.imagesAdded, facts: facts, detail: report.summary + looked)
    return report
  }

  private func check(_ image: NewKeyImage, _ facts: CaseFacts, isLookedThrough: Bool) throws(ImageFault) {
    let (id, wanted) = (image.facts.examination, image.facts)
    guard let examination = facts.whole.examination(id) else {
      let known = facts.whole.examinations.map(\.id.rawValue).joined(separator: ", ")
      throw .words("case \(facts.whole.id) has no examination ‘\(id)’; it has \(known)")
    }
    guard codebook.series.contains(wanted.sequence) else {
      let known = codebook.series.map(\.rawValue).joined(separator: ", ")
      throw .words("there is no series ‘\(wanted.sequence.rawValue)’; it is one of \(known)")
    }
    if examination.lacks(wanted.sequence) {
      throw .words(
        "case \(facts.whole.id), \(id.title), says that \(wanted.sequence.title) was not acquired; correct the case first, or "
          + "name another series")
    }
    guard wanted.isSound, image.pixels.count == wanted.columns * wanted.rows else {
      throw .words("says of size, place or times what cannot be; export it from the PACS again")
    }
    if image.mayHaveText, !isLookedThrough {
      throw .words(
        "text may be burned into the picture: its file says so, or says nothing of it, as a PNG or a picture of a screen; look "
          + "at it with ‘endplate image show’, and if nothing in it says whose it is, add it with --looked-through, which is on "
          + "record")
    }
  }

  /// - Returns: nil where the examination has it already.
  private func insert(
    _ image: NewKeyImage, _ facts: CaseFacts, _ report: inout ImagesReport
  ) throws(ImageFault) -> KeyImage? {
    do {
      return try insertChecked(image, facts, &report)
    } catch let fault as ImageFault { throw fault } catch { throw .store(error) }
  }

  private func insertChecked(_ image: NewKeyImage, _ facts: CaseFacts, _ report: inout ImagesReport) throws -> KeyImage?
  {
    let (wanted, limits) = (image.facts, study.studyProtocol.imageLimits)
    let examination = try facts.examination(wanted.examination)
    let hash = PackedPixels.hash(image.pixels, columns: wanted.columns, rows: wanted.rows)
    let instance = try image.instanceUID.map { try salted($0) }
    let there = try images(facts, at: [examination])
    let same = Set(
      try db.rows("SELECT uuid FROM image WHERE examination_seq = ? AND pixels = ?", [examination, hash]) {
        KeyImageID(try $0[0] as String)
      })
    if let instance, let other = there.first(where: { $0.instance == instance && !same.contains($0.id) }) {
      throw ImageFault.words(
        "says it is the picture that image \(other.id.short) is (its SOP instance UID), and its pixels differ; one of the two "
          + "was changed: export it from the PACS again")
    }
    if let twin = there.first(where: {
      same.contains($0.id) && (instance != nil && $0.instance == instance || $0.isPlaced(as: wanted))
    }) {
      guard twin.sequence == wanted.sequence else {
        throw ImageFault.words(
          "the same picture is there as \(twin.sequence.title) already (image \(twin.id.short)); remove that one first, or "
            + "name the right series")
      }
      return nil
    }
    guard there.count < limits.perExamination else {
      throw ImageFault.words(
        "case \(facts.whole.id), \(wanted.examination.title), keeps up to \(limits.perExamination.counted("image")), and this "
          + "would be one more; key images are the few that matter")
    }
    try keep(image, hash, &report)
    var kept = wanted
    kept.id = try newID(wanted.id)
    kept.instance = instance
    kept.frameOfReference = try image.frameOfReferenceUID.map { try salted($0) }
    kept.isLookedThrough = image.mayHaveText
    let seq = try db.insert(
      "INSERT INTO image (uuid, case_seq, examination_seq, pixels, facts, added_at) VALUES (?, ?, ?, ?, ?, ?)",
      [
        kept.id.rawValue, facts.seq, examination, hash, try Document.text(kept), Timestamp.text(environment.now()),
      ])
    try wrote(.image, seq: seq)
    return kept
  }

  /// That of a picture of a release, so that the marks on it stand where they stood; else a new one.
  private func newID(_ wanted: KeyImageID) throws -> KeyImageID {
    let isUsable = UUID(uuidString: wanted.rawValue) != nil && wanted.rawValue == wanted.rawValue.lowercased()
    let isFree = try db.number("SELECT count(*) FROM image WHERE uuid = ?", [wanted.rawValue]) == 0
    return isUsable && isFree ? wanted : KeyImageID(environment.newID())
  }

  /// The pixels, once.
  private func keep(_ image: NewKeyImage, _ hash: Data, _ report: inout ImagesReport) throws {
    guard try db.number("SELECT count(*) FROM image_pixels WHERE hash = ?", [hash]) == 0 else { return }
    let (columns, rows) = (image.facts.columns, image.facts.rows)
    guard let packed = PackedPixels.pack(image.pixels, columns: columns, rows: rows) else {
      throw StoreError.io("there is not enough memory for the picture \(image.name); nothing was stored")
    }
    let limit = study.studyProtocol.imageLimits.each
    guard packed.count <= limit << 20 else {
      throw ImageFault.words(
        "takes \((packed.count >> 10).counted("KiB", "KiB")), and an image may take \(limit) MiB; export the one picture that "
          + "matters at the size it was made, or set ‘image_limits’ in the protocol")
    }
    try db.run(
      "INSERT INTO image_pixels (hash, columns, rows, packed) VALUES (?, ?, ?, ?)", [hash, columns, rows, packed])
    report.bytes += packed.count
  }

  /// Of a UID, which could be looked up in a PACS. The same in this study only.
  private func salted(_ uid: String) throws -> String {
    var fields = HashedFields()
    for text in ["image uid", try lettersSecret(), uid] { fields.add(text) }
    return fields.hash.prefix(16).hexadecimal
  }
}

/// Why a picture is not kept, in words, or what the file said.
private enum ImageFault: Error {
  case words(String)
  case store(any Error)
}

extension KeyImage {
  /// Whether two pictures of the same pixels lie at the same place in the same size, and are shown alike.
  fileprivate func isPlaced(as other: KeyImage) -> Bool {
    position == other.position && orientation == other.orientation && rowSpacing == other.rowSpacing
      && columnSpacing == other.columnSpacing && windows == other.windows
  }
}
