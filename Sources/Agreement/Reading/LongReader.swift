// A long table: a rating a row, with case and reader.

import TextSafety

/// Reads rating by rating; also Endplate's own table of all readings, of which one finding is read.
struct LongReader {
  private let records: CSVRecords
  private let options: RatingsOptions
  private let names: [String]
  private let columns: (cases: Int, reader: Int, rating: Int, cluster: Int?, by: Int?)
  /// Of Endplate's own table.
  private let own: OwnColumns?
  private var sink: CaseSink
  private var matrix = RatingMatrix()
  private var faults = FaultList()
  /// What there is in Endplate's own table, for a message.
  private var findings: [String] = []
  private var rounds: Set<Int> = []
  /// Ratings whose readers are letters still: nothing that compares readers counts them.
  private var byLetter = 0

  /// Where the ratings stand; nil in Endplate's own table, where they are of many findings.
  var ratingColumn: Int? { own == nil ? columns.rating : nil }

  private struct OwnColumns {
    let examination, round, finding, comparator, status: Int
    /// `no` where the reader is a letter, which is another person in another case.
    let named: Int
  }

  init(_ records: CSVRecords, _ sink: CaseSink, _ options: RatingsOptions) throws {
    self.records = records
    self.sink = sink
    self.options = options
    let names = records.fields.map { trimmed(records.text($0)) }
    self.names = names
    let line = records.line
    try ColumnRoles.checkRepeated(names, line)
    func place(_ name: String) throws -> Int {
      guard let place = names.firstIndex(of: name) else {
        throw RatingsFileError(line: line, "there is no column \(quoted(name)); there are \(ColumnRoles.list(names))")
      }
      return place
    }
    let cluster = try options.cluster.map(place)
    let by = try options.by.map { try place($0.name) }
    if ColumnRoles.isOwnLongTable(names), options.columns.isEmpty {
      own = OwnColumns(
        examination: try place("examination"), round: try place("round"), finding: try place("finding"),
        comparator: try place("comparator"), status: try place("status"), named: try place("named"))
      let cases = try place("case")
      columns = (cases, try place("reader"), try place("value"), cluster ?? cases, by)
      return
    }
    own = nil
    if let finding = options.finding {
      throw RatingsFileError(
        line: line, "--finding \(printable(finding)) reads Endplate's own table of all readings, which this is not")
    }
    if !options.columns.isEmpty {
      guard options.columns.count == 3 else {
        throw RatingsFileError(line: line, "with --long, --columns names three columns: CASE,READER,RATING")
      }
      let places = try options.columns.map(place)
      columns = (places[0], places[1], places[2], cluster, by)
      return
    }
    func only(_ isNamed: (String) -> Bool) -> Int? {
      let found = names.indices.filter { isNamed(names[$0]) && $0 != cluster && $0 != by }
      return found.count == 1 ? found[0] : nil
    }
    var cases = only { !$0.isEmpty && TableShape.isCaseWord($0) }
    if case .named(let name) = options.caseColumn { cases = try place(name) }
    guard let cases, let reader = only(TableShape.isReaderWord), let rating = only(TableShape.isRatingWord) else {
      throw RatingsFileError(
        line: line,
        "which columns hold case, reader and rating does not show from their names (\(ColumnRoles.list(names))); name them in "
          + "this order: --columns CASE,READER,RATING")
    }
    columns = (cases, reader, rating, cluster, by)
  }

  /// Reads one rating; false at the end.
  mutating func readRating() throws -> Bool {
    guard try records.next() else { return false }
    let fields = records.fields
    if fields.allSatisfy(\.isEmpty) { return true }
    guard fields.count == names.count else {
      faults.add(records.line, "this row has \(fields.count.counted("cell")), the first row \(names.count)")
      return true
    }
    func text(_ column: Int) -> String { trimmed(records.text(fields[column])) }
    let (id, reader) = (text(columns.cases), text(columns.reader))
    guard !id.isEmpty, !reader.isEmpty else {
      faults.add(records.line, "this row names no \(id.isEmpty ? "case" : "reader")")
      return true
    }
    var name = id
    if let own {
      if !findings.contains(text(own.finding)) { findings.append(text(own.finding)) }
      guard text(own.finding) == options.finding, text(own.comparator) == "baseline" else { return true }
      let round = Int(text(own.round)) ?? 0
      rounds.insert(round)
      guard options.round ?? round == round else { return true }
      if text(own.named) == "no" {
        byLetter += 1
        return true
      }
      let examination = text(own.examination)
      if examination != "baseline" { name += " at \(examination)" }
    }
    let code: Int32
    if own.map({ text($0.status) != "graded" }) ?? false {
      code = RatingTable.missing
    } else if let known = sink.code(fields[columns.rating], in: records) {
      code = known
    } else {
      faults.add(records.line, sink.fault(text(columns.rating), reader: reader))
      return true
    }
    let row = matrix.place(of: name)
    if !matrix.set(code, case: row, reader: matrix.reader(reader)), rounds.count <= 1 {
      faults.add(records.line, "reader \(quoted(reader)) has rated the case \(quoted(name)) before; one rating a row")
    }
    if let cluster = columns.cluster, !matrix.note(patient: text(cluster), case: row) {
      faults.add(records.line, "the case \(quoted(name)) belongs to another patient further up")
    }
    if let by = options.by, let column = columns.by { note(text(column), by, of: name, row) }
    return true
  }

  private mutating func note(_ value: String, _ by: Subgrouping, of name: String, _ row: Int) {
    guard let group = by.group(of: options.missing.contains(value) ? "" : value) else {
      return faults.add(records.line, by.fault(value))
    }
    guard matrix.note(part: group, case: row) else {
      return faults.add(
        records.line, "the case \(quoted(name)) is in another subgroup of \(quoted(by.name)) further up")
    }
  }

  mutating func finish() throws -> RatingsFile {
    if own != nil, options.finding.map(findings.contains) != true {
      throw RatingsFileError(
        line: nil,
        (options.finding.map { "nothing is rated as \(quoted($0)); " } ?? "this is Endplate's table of all readings; ")
          + "name one finding with --finding: \(findings.map(printable).joined(separator: ", "))")
    }
    if rounds.count > 1, options.round == nil {
      throw RatingsFileError(
        line: nil,
        "the readings are of rounds \(rounds.sorted().map(String.init).joined(separator: ", ")); name one: --round N")
    }
    try faults.check()
    let left =
      "\(grouped(byLetter)) \(byLetter == 1 ? "rating is" : "ratings are") left out: their readers are letters, another for "
      + "each case, until the consensus of the case is recorded"
    if byLetter > 0, matrix.cases.isEmpty { throw RatingsFileError(line: nil, "\(left); record it, and export again") }
    do {
      try matrix.fill(&sink)
    } catch let error as RatingTableError {
      throw RatingsFileError(line: nil, error.message)
    }
    guard let content = sink.result, sink.cases > 0 else {
      throw RatingsFileError(line: nil, "the file names its columns and holds no rating; add one row for each")
    }
    var origin = "a rating a row: case, reader and rating in columns "
    origin += ColumnRoles.list([columns.cases, columns.reader, columns.rating].map { names[$0] })
    if let cluster = columns.cluster { origin += "; patients in column \(quoted(names[cluster]))" }
    if let by = columns.by { origin += "; subgroups in column \(quoted(names[by]))" }
    return RatingsFile(
      content: content, notes: byLetter > 0 ? ["\(left)."] : [], origin: origin,
      groups: try RatingsFile.groups(sink.groups, by: options.by))
  }
}
