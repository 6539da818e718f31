// Reads a table of readings from elsewhere, by its map: every fault with its line, and nothing unless there is none.

import Agreement
import ReviewCore
import TextSafety

/// What was read, with the lines on which it stands.
package struct ReadingsFromTable: Sendable {
  package struct Entry: Hashable, Sendable {
    package var caseID: CaseID
    package var reading: Reading
    package var line: Int
  }

  package var entries: [Entry] = []
  package var consensus: [CaseID: [Consensus]] = [:]
}

package struct ReadingsTable {
  let file: InputFile
  let map: ReadingsMap
  let codebook: Codebook
  let cases: [CaseID: Case]
  var faults: FaultList
  /// The first name under which a case, an examination of it or a reader stands in the table, and its line.
  private var written: [[String]: (name: String, line: Int)] = [:]
  /// Which other names were told.
  private var told: Set<[String]> = []

  /// Larger tables are refused before anything looks into them.
  package static let sizeLimit = 64 << 20

  package init(_ file: InputFile, map: ReadingsMap, codebook: Codebook, cases: [Case]) {
    self.file = file
    self.map = map
    self.codebook = codebook
    self.cases = Dictionary(cases.map { ($0.id, $0) }) { first, _ in first }
    faults = FaultList(file: file.name)
  }

  /// The first row of a table; nil where the file has none.
  package static func header(_ file: InputFile) -> [String]? { (try? CSVTable.rows(file.bytes))?.first?.cells }

  package static func read(
    _ file: InputFile, map: ReadingsMap, codebook: Codebook, cases: [Case]
  ) -> Outcome<ReadingsFromTable> {
    var table = ReadingsTable(file, map: map, codebook: codebook, cases: cases)
    return Outcome(ReadingsFromTable(entries: table.readings()), table.faults.all)
  }

  // MARK: Rows

  /// A row with its cells by what they say.
  struct Row {
    var line: Int
    var cells: [String: String]
    var parts: [ReadingsMap.Part: String]
    subscript(part: ReadingsMap.Part) -> String? { parts[part].flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// The rows of the file; none where it is no such table.
  mutating func rows() -> [Row] {
    guard file.size <= Self.sizeLimit else {
      faults.add(.start, "the file is larger than \(Self.sizeLimit >> 20) MiB; import it in parts")
      return []
    }
    let rows: [CSVTable.Row]
    do { rows = try CSVTable.rows(file.bytes) } catch let error as RatingsFileError {
      for fault in error.faults { faults.add(FilePosition(fault.line ?? 1, 1), fault.message) }
      return []
    } catch {
      faults.add(.start, "\(error)")
      return []
    }
    guard let header = rows.first?.cells else {
      faults.add(.start, "the file is empty")
      return []
    }
    guard check(header) else { return [] }
    // Spreadsheets leave rows without anything below a table.
    return rows.dropFirst().filter { !$0.cells.allSatisfy { Self.plain($0).isEmpty } }.compactMap { row in
      guard row.cells.count == header.count else {
        faults.add(
          FilePosition(row.line, 1),
          "the row has \(row.cells.count.counted("cell")), and there are \(header.count.counted("column")); a cell with what "
            + "separates columns in it is put in quotation marks"
        )
        return nil
      }
      let cells = Dictionary(zip(header, row.cells.map(Self.plain))) { first, _ in first }
      var parts = map.usual
      for (part, column) in map.columns {
        parts[part] = cells[column].flatMap { $0.isEmpty ? nil : $0 } ?? map.usual[part]
      }
      return Row(line: row.line, cells: cells, parts: parts)
    }
  }

  /// Blanks around a cell, and the apostrophe that keeps a spreadsheet from running it, are no part of it.
  private static func plain(_ cell: String) -> String {
    var scalars = cell.unicodeScalars[...]
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    if scalars.first == "'", let second = scalars.dropFirst().first, "=+-@".unicodeScalars.contains(second) {
      scalars.removeFirst()
    }
    return String(scalars)
  }

  /// Two names in the table for one case or reader would make one reading of two.
  ///
  /// - Parameter target: what the name means, which begins with what it is.
  mutating func note(_ name: String, of target: [String], line: Int) {
    guard let first = written[target] else { return written[target] = (name, line) }
    guard first.name != name, told.insert(target + [name]).inserted else { return }
    faults.add(
      FilePosition(line, 1),
      "‘\(PlainText.brief(name))’ is the same \(target[0]) as ‘\(PlainText.brief(first.name))’ on line \(first.line), "
        + "\(PlainText.brief(target[target.count - 1])): two names would become one; correct the map, or give it one name "
        + "in the table")
  }

  private mutating func check(_ header: [String]) -> Bool {
    let repeated = Set(header.filter { name in !name.isEmpty && header.count { $0 == name } > 1 }).sorted()
    for name in repeated {
      faults.add(
        .start,
        "the column ‘\(PlainText.brief(name))’ is there twice; give each column a name of its own, or take one out")
    }
    guard repeated.isEmpty else { return false }
    let wanted =
      map.columns.filter { !map.isOwn || !ReadingsMap.later.contains($0.key) }.sorted {
        $0.key.rawValue < $1.key.rawValue
      }
      .map(\.value)
      + map.findings.filter(\.isColumn).map(\.name)
    let lacking = wanted.filter { !header.contains($0) }
    for name in lacking {
      let near = Spelling.nearest(to: name, in: header).map { "; did you mean ‘\($0)’?" } ?? ""
      faults.add(
        .start,
        "there is no column ‘\(PlainText.brief(name))’\(near); columns: \(header.prefix(30).joined(separator: ", "))")
    }
    return lacking.isEmpty
  }

  // MARK: Readings

  /// Which reading a grade is of.
  private struct Key: Hashable {
    var caseID: CaseID
    var examination: ExaminationID
    var round: Int
    var reader: PrincipalID
  }

  private mutating func readings() -> [ReadingsFromTable.Entry] {
    var order: [Key] = []
    var found: [Key: (line: Int, reading: Reading, grades: GradeAssembly)] = [:]
    var unnamed: Set<CaseID> = []
    for row in rows() {
      guard let patientCase = patientCase(row) else { continue }
      if row.cells["named"] == "no", map.isOwn {
        if unnamed.insert(patientCase.id).inserted {
          faults.add(
            FilePosition(row.line, 1),
            "the readers of case \(patientCase.id) are letters here, another person in each case; export it again once its "
              + "consensus is recorded")
        }
        continue
      }
      for cell in cells(row) {
        guard let key = key(row, cell.usual, patientCase), let finding = finding(cell.finding, row) else { continue }
        let reading = reading(key, row)
        if let known = found[key], known.reading != reading {
          faults.add(
            FilePosition(row.line, 1),
            "date, version, time or note of the reading are others than on line \(known.line); they are one reading's")
        } else if found[key] == nil {
          order.append(key)
          found[key] = (row.line, reading, GradeAssembly())
        }
        if let part = part(row, cell, finding) {
          let gradeKey = GradeKey(key.examination, finding.id, comparator: comparator(row, cell))
          found[key]?.grades.add(part, to: gradeKey, line: row.line, finding, &faults)
        }
      }
    }
    return order.compactMap { key in
      guard let entry = found[key] else { return nil }
      var reading = entry.reading
      reading.grades = entry.grades.grades(codebook, &faults)
      return ReadingsFromTable.Entry(caseID: key.caseID, reading: reading, line: entry.line)
    }
  }

  /// The grades of a row: one, or a column each.
  private func cells(_ row: Row) -> [(
    finding: String, text: String, comparator: Comparator?, usual: [ReadingsMap.Part: String], codes: [String: String]
  )] {
    let columns = map.findings.filter(\.isColumn)
    guard columns.isEmpty else {
      return columns.compactMap { named in
        let text = row.cells[named.name] ?? ""
        return text.isEmpty ? nil : (named.finding.rawValue, text, named.comparator, named.usual, named.codes)
      }
    }
    let name = row[.finding] ?? ""
    let named = map.findings.first { $0.name == name }
    return [(named?.finding.rawValue ?? name, row[.value] ?? "", nil, [:], named?.codes ?? [:])]
  }

  private mutating func key(_ row: Row, _ usual: [ReadingsMap.Part: String], _ patientCase: Case) -> Key? {
    func part(_ part: ReadingsMap.Part) -> String? { usual[part] ?? row[part] }
    guard let examination = examination(part(.examination), patientCase, line: row.line) else { return nil }
    if usual[.examination] == nil, let text = row[.examination], let words = map.words[.examination], !words.isEmpty {
      let name = words[text] == nil ? examination.rawValue : text
      note(name, of: ["examination of case \(patientCase.id)", examination.rawValue], line: row.line)
    }
    guard let round = number(part(.round) ?? "1", .round, 1...99, row) else { return nil }
    guard let text = part(.reader) else {
      faults.add(
        FilePosition(row.line, 1), "nothing says who read; name the column, or a reader under ‘usual’ in the map")
      return nil
    }
    guard let reader = reader(text, row) else { return nil }
    return Key(caseID: patientCase.id, examination: examination, round: round, reader: reader)
  }

  private mutating func reader(_ text: String, _ row: Row) -> PrincipalID? {
    let readers = map.words[.reader] ?? [:]
    guard readers.isEmpty || readers[text] != nil else {
      let near = Spelling.nearest(to: text, in: readers.keys.sorted()).map { "did you mean ‘\($0)’? " } ?? ""
      faults.add(
        FilePosition(row.line, 1),
        "the map names no reader ‘\(PlainText.brief(text))’; \(near)‘readers’ in the map names every reader of the file: "
          + readers.keys.sorted().prefix(8).joined(separator: ", "))
      return nil
    }
    let reader = PrincipalID(readers[text] ?? text)
    guard reader.isValid else {
      faults.add(
        FilePosition(row.line, 1),
        "‘\(PlainText.brief(reader.rawValue))’ is not a reader's id; give one of letters a-z, digits, ‘-’ and ‘_’ under ‘readers’ in the map"
      )
      return nil
    }
    note(text, of: ["reader", reader.rawValue], line: row.line)
    return reader
  }

  func comparator(_ row: Row, _ given: Comparator?) -> Comparator {
    given ?? row[.comparator].flatMap(Comparator.init) ?? .baseline
  }

  private func comparator(
    _ row: Row,
    _ cell: (
      finding: String, text: String, comparator: Comparator?, usual: [ReadingsMap.Part: String], codes: [String: String]
    )
  ) -> Comparator { comparator(row, cell.comparator) }

  /// The reading without its grades.
  private mutating func reading(_ key: Key, _ row: Row) -> Reading {
    Reading(
      reader: key.reader, examination: key.examination, round: key.round,
      version: row[.version].flatMap { number($0, .version, 1...1_000_000, row) } ?? 1,
      state: .imported(
        ReadElsewhere(
          read: row[.read].flatMap { day($0, row) }, madeIn: text(.madeIn, row) ?? ReadElsewhere.unnamed,
          codebook: row[.codebook].flatMap { number($0, .codebook, 0...1_000_000, row) })),
      note: text(.readingNote, row),
      seconds: row[.seconds].flatMap { number($0, .seconds, 0...1_000_000_000, row) } ?? 0)
  }
}
