// endplate agreement of a table of ratings: its figures, or what else is asked of it.

import Agreement
import ArgumentParser
import CTerminal
import Desk
import Foundation
import Grid
import Interchange
import Terminal

struct RatingsRun {
  let path: String
  let table: RatingsArguments
  let question: QuestionArguments
  let finding: String?
  let resampling: Resampling
  let json: Bool
  /// A paragraph for a paper in place of the figures.
  let isMethods: Bool
  /// Where a figure goes instead, and whether it may replace what is there.
  let svg: (path: String, force: Bool)?

  private var name: String { RatingsInput.title(path) }
  private var program: String { "Endplate \(Program.version)" }

  func run() throws {
    ct_use_locale()
    var progress = ProgressLine(isShown: isatty(STDERR_FILENO) == 1)
    let collapse = try question.levelCollapse
    var input = RatingsInput(arguments: table, finding: finding)
    input.by = question.subgrouping
    // The positive level may be one that is made by taking others together, or one of many.
    if collapse != nil || question.reference != nil { input.positive = nil }
    input.reference = question.reference
    // Only where nothing else is wrong.
    if table.lacksLevels { throw try input.levelsNeeded(path) }
    let file = try input.read(path, &progress)
    defer { for note in file.notes { Output.error("\(name): note: \(note)") } }
    do {
      let collapsed = try collapse.map { try file.collapsed($0, positive: table.positive) }
      if let reference = question.reference {
        return try answer(collapsed ?? file, against: reference)
      }
      if question.by != nil { return bySubgroup(collapsed ?? file, &progress) }
      let reports = [file, collapsed].compactMap { $0 }.map { file in
        file.agreement(resampling: resampling) { progress.show("intervals", share: $0) }
      }
      progress.clear()
      if let svg, let report = reports.first { return try draw(file, report, to: svg) }
      show(reports)
    } catch let error as LevelCollapseError {
      throw Failure(.badData, "\(name): \(error.message)")
    } catch let error as ReferenceError {
      throw Failure(.badData, "\(name): \(error.message)")
    } catch let error as RatingTableError {
      throw Failure(.badData, "\(name): \(error.message)")
    }
  }

  private func draw(_ file: RatingsFile, _ report: AgreementReport, to svg: (path: String, force: Bool)) throws {
    let figure =
      if case .numbers(let numbers) = file.content {
        AgreementPlots.blandAltman(numbers, report).svg()
      } else {
        AgreementPlots.forest([("", report)]).svg()
      }
    try ExportFile.write(figure, to: svg.path, as: "the figure", force: svg.force)
  }

  /// The figures, and below them those with levels taken together.
  private func show(_ reports: [AgreementReport]) {
    if isMethods {
      return Output.printLines(
        reports.map { MethodsText.withReferences($0.methodsParagraph(program: program)) }.joined(separator: "\n"))
    }
    guard json, let first = reports.first else {
      return Output.printLines(reports.map { $0.text(isOfEveryPair: resampling.isOfEveryPair) }.joined(separator: "\n"))
    }
    guard let second = reports.dropFirst().first else { return Output.printLines(first.json) }
    // As the last member of the object.
    Output.printLines("\(first.json.dropLast(3)),\n  \"collapsed\": \(second.json.dropLast())\n}\n")
  }

  private func answer(_ file: RatingsFile, against reference: String) throws {
    guard case .levels(let ratings) = file.content else { return }
    let positive = try RatingTable.positive(of: ratings.levels, named: table.positive)
    let report = try ReferenceReport(ratings, reference: reference, positive: positive)
    let tables = ReferenceTables([.init(report)], notes: ["Table: \(file.origin)."], program: program)
    Output.printLines(json ? tables.json : TableFormat.text.write(tables.tables, width))
  }

  private func bySubgroup(_ file: RatingsFile, _ progress: inout ProgressLine) {
    let by = question.by ?? ""
    let notes = ["Table: \(file.origin)."] + file.notes
    let groups = file.groups.enumerated().map { index, group in
      progress.show("intervals", share: Double(index) / Double(file.groups.count))
      return (name: group.name, report: group.content.agreement(resampling: resampling))
    }
    progress.clear()
    guard !json else {
      return Output.printLines(
        SubgroupTables.json(by: by, notes: notes, groups.map { ($0.name, $0.report.json) }))
    }
    let entries = Self.keys(groups.first?.report).flatMap { key, title in
      groups.map { SubgroupTables.Entry(title: title, group: $0.name, $0.report, primaryKey: key) }
    }
    let cautions = SubgroupTables.cautions(groups.map { ($0.name, $0.report) })
    let table = SubgroupTables.table("Agreement by \(by)", entries, notes: notes + cautions)
    Output.printLines(TableFormat.text.write([table], width))
  }

  /// The coefficients that the text compares between subgroups; the JSON has them all.
  private static func keys(_ report: AgreementReport?) -> [(key: String, title: String)] {
    [
      "gwet_ac.unweighted", "gwet_ac.linear", "fleiss_kappa.unweighted", "krippendorff_alpha.nominal",
      "krippendorff_alpha.ordinal",
      "krippendorff_alpha.jaccard", "icc_a_1", "icc_c_1", "krippendorff_alpha.interval",
    ].compactMap { key in report?.metrics.first { $0.key == key }.map { (key, $0.title) } }
  }

  private var width: CharacterWidth { { SafeText.columns(String($0), width: terminalWidth) } }
}
