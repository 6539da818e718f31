// The tables of a release: what stands in their columns.

import ReviewCore

/// A grade of a reading on its way into `readings.csv`.
struct ReadingRow {
  var source: StudyExport.CaseReading
  var finding: Finding
  var comparator: Comparator
  var grade: Grade?
  var answer: Answer
  var export: StudyExport
}

struct AgreedRow {
  var entry: OpenedCase
  var consensus: Consensus
  var key: GradeKey
  var agreed: AgreedGrade
  var answer: Answer
  var export: StudyExport
}

enum ReleaseTables {
  static let examination = #"baseline|[0-9]+(\.[0-9]+)?"#
  static let moment = #"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?"#
  private static let statuses = [Answer.graded] + NoAnswer.allCases.map(\.rawValue)

  /// Columns that readings and consensus share.
  private static func answer<Row>(
    _ export: StudyExport, finding: @escaping (Row) -> FindingID, comparator: @escaping (Row) -> Comparator,
    answer: @escaping (Row) -> Answer
  ) -> [ExportColumn<Row>] {
    [
      ExportColumn<Row>(
        "finding", .word(export.codebook.findings.map(\.id.rawValue)), required: true,
        "what was graded, as in codebook.csv"
      ) {
        finding($0).rawValue
      },
      ExportColumn<Row>(
        "comparator", .word(Comparator.allCases.map(\.rawValue)), required: true,
        "the examination a follow-up is compared with"
      ) { comparator($0).rawValue },
      ExportColumn<Row>("place", "the bone or extent the row is about; of rim and halo the bone where it was seen") {
        answer($0).place
      },
      ExportColumn<Row>("status", .word(statuses), required: true, "graded, or why there is no answer") {
        answer($0).status
      },
      ExportColumn<Row>("value", "level ids of the codebook with + between them; named for a bone or extent") {
        answer($0).value
      },
      ExportColumn<Row>(
        "code", required: true, "the answer as a code, as in codebook.csv; negative where there is none"
      ) {
        answer($0).code
      },
      ExportColumn<Row>("label", "the answer in words") { answer($0).label },
    ]
  }

  static func readings(_ export: StudyExport) -> ExportTable {
    let asked = AskedElsewhere(export.opened, export.codebook)
    let rows = export.readings.flatMap { source in
      export.codebook.reported(source.reading).flatMap { finding in
        Comparator.allCases.flatMap { comparator -> [ReadingRow] in
          let grade = source.reading.grades[GradeKey(source.reading.examination, finding.id, comparator: comparator)]
          guard grade != nil || comparator == .baseline else { return [] }
          return finding.answers(grade, missing: asked.missing(finding, in: source.reading)).map {
            ReadingRow(
              source: source, finding: finding, comparator: comparator, grade: grade, answer: $0, export: export)
          }
        }
      }
    }
    return ExportTable(
      "readings", "Every grade of every reading",
      key: ["case", "examination", "round", "reader", "named", "finding", "comparator", "place"],
      references: references(export), columns(of: export), rows)
  }

  private typealias Read = ExportColumn<ReadingRow>

  private static let mark = "(arrow|ellipse) [!-~]+( -?[0-9.]+){6}"
  private static let aboutMark =
    "where on a key image it was seen: the form, the image, and two points in the patient's millimetres (left, back, "
    + "head): an arrow's tip and tail, an ellipse's middle and the corner of its box"

  private static func columns(of export: StudyExport) -> [ExportColumn<ReadingRow>] {
    let head: [ExportColumn<ReadingRow>] = [
      Read("case", required: true, "the case, as in cases.csv") { $0.source.entry.id.rawValue },
      Read("examination", .pattern(examination), required: true, "baseline, or the months after it") {
        $0.source.reading.examination.rawValue
      },
      Read("round", .whole(1...99), required: true, "from 1") { "\($0.source.entry.round)" },
      Read("reader", required: true, "the reader's id; a letter where named is no") { $0.source.reader },
      Read(
        "named", .word(["yes", "no"]), required: true,
        "no: the reader is a letter, another person in each case, until the consensus is recorded"
      ) { $0.source.isNamed ? "yes" : "no" },
    ]
    let answer: [ExportColumn<ReadingRow>] = answer(
      export, finding: \.finding.id, comparator: \.comparator, answer: \.answer)
    let rest: [ExportColumn<ReadingRow>] = [
      Read("note", "the reader's note on the grade; left out unless asked for") {
        export.hasNotes ? $0.grade?.note ?? "" : ""
      },
      Read("image", .pattern("[0-9]+/[0-9]+"), "series and slice where it was seen") { $0.grade?.image?.text ?? "" },
      Read("mark", .pattern(Self.mark), Self.aboutMark) { $0.grade?.mark?.text ?? "" },
      Read("confidence", .whole(1...5), "1 (guess) to 5 (certain), where it was asked for") {
        $0.grade?.confidence.map(String.init) ?? ""
      },
      Read(
        "seconds", .whole(1...1_000_000_000),
        "time spent on the reading, pauses left out; empty of a letter, or where none was measured"
      ) {
        $0.source.isNamed ? $0.source.reading.secondsText : ""
      },
      Read(
        "version", .whole(1...1_000_000), "of the reading, from 1; an amendment makes the next one; empty of a letter"
      ) {
        $0.source.isNamed ? "\($0.source.reading.version)" : ""
      },
      Read(
        "codebook", .whole(0...1_000_000),
        "the version of the codebook that it was signed under; what that had not was not asked"
      ) {
        $0.source.reading.codebookText
      },
      Read(
        "signed", .pattern(moment),
        "when it was signed where it was made, UTC; empty of a letter, or where that is not known"
      ) {
        $0.source.isNamed ? $0.source.reading.signedText : ""
      },
      Read(
        "made_in", required: true,
        "the id of the study in which it was made, or what was said of that when it was imported"
      ) {
        $0.export.madeIn($0.source.reading)
      },
      Read("reading_note", "the reader's note on the whole reading; left out unless asked for") {
        export.hasNotes ? $0.source.reading.note ?? "" : ""
      },
    ]
    return head + answer + rest
  }

  /// Every answer stands in the codebook's table, but for numbers and for sets of many levels: those name their finding.
  private static func references(_ export: StudyExport) -> [(fields: [String], table: String, columns: [String])] {
    let answer = export.codebook.findings.allSatisfy(\.listsEveryCode) ? ["finding", "code", "value"] : ["finding"]
    return [(["case"], "cases", ["case"]), (answer, "codebook", answer)]
  }

  static func consensus(_ export: StudyExport) -> ExportTable {
    let rows = export.opened.flatMap { entry -> [AgreedRow] in
      guard let consensus = entry.consensus else { return [] }
      return export.codebook.findings.flatMap { finding in
        let keys = consensus.grades.keys.filter { $0.finding == finding.id }
        return keys.sorted {
          ($0.examination.months, $0.comparator.rawValue) < ($1.examination.months, $1.comparator.rawValue)
        }
        .flatMap { key -> [AgreedRow] in
          guard let agreed = consensus.grades[key] else { return [] }
          return finding.answers(agreed.grade, missing: .unresolved).map {
            AgreedRow(entry: entry, consensus: consensus, key: key, agreed: agreed, answer: $0, export: export)
          }
        }
      }
    }
    return ExportTable(
      "consensus", "Every grade agreed on", key: ["case", "examination", "round", "finding", "comparator", "place"],
      references: references(export), agreedColumns(of: export), rows)
  }

  private typealias Agree = ExportColumn<AgreedRow>

  private static func agreedColumns(of export: StudyExport) -> [ExportColumn<AgreedRow>] {
    let head: [ExportColumn<AgreedRow>] = [
      Agree("case", required: true, "the case, as in cases.csv") { $0.entry.id.rawValue },
      Agree("examination", .pattern(examination), required: true, "baseline, or the months after it") {
        $0.key.examination.rawValue
      },
      Agree("round", .whole(1...99), required: true, "from 1") { "\($0.entry.round)" },
    ]
    let answer: [ExportColumn<AgreedRow>] = answer(
      export, finding: \.key.finding, comparator: \.key.comparator, answer: \.answer)
    let rest: [ExportColumn<AgreedRow>] = [
      Agree("how", .word(Agreed.allCases.map(\.rawValue)), "how it was reached; empty where that is not stated") {
        $0.agreed.how?.rawValue ?? ""
      },
      Agree("cause", .word(DiscrepancyCause.allCases.map(\.rawValue)), "why the readers had differed") {
        $0.agreed.cause?.rawValue ?? ""
      },
      Agree("rationale", "why it is so; left out unless notes were asked for") {
        export.hasNotes ? $0.agreed.rationale ?? "" : ""
      },
      Agree("votes", "the last vote that was revealed, as R1=present; R2=absent; a reader who abstained after nothing")
      {
        $0.agreed.votes ?? export.votes[$0.entry.id]?[$0.entry.round]?[$0.key] ?? ""
      },
      Agree("note", "the note of the session; left out unless asked for") {
        export.hasNotes ? $0.agreed.grade?.note ?? "" : ""
      },
      Agree("image", .pattern("[0-9]+/[0-9]+"), "series and slice where it was seen") {
        $0.agreed.grade?.image?.text ?? ""
      },
      Agree("mark", .pattern(Self.mark), Self.aboutMark) { $0.agreed.grade?.mark?.text ?? "" },
      Agree("version", .whole(1...1_000_000), required: true, "of the consensus, from 1; reopening makes the next one")
      {
        "\($0.consensus.version)"
      },
      Agree(
        "codebook", .whole(0...1_000_000),
        "the version of the codebook by which it was agreed on; empty where that is not known"
      ) {
        $0.consensus.codebook.map(String.init) ?? ""
      },
      Agree(
        "made_in", required: true,
        "the id of the study in which it was made, or what was said of that when it was imported"
      ) {
        $0.consensus.madeIn ?? export.id
      },
    ]
    return head + answer + rest
  }
}
