// A wide table, a case a row and a reader a column, turned into counted patterns.

/// Reads case by case. What makes the table look like another shape is refused at its end, when all rows are seen.
struct WideReader {
  private let records: CSVRecords
  private let options: RatingsOptions
  private let roles: ColumnRoles
  private var sink: CaseSink
  private var codes: [Int32]
  private var faults = FaultList()
  /// Rows with more or fewer cells than the header, told before anything is guessed of the table's shape.
  private var oddRows = FaultList()
  /// The case names seen, to notice a case that stands twice.
  private var seen = Fingerprints()
  private var emptyRows = (count: 0, line: 0)
  /// Of each reader, whether any cell was a level or missing, and whether any was not.
  private var hasLevel: [Bool]
  private var hasOther: [Bool]
  /// Whether nothing but ratings stood in the column of the cases so far.
  private var looksLikeReader: Bool
  /// The names of the first cases.
  private var firstCases: [String] = []
  private let headerLine: Int

  init(_ records: CSVRecords, _ sink: CaseSink, _ options: RatingsOptions) throws {
    self.records = records
    self.options = options
    self.sink = sink
    let names = records.fields.map { trimmed(records.text($0)) }
    headerLine = records.line
    roles = try ColumnRoles(names, options, line: records.line, ratings: sink.ratings) { sink.isRating($0) }
    if roles.readers.count < 2, names.count == 1 {
      throw RatingsFileError(
        line: records.line, "the table has one column; its columns are separated by commas, semicolons or tabs")
    }
    do {
      try self.sink.begin(readers: roles.readers.map { names[$0] })
    } catch let error as RatingTableError {
      throw RatingsFileError(line: records.line, error.message)
    }
    codes = [Int32](repeating: RatingTable.missing, count: roles.readers.count)
    hasLevel = [Bool](repeating: false, count: roles.readers.count)
    hasOther = hasLevel
    looksLikeReader =
      options.caseColumn == .unsaid && !roles.isSaid
      && roles.cases.map { !TableShape.isCaseWord(names[$0]) || names[$0].isEmpty } == true
  }

  /// Reads one case; false at the end.
  mutating func readCase() throws -> Bool {
    guard try records.next() else { return false }
    let fields = records.fields
    guard fields.count == roles.names.count, !isEmptyRow(fields) else {
      noteOddRow()
      return true
    }
    if let column = roles.cases { note(fields[column]) }
    for (g, column) in roles.readers.enumerated() {
      let field = fields[column]
      if let code = sink.code(field, in: records) {
        codes[g] = code
        if code >= 0 { hasLevel[g] = true }
      } else {
        hasOther[g] = true
        faults.add(records.line, sink.fault(records.text(field), reader: roles.names[column]))
        codes[g] = RatingTable.missing
      }
    }
    let patient = roles.cluster == nil ? nil : patient(fields)
    let part = roles.by == nil ? nil : part(fields)
    codes.withUnsafeBufferPointer { sink.add($0, patient: patient, part: part) }
    return true
  }

  /// The subgroup of a case.
  private mutating func part(_ fields: [CSVRecords.Field]) -> String? {
    guard let by = options.by, let column = roles.by else { return nil }
    let text = records.text(fields[column])
    guard let group = by.group(of: options.missing.contains(trimmed(text)) ? "" : text) else {
      faults.add(records.line, by.fault(text))
      return nil
    }
    return group
  }

  private func isEmptyRow(_ fields: [CSVRecords.Field]) -> Bool {
    for field in fields where !field.isEmpty { return false }
    return true
  }

  private mutating func noteOddRow() {
    let fields = records.fields
    if isEmptyRow(fields) {
      // A line without anything, as editors leave at the end, is none to speak of.
      guard fields.count > 1 else { return }
      emptyRows = (emptyRows.count + 1, emptyRows.count == 0 ? records.line : emptyRows.line)
      return
    }
    let cells = fields.count == 1 ? "1 cell" : "\(fields.count) cells"
    let cure =
      fields.count < roles.names.count
      ? "a missing rating is an empty cell between separators"
      : "a cell with a separator in it is put in quotation marks, or the first row lacks a name"
    oddRows.add(records.line, "this row has \(cells), the first row \(roles.names.count); \(cure)")
  }

  private func patient(_ fields: [CSVRecords.Field]) -> String? {
    roles.cluster.map { records.text(fields[$0]) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func note(_ field: CSVRecords.Field) {
    if field.isEmpty, options.cluster == nil {
      faults.add(
        records.line,
        "this row has no name, as a row of sums has none; name the case, remove the row, or say that no column names cases "
          + "(--case-column none)")
    } else if !seen.insert(records.bytes(field)), options.cluster == nil {
      faults.add(
        records.line,
        "the case \(quoted(records.text(field))) stands again; a case is one row. Name the column of patients with several "
          + "cases (--cluster COLUMN)")
    }
    if firstCases.count <= roles.readers.count || looksLikeReader {
      let name = records.text(field)
      if firstCases.count <= roles.readers.count { firstCases.append(name) }
      if looksLikeReader, !sink.isRating(name) { looksLikeReader = false }
      if TableShape.isTotal(name) { faults.add(records.line, Self.total(name)) }
    } else if field.isShort, !hasDigit(field), TableShape.isTotal(records.text(field)) {
      faults.add(records.line, Self.total(records.text(field)))
    }
  }

  /// A name with a digit is none of sums, which spares a look at most names.
  private func hasDigit(_ field: CSVRecords.Field) -> Bool {
    for byte in records.bytes(field) where byte >= 0x30 && byte <= 0x39 { return true }
    return false
  }

  private static func total(_ name: String) -> String {
    "the row \(quoted(name)) looks like sums, not like a case; remove it, or call it something else"
  }

  /// All rows.
  func finish() throws -> RatingsFile {
    try oddRows.check()
    try checkColumns()
    try checkNumberColumns()
    try checkShape()
    try faults.check()
    guard let content = sink.result, sink.cases > 0 else {
      throw RatingsFileError(line: nil, "the file names its columns and holds no case; add one row for each case")
    }
    var notes: [String] = []
    if emptyRows.count > 0 {
      let rows = emptyRows.count == 1 ? "1 empty row" : "\(grouped(emptyRows.count)) empty rows"
      notes.append("\(rows) \(emptyRows.count == 1 ? "is" : "are") left out, the first on line \(emptyRows.line).")
    }
    return RatingsFile(
      content: content, notes: notes, origin: origin, groups: try RatingsFile.groups(sink.groups, by: options.by))
  }

  /// - Throws: `RatingsFileError` where a column that was taken for a reader's holds no level at all.
  private func checkColumns() throws {
    let strange = roles.readers.indices.filter { hasOther[$0] && !hasLevel[$0] }.map { roles.names[roles.readers[$0]] }
      .filter { !TableShape.isReaderLike($0) }
    let others = roles.readers.indices.filter { hasLevel[$0] }.map { printable(roles.names[roles.readers[$0]]) }
    guard !strange.isEmpty, others.count >= 2 else { return }
    throw RatingsFileError(
      line: headerLine,
      "\(sink.ratings == "numbers" ? "no number" : "no declared level") stands in \(strange.count == 1 ? "the column" : "the columns") \(ColumnRoles.list(strange)), so these "
        + "seem to be no readers; name the readers with --columns \(others.joined(separator: ","))")
  }

  /// A column of ages is as much numbers as a reader's is.
  ///
  /// - Throws: `RatingsFileError` where some columns of numbers are called like readers and others are not.
  private func checkNumberColumns() throws {
    guard sink.ratings == "numbers", !roles.isSaid else { return }
    let names = roles.readers.map { roles.names[$0] }
    let others = names.filter { !TableShape.isReaderLike($0) }
    guard !others.isEmpty, others.count < names.count else { return }
    let like = names.filter(TableShape.isReaderLike).map(printable).joined(separator: ",")
    throw RatingsFileError(
      line: headerLine,
      "\(others.count == 1 ? "the column" : "the columns") \(ColumnRoles.list(others)) may be no reader's; name the readers "
        + "with --columns \(like), or all of them")
  }

  /// - Throws: `RatingsFileError` where the table looks like one of another shape than the one it was read as.
  private func checkShape() throws {
    if looksLikeReader, sink.cases > 0, let column = roles.cases {
      throw RatingsFileError(
        line: headerLine,
        "the first column, \(quoted(roles.names[column])), holds nothing but \(sink.ratings), so it looks like a reader's; name the "
          + "column of the cases with --case-column NAME, or say that there is none with --case-column none")
    }
    guard options.caseColumn == .unsaid, !roles.isSaid, sink.cases > 0 else { return }
    let columns = roles.readers.map { roles.names[$0] }
    guard TableShape.mayBeTransposed(rows: firstCases, count: sink.cases, columns: columns) else { return }
    let corner = roles.cases.map { roles.names[$0] } ?? ""
    throw RatingsFileError(
      line: headerLine,
      "rows and columns may be the wrong way round: \(columns.count) columns such as \(quoted(columns[0])), \(sink.cases) "
        + "\(sink.cases == 1 ? "row" : "rows") such as \(quoted(firstCases.first ?? "")). If readers are in rows, add "
        + "--transpose; if cases are, say so with --case-column \(corner.isEmpty ? "NAME" : printable(corner))")
  }

  /// What was taken for what.
  private var origin: String {
    var parts = [
      roles.cases.map { "cases in rows, named in column \(quoted(roles.names[$0]))" } ?? "cases in rows without names"
    ]
    if let cluster = roles.cluster { parts.append("patients in column \(quoted(roles.names[cluster]))") }
    if let by = roles.by { parts.append("subgroups in column \(quoted(roles.names[by]))") }
    let unused = roles.names.indices.filter {
      ![roles.cases, roles.cluster, roles.by].contains($0) && !roles.readers.contains($0)
    }
    if !unused.isEmpty { parts.append("not read: \(ColumnRoles.list(unused.map { roles.names[$0] }))") }
    return parts.joined(separator: "; ")
  }
}
