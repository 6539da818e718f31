// endplate export: a study's readings in the formats of the field.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import TextSafety

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a study's readings, consensus and cases in another format.",
    discussion: """
      Only what is open, and only what you may see. Formats:
      \(ExportFormat.all.map { "  \($0.name): \($0.about)" }.joined(separator: "\n"))
      """)

  @OptionGroup var study: StudyOptions

  @Option(
    help: ArgumentHelp("\(ExportFormat.all.map(\.name).joined(separator: ", ")).", valueName: "name"),
    completion: .list(ExportFormat.all.map(\.name)))
  var format: String

  @Option(help: ArgumentHelp("The new folder or file.", valueName: "path"), completion: .file())
  var out: String

  @Flag(
    help: "Notes, rationales and remarks too, after a warning of what in them looks like a name, a date or a number.")
  var notes = false

  @Flag(
    help:
      "Of release: key images too, as PNG. Pixels are as they were taken: look through them for faces and text first.")
  var images = false

  @Option(name: .customLong("case"), help: ArgumentHelp("Of anki: one finished case.", valueName: "id"))
  var patientCase: String?

  @Flag(help: "Replace an earlier export that is there already.")
  var force = false

  func run() throws {
    guard let format = ExportFormat.all.first(where: { $0.name == self.format }) else {
      let names = ExportFormat.all.map(\.name)
      let near = Spelling.nearest(to: self.format, in: names).map { "; did you mean ‘\($0)’?" } ?? ""
      throw Failure(.usage, "there is no format ‘\(self.format)’\(near); \(thereIs(names))")
    }
    guard patientCase == nil || format.isOfFinishedCases else {
      throw Failure(.usage, "--case goes with --format anki; the others hold all cases that are open")
    }
    guard !images || format.name == "release" else {
      throw Failure(.usage, "--images goes with --format release; the other formats hold no pictures")
    }
    // Before any work is done for it.
    switch format.shape {
    case .file: try ExportFile.check(out, as: "the export", force: force)
    case .folder: try ExportFolder.check(out, as: format, force: force)
    }
    let access = StudyAccess()
    let (store, path) = try access.open(study)
    var export = try store.export(
      id: try StudyStore.identity(at: path), program: "Endplate \(Program.version)", hasNotes: notes,
      teaching: format.isOfFinishedCases ? try finished(store) : TeachingFile())
    if images { export.images = try store.exportedImages(of: export.cases) }
    warn(export)
    let files = try format.files(export)
    switch format.shape {
    case .file: try ExportFile.write(files.first?.text ?? "", to: out, as: "the export", force: force)
    case .folder: try ExportFolder.write(files, to: out, as: format, force: force)
    }
    if !format.hasLetters, !export.unnamed.isEmpty {
      Output.error(
        "endplate: note: left out until their consensus is recorded, because their readers are letters: "
          + "\(StudyTables.list(export.unnamed)); the formats release and long have them by letter")
    }
    let count = format.shape == .file ? "" : ", " + files.count.counted("file")
    Output.print("\(out): written\(count); \(summary(export, format))")
  }

  private func summary(_ export: StudyExport, _ format: ExportFormat) -> String {
    if format.isOfFinishedCases { return export.teaching.cases.count.counted("finished case") }
    let readings = export.readings.count { format.hasLetters || $0.isNamed }
    let decided = Set(export.opened.filter { $0.consensus != nil }.map(\.id)).count
    let closed =
      export.notOpen.isEmpty ? "" : "; not open, so without readings: \(StudyTables.list(export.notOpen))"
    let agreed = format.hasConsensus ? ", the consensus of \(decided.counted("case"))" : ""
    return readings.counted("reading") + agreed + closed
  }

  private func finished(_ store: StudyStore) throws -> TeachingFile {
    let id = patientCase.map { CaseID($0) }
    var file = try TeachingLibrary(store: store, study: try store.study()).file(including: id)
    if let id {
      file.cases = file.cases.filter { $0.id == id }
      guard !file.cases.isEmpty else {
        throw Failure(.noInput, "there is no finished case \(id); ‘\(NextStep.command("teach"))’ lists them")
      }
    }
    guard !file.cases.isEmpty else {
      throw Failure(.badData, "no case is finished yet; a case has cards once its consensus is recorded")
    }
    return file
  }

  /// Free text goes out as it was written: whoever lets it out looks through it.
  private func warn(_ export: StudyExport) {
    let found = PersonalText.found(in: export)
    if export.hasNotes || !found.isEmpty {
      Output.error(
        "endplate: warning: free text may name people, and goes out as it was written; \(found.count) "
          + "\(found.count == 1 ? "place looks" : "places look") like a name, a date, a number or an address\(found.isEmpty ? "" : ":")"
      )
    }
    for text in found.prefix(50) { Output.error("  \(text.place): \(text.kind), ‘\(text.words)’") }
    if found.count > 50 { Output.error("  and \(found.count - 50) more") }
  }
}

extension ExportFormat {
  fileprivate var isOfFinishedCases: Bool { name == "anki" }
}
