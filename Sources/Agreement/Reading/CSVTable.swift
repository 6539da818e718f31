// A CSV file as rows of text, for who reads other columns than ratings.

public enum CSVTable {
  /// A record with the line on which it begins, from 1.
  public struct Row: Hashable, Sendable {
    public let line: Int
    public let cells: [String]
  }

  /// The records of a file as `endplate agreement --ratings` reads them: comma, semicolon or tab, quoted as RFC 4180 has it.
  /// Empty lines are left out.
  ///
  /// - Throws: `RatingsFileError` for what no CSV file may hold.
  public static func rows(_ bytes: [UInt8]) throws -> [Row] {
    var rest = bytes[...]
    let records = CSVRecords(chunk: 1 << 16) { buffer in
      let count = min(buffer.count, rest.count)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    var rows: [Row] = []
    while try records.next() {
      let cells = records.fields.map(records.text)
      if cells != [""] { rows.append(Row(line: records.line, cells: cells)) }
    }
    return rows
  }
}
