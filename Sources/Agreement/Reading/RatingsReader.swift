// Rows of a ratings file, turned into counted patterns.

/// Reads the header and then case by case, collecting faults of meaning until there are too many.
struct RatingsReader {
  private let records: CSVRecords
  private let levels: [String]
  private let levelBytes: [[UInt8]]
  private var tally: RatingTally
  private var codes: [Int32]
  private var faults: [RatingsFileError.Fault] = []
  private var cases = 0
  /// The case names seen, to notice a case that stands twice.
  private var seen = Fingerprints()
  private var repeated: (name: String, line: Int, count: Int)?

  private static let mostFaults = 10

  init(records: CSVRecords, levels: [String], scale: RatingScale, positive: String?) throws {
    self.records = records
    self.levels = levels
    levelBytes = levels.map { Array($0.utf8) }
    guard try records.next() else {
      throw RatingsFileError(
        line: nil, "the file is empty; its first row names the columns: the case, then one column for each reader")
    }
    let names = records.fields.dropFirst().map { records.text($0) }
    try Self.check(names: names, records)
    do {
      tally = try RatingTally(readers: names, levels: levels, scale: scale, positive: positive)
    } catch let error as RatingTableError {
      throw RatingsFileError(line: records.line, error.message)
    }
    codes = [Int32](repeating: RatingTable.missing, count: names.count)
  }

  private static func check(names: [String], _ records: CSVRecords) throws {
    if names.isEmpty, let only = records.fields.first {
      let text = records.text(only)
      let other = text.contains(";") ? "semicolons" : text.contains("\t") ? "tabs" : nil
      if let other {
        throw RatingsFileError(
          line: records.line, "the columns are separated by \(other); save the file with commas between columns")
      }
    }
    if let column = names.firstIndex(of: "") {
      throw RatingsFileError(line: records.line, "column \(column + 2) has no reader's name; name it or remove it")
    }
  }

  /// Reads one case; false at the end.
  mutating func readCase() throws -> Bool {
    guard try records.next() else { return false }
    let fields = records.fields
    // An empty line, as editors leave at the end.
    if fields.count == 1, fields[0].isEmpty { return true }
    guard fields.count == codes.count + 1 else {
      let cells = fields.count == 1 ? "1 cell" : "\(fields.count) cells"
      try fault(
        "this row has \(cells), the first row \(codes.count + 1); a missing rating is an empty cell between commas")
      return true
    }
    note(fields[0])
    cases += 1
    for g in codes.indices {
      let field = fields[g + 1]
      if field.isEmpty {
        codes[g] = RatingTable.missing
      } else if let level = levelBytes.firstIndex(where: { records.equals(field, $0) }) {
        codes[g] = Int32(level)
      } else {
        try fault(undeclared(records.text(field), reader: tally.readers[g]))
        codes[g] = RatingTable.missing
      }
    }
    codes.withUnsafeBufferPointer { _ = tally.add(codes: $0) }
    return true
  }

  /// The table of all rows.
  mutating func finish() throws -> RatingTable {
    guard faults.isEmpty else { throw RatingsFileError(faults) }
    guard cases > 0 else {
      throw RatingsFileError(line: nil, "the file names its columns and holds no case; add one row for each case")
    }
    return tally.table()
  }

  /// What is odd without being wrong.
  var notes: [String] {
    guard let repeated else { return [] }
    let others = repeated.count > 1 ? ", and \(repeated.count - 1) more rows repeat a case" : ""
    return [
      "Case \(quoted(repeated.name)) stands again on line \(repeated.line)\(others); every row counts as a case of its own."
    ]
  }

  private mutating func fault(_ message: String) throws {
    faults.append(RatingsFileError.Fault(line: records.line, message: message))
    if faults.count >= Self.mostFaults { throw RatingsFileError(faults) }
  }

  private mutating func note(_ name: CSVRecords.Field) {
    if !seen.insert(records.bytes(name)) {
      repeated = repeated.map { ($0.name, $0.line, $0.count + 1) } ?? (records.text(name), records.line, 1)
    }
  }

  private func undeclared(_ text: String, reader: String) -> String {
    let shown = text.count > 40 ? "\(text.prefix(40))…" : text
    let near = nearest(to: text, among: levels).map { " Did you mean \(quoted($0))?" } ?? ""
    let list = levels.prefix(8).map(printable).joined(separator: ", ") + (levels.count > 8 ? ", …" : "")
    return "\(quoted(shown)) of reader \(quoted(reader)) is not a declared level (\(list)).\(near) "
      + "A missing rating is an empty cell."
  }
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
