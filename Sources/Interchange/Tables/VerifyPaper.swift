// Recomputes the paper's group figures from its cases and compares.

import ReviewCore
import TextSafety

package struct VerifyPaper: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable {
    case agrees = "ok"
    case differs
    /// It is not passed: nothing was compared.
    case notRecomputable = "not recomputable"
  }

  package struct Check: Hashable, Sendable {
    package var figure: PublishedFigure
    /// In the form in which the paper prints it; nil where the cases do not yield it.
    package var computed: String?

    package var verdict: Verdict {
      if figure.obstacle != nil { return .notRecomputable }
      return computed == figure.published ? .agrees : .differs
    }
  }

  package let checks: [Check]

  package init(_ study: Study, _ cases: [TableCase], against figures: [PublishedFigure] = PublishedFigure.all) {
    let group = GroupFigures(study, cases)
    checks = figures.map { figure in
      Check(figure: figure, computed: figure.id.flatMap { Self.text(of: $0, figure.part, group) })
    }
  }

  package func count(_ verdict: Verdict) -> Int { checks.count { $0.verdict == verdict } }

  /// One row a figure, under the place where the paper prints it; why a figure is not recomputable as a remark.
  ///
  /// - Parameter study: the title of a study in place of the published cases.
  package func table(of study: String? = nil) -> Table {
    let places = checks.map(\.figure.place).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Table(
      "The paper's group figures, recomputed from the cases" + (study.map { " of ‘\($0)’" } ?? ""),
      columns: [
        .init("Figure"), .init("Published", .trailing), .init("Computed", .trailing), .init("Verdict"),
      ],
      sections: places.map { place in
        Table.Section(place, rows: checks.filter { $0.figure.place == place }.map(row))
      },
      notes: [
        "\(count(.agrees)) ok, \(count(.differs)) differ, \(count(.notRecomputable)) not recomputable from single "
          + "patients. In brackets: whole per cent."
      ])
  }

  private func row(_ check: Check) -> [Table.Cell] {
    [
      Table.Cell(check.figure.label), Table.Cell(check.figure.published), Table.Cell(check.computed ?? "none"),
      Table.Cell(check.verdict.rawValue, remarks: check.figure.obstacle.map { [$0] } ?? []),
    ]
  }

  private static func text(of id: String, _ part: PublishedFigure.Part, _ group: GroupFigures) -> String? {
    switch part {
    case .share: group.share(id).flatMap { share in share.percent.map { "\(share.count) (\($0))" } }
    case .count: group.share(id).map { "\($0.count)" }
    case .mean(let decimals): group.measure(id)?.mean.map { $0.decimals(decimals) }
    case .range: group.measure(id)?.range.map(\.plain)
    case .values: group.measure(id).map { "\($0.values.count)" }
    }
  }
}
