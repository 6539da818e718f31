// A table with a reader a row and a case a column.

import TextSafety

/// Reads reader by reader.
struct TransposedReader {
  private let records: CSVRecords
  private let names: [String]
  private var sink: CaseSink
  private var matrix = RatingMatrix()
  private var faults = FaultList()
  private let headerLine: Int

  init(_ records: CSVRecords, _ sink: CaseSink) throws {
    self.records = records
    self.sink = sink
    headerLine = records.line
    names = records.fields.dropFirst().map { trimmed(records.text($0)) }
    guard !names.isEmpty, !names.allSatisfy({ sink.isRating($0) }) else {
      throw RatingsFileError(
        line: records.line,
        "the first row names the cases, one a column, behind an empty cell; here it holds \(sink.ratings)")
    }
    if let name = firstRepeated(names) {
      throw RatingsFileError(line: records.line, "the case \(quoted(name)) stands twice; each case has one column")
    }
    if let name = names.first(where: TableShape.isTotal) {
      throw RatingsFileError(
        line: records.line, "the column \(quoted(name)) looks like sums, not like a case; remove it")
    }
    for name in names { _ = matrix.place(of: name) }
  }

  /// Reads one reader; false at the end.
  mutating func readReader() throws -> Bool {
    guard try records.next() else { return false }
    let fields = records.fields
    if fields.allSatisfy(\.isEmpty) { return true }
    guard fields.count == names.count + 1 else {
      faults.add(records.line, "this row has \(fields.count.counted("cell")), the first row \(names.count + 1)")
      return true
    }
    let name = trimmed(records.text(fields[0]))
    if name.isEmpty || TableShape.isTotal(name) || matrix.readers.contains(name) {
      faults.add(
        records.line,
        matrix.readers.contains(name)
          ? "two rows are called \(quoted(name)); each reader has one row"
          : "the row \(quoted(name)) is not a reader's; remove it")
      return true
    }
    let reader = matrix.reader(name)
    for (place, field) in fields.dropFirst().enumerated() {
      guard let code = sink.code(field, in: records) else {
        faults.add(records.line, sink.fault(records.text(field), reader: name))
        continue
      }
      _ = matrix.set(code, case: place, reader: reader)
    }
    return true
  }

  mutating func finish() throws -> RatingsFile {
    try faults.check()
    let readers = matrix.readers
    if !readers.isEmpty, readers.allSatisfy({ sink.isRating($0) }) {
      throw RatingsFileError(
        line: nil, "the first column holds nothing but \(sink.ratings); with --transpose it names the readers")
    }
    if !readers.isEmpty, TableShape.isUpright(rows: readers, columns: names) {
      throw RatingsFileError(
        line: headerLine, "the columns of this table look like readers and its rows like cases; leave out --transpose")
    }
    do {
      try matrix.fill(&sink)
    } catch let error as RatingTableError {
      throw RatingsFileError(line: nil, error.message)
    }
    guard let content = sink.result, sink.cases > 0 else { throw RatingsFileError(line: nil, "the file holds no case") }
    return RatingsFile(content: content, notes: [], origin: "readers in rows, cases in columns")
  }
}
