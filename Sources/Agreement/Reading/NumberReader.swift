// Cells of a table, read as numbers.

/// Codes the distinct numbers of a table in the order in which they are met.
struct NumberReader {
  private let missing: [String]
  private let hasDecimalComma: Bool
  private var values: [Double] = []
  private var known: [Double: Int32] = [:]

  /// Numbers whose squares add up without overflow.
  private static let greatest = 1e100

  init(missing: [String], hasDecimalComma: Bool = false) {
    (self.missing, self.hasDecimalComma) = (missing, hasDecimalComma)
  }

  /// The code of the number in a cell, `RatingTable.missing` for none, nil for what is no number.
  mutating func read(_ field: CSVRecords.Field, in records: CSVRecords) -> Int32? {
    let text = trimmed(records.text(field))
    if isMissing(text) { return RatingTable.missing }
    guard let value = number(text) else { return nil }
    if let code = known[value] { return code }
    let code = Int32(values.count)
    known[value] = code
    values.append(value)
    return code
  }

  func value(of code: Int32) -> Double? { code == RatingTable.missing ? nil : values[Int(code)] }

  /// Whether a cell is a number, or stands for a missing one.
  func isRating(_ text: String) -> Bool { isMissing(text) || number(text) != nil }

  private func number(_ text: String) -> Double? {
    Agreement.number(text, hasDecimalComma: hasDecimalComma).flatMap { abs($0) <= Self.greatest ? $0 : nil }
  }

  private func isMissing(_ text: String) -> Bool {
    if text.isEmpty || missing.contains(text) { return true }
    guard !missing.isEmpty, let value = number(text) else { return false }
    return missing.contains { Agreement.number($0) == value }
  }

  /// What is wrong with a cell that is no number.
  func fault(_ text: String, reader: String) -> String {
    let shown = text.unicodeScalars.count > 40 ? "\(String(text.unicodeScalars.prefix(40)))…" : text
    let cure: String
    if Agreement.number(text, hasDecimalComma: hasDecimalComma) != nil {
      cure = "is too great to compute with"
    } else if text.unicodeScalars.contains(","),
      Agreement.number(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "," }))) != nil
    {
      cure =
        hasDecimalComma
        ? "has more than one mark, of which one may stand between thousands; write it without that"
        : "has a comma, which may stand for a point or between thousands; add --decimal-comma if it is a point"
    } else {
      cure =
        "is not a number. A missing rating is an empty cell; name another mark with --missing, and what is not a reader's "
        + "column leave out with --columns"
    }
    return "\(quoted(shown)) of reader \(quoted(reader)) \(cure)."
  }
}
