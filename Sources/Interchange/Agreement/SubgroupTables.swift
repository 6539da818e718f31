// Agreement by subgroup, as a table and as JSON.

import Agreement
import ReaderAgreement
import ReviewCore
import TextSafety

package enum SubgroupTables {
  /// The figures of one table of ratings in each subgroup.
  package struct Entry {
    /// The finding; nil of a table from a file.
    var title: String?
    var group: String
    /// Nil where the subgroup has no rating of the finding, or nothing to compare: what is said then.
    var report: AgreementReport?
    var used = "0/0"
    var absence = "no rating"
    var primaryKey: String

    /// What must be said beside the figure.
    var cautions: [String] = []

    package init(title: String? = nil, group: String, _ report: AgreementReport?, primaryKey: String) {
      (self.title, self.group, self.report, self.primaryKey) = (title, group, report, primaryKey)
    }

    package init(title: String, group: String, _ figures: ItemAgreement) {
      self.init(title: title, group: group, figures.report, primaryKey: figures.primaryKey)
      cautions = figures.cautions
    }

    /// A subgroup without figures.
    package init(title: String, group: String, used: String, absence: String) {
      self.init(title: title, group: group, nil, primaryKey: "")
      (self.used, self.absence) = (used, absence)
    }
  }

  /// A section a finding, a row a subgroup.
  package static func table(_ title: String, _ entries: [Entry], notes: [String]) -> Table {
    let hasPatients = entries.contains { $0.report?.isClustered == true }
    let titles = entries.map(\.title).reduce(into: [String?]()) { if !$0.contains($1) { $0.append($1) } }
    return Table(
      title,
      columns: [.init("Subgroup"), .init("n", .trailing)] + (hasPatients ? [.init("Patients", .trailing)] : []) + [
        .init("Coefficient"), .init("Value", .trailing),
        .init("95 % interval", .trailing, fields: ["95 % low", "95 % high"]), .init("Agree", .trailing),
      ],
      sections: titles.map { title in
        Table.Section(
          title, rows: entries.filter { $0.title == title }.map { row($0, hasPatients: hasPatients) })
      },
      notes: [
        "n: what the coefficient rests on, of all in the subgroup; AC1 and AC2 take the use of levels also from what has one "
          + "rating. Agree: percent agreement."
      ] + notes)
  }

  private static func row(_ entry: Entry, hasPatients: Bool) -> [Table.Cell] {
    guard let report = entry.report else {
      let ends = Table.Cell("none", fields: ["", ""])
      return [Table.Cell(entry.group), Table.Cell(entry.used)] + (hasPatients ? [""] : []) + [
        "", Table.Cell(entry.absence), ends, "",
      ]
    }
    let figure = report[entry.primaryKey]
    let used = figure?.casesUsed ?? report.counts.withTwoRatings
    return [Table.Cell(entry.group), Table.Cell("\(used)/\(report.counts.cases)")]
      + (hasPatients ? [Table.Cell("\(report.unitsUsed(entry.primaryKey))")] : []) + [
        Table.Cell(report.metrics.first { $0.key == entry.primaryKey }?.shortTitle ?? entry.primaryKey),
        Table.Cell(
          figure?.value.map { $0.decimals(2) } ?? "not defined",
          remarks: (figure?.undefined.map { ["Not defined: \($0.rawValue)."] } ?? []) + entry.cautions),
        interval(report, entry.primaryKey),
        Table.Cell(
          report["percent_agreement.unweighted"]?.value.map { "\(Int(($0 * 100).rounded())) %" } ?? "not defined"),
      ]
  }

  private static func interval(_ report: AgreementReport, _ key: String) -> Table.Cell {
    guard let interval = report.interval(of: key) else {
      let reason = report.noInterval(of: key).map { ["No interval: \($0.words)."] }
      return Table.Cell("none", fields: ["", ""], remarks: reason ?? [])
    }
    let ends = [interval.low, interval.high].map { $0.decimals(2) }
    return Table.Cell(
      ends.joined(separator: " to "), fields: ends, remarks: [interval.caution].compactMap { $0 })
  }

  /// What a reader of the figures must know: of all subgroups once, else with the name of the one it is about.
  package static func cautions(_ groups: [(name: String, report: AgreementReport)]) -> [String] {
    let common = groups.first?.report.warnings.filter { caution in
      groups.allSatisfy { $0.report.warnings.contains(caution) }
    }
    return (common ?? [])
      + groups.flatMap { name, report in
        report.warnings.filter { common?.contains($0) != true }.map { "\(name): \($0)" }
      }
  }

  /// `format` (`endplate-subgroups/1`), `by`, `notes`, `groups`: for each `name` and `report`, the JSON of the whole.
  package static func json(by: String, notes: [String] = [], _ groups: [(name: String, json: String)]) -> String {
    let told = notes.map { JSONText.of($0, isPretty: false) }.joined(separator: ", ")
    let parts = groups.map { "{\"name\": \(JSONText.of($0.name, isPretty: false)), \"report\": \($0.json.trimmedEnd)}" }
    return
      "{\"format\": \"endplate-subgroups/1\", \"by\": \(JSONText.of(by, isPretty: false)), \"notes\": [\(told)], \"groups\": [\n"
      + parts.joined(separator: ",\n") + "\n]}\n"
  }
}

extension String {
  fileprivate var trimmedEnd: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
