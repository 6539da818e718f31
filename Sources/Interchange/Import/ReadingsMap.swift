// A map (`endplate-map/1`): which column of a table of readings says what, and what its words stand for.

import ReviewCore

package struct ReadingsMap: Sendable {
  package static let format = "endplate-map/1"

  /// What a column may say.
  enum Part: String, CaseIterable, Sendable {
    case patientCase = "case"
    case examination, round, reader, finding, comparator, value, status, place, note, image, mark, confidence, seconds,
      version, codebook
    case read
    case madeIn = "made_in"
    case readingNote = "reading_note"

    var about: String {
      switch self {
      case .patientCase: "the case"
      case .examination:
        "the examination: `baseline`, the months after it, or `follow_up_1`; the baseline where it is left out"
      case .round: "the round; 1 where it is left out"
      case .reader: "the reader"
      case .finding: "the finding, in a table with a row a grade"
      case .comparator: "`baseline` or `previous`, of follow-ups"
      case .value: "the grade, in a table with a row a grade"
      case .status: "`graded`, or why there is no answer"
      case .place: "of rim and halo the bone where it was seen; of bones and of changes per bone the bone, a row each"
      case .note: "a note on the grade"
      case .image: "series/slice"
      case .mark: "where on a key image, as a release writes it"
      case .confidence: "1 to 5"
      case .seconds: "time spent on the reading"
      case .version: "the version of the reading"
      case .codebook: "the version of the codebook that it was signed under"
      case .read: "when it was read, as `2026-03-04`"
      case .madeIn: "where it was made"
      case .readingNote: "a note on the whole reading"
      }
    }
  }

  /// A finding under its name in the file, or in a column of its own.
  struct Named: Sendable {
    var name: String
    var finding: FindingID
    /// In the table with a row a case: whose, when.
    var isColumn: Bool
    var comparator: Comparator = .baseline
    var usual: [Part: String] = [:]
    var codes: [String: String] = [:]
  }

  var columns: [Part: String] = [:]
  /// What stands for a column that the table does not have.
  var usual: [Part: String] = [:]
  var words: [Part: [String: String]] = [:]
  var findings: [Named] = []
  var missing: Set<String> = []
  var notAssessable: Set<String> = []
  var notAcquired: Set<String> = []
  /// Rows that are one bone each, as in a release.
  var isOneBoneARow = false
  /// Of a table that Endplate wrote, in which readers may be letters.
  var isOwn = false
  /// Columns of tables that Endplate writes now and did not write at first.
  static let later: Set<Part> = [.codebook]

  static let schema = FileSchema(
    "map",
    [
      SchemaKey("format", .word([format]), required: true, "names the format and its version"),
      SchemaKey("columns", .record(columnSchema), required: true, "the names of the columns"),
      SchemaKey("usual", .record(usualSchema), "what holds for all rows where the table has no column for it"),
      SchemaKey("cases", .pairs, "cases as the file names them, and their ids in the study"),
      SchemaKey("examinations", .pairs, "the same of examinations, as `V2: 5`"),
      SchemaKey(
        "readers", .pairs,
        "the same of readers; where it is there it names every reader of the file, as `R1: R1` of one who is called the same"
      ),
      SchemaKey(
        "findings", .list(.record(findingSchema)),
        "findings whose names or codes are the file's own; those of the study need no entry"),
      SchemaKey("missing", .list(.text), "what stands for no grade, besides an empty cell"),
      SchemaKey("not_assessable", .list(.text), "what stands for not assessable"),
      SchemaKey("not_acquired", .list(.text), "what stands for not acquired"),
    ])

  private static let columnSchema = FileSchema(
    "columns", Part.allCases.map { SchemaKey($0.rawValue, .text, required: $0 == .patientCase, $0.about) })

  private static let usualSchema = FileSchema(
    "usual",
    [Part.reader, .examination, .round, .read, .madeIn].map { SchemaKey($0.rawValue, .text, $0.about) })

  private static let findingSchema = FileSchema(
    "mapped finding",
    [
      SchemaKey("name", .text, "its name in the column of findings"),
      SchemaKey("column", .text, "in a table with a row a case: the column in which it stands"),
      SchemaKey("finding", .text, required: true, "the finding of the study"),
      SchemaKey("reader", .text, "of a column: whose grades they are"),
      SchemaKey("examination", .text, "of a column: at which examination"),
      SchemaKey("round", .text, "of a column: in which round"),
      SchemaKey("codes", .pairs, "the file's codes and their levels, as `1: present`"),
    ])

  package static func read(_ file: InputFile, codebook: Codebook = .vertebralOsteomyelitis) -> Outcome<ReadingsMap> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var reader = SchemaReader(document, codebook: codebook)
    guard let fields = reader.fields(document.root, schema) else { return Outcome(nil, reader.faults.all) }
    var map = ReadingsMap()
    for part in Part.allCases {
      map.columns[part] = fields.record("columns")?.text(part.rawValue)
      map.usual[part] = fields.record("usual")?.text(part.rawValue)
    }
    map.words = [
      .patientCase: fields.pairs("cases") ?? [:], .examination: fields.pairs("examinations") ?? [:],
      .reader: fields.pairs("readers") ?? [:],
    ]
    let marks = marks(fields, &reader)
    map.missing = Set(marks.filter { $0.value == "missing" }.keys)
    map.notAssessable = Set(marks.filter { $0.value == "not_assessable" }.keys)
    map.notAcquired = Set(marks.filter { $0.value == "not_acquired" }.keys)
    map.findings = (fields.records("findings") ?? []).compactMap { named($0, codebook, marks, &reader) }
    checkTargets(fields, &reader)
    // A key that is misspelt has its own fault.
    if map.columns[.value] == nil, !map.findings.contains(where: \.isColumn), reader.faults.isEmpty {
      reader.faults.add(
        fields.place(of: "columns"),
        "nothing says where the grades stand: name the columns ‘finding’ and ‘value’ of a table with a row a grade, or under "
          + "‘findings’ the ‘column’ of each finding")
    }
    return Outcome(map, reader.faults.all)
  }

  /// What stands for no answer, and under which key of the map.
  private static func marks(_ fields: Fields, _ reader: inout SchemaReader) -> [String: String] {
    var marks: [String: String] = [:]
    for key in ["missing", "not_assessable", "not_acquired"] {
      for mark in fields.texts(key) ?? [] {
        if let other = marks[mark], other != key {
          reader.faults.add(
            fields.place(of: key),
            "\(key): ‘\(PlainText.brief(mark))’ stands under ‘\(other)’ too; take it out of one of them")
        }
        marks[mark] = marks[mark] ?? key
      }
    }
    return marks
  }

  /// Two names for one case or one reader would make one reading of two.
  private static func checkTargets(_ fields: Fields, _ reader: inout SchemaReader) {
    for (key, noun) in [("cases", "case"), ("readers", "reader")] {
      let names = Dictionary(grouping: fields.pairs(key) ?? [:], by: \.value).mapValues { $0.map(\.key).sorted() }
      for (target, names) in names.sorted(by: { $0.key < $1.key }) where names.count > 1 {
        let list = names.prefix(8).map { "‘\(PlainText.brief($0))’" }.joined(separator: ", ")
        reader.faults.add(
          fields.place(of: key),
          "\(key): \(list) are all ‘\(PlainText.brief(target))’, and would become one; each name is a \(noun) of its own. Where it is "
            + "one \(noun), give it one name in the table")
      }
    }
  }

  private static func named(
    _ fields: Fields, _ codebook: Codebook, _ marks: [String: String], _ reader: inout SchemaReader
  ) -> Named? {
    guard let text = fields.text("finding") else { return nil }
    guard let finding = codebook.finding(named: text) else {
      reader.faults.add(
        fields.place(of: "finding"),
        "finding: there is no finding ‘\(PlainText.brief(text))’; "
          + reader.cure(text, codebook.findings.map(\.id.rawValue)))
      return nil
    }
    let codes = fields.pairs("codes") ?? [:]
    for (code, level) in codes.sorted(by: { $0.key < $1.key }) {
      if let mark = marks[code] {
        reader.faults.add(
          fields.place(of: "codes"),
          "codes, \(PlainText.brief(code)): the code stands under ‘\(mark)’ too, so that it is both \(level) and no grade; take it out "
            + "of one of them")
      }
      // Of a change per bone the codes are those of the changes.
      if finding.scale == .map, finding.level(LevelID(level)) != nil { continue }
      if finding.scale == .sites, level == Answer.named { continue }
      do throws(GradeError) { _ = try finding.value(level) } catch {
        reader.faults.add(fields.place(of: "codes"), "codes, \(PlainText.brief(code)): \(error)")
      }
    }
    guard let name = fields.text("column") ?? fields.text("name") else {
      reader.faults.add(fields.place, "mapped finding: name its ‘column’, or its ‘name’ in the column of findings")
      return nil
    }
    var usual: [Part: String] = [:]
    for part in [Part.reader, .examination, .round] { usual[part] = fields.text(part.rawValue) }
    return Named(
      name: name, finding: finding.id, isColumn: fields.has("column"), usual: usual, codes: codes)
  }
}

extension ReadingsMap {
  /// Of `readings.csv` in a release.
  static let release = ReadingsMap(
    columns: own([.patientCase, .examination, .round, .reader, .finding, .comparator, .place, .status, .value])
      .merging(own([.note, .image, .mark, .confidence, .seconds, .version, .codebook, .madeIn, .readingNote])) { $1 }
      .merging([.read: "signed"]) { $1 },
    isOneBoneARow: true, isOwn: true)

  private static func own(_ parts: [Part]) -> [Part: String] {
    Dictionary(uniqueKeysWithValues: parts.map { ($0, $0.rawValue) })
  }

  /// The map of a table that Endplate wrote itself, by its header; nil of any other.
  package static func own(header: [String]) -> ReadingsMap? {
    if RatingsExport.columns.map(\.name).allSatisfy(header.contains) {
      var map = ReadingsMap(
        columns: own([
          .patientCase, .examination, .round, .reader, .finding, .comparator, .status, .value, .confidence, .version,
          .madeIn,
        ]).merging([.read: "signed", .place: "bone"]) { $1 }, isOwn: true)
      if header.contains("note") { map.columns[.note] = "note" }
      return map
    }
    guard header.first == "case" else { return nil }
    let findings = header.dropFirst().compactMap(wide)
    return findings.isEmpty ? nil : ReadingsMap(columns: own([.patientCase]), findings: findings)
  }

  /// `follow_up_2.previous.foci.R1.round2`.
  private static func wide(_ column: String) -> Named? {
    var parts = column.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let examination = parts.first, examination == "baseline" || examination.hasPrefix("follow_up_") else {
      return nil
    }
    parts.removeFirst()
    let isPrevious = parts.first == Comparator.previous.rawValue
    if isPrevious { parts.removeFirst() }
    var usual: [Part: String] = [.examination: examination]
    if let last = parts.last, last.hasPrefix("round"), parts.count > 2,
      last.utf8.dropFirst(5).allSatisfy({ (48...57).contains($0) })
    {
      usual[.round] = String(last.dropFirst("round".count))
      parts.removeLast()
    }
    // Of what is graded place by place the finding has a point: `collapse.T12`.
    guard parts.count > 1, let reader = parts.popLast() else { return nil }
    usual[.reader] = reader
    return Named(
      name: column, finding: FindingID(parts.joined(separator: ".")), isColumn: true,
      comparator: isPrevious ? .previous : .baseline,
      usual: usual)
  }
}
