// Which column of a wide table is what.

/// The columns of the cases, the patients and the readers.
struct ColumnRoles {
  /// Nil where no column has the names of cases.
  let cases: Int?
  let cluster: Int?
  /// What divides the cases into subgroups.
  let by: Int?
  let readers: [Int]
  /// The names of all columns.
  let names: [String]
  /// Whether a person said which columns are the readers'; the header then is one.
  let isSaid: Bool

  /// - Throws: `RatingsFileError` where something is named that is not there, or where columns may be other things than
  ///   they would be taken for.
  init(_ names: [String], _ options: RatingsOptions, line: Int, ratings: String, isRating: (String) -> Bool) throws {
    self.names = names
    isSaid = !options.columns.isEmpty
    func place(_ name: String, _ option: String) throws -> Int {
      let found = names.indices.filter { names[$0] == name }
      guard let first = found.first else {
        throw RatingsFileError(
          line: line, "there is no column \(quoted(name)), as \(option) has it; there are \(Self.list(names))")
      }
      guard found.count == 1 else {
        throw RatingsFileError(line: line, "two columns are called \(quoted(name)); give each a name of its own")
      }
      return first
    }
    let cluster = try options.cluster.map { try place($0, "--cluster") }
    let by = try options.by.map { try place($0.name, "--by") }
    var said = try options.columns.map { try place($0, "--columns") }
    if let reference = try options.reference.map({ try place($0, "--reference") }), !said.isEmpty,
      !said.contains(reference)
    {
      said.append(reference)
    }
    let cases: Int?
    switch options.caseColumn {
    case .none: cases = nil
    case .named(let name): cases = try place(name, "--case-column")
    case .unsaid:
      let free = names.indices.filter { !said.contains($0) && (said.isEmpty || $0 != cluster) && $0 != by }
      let called = free.filter { TableShape.isCase(names[$0]) }
      cases = called.count == 1 ? called[0] : free.first ?? cluster
    }
    self.cases = cases
    self.cluster = cluster
    self.by = by
    readers = said.isEmpty ? names.indices.filter { $0 != cases && $0 != cluster && $0 != by } : said
    if let both = said.first(where: { $0 == cases || $0 == cluster || $0 == by }) {
      throw RatingsFileError(
        line: line,
        "the column \(quoted(names[both])) cannot be a reader's and that of cases, patients or subgroups at once")
    }
    if said.isEmpty { try checkNames(options, line, ratings, isRating) }
    try Self.checkRepeated(names.indices.filter { !readers.contains($0) }.map { names[$0] }, line)
  }

  /// - Throws: `RatingsFileError` where two columns have one name. Of readers the table says so itself.
  static func checkRepeated(_ names: [String], _ line: Int) throws {
    guard let name = firstRepeated(names.filter { !$0.isEmpty }) else { return }
    throw RatingsFileError(line: line, "two columns are called \(quoted(name)); give each a name of its own")
  }

  private func checkNames(_ options: RatingsOptions, _ line: Int, _ ratings: String, _ isRating: (String) -> Bool)
    throws
  {
    if let place = readers.first(where: { trimmed(names[$0]).isEmpty && !readers.allSatisfy { isRating(names[$0]) } }) {
      throw RatingsFileError(line: line, "column \(place + 1) has no reader's name; name it or remove it")
    }
    // Below a header no row need be looked at to know that it is none.
    guard readers.isEmpty || !readers.allSatisfy({ isRating(names[$0]) }) else {
      throw RatingsFileError(
        line: line,
        "the first row holds nothing but \(ratings), so the table has no header (begin it with a row such as case,R1,R2) or is a "
          + "table of counts (--counts); readers who are called like \(ratings) are named with --columns")
    }
    if let total = readers.first(where: { TableShape.isTotal(names[$0]) }) {
      throw RatingsFileError(
        line: line,
        "the column \(quoted(names[total])) looks like sums, not like a reader; remove it, or name the readers with --columns"
      )
    }
    if let fact = readers.first(where: { TableShape.isFact(names[$0]) && names[$0] != options.reference }) {
      let others = readers.map { names[$0] }.filter { !TableShape.isFact($0) }.map(printable).joined(separator: ",")
      throw RatingsFileError(
        line: line,
        "the column \(quoted(names[fact])) does not look like a reader; name the readers with --columns "
          + "\(others.isEmpty ? "NAMES" : others), and use it with --by, --reference or --cluster, if at all")
    }
    guard options.caseColumn == .unsaid else { return }
    if Self.isOwnLongTable(names) {
      throw RatingsFileError(
        line: line, "this is Endplate's table of all readings; read one finding of it with --long --finding ID")
    }
    if names.contains(where: TableShape.isReaderWord), names.contains(where: TableShape.isRatingWord) {
      throw RatingsFileError(
        line: line, "the table seems to have a rating a row (case, reader, rating); read it with --long")
    }
    if let elsewhere = readers.first(where: { !names[$0].isEmpty && TableShape.isCaseWord(names[$0]) }) {
      let name = names[elsewhere]
      let isPatient = name.lowercased().hasPrefix("pat")
      throw RatingsFileError(
        line: line,
        "the column \(quoted(name)) looks like names of \(isPatient ? "patients" : "cases"), not like a reader; say so with "
          + (isPatient ? "--cluster \(printable(name))" : "--case-column \(printable(name))")
          + ", or name the readers with --columns")
    }
  }

  /// Names for a message.
  static func list(_ names: [String]) -> String {
    names.prefix(8).map { quoted($0) }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }

  /// Whether these are the columns of what `endplate agreement --csv` prints of a study.
  static func isOwnLongTable(_ names: [String]) -> Bool {
    ["case", "examination", "round", "reader", "named", "finding", "comparator", "status", "value"].allSatisfy(
      names.contains)
  }
}
