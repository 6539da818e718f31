// The group figures as tables: shares with their intervals, means with their ranges.

import Agreement
import ReviewCore
import TextSafety

extension StudyTables {
  var summary: [Table] {
    let figures = GroupFigures(study, cases)
    return [shares(figures), measures(figures)]
  }

  private func shares(_ figures: GroupFigures) -> Table {
    Table(
      "Group figures of \(patientsInTitle)",
      columns: [
        .init("Figure"), .init("n", .trailing), .init("of", .trailing), .init("%", .trailing),
        .init("95 % exact", .trailing, fields: ["95 % exact low", "95 % exact high"]),
        .init("95 % Wilson", .trailing, fields: ["95 % Wilson low", "95 % Wilson high"]), .init("Missing", .trailing),
      ],
      sections: figures.sections.map { section in
        Table.Section(section.title, rows: section.shares.map(row))
      },
      notes: [
        "Percentages and their intervals are per cent of the patients of whom the figure is known; missing are "
          + "those of whom it is not stated, not assessable, unresolved or without consensus. Intervals: exact "
          + "(Clopper-Pearson) and Wilson.",
        "The whole spine counts toward every region of the spine.",
      ] + gradeNotes)
  }

  private func row(_ share: GroupShare) -> [Table.Cell] {
    [
      Table.Cell(share.label), Table.Cell("\(share.count)"), Table.Cell("\(share.total)"),
      Table.Cell(
        share.percent.map(String.init) ?? "not defined",
        fields: [share.proportion.value.map { ($0 * 100).decimals(1) } ?? ""]),
      Self.ends(share.proportion.exact),
      Self.ends(share.proportion.wilson), Table.Cell("\(share.missing)"),
    ]
  }

  private static func ends(_ interval: Interval?) -> Table.Cell {
    guard let interval else { return Table.Cell("not defined", fields: ["", ""]) }
    return Table.Cell(
      "\(interval.low.percent)–\(interval.high.percent)",
      fields: [interval.low, interval.high].map { ($0 * 100).decimals(1) })
  }

  private func measures(_ figures: GroupFigures) -> Table {
    Table(
      "Means and ranges",
      columns: [
        .init("Figure"), .init("n", .trailing), .init("Mean", .trailing),
        .init("Range", .trailing, fields: ["Lowest", "Highest"]), .init("Missing", .trailing),
      ],
      rows: figures.measures.map { measure in
        [
          Table.Cell(measure.label), Table.Cell("\(measure.values.count)"),
          Table.Cell(measure.mean.map { $0.decimals(1) } ?? "not defined"),
          Table.Cell(
            measure.range.map(\.plain) ?? "not defined",
            fields: measure.range.map { [$0.lowerBound, $0.upperBound].map(\.plain) } ?? ["", ""]),
          Table.Cell("\(measure.missing)"),
        ]
      })
  }
}

extension ClosedRange<Double> {
  /// `2–25`, `42–80`, `10.5–25`.
  var plain: String { "\(lowerBound.plain)–\(upperBound.plain)" }
}
