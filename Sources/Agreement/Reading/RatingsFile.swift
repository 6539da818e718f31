// Tables of ratings from CSV.

/// A table of ratings read from a CSV file.
///
/// First row: a name for the case column, then the readers. Every other row: a case, then the level each reader gave; an
/// empty cell is a missing rating. UTF-8 with or without byte order mark, LF or CR LF, quotation marks as in RFC 4180.
public struct RatingsFile: Sendable {
  /// The ratings.
  public let table: RatingTable
  /// What is odd in the file without being wrong.
  public let notes: [String]

  /// Reads a file in chunks.
  ///
  /// - Parameters:
  ///   - positive: the positive level of a binary scale; the last level unless said.
  ///   - progress: called after each chunk with the bytes read so far.
  ///   - source: fills a part of the buffer it is given and answers how many bytes; 0 at the end.
  /// - Throws: `RatingsFileError` with line numbers, `RatingTableError` for the levels, and the errors of the source.
  public init(
    levels: [String], scale: RatingScale, positive: String? = nil, progress: ((Int) -> Void)? = nil,
    source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    try RatingTally.check(levels: levels, scale: scale, positive: positive)
    let records = CSVRecords(chunk: 1 << 18, source: source)
    var reader = try RatingsReader(records: records, levels: levels, scale: scale, positive: positive)
    var reported = 0
    while try reader.readCase() {
      if records.bytesRead != reported {
        reported = records.bytesRead
        progress?(reported)
      }
    }
    table = try reader.finish()
    notes = reader.notes
  }
}
