// endplate restore and endplate rebuild: a study from its backup, and what is derived from its record.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import ReviewCore
import TextSafety

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a backup back in the place of a study; coordinator only.",
    discussion: """
      Nobody may have the study open. The backup is checked first; what it replaces is kept beside it under another \
      name. Cases that were opened since the backup stay open, because whoever saw them has seen the others' grades. \
      People and passphrases are those of the backup.
      """)

  @Argument(help: "The backup.", completion: .file())
  var backup: String

  @Argument(help: "The study that it takes the place of; it may be damaged, or gone.", completion: .file())
  var file: String

  @Option(name: .customLong("as"), help: ArgumentHelp("The coordinator; left out where there is one.", valueName: "id"))
  var principal: String?

  @Option(help: ArgumentHelp("Read your passphrase from a file's first line.", valueName: "file"), completion: .file())
  var passphraseFile: String?

  func run() throws {
    let access = StudyAccess()
    // Who is asked for a passphrase is asked by what is replaced, as long as that can answer.
    let summary = (try? StudyStore.summary(at: file)) ?? (try? StudyStore.summary(at: backup))
    let seats = summary?.seats ?? []
    let coordinators = seats.filter { $0.principal.role == .coordinator }
    guard summary != nil else {
      // Neither can be read: the backup says why.
      _ = try StudyStore.restore(backup, to: file, as: "", environment: access.environment)
      return
    }
    guard let id = principal.map({ PrincipalID($0) }) ?? (coordinators.count == 1 ? coordinators.first?.id : nil) else {
      let known = coordinators.map(\.id.rawValue).joined(separator: ", ")
      throw Failure(.usage, "say who you are with --as ID; the coordinators of this study are \(known)")
    }
    var passphrase = try passphraseFile.map { try Secret.line(in: $0) }
    if passphrase == nil, seats.first(where: { $0.id == id })?.needsPassphrase == true {
      passphrase = try Secret.fromTerminal("Passphrase of \(id): ")
    }
    let report = try StudyStore.restore(
      backup, to: file, as: id, passphrase: passphrase, environment: access.environment)
    tell(report)
  }

  private func tell(_ report: RestoreReport) {
    Output.print(
      "\(report.path): restored from \(backup), \(report.cases.counted("case")), audit head \(report.receipt.head)")
    Output.print("the backup ended with audit head \(report.backupHead)")
    if let kept = report.kept {
      let head = report.replacedHead.map { ", audit head \($0)" } ?? ""
      Output.print("what was there is kept as \(kept)\(head)")
    }
    if report.replacedHead == nil {
      Output.print("no study could be read there: cases opened since that backup are closed again; tell the readers")
    }
    guard !report.carried.isEmpty else { return }
    let places = report.carried.map { "case \($0.caseID)" + ($0.round > 1 ? " in round \($0.round)" : "") }
    Output.print("opened since that backup, and so still open: \(places.joined(separator: ", "))")
  }
}

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Rebuild worklists, counts and displayed grades from the record; coordinator only.",
    discussion: """
      For a study of which ‘audit --verify’ says that what is shown does not follow from its record. Nothing on record \
      changes.
      """)

  @OptionGroup var study: StudyOptions

  func run() throws {
    let (store, path) = try StudyAccess().open(study)
    try store.rebuild()
    let faults = try store.verify().faults
    for fault in faults { Output.print(fault) }
    guard faults.isEmpty else {
      throw Failure(
        .badData, "\(path): its worklists are rebuilt, but its record was changed; see above, and put a backup back")
    }
    Output.print("\(path): its worklists, counts and displayed grades are rebuilt; the record is as it was written")
  }
}
