// A table of counts: level against level of two readers.

import TextSafety

/// Reads the rows of a table of counts: the levels of the first reader; in columns those of the second.
struct CountsReader {
  private let records: CSVRecords
  private var sink: CaseSink
  /// The level of each column.
  private let columns: [Int32]
  private let levels: [String]
  private var rows: [Int32] = []
  private var faults = FaultList()

  init(_ records: CSVRecords, _ sink: CaseSink, levels: [String]) throws {
    self.records = records
    self.sink = sink
    self.levels = levels
    var columns: [Int32] = []
    for field in records.fields.dropFirst() {
      let text = trimmed(records.text(field))
      guard let level = sink.level(text), !columns.contains(level) else {
        throw RatingsFileError(
          line: records.line,
          "\(quoted(text)) is not a declared level, or stands twice; the first row of a table of counts holds each level once, "
            + "behind an empty cell")
      }
      columns.append(level)
    }
    self.columns = columns
    try self.sink.begin(readers: ["R1", "R2"])
  }

  /// Reads one level; false at the end.
  mutating func readLevel() throws -> Bool {
    guard try records.next() else { return false }
    let fields = records.fields
    if fields.allSatisfy(\.isEmpty) { return true }
    let name = trimmed(records.text(fields[0]))
    guard let level = sink.level(name), !rows.contains(level), fields.count == columns.count + 1 else {
      faults.add(
        records.line,
        fields.count == columns.count + 1
          ? "\(quoted(name)) is not a declared level, or stands twice; a row of sums is left out of a table of counts"
          : "this row has \(fields.count.counted("cell")), the first row \(columns.count + 1)")
      return true
    }
    rows.append(level)
    for (column, field) in zip(columns, fields.dropFirst()) {
      let text = trimmed(records.text(field))
      guard let count = text.isEmpty ? 0 : Int(text), (0...1_000_000_000).contains(count) else {
        faults.add(records.line, "\(quoted(text)) is not a count; counts are whole numbers from 0")
        continue
      }
      guard count > 0 else { continue }
      [level, column].withUnsafeBufferPointer { sink.add($0, count: count) }
    }
    return true
  }

  func finish() throws -> RatingsFile {
    try faults.check()
    if let lacking = levels.indices.first(where: { !rows.contains(Int32($0)) || !columns.contains(Int32($0)) }) {
      throw RatingsFileError(
        line: nil,
        "the level \(quoted(levels[lacking])) has no row or no column; write its counts, 0 where it was not used")
    }
    guard let content = sink.result, sink.cases > 0 else { throw RatingsFileError(line: nil, "every count is 0") }
    return RatingsFile(
      content: content, notes: [], origin: "counts of two readers, R1 in rows and R2 in columns")
  }
}
