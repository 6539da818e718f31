// endplate agreement of a study: overview, one finding, JSON, CSV, sheet and paragraph.

import Agreement
import ArgumentParser
import CTerminal
import CaseStore
import Desk
import Foundation
import Grid
import Interchange
import ReaderAgreement
import ReviewCore
import Terminal
import TextSafety

enum AgreementPaper: String, CaseIterable, ExpressibleByArgument { case grras, accord, methods }

struct StudyAgreementRun {
  let access: StudyAccess
  let options: StudyOptions
  let finding: String?
  let report: AgreementPaper?
  let csv: Bool
  let json: Bool
  let resampling: Resampling?
  let question: QuestionArguments
  /// The level that counts as positive against a reference.
  let positive: String?
  /// Where a figure goes instead, and whether it may replace what is there.
  let svg: (path: String, force: Bool)?

  var program: String { "Endplate \(Program.version)" }

  func run() throws {
    ct_use_locale()
    let (store, path) = try access.open(options)
    let study = try store.study()
    let opened = try store.openedCases()
    if report == .accord {
      let facts = try store.facts(opened, program: program, verification: access.verify(store))
      return Output.printLines(AccordSheet.sheet(study, facts).text)
    }
    let agreement: StudyAgreement
    do {
      agreement = try store.agreement(opened)
    } catch let error as RatingTableError {
      throw Failure(.badData, "\(path): \(error.message)")
    }
    if let absence = agreement.absence {
      throw Failure(.badData, "\(path): \(absence.words); \(absence.cure(NextStep.command))")
    }
    let wanted = try finding.map { try known($0, in: agreement) }
    if csv { return try printCSV(study, opened, wanted, path) }
    if question.isAsked, try StudyQuestionRun(self, store, study, opened, path).answers() { return }
    let figures = try figures(agreement, wanted) + collapsed(agreement, wanted)
    if let svg { return try draw(agreement, figures, wanted == nil, to: svg) }
    switch report {
    case .grras, .accord, .methods:
      let facts = try store.facts(opened, program: program, verification: access.verify(store))
      Output.printLines(
        report == .grras
          ? GrrasSheet.sheet(agreement, figures, facts).text : MethodsText.report(agreement, figures, facts))
    case nil where json:
      Output.printLines(AgreementJSON.text(agreement, figures, program: program))
    case nil where wanted != nil:
      for (index, item) in figures.enumerated() {
        Output.printLines((index > 0 ? "\n" : "") + heading(item))
        Output.printLines(item.report.text(primary: item.primaryKey, width: width))
      }
    case nil:
      Output.printLines(TableFormat.text.write([AgreementTables.overview(agreement, figures)], width))
    }
  }

  private func draw(
    _ agreement: StudyAgreement, _ figures: [ItemAgreement], _ isOverview: Bool, to svg: (path: String, force: Bool)
  ) throws {
    let forest =
      isOverview
      ? AgreementPlots.forest(agreement, figures)
      : AgreementPlots.forest(
        figures.map { ("\($0.item.title), \($0.comparison.title)", $0.report) }, unit: "examinations")
    try ExportFile.write(forest.svg(), to: svg.path, as: "the figure", force: svg.force)
  }

  /// The items again, with levels taken together.
  private func collapsed(_ agreement: StudyAgreement, _ wanted: Found?) throws -> [ItemAgreement] {
    guard let collapse = try question.levelCollapse, let wanted else { return [] }
    do {
      return try wanted.flatMap { ratings, items in
        try items.filter { $0.part != "assessability" }.map { item in
          agreement.figures(of: try item.collapsed(collapse), ratings.comparison, resampling: resampling)
        }
      }
    } catch let error as LevelCollapseError {
      throw Failure(.usage, "--collapse: \(error.message)")
    } catch let error as StudyQuestionError {
      throw Failure(.usage, error.message)
    }
  }

  var width: CharacterWidth { { SafeText.columns(String($0), width: terminalWidth) } }

  typealias Found = [(FindingRatings, [RatedItem])]

  func known(_ name: String, in agreement: StudyAgreement) throws -> Found {
    let found = agreement.items(named: name)
    guard found.isEmpty else { return found }
    let ids = agreement.findings.map(\.finding.id.rawValue).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    throw Failure(.usage, "nothing is rated as ‘\(name)’; \(thereIs(ids))")
  }

  private func figures(_ agreement: StudyAgreement, _ wanted: Found?) -> [ItemAgreement] {
    var progress = ProgressLine(isShown: isatty(STDERR_FILENO) == 1)
    defer { progress.clear() }
    guard let wanted else {
      return agreement.figures(resampling: resampling) { progress.show("resampling", share: $0) }
    }
    return wanted.flatMap { ratings, items in
      items.map { agreement.figures(of: $0, ratings.comparison, resampling: resampling) }
    }
  }

  private func printCSV(_ study: Study, _ opened: [OpenedCase], _ wanted: Found?, _ path: String) throws {
    guard let wanted else {
      return Output.printLines(RatingsExport.long(study, id: try StudyStore.identity(at: path), opened))
    }
    // Of a finding with parts, the finding itself: whole sets, overlap of bones.
    let items = wanted.compactMap { ratings, items in
      items.count == 1 ? items.first : items.first { $0.id == ratings.finding.id.rawValue }
    }
    guard let item = items.first else {
      let ids = wanted.flatMap { $0.1.map(\.id) }
      throw Failure(.usage, "‘\(finding ?? "")’ is several tables; name one of \(ids.joined(separator: ", "))")
    }
    guard items.count == 1 else {
      throw Failure(.usage, "‘\(finding ?? "")’ was rated in several rounds; --csv without --finding has them all")
    }
    if item.units.allSatisfy(item.unnamed.contains) {
      throw Failure(
        .badData,
        "\(path): the readers of every case of ‘\(finding ?? "")’ are letters until its consensus is recorded, and letters "
          + "have no columns; --csv without --finding has them by letter")
    }
    Output.printLines(RatingsExport.matrix(item))
    if !item.unnamed.isEmpty {
      let places = item.units.filter(item.unnamed.contains).map(\.title).joined(separator: ", ")
      Output.error(
        "endplate: note: left out until their consensus is recorded, because their readers are letters: \(places); "
          + "--csv without --finding has them by letter")
    }
  }

  private func heading(_ item: ItemAgreement) -> String { "\(item.item.title), \(item.comparison.title)\n" }
}
