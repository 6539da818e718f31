// The study's tables and figures, and the recomputation of the source paper.

import ArgumentParser
import CTerminal
import CaseStore
import Desk
import Figures
import Foundation
import Grid
import Interchange
import ReviewCore
import Terminal
import TextSafety

struct TablesCommand: StudyReport {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "Print the study's tables and figures.",
    discussion: "Tables: "
      + (StudyTables.all.map { "\($0.name) (\($0.about))" } + ["courses (all follow-ups on one axis)"])
      .joined(separator: ", ") + ". All but courses when none is named.")

  @OptionGroup var study: StudyOptions

  @Argument(help: "Which table; all when left out.")
  var name: Wanted?

  @Option(
    help: ArgumentHelp("\(Wanted.formats.joined(separator: ", ")).", valueName: "format"),
    completion: .list(Wanted.formats))
  var format: String?

  @Option(help: ArgumentHelp("Write to a file instead of printing.", valueName: "file"), completion: .file())
  var out: String?

  @Flag(help: "Replace the file of --out if it is there already.")
  var force = false

  /// A table of the list, or the figure of all courses.
  enum Wanted: ExpressibleByArgument {
    case table(StudyTables.Entry)
    case courses

    static let formats = TableFormat.all.map(\.name) + ["svg"]

    init?(argument: String) {
      if argument == "courses" {
        self = .courses
      } else if let entry = StudyTables.all.first(where: { $0.name == argument }) {
        self = .table(entry)
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] { StudyTables.all.map(\.name) + ["courses"] }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  }

  func run(_ access: StudyAccess) throws {
    if let out { try ExportFile.check(out, as: "the table", force: force) }
    if case .courses = name { return try write(courses(access)) }
    guard let tableFormat = TableFormat.all.first(where: { $0.name == format ?? "text" }) else {
      if format == "svg" { throw Failure(.usage, "only courses is drawn as svg: endplate tables courses --format svg") }
      throw unknownFormat
    }
    let tables = try load(access)
    let wanted = if case .table(let entry) = name { [entry] } else { StudyTables.all }
    // Without a single consensus a table of grades would be empty: it is left out and said so.
    let lacks = !tables.cases.isEmpty && tables.casesWithoutConsensus.count == tables.cases.count
    let made = wanted.filter { !($0.needsConsensus && lacks) }
    if !made.isEmpty {
      let text = tableFormat.write(made.flatMap { $0.make(tables) }) {
        SafeText.columns(String($0), width: terminalWidth)
      }
      try write(text)
    }
    let left = wanted.filter { $0.needsConsensus && lacks }.map(\.name)
    if !left.isEmpty {
      let names = left.count == 1 ? "table \(left.joined()) needs" : "tables \(left.joined(separator: ", ")) need"
      throw Failure(
        .badData,
        "\(names) grades agreed on, and no consensus is recorded of \(StudyTables.list(tables.casesWithoutConsensus)); "
          + "open the cases and agree on their grades first")
    }
  }

  private var unknownFormat: Failure {
    Failure(.usage, "there is no format ‘\(format ?? "")’; \(thereIs(Wanted.formats))")
  }

  private func load(_ access: StudyAccess) throws -> StudyTables {
    ct_use_locale()
    return try access.open(study).store.tables()
  }

  private func courses(_ access: StudyAccess) throws -> String {
    let tables = try load(access)
    let courses = tables.cases.compactMap { $0.course(tables.study.codebook) }
    guard !courses.isEmpty else {
      throw Failure(
        .badData,
        "courses are drawn from grades agreed on, and no consensus is recorded of "
          + StudyTables.list(tables.casesWithoutConsensus))
    }
    let figure = CoursesFigure(courses)
    switch format ?? "text" {
    case "svg": return figure.svg()
    case "text": return figure.text(columns: 80, unicode: ct_is_utf8())
    case let name:
      guard let format = TableFormat.all.first(where: { $0.name == name }) else { throw unknownFormat }
      return tables.courses(in: format) { SafeText.columns(String($0), width: terminalWidth) }
    }
  }

  private func write(_ text: String) throws {
    guard let out else { return Output.printLines(text) }
    try ExportFile.write(text, to: out, as: "the table", force: force)
  }
}

struct VerifyPaperCommand: StudyReport {
  static let configuration = CommandConfiguration(
    commandName: "verify-paper",
    abstract: "Recompute the source paper's group figures, from its seven cases or from a study's.",
    discussion: "Without --study it takes the seven published cases, whatever $ENDPLATE_STUDY says or was opened last.")

  @OptionGroup var options: StudyOptions

  func run(_ access: StudyAccess) throws {
    ct_use_locale()
    let tables: StudyTables
    if options.study != nil {
      tables = try access.open(options).store.tables()
    } else {
      let sample = try StudyAccess.Embedded.sample.build()
      tables = StudyTables(sample.study, sample.cases.map { TableCase($0, consensus: sample.published[$0.id]) })
    }
    let verification = VerifyPaper(tables.study, tables.cases)
    let table = verification.table(of: options.study == nil ? nil : tables.study.title)
    Output.printLines(TableFormat.text.write([table]) { SafeText.columns(String($0), width: terminalWidth) })
    guard verification.count(.differs) == 0 else {
      throw Failure(.badData, "\(verification.count(.differs)) figures differ from the paper's; see above")
    }
  }
}
