// What a person says of the shape of a table of ratings.

/// How a table of ratings is to be read, where it is not a case a row with its name first and then a reader a column.
public struct RatingsOptions: Sendable, Equatable {
  /// How ratings stand in rows and columns.
  public enum Form: Sendable, Equatable {
    /// A case a row, a reader a column.
    case wide
    /// A reader a row, a case a column.
    case transposed
    /// A rating a row: case, reader, rating.
    case long
    /// Level against level of two readers: a level a row (of the first reader), a level a column, and counts.
    case counts
  }

  /// Where the cases' names stand.
  public enum CaseColumn: Sendable, Equatable {
    /// Nothing was said: in the first column, unless that looks like ratings.
    case unsaid
    case named(String)
    /// Nowhere: every column is a reader's.
    case none
  }

  public var form = Form.wide
  public var caseColumn = CaseColumn.unsaid
  /// The column that names patients, whose cases are not independent.
  public var cluster: String?
  /// The column whose values divide the cases into subgroups.
  public var by: Subgrouping?
  /// The columns of the readers; of a long table those of case, reader and rating. Empty where nothing was said.
  public var columns: [String] = []
  /// Of a table with a case a row: the column that readers are held against. It is read beside the readers that `columns`
  /// names.
  public var reference: String?
  /// What stands for a missing rating beside an empty cell.
  public var missing: [String] = []
  /// How many readers were to rate each case, where not every reader was to rate all.
  public var readersPerCase: Int?
  /// Whether numbers have a decimal comma, as `12,5`.
  public var hasDecimalComma = false
  /// Of Endplate's own table of all readings: which finding, and which round.
  public var finding: String?
  public var round: Int?

  public init() {}

  /// Splits what stands behind an option at its commas; a name with commas is put in quotation marks, as in CSV.
  ///
  /// - Throws: `RatingsFileError`.
  public static func list(_ text: String) throws -> [String] {
    var bytes = Array(text.utf8)[...]
    let records = CSVRecords(chunk: bytes.count + 16, isCommaOnly: true) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
    guard try records.next() else { return [] }
    return records.fields.map { trimmed(records.text($0)) }
  }
}

/// Text without blanks at its ends.
func trimmed(_ text: String) -> String {
  let inside = text.unicodeScalars.drop { $0.properties.isWhitespace }
  let end = inside.lastIndex { !$0.properties.isWhitespace }
  return end.map { String(inside[...$0]) } ?? ""
}
