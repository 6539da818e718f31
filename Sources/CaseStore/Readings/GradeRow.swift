// One row of a step: what a grade became.

import Foundation
internal import GRDB
import ReviewCore

/// The columns of `grade` and `current` as text and numbers, so that what is hashed is just what is stored.
struct GradeRow: Hashable {
  var finding: String
  var comparator: String
  /// Null clears. Of the note of a whole reading only `note` is set.
  var value: String?
  var note: String?
  var series: Int?
  var slice: Int?
  var bone: String?
  var confidence: Int?
  /// The rule's level that a sequential change departs from, for the reason in its note.
  var overrules: String?
  /// `ImageMark.text`.
  var mark: String?

  /// Which grade of the reading it is.
  struct Key: Hashable, Comparable {
    var finding: String
    var comparator: String
    static func < (a: Key, b: Key) -> Bool { (a.finding, a.comparator) < (b.finding, b.comparator) }
  }

  var key: Key { Key(finding: finding, comparator: comparator) }
  var isEmpty: Bool { value == nil && note == nil }

  init(_ key: GradeKey, _ grade: Grade?) {
    finding = key.finding.rawValue
    comparator = key.comparator.rawValue
    value = grade?.value.text
    note = grade?.note
    series = grade?.image?.series
    slice = grade?.image?.slice
    bone = grade?.bone?.rawValue
    confidence = grade?.confidence
    overrules = grade?.overrules?.rawValue
    mark = grade?.mark?.text
  }

  /// The note of a whole reading.
  init(readingNote: String?) {
    finding = Transaction.readingNote.rawValue
    comparator = Comparator.baseline.rawValue
    note = readingNote
  }

  /// A row that clears.
  init(clearing key: Key) {
    finding = key.finding
    comparator = key.comparator
  }

  init(_ row: Columns, from first: Int) throws {
    (finding, comparator) = try (row[first], row[first + 1])
    (value, note) = try (row[first + 2], row[first + 3])
    (series, slice) = try (row[first + 4], row[first + 5])
    (bone, confidence, overrules) = try (row[first + 6], row[first + 7], row[first + 8])
    mark = try row[first + 9]
  }

  static let columns = "finding, comparator, value, note, series, slice, bone, confidence, overrules, mark"

  var arguments: StatementArguments {
    [finding, comparator, value, note, series, slice, bone, confidence, overrules, mark]
  }

  func add(to fields: inout HashedFields) {
    for text in [finding, comparator, value, note] { fields.add(text) }
    for number in [series, slice] { fields.add(number.map(String.init)) }
    fields.add(bone)
    fields.add(confidence.map(String.init))
    // Files before version 4 had none, and their digests stay.
    if let overrules { for text in ["overrules", overrules] { fields.add(text) } }
    // Nor before version 7.
    if let mark { for text in ["mark", mark] { fields.add(text) } }
  }

  /// The grade; nil where it is cleared, unresolved in a consensus, or the note of the whole reading.
  ///
  /// - Throws: `StoreError.badData` where it is none that could have been given.
  func grade(_ codebook: Codebook) throws -> Grade? {
    guard let value else { return nil }
    guard let known = codebook[FindingID(finding)] else { throw StoreError.unknownCode(finding, "a finding") }
    if let confidence, !(1...5).contains(confidence) {
      throw StoreError.unknownCode(String(confidence), "a confidence")
    }
    if let overrules, known.level(LevelID(overrules)) == nil {
      throw StoreError.unknownCode(overrules, "a rule's grade")
    }
    return Grade(
      try known.stored(value), note: note, image: try image(), bone: try .stored(bone, "a bone"),
      confidence: confidence, overrules: overrules.map { LevelID($0) }, mark: try shownMark())
  }

  private func shownMark() throws -> ImageMark? {
    guard let mark else { return nil }
    guard let known = ImageMark(mark) else { throw StoreError.unknownCode(mark, "a mark on an image") }
    return known
  }

  private func image() throws -> ImageReference? {
    guard series != nil || slice != nil else { return nil }
    func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
    let words = "\(text(series))/\(text(slice))"
    guard let image = ImageReference(words) else { throw StoreError.unknownCode(words, "an image") }
    return image
  }

  func gradeKey(at examination: ExaminationID) throws -> GradeKey {
    GradeKey(examination, FindingID(finding), comparator: try .stored(comparator, "a comparison"))
  }
}
