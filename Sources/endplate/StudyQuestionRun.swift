// What is asked of a study's ratings beside their agreement: against a reference, by subgroup.

import Agreement
import CaseStore
import Desk
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import TextSafety

struct StudyQuestionRun {
  private let run: StudyAgreementRun
  private let store: StudyStore
  private let study: Study
  private let opened: [OpenedCase]
  private let path: String
  private let readers: [PrincipalID]

  init(
    _ run: StudyAgreementRun, _ store: StudyStore, _ study: Study, _ opened: [OpenedCase], _ path: String
  ) throws {
    (self.run, self.store, self.study, self.opened, self.path) = (run, store, study, opened, path)
    readers = try store.principals().filter { $0.role == .reader }.map(\.id)
  }

  /// Answers what was asked; false where that was neither a reference nor subgroups.
  func answers() throws -> Bool {
    do {
      if let reference = run.question.reference { try answer(against: StudyReference(reference)) }
      if let by = run.question.subgrouping { try answer(by: by) }
    } catch let error as StudyQuestionError {
      throw Failure(error.isOfData ? .badData : .usage, error.message)
    } catch let error as ReferenceError {
      throw Failure(.usage, error.message)
    } catch let error as LevelCollapseError {
      throw Failure(.usage, "--collapse: \(error.message)")
    } catch let error as RatingTableError {
      throw Failure(.badData, "\(path): \(error.message)")
    }
    return run.question.reference != nil || run.question.by != nil
  }

  private var made: [String] { study.isIllustrative ? ["These readings are made up for practice."] : [] }

  // MARK: Reference

  private func answer(against reference: StudyReference) throws {
    let answer = try StudyReferenceAnswer(
      study, readers: readers, opened: opened, patients: store.patients(opened), reference, named: run.finding,
      positive: run.positive, collapse: run.question.levelCollapse)
    let tables = ReferenceTables(
      answer.figures.map { .init(id: $0.item.id, title: "\($0.item.title), \($0.comparison.title)", $0.report) },
      notes: notes(answer), program: run.program, study: study.title)
    Output.printLines(run.json ? tables.json : TableFormat.text.write(tables.tables, run.width))
  }

  private func notes(_ answer: StudyReferenceAnswer) -> [String] {
    var notes = ["Signed readings of opened cases, as signed, before consensus."]
    switch answer.reference {
    case .consensus:
      notes.append(
        "A reader is part of the consensus that they are held against: these shares say less than those against a standard "
          + "that others set.")
    case .fact(let fact, _): notes.append("\(fact.name.capitalizedWord): \(fact.about), as stated of each case.")
    }
    if answer.byLetter > 0 {
      notes.append(
        "\(answer.byLetter.counted("examination is", "examinations are")) left out: their readers are letters until their consensus is recorded."
      )
    }
    if !answer.notPlain.isEmpty {
      notes.append(
        "Left out, because which level is positive is not plain: \(answer.notPlain.joined(separator: ", ")); ask one with "
          + "--finding ID --positive LEVEL.")
    }
    return notes + made
  }

  // MARK: Subgroups

  private func answer(by: Subgrouping) throws {
    let groups = try StudySubgroup.all(
      study, readers: readers, opened: opened, patients: store.patients(opened), by: by)
    let collapse = try run.question.levelCollapse
    var progress = ProgressLine(isShown: isatty(STDERR_FILENO) == 1)
    let found = try groups.enumerated().map { index, group in
      progress.show("resampling", share: Double(index) / Double(groups.count))
      return (group, try figures(group.agreement, collapse))
    }
    progress.clear()
    if run.json {
      let parts = found.map { group, figures in
        (group.name, AgreementJSON.text(group.agreement, figures, program: run.program))
      }
      return Output.printLines(SubgroupTables.json(by: run.question.by ?? "", parts))
    }
    Output.printLines(TableFormat.text.write([table(found)], run.width))
  }

  private typealias Found = [(StudySubgroup, [ItemAgreement])]

  /// Nothing where a subgroup lacks the finding that was asked for.
  private func figures(_ agreement: StudyAgreement, _ collapse: LevelCollapse?) throws -> [ItemAgreement] {
    guard agreement.absence == nil else { return [] }
    let wanted = run.finding.map(agreement.items(named:)) ?? agreement.findings.map { ($0, $0.items) }
    return try wanted.flatMap { ratings, items in
      try items.filter { run.finding != nil || $0.part == nil || ratings.items[0].part != nil }.map { item in
        agreement.figures(
          of: try collapse.map { try item.collapsed($0) } ?? item, ratings.comparison, resampling: run.resampling)
      }
    }
  }

  private func table(_ found: Found) -> Table {
    func title(_ figures: ItemAgreement) -> String { "\(figures.item.title), \(figures.comparison.title)" }
    let titles = found.flatMap { $0.1.map(title) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let entries = titles.flatMap { wanted in
      found.map { group, figures in
        figures.first { title($0) == wanted }.map { SubgroupTables.Entry(title: wanted, group: group.name, $0) }
          ?? absent(wanted, group, figures)
      }
    }
    let sizes = found.map { group, _ in "\(group.name): \(group.agreement.cases)" }
    return SubgroupTables.table(
      "Agreement by \(run.question.by ?? "")", entries,
      notes: [
        "Cases: \(sizes.joined(separator: "; ")). From signed readings of opened cases, as signed, before consensus."
      ] + made)
  }
}

/// A row of a subgroup in which nobody rated the finding, or everything could be assessed.
private func absent(_ title: String, _ group: StudySubgroup, _ figures: [ItemAgreement]) -> SubgroupTables.Entry {
  let whole = figures.first { title == "\($0.item.title), assessable, \($0.comparison.title)" }
  let counts = whole?.report.counts
  return SubgroupTables.Entry(
    title: title, group: group.name, used: counts.map { "\($0.withTwoRatings)/\($0.cases)" } ?? "0/0",
    absence: whole == nil ? "no rating" : "all assessable")
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
