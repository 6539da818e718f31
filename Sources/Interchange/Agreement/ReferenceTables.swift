// Readers against a reference, as tables and as JSON.

import Agreement
import TextSafety

package struct ReferenceTables: Sendable {
  /// One table of ratings against the reference.
  package struct Entry: Sendable {
    /// Nil of a table from a file.
    package var id: String?
    package var title: String?
    package var report: ReferenceReport

    package init(id: String? = nil, title: String? = nil, _ report: ReferenceReport) {
      (self.id, self.title, self.report) = (id, title, report)
    }
  }

  package var entries: [Entry]
  /// What must be said of all of them.
  package var notes: [String]
  package var program: String
  package var study: String?

  package init(_ entries: [Entry], notes: [String], program: String, study: String? = nil) {
    (self.entries, self.notes, self.program, self.study) = (entries, notes, program, study)
  }

  /// More pairs stand in JSON only.
  private static let mostReaders = 10

  // MARK: Tables

  package var tables: [Table] {
    entries.count > 1 ? [overview] : whole
  }

  /// Of several findings the two shares that do not hang on how many cases are positive.
  private var overview: Table {
    let measures: [AccuracyMeasure] = [.sensitivity, .specificity]
    return Table(
      "Readers against \(entries[0].report.reference)",
      columns: [.init("Reader")]
        + measures.flatMap { measure in
          [
            Table.Column("\(measure.title), %", .trailing), .init("Right", .trailing),
            .init("95 % interval", .trailing, fields: ["\(measure.title) 95 % low", "\(measure.title) 95 % high"]),
          ]
        },
      sections: entries.map { entry in
        let report = entry.report
        let title = [entry.title, "\(report.positive) in \(report.positives) of \(report.withReference)"]
        return Table.Section(
          title.compactMap { $0 }.joined(separator: ": "),
          rows: report.readers.map { reader in
            [Table.Cell(reader.name)] + measures.flatMap { Self.share(reader[$0]) }
          })
      },
      notes: cautions + [
        "Predictive values and readers compared with each other: one finding with --finding ID, or all with --json."
      ] + notes)
  }

  /// Those that hold for every finding.
  private var cautions: [String] {
    let common = entries[0].report.cautions.filter { text in entries.allSatisfy { $0.report.cautions.contains(text) } }
    let hasFew = entries.contains {
      min($0.report.positives, $0.report.withReference - $0.report.positives) < IndependentUnits.few
    }
    return common + (hasFew ? ["Shares of fewer than \(IndependentUnits.few) cases say little."] : [])
  }

  /// The share, how many of how many, and its interval.
  private static func share(_ figure: Statistic?) -> [Table.Cell] {
    let row = row("", figure)
    return [row[3], Table.Cell("\(row[1].lines[0].isEmpty ? "0" : row[1].lines[0])/\(row[2].lines[0])"), row[4]]
  }

  private var whole: [Table] {
    entries.enumerated().flatMap { index, entry in
      let notes = entry.report.cautions + (index == entries.count - 1 ? self.notes : [])
      let comparisons = comparisons(entry)
      return [shares(entry, notes: comparisons == nil ? notes : [])] + (comparisons.map { [$0(notes)] } ?? [])
    }
  }

  private func shares(_ entry: Entry, notes: [String]) -> Table {
    let report = entry.report
    let place = entry.title.map { "\($0): " } ?? ""
    return Table(
      "\(place.isEmpty ? "Readers" : "\(place)readers") against \(report.reference), positive is \(report.positive); \(report.positives) of "
        + "\(report.withReference) positive",
      columns: [
        .init("Reader"), .init("Right", .trailing), .init("Of", .trailing), .init("%", .trailing),
        .init("95 % interval", .trailing, fields: ["95 % low", "95 % high"]),
      ],
      sections: AccuracyMeasure.allCases.map { measure in
        Table.Section(
          measure.title,
          rows: report.readers.map { Self.row($0.name, $0[measure]) })
      }, notes: notes)
  }

  private static func row(_ reader: String, _ figure: Statistic?) -> [Table.Cell] {
    guard let figure, let value = figure.value else {
      let reason = figure?.undefined?.rawValue
      return [
        Table.Cell(reader), "", "0", "not defined",
        Table.Cell("", remarks: reason.map { ["Not defined: \($0)."] } ?? []),
      ]
    }
    return [
      Table.Cell(reader), Table.Cell("\(Int(figure["count"] ?? 0))"), Table.Cell("\(figure.casesUsed)"),
      Table.Cell(percent(value)), ends(figure),
    ]
  }

  private static func ends(_ figure: Statistic) -> Table.Cell {
    guard let interval = figure.interval else {
      return Table.Cell(
        "none", fields: ["", ""], remarks: figure.noInterval.map { ["No interval: \($0.words)."] } ?? [])
    }
    let ends = [percent(interval.low), percent(interval.high)]
    return Table.Cell(ends.joined(separator: "–"), fields: ends)
  }

  /// Nil where nothing is compared; else the table with notes below it.
  private func comparisons(_ entry: Entry) -> (([String]) -> Table)? {
    let comparisons = entry.report.comparisons
    guard !comparisons.isEmpty, entry.report.readers.count <= Self.mostReaders else { return nil }
    let rows = comparisons.map { comparison in
      [
        Table.Cell("\(comparison.first), \(comparison.second)"), Table.Cell("\(comparison.onlyFirst)"),
        Table.Cell("\(comparison.onlySecond)"), Table.Cell("\(comparison.cases)"),
        Table.Cell(comparison.difference.map { ($0 * 100).decimals(1) } ?? "not defined"),
        Table.Cell(comparison.p.map { $0 < 0.001 ? "< 0.001" : $0.decimals(3) } ?? "not defined"),
      ]
    }
    let measures = AccuracyMeasure.allCases.filter { measure in comparisons.contains { $0.measure == measure } }
    return { notes in
      Table(
        (entry.title.map { "\($0): readers" } ?? "Readers") + " compared on the same cases (McNemar's exact test)",
        columns: [
          .init("Readers"), .init("Only first right", .trailing), .init("Only second right", .trailing),
          .init("Of", .trailing), .init("Difference, %", .trailing), .init("p", .trailing),
        ],
        sections: measures.map { measure in
          Table.Section(measure.title, rows: zip(comparisons, rows).filter { $0.0.measure == measure }.map(\.1))
        }, notes: notes)
    }
  }

  private static func percent(_ value: Double) -> String { (value * 100).decimals(1) }

  // MARK: JSON

  /// `format` (`endplate-reference/1`), `program`, `study`, `notes`, `items`: for each `id`, `title`, `reference`,
  /// `positive`, `cases`, `with_reference`, `positives`, `patients`, `cautions`, `readers` (counts, and for each measure
  /// `value`, `count`, `n`, `ci95`, `ci95_method`, `ci95_absent`, `undefined`) and `comparisons`.
  package var json: String {
    let document = Document(
      format: "endplate-reference/1", program: program, study: study, notes: notes, items: entries.map(Item.init))
    return JSONText.of(document)
  }

  private struct Document: Encodable {
    let format, program: String
    let study: String?
    let notes: [String]
    let items: [Item]
  }

  private struct Item: Encodable {
    let id, title: String?
    let reference, positive: String
    let cases, with_reference, positives: Int
    let patients: Int?
    let cautions: [String]
    let readers: [Reader]
    let comparisons: [Comparison]

    init(_ entry: Entry) {
      let report = entry.report
      (id, title) = (entry.id, entry.title)
      (reference, positive, cautions) = (report.reference, report.positive, report.cautions)
      (cases, with_reference, positives) = (report.cases, report.withReference, report.positives)
      patients = report.patients
      readers = report.readers.map(Reader.init)
      comparisons = report.comparisons.map(Comparison.init)
    }
  }

  private struct Reader: Encodable {
    let name: String
    let true_positives, false_positives, false_negatives, true_negatives: Int
    let measures: [String: Share]

    init(_ reader: ReferenceReport.Reader) {
      name = reader.name
      (true_positives, false_positives) = (reader.truePositives, reader.falsePositives)
      (false_negatives, true_negatives) = (reader.falseNegatives, reader.trueNegatives)
      measures = Dictionary(
        uniqueKeysWithValues: zip(AccuracyMeasure.allCases, reader.figures).map { ($0.rawValue, Share($1)) })
    }
  }

  private struct Share: Encodable {
    let value: Double?
    let count, n: Int
    let ci95: [Double]?
    let ci95_method, ci95_absent, undefined: String?

    init(_ figure: Statistic) {
      value = figure.value
      (count, n) = (Int(figure["count"] ?? 0), figure.casesUsed)
      ci95 = figure.interval.map { [$0.low, $0.high] }
      ci95_method = figure.interval?.method
      ci95_absent = figure.noInterval?.words
      undefined = figure.undefined?.rawValue
    }
  }

  private struct Comparison: Encodable {
    let measure, first, second: String
    let only_first, only_second, cases: Int
    let difference, p: Double?

    init(_ comparison: ReferenceReport.Comparison) {
      measure = comparison.measure.rawValue
      (first, second) = (comparison.first, comparison.second)
      (only_first, only_second, cases) = (comparison.onlyFirst, comparison.onlySecond, comparison.cases)
      (difference, p) = (comparison.difference, comparison.p)
    }
  }
}
