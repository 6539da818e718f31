// endplate import readings: what was read elsewhere, marked as such.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import TextSafety

struct ImportReadingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readings", abstract: "Take readings that were made elsewhere, all or nothing.",
    discussion: """
      FILE is a release (its folder), a table with a row a grade, or one with a row a case. A release and tables that \
      'endplate export' wrote need no map; of any other --map says which column is what, and what its codes stand for.
      """)

  @OptionGroup var study: StudyOptions

  @Argument(help: "A release, or a CSV file.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("What the columns and codes of the file stand for (YAML).", valueName: "file"),
    completion: .file())
  var map: String?

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  func run() throws {
    let (store, path) = try StudyAccess().open(study)
    guard store.principal.role == .coordinator else {
      throw Failure(
        .notPermitted,
        "only the coordinator imports readings; \(store.principal.id) is a \(store.principal.role.rawValue)")
    }
    let codebook = try store.study().codebook
    let cases = try store.worklist(WorklistQuery(sort: .number), limit: .max).rows.map {
      try store.caseView($0.id).patientCase
    }
    let outcome = try read(codebook, cases)
    for fault in outcome.faults { Output.error(fault.description) }
    guard let table = outcome.value else { throw refused }
    let wanted = ReadingsImport(
      readings: table.entries.map { .init($0.caseID, $0.reading) }, consensus: table.consensus)
    guard !wanted.readings.isEmpty || !wanted.consensus.isEmpty else {
      throw Failure(.badData, "\(file): holds no reading; nothing was imported")
    }
    let faults = try store.faults(of: wanted)
    for fault in faults {
      let entry = table.entries.first {
        $0.caseID == fault.caseID && (fault.reading == nil || $0.reading == fault.reading)
      }
      Output.error(Fault(file, at: FilePosition(entry?.line ?? 1, 1), fault.words).description)
    }
    guard faults.isEmpty else { throw refused }
    if dryRun {
      let report = try store.preview(of: wanted)
      Output.print("\(path): would import \(report.summary); nothing was changed")
      tell(closed: report, "would close")
    } else {
      let report = try store.importReadings(wanted, from: (file as NSString).lastPathComponent)
      Output.print("\(path): imported \(report.summary)")
      tell(closed: report, "closes")
    }
  }

  /// Cases that nobody grades here any more.
  private func tell(closed report: ReadingsReport, _ closes: String) {
    guard !report.closed.isEmpty else { return }
    let own = report.own.sorted().map(\.rawValue)
    let why =
      own.isEmpty
      ? "a consensus comes along"
      : "\(own.joined(separator: ", ")) \(own.count == 1 ? "is a reader" : "are readers") of this study"
    let closed = report.closed.sorted { $0.rawValue < $1.rawValue }
    let cases = StudyTables.list(Array(closed.prefix(20))) + (closed.count > 20 ? " and \(closed.count - 20) more" : "")
    Output.print(
      "This \(closes) \(cases): \(why), so \(report.closed.count == 1 ? "it counts" : "they count") as read elsewhere and open, and nobody "
        + "grades \(report.closed.count == 1 ? "it" : "them") here.")
    if !own.isEmpty {
      Output.print(
        "Give the readers other ids under ‘readers’ in the map where this study is to read these cases itself.")
    }
  }

  private var refused: Failure { Failure(.badData, "nothing was imported; correct the faults above") }

  private func read(_ codebook: Codebook, _ cases: [Case]) throws -> Outcome<ReadingsFromTable> {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), isFolder.boolValue {
      guard map == nil else { throw Failure(.usage, "a release needs no --map") }
      let files = try ReleaseReader.names.map { try InputFile.load("\(file)/\($0)", limit: ReadingsTable.sizeLimit) }
      return ReleaseReader.read(files, codebook: codebook, cases: cases)
    }
    let table = try InputFile.load(file, limit: ReadingsTable.sizeLimit)
    if let map {
      let outcome = ReadingsMap.read(try InputFile.load(map), codebook: codebook)
      for fault in outcome.faults { Output.error(fault.description) }
      guard let map = outcome.value else { throw refused }
      return ReadingsTable.read(table, map: map, codebook: codebook, cases: cases)
    }
    guard let own = ReadingsTable.header(table).flatMap(ReadingsMap.own(header:)) else {
      if let kind = FileKind(table.bytes) { throw Failure(.badData, "\(file): is not a table: it is \(kind.words)") }
      throw Failure(
        .usage,
        "\(file): is not a table that Endplate wrote; say with --map MAP.yaml what its columns stand for (endplate guide exports)"
      )
    }
    return ReadingsTable.read(table, map: own, codebook: codebook, cases: cases)
  }
}
