// The agreement of a study as tables: one row a table of ratings, the primary coefficient first.

import Agreement
import ReaderAgreement
import ReviewCore
import TextSafety

package enum AgreementTables {
  package static func overview(_ agreement: StudyAgreement, _ figures: [ItemAgreement]) -> Table {
    let phases = Dictionary(agreement.study.codebook.findings.map { ($0.whole.id, $0.phase) }) { first, _ in first }
    func heading(_ figures: ItemAgreement) -> String {
      let phase = phases[figures.item.finding]?.words ?? Phase.baseline.words
      return "\(figures.comparison.title), \(phase)".capitalizedFirst
    }
    let hasPatients = figures.contains(where: \.report.isClustered)
    let headings = figures.map(heading).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Table(
      "Agreement of \(agreement.readers.map(\.rawValue).joined(separator: ", "))",
      columns: [
        .init("Finding"), .init("Used", .trailing),
      ] + (hasPatients ? [.init("Patients", .trailing)] : []) + [
        .init("Coefficient"), .init("Value", .trailing), .init("95 % interval", .trailing),
        .init("Percent agreement", .trailing),
      ],
      sections: headings.map { title in
        Table.Section(title, rows: figures.filter { heading($0) == title }.map { row($0, hasPatients: hasPatients) })
      },
      notes: notes(agreement, figures))
  }

  private static func row(_ figures: ItemAgreement, hasPatients: Bool) -> [Table.Cell] {
    let value = figures.primary?.value.map { $0.decimals(2) } ?? "not defined"
    let used = figures.primary?.casesUsed ?? figures.report.counts.withTwoRatings
    return [
      Table.Cell(figures.item.title), Table.Cell("\(used)/\(figures.report.counts.cases)"),
    ] + (hasPatients ? [Table.Cell("\(figures.report.unitsUsed(figures.primaryKey))")] : []) + [
      Table.Cell(figures.shortTitle(of: figures.primaryKey)),
      Table.Cell(value, remarks: figures.remarks + figures.cautions),
      Table.Cell(
        figures.interval.map(ends) ?? (figures.report.noInterval(of: figures.primaryKey) == nil ? "" : "none")),
      Table.Cell(figures.percent?.value.map { "\($0.percent) %" } ?? "not defined"),
    ]
  }

  private static func ends(_ interval: Interval) -> String {
    "\(interval.low.decimals(2)) to \(interval.high.decimals(2))"
  }

  /// Nil where nothing was imported.
  static func importedWords(_ agreement: StudyAgreement) -> String? {
    let count = agreement.importedReadings
    guard count > 0 else { return nil }
    return "\(count) of the readings \(count == 1 ? "was" : "were") made elsewhere and imported."
  }

  private static func notes(_ agreement: StudyAgreement, _ figures: [ItemAgreement]) -> [String] {
    let titles = figures.filter { $0.primary != nil }.map(\.primaryTitle).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    var notes = [
      "Coefficient: \(titles.joined(separator: "; ")); the protocol names \(agreement.study.studyProtocol.primaryStatistic).",
      "Used: examinations with two ratings or more, of all read. From signed readings of opened cases, as signed, before "
        + "consensus.",
    ]
    if figures.contains(where: \.item.isOfPlaces) {
      notes.append(
        "Of what is graded place by place, used are places that two readers or more graded, of all that any of them did; "
          + "patients are the clusters.")
    }
    if let words = importedWords(agreement) { notes.append(words) }
    if figures.allSatisfy(\.report.units.areFew) {
      notes.append("Fewer than \(IndependentUnits.few) patients say little about agreement.")
    }
    if figures.contains(where: \.report.isClustered) {
      notes.append("Patients have several follow-ups: intervals there leave out one patient at a time.")
    }
    if let elsewhere = figures.lazy.compactMap(\.report.elsewhere).first { notes.append("Not defined: " + elsewhere) }
    let excluded = agreement.findings.filter { $0.assessability != nil }.map { ratings in
      let excluded = ratings.exclusions
      return "\(ratings.finding.title) (\(ratings.comparison.title)): \(excluded.notAssessable) not assessable, "
        + "\(excluded.notAcquired) not acquired, of \(excluded.ratings) ratings"
    }
    if !excluded.isEmpty {
      notes.append("Missing for coefficients and compared on assessability: \(excluded.joined(separator: "; ")).")
    }
    let notAsked = agreement.findings.compactMap { ratings in
      ratings.exclusions.notAskedWords.map { "\(ratings.finding.title) (\(ratings.comparison.title)) \($0)" }
    }
    if !notAsked.isEmpty {
      notes.append(
        "Signed before the codebook had it, and so neither missing nor compared: \(notAsked.joined(separator: "; ")).")
    }
    if agreement.study.isIllustrative { notes.append("These readings are made up for practice.") }
    return notes
  }
}
