// Where sessions stand, what happened in them, and what they say of the readers.

import ArgumentParser
import CaseStore
import Desk
import Interchange
import ReviewCore

extension ConsensusCommand {
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Say where a case stands, or which cases wait for a consensus.")
    @OptionGroup var study: StudyOptions

    @Argument(help: "The case's id; without it all cases that are ready, open or recorded.")
    var patientCase: String?

    @Flag(help: "Findings in the order of the codebook, not the disputed ones first.")
    var codebookOrder = false

    func run() throws {
      let store = try StudyAccess().open(study).store
      guard let patientCase else { return try agenda(store) }
      let text = ConsensusText(codebook: try store.study().codebook, principals: try store.principals())
      let id = CaseID(patientCase)
      let view = try store.caseView(id)
      guard view.stage.isOpen, !view.stage.isFromElsewhere else { return tell(view) }
      let table = try store.consensusTable(id)
      Output.printLines(text.status(table, of: view, disputedFirst: !codebookOrder).endedOnce)
    }

    /// Of a case that is not talked about: what there is to wait for.
    private func tell(_ view: CaseView) {
      let waiting = view.signatures.filter { !$0.isSigned }.map(\.reader.rawValue).joined(separator: ", ")
      let words =
        switch view.stage {
        case .published: "its consensus is published; ‘\(NextStep.command("show \(view.id)"))’ prints it"
        case .imported: "it was read elsewhere and imported; ‘\(NextStep.command("show \(view.id)"))’ prints it"
        case .ready: "ready; ‘\(NextStep.command("consensus open \(view.id)"))’ opens it"
        default: waiting.isEmpty ? "not ready yet" : "not ready yet, \(waiting) still to sign"
        }
      Output.print("case \(view.id): \(words)")
    }

    private func agenda(_ store: StudyStore) throws {
      let query = WorklistQuery(sort: .number)
      let count = try store.counts().cases
      let rows = try store.worklist(query, limit: count).rows.filter { $0.stage != .reading }
      if rows.isEmpty {
        Output.print(count == 0 ? "the study has no cases yet" : "no case is ready: some reader has still to sign")
      }
      for row in rows {
        var line = "case \(row.id)  \(row.patient)  \(row.stage.title)"
        if row.stage.isOpen, !row.stage.isFromElsewhere, let table = try? store.consensusTable(row.id) {
          line += "  disputed \(table.disputed.count), open \(table.unsettled.count), version \(table.versionTitle)"
        }
        Output.print(line)
      }
    }
  }

  struct Minutes: StudyReport {
    static let configuration = CommandConfiguration(
      abstract: "Print what happened: votes, grades, causes, rationale, confirmations.")
    @OptionGroup var study: StudyOptions
    @Argument(help: "The cases.")
    var cases: [String]
    @Option(help: "text or markdown.")
    var format: ConsensusText.Format = .text
    @Option(help: ArgumentHelp("Write to a file instead of printing.", valueName: "file"), completion: .file())
    var out: String?
    @Flag(help: "Replace the file of --out if it is there already.")
    var force = false

    func run(_ access: StudyAccess) throws {
      if let out { try ExportFile.check(out, as: "the minutes", force: force) }
      let store = try access.open(study).store
      let study = try store.study()
      let text = ConsensusText(codebook: study.codebook, principals: try store.principals())
      let head = try store.info().auditHead
      let resets = try store.audit(AuditFilter(kinds: [.passphraseCodeIssued]))
      let parts = try cases.map { id -> String in
        let unproven = try store.audit(AuditFilter(caseID: CaseID(id))).filter { $0.unproven != nil }
        let seats = try store.audit(AuditFilter(caseID: CaseID(id), kinds: [.sessionLed]))
        let view = try store.caseView(CaseID(id))
        return text.minutes(
          try store.consensusTable(CaseID(id)), study: study, patient: view.patientCase.patient, head: head,
          resets: resets, unproven: unproven, seats: seats, of: view, format: format)
      }
      let minutes = parts.joined(separator: "\n").endedOnce
      guard let out else { return Output.printLines(minutes) }
      try ExportFile.write(minutes, to: out, as: "the minutes", force: force)
    }
  }

  struct Figures: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "figures", abstract: "Say how often readers differed, from each other and from the consensus.")
    @OptionGroup var study: StudyOptions
    @Option(help: "text or markdown.")
    var format: ConsensusText.Format = .text

    func run() throws {
      let store = try StudyAccess().open(study).store
      let text = ConsensusText(codebook: try store.study().codebook, principals: try store.principals())
      Output.printLines(text.figures(try store.consensusFigures(), format: format).endedOnce)
    }
  }
}

extension ConsensusText.Format: ExpressibleByArgument {}

extension String {
  /// Without empty lines around it, and with one line end.
  fileprivate var endedOnce: String { trimmingCharacters(in: .newlines) + "\n" }
}
