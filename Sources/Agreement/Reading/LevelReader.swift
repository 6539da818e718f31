// Cells of a table, turned into levels: as they are written, as numbers, or in other code points for the same letters.

/// Finds the level that a cell names. A class, so that a look at it for each of millions of cells copies nothing.
final class LevelReader {
  private let levels: [String]
  private let bytes: [[UInt8]]
  /// The values of the levels where all of them are numbers; cells then compare as numbers, so that `0.0` is `0`.
  private let values: [Double]
  private let missing: [String]
  private let hasDecimalComma: Bool
  private let missingBytes: [[UInt8]]
  /// The levels that are short, as most are: compared as numbers, at once.
  private let words: [(word: UInt64, code: Int32)]

  /// - Throws: `RatingTableError` where two levels are the same, as numbers or as letters.
  init(levels: [String], missing: [String], hasDecimalComma: Bool = false) throws {
    self.levels = levels
    self.hasDecimalComma = hasDecimalComma
    self.missing = missing
    bytes = levels.map { Array($0.utf8) }
    missingBytes = missing.map { Array($0.utf8) }
    words = levels.indices.compactMap { index in packed(levels[index].utf8).map { ($0, Int32(index)) } }
    let values = levels.compactMap { number($0) }
    self.values = values.count == levels.count ? values : []
    if let index = self.values.indices.first(where: { self.values[..<$0].contains(self.values[$0]) }) {
      throw RatingTableError.repeatedLevel(levels[index])
    }
    if let mark = missing.first(where: { code(ofText: $0) != nil }) { throw RatingTableError.levelIsMissing(mark) }
  }

  /// The position of the level that a cell names, `RatingTable.missing` where it names none, nil where it is no level.
  func read(_ field: CSVRecords.Field, in records: CSVRecords) -> Int32? {
    if field.isEmpty { return RatingTable.missing }
    if let word = records.word(field) {
      for known in words where known.word == word { return known.code }
    }
    for index in bytes.indices where records.equals(field, bytes[index]) { return Int32(index) }
    for mark in missingBytes where records.equals(field, mark) { return RatingTable.missing }
    let text = records.text(field)
    return code(ofText: text) ?? (isMissing(text) ? RatingTable.missing : nil)
  }

  /// Whether a cell is a level, or stands for a missing rating.
  func isRating(_ text: String) -> Bool { code(ofText: text) != nil || isMissing(text) }

  func code(ofText text: String) -> Int32? {
    // Strings are equal where their letters are, composed or decomposed.
    let plain = withPlainMinus(text)
    if let index = levels.firstIndex(where: { $0 == text || withPlainMinus($0) == plain }) { return Int32(index) }
    guard !values.isEmpty, let value = number(text, hasDecimalComma: hasDecimalComma) else { return nil }
    return values.firstIndex(of: value).map(Int32.init)
  }

  private func isMissing(_ text: String) -> Bool {
    if text.isEmpty || missing.contains(text) { return true }
    guard let value = number(text, hasDecimalComma: hasDecimalComma) else { return false }
    return missing.contains { number($0) == value }
  }

  /// What is wrong with a cell that is no level.
  func fault(_ text: String, reader: String) -> String {
    let shown = text.unicodeScalars.count > 40 ? "\(String(text.unicodeScalars.prefix(40)))…" : text
    let near = nearest(to: text, among: levels).map { " Did you mean \(quoted($0))?" } ?? ""
    let list = levels.prefix(8).map(listed).joined(separator: ", ") + (levels.count > 8 ? ", …" : "")
    let mark = number(text) == nil && text.utf8.count > 4 ? "" : "; name another mark with --missing"
    if !hasDecimalComma, pointed(text).flatMap({ number($0) }).map(values.contains) == true {
      return
        "\(quoted(shown)) of reader \(quoted(reader)) is not a declared level (\(list)); where commas are decimal, add "
        + "--decimal-comma."
    }
    return "\(quoted(shown)) of reader \(quoted(reader)) is not a declared level (\(list)).\(near) "
      + "A missing rating is an empty cell\(mark)."
  }
}

/// The minus sign of typography as the one of keyboards.
private func withPlainMinus(_ text: String) -> String {
  guard text.unicodeScalars.contains("\u{2212}") else { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\u{2212}" ? "-" : $0 }))
}

/// A decimal number as people write it, `-1`, `+0.50`, `−2`; nil of what is none.
///
/// - Parameter hasDecimalComma: whether one comma, and no point, stands before the decimals.
func number(_ text: String, hasDecimalComma: Bool = false) -> Double? {
  var plain = withPlainMinus(trimmed(text))
  if hasDecimalComma, let pointed = pointed(plain) { plain = pointed }
  guard !plain.isEmpty, plain.utf8.allSatisfy({ ("0"..."9").contains(Unicode.Scalar($0)) || "+-.eE".utf8.contains($0) })
  else { return nil }
  return Double(plain).flatMap { $0.isFinite ? $0 : nil }
}

/// A number with a decimal comma, with a point in its place; nil of what has no comma, or may have it between thousands.
func pointed(_ text: String) -> String? {
  let commas = text.utf8.count { $0 == UInt8(ascii: ",") }
  guard commas == 1, !text.utf8.contains(UInt8(ascii: ".")) else { return nil }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "," ? "." : $0 }))
}

/// The name that differs from `text` by no more than case, outer blanks or two letters, if there is one.
func nearest(to text: String, among names: [String]) -> String? {
  let trimmed = text.lowercased().filter { !$0.isWhitespace }
  let distances = names.map { (name: $0, distance: editDistance(trimmed, $0.lowercased().filter { !$0.isWhitespace })) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= 2 && best.distance < best.name.count ? best.name : nil
}

/// The number of letters to insert, delete or replace (Levenshtein 1966).
private func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, letter) in a.prefix(100).enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (letter == b[j] ? 0 : 1))
      diagonal = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[b.count]
}
