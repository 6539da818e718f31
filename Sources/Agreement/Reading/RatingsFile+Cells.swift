// What stands in the cells of a table of which nobody has said the levels.

extension RatingsFile {
  /// The different cells of the readers' columns, in the order in which they occur: what may be levels. Of
  /// a table of counts the names of its columns; none of a table with readers in rows, of Endplate's own table of all findings, and where there are more than `most`.
  ///
  /// - Parameter source: fills a part of the buffer it is given and answers how many bytes; 0 at the end. The first 10,000
  ///   records are read.
  /// - Throws: `RatingsFileError` for what is wrong with the file whatever its levels are, and the errors of the source.
  public static func cells(
    _ options: RatingsOptions, most: Int = 20, source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> [String] {
    let records = CSVRecords(chunk: 1 << 18, source: source)
    guard try records.next() else { throw RatingsFileError.empty }
    let names = records.fields.map { trimmed(records.text($0)) }
    let places: [Int]
    switch options.form {
    case .wide:
      places = try ColumnRoles(names, options, line: records.line, ratings: "levels") { _ in false }.readers
    case .long:
      let sink = try CaseSink(levels: [], scale: .nominal, positive: nil, isOfSets: true, options: options)
      places = [try LongReader(records, sink, options).ratingColumn].compactMap { $0 }
    case .transposed: places = []
    case .counts: return Array(names.dropFirst().prefix(most))
    }
    var found: [String] = []
    var rows = 0
    while rows < 10_000, try records.next() {
      rows += 1
      for place in places where records.fields.indices.contains(place) {
        let text = trimmed(records.text(records.fields[place]))
        guard !text.isEmpty, !options.missing.contains(text), !found.contains(text) else { continue }
        guard found.count < most else { return [] }
        found.append(text)
      }
    }
    return found
  }
}
