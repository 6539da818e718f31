// The group figures as tables: shares with their intervals, means with their ranges.

import Agreement
import ReviewCore

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
        .init("95 % exact", .trailing), .init("95 % Wilson", .trailing), .init("Missing", .trailing),
      ],
      sections: figures.sections.map { section in
        Table.Section(section.title, rows: section.shares.map(row))
      },
      notes: [
        "Percentages and their intervals are whole per cent of the patients of whom the figure is known; missing are "
          + "those of whom it is not stated, not assessable, unresolved or without consensus. Intervals: exact "
          + "(Clopper-Pearson) and Wilson.",
        "The whole spine counts toward every region of the spine.",
      ] + gradeNotes)
  }

  private func row(_ share: GroupShare) -> [Table.Cell] {
    [
      Table.Cell(share.label), Table.Cell("\(share.count)"), Table.Cell("\(share.total)"),
      Table.Cell(share.percent.map(String.init) ?? "not defined"), Self.ends(share.proportion.exact),
      Self.ends(share.proportion.wilson), Table.Cell("\(share.missing)"),
    ]
  }

  private static func ends(_ interval: Interval?) -> Table.Cell {
    guard let interval else { return "not defined" }
    func percent(_ value: Double) -> Int { Int((value * 100).rounded()) }
    return Table.Cell("\(percent(interval.low))–\(percent(interval.high))")
  }

  private func measures(_ figures: GroupFigures) -> Table {
    Table(
      "Means and ranges",
      columns: [
        .init("Figure"), .init("n", .trailing), .init("Mean", .trailing), .init("Range", .trailing),
        .init("Missing", .trailing),
      ],
      rows: figures.measures.map { measure in
        [
          Table.Cell(measure.label), Table.Cell("\(measure.values.count)"),
          Table.Cell(measure.mean.map { FigureText.decimal($0, places: 1) } ?? "not defined"),
          Table.Cell(measure.range.map(FigureText.range) ?? "not defined"), Table.Cell("\(measure.missing)"),
        ]
      })
  }
}

/// Numbers as tables show them.
enum FigureText {
  static func decimal(_ value: Double, places: Int) -> String {
    let unit = places == 0 ? 1 : (0..<places).reduce(1) { unit, _ in unit * 10 }
    let steps = (abs(value) * Double(unit)).rounded()
    guard steps < 1e15 else { return "\(value)" }
    let (whole, rest) = Int(steps).quotientAndRemainder(dividingBy: unit)
    let fraction = places == 0 ? "" : "." + String(repeating: "0", count: places - "\(rest)".count) + "\(rest)"
    return (value < 0 && steps > 0 ? "-" : "") + "\(whole)" + fraction
  }

  /// `2–25`, `42–80`, `10.5–25`.
  static func range(_ range: ClosedRange<Double>) -> String { "\(plain(range.lowerBound))–\(plain(range.upperBound))" }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(value)
  }
}
