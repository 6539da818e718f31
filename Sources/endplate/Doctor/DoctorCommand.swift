// Looks at terminal, locale, folders, study and host, and says what to mend.

import ArgumentParser
import CTerminal
import CaseStore
import Desk
import Foundation
import Grid

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check terminal, locale, folders, the study file, and the host for seats over SSH."
  )

  @OptionGroup var study: StudyOptions

  func run() throws {
    let access = StudyAccess()
    let path = Result { try access.path(study.study) }
    let findings =
      terminal(access.places) + folders(access.places) + studyFile(path)
      + HostChecks(study: try? path.get()).findings + TwinChecks(study: try? path.get()).findings
      + SeatChecks().findings
    for finding in findings {
      Output.print("\(finding.mark) \(finding.thing)")
      if let cure = finding.cure { Output.print("    " + cure) }
    }
    Output.print("")
    Output.print("The seal keeps readers' grades from each other at their seats. Whoever owns the study file's account")
    Output.print("can read the file itself: give readers seats, not that account.")
    if let broken = findings.first(where: { $0.state == .broken }) { throw Failure(broken.status, nil) }
  }

  private func terminal(_ places: Places) -> [Diagnosis] {
    ct_use_locale()
    let name = places.environment["TERM"] ?? ""
    let shown = name.isEmpty ? "not set" : name
    let terminal: Diagnosis =
      switch ct_terminal_kind(name, STDOUT_FILENO) {
      case CT_USABLE: Diagnosis(state: .good, thing: "terminal: \(shown)")
      case CT_NO_CURSOR_ADDRESSING:
        Diagnosis(
          state: .broken, thing: "terminal: \(shown) cannot place its cursor",
          cure: "Set TERM to what your terminal is, or read cases with: \(NextStep.command("show CASE --linear"))")
      default:
        Diagnosis(
          state: .poor, thing: "terminal: \(shown) is not described here; xterm-256color is taken for it",
          cure: "Set TERM, or install its description (ncurses-term).")
      }
    let locale =
      ct_is_utf8()
      ? Diagnosis(state: .good, thing: "characters: UTF-8")
      : Diagnosis(
        state: .poor, thing: "characters: not UTF-8, so everything is drawn in ASCII",
        cure: "Set LANG to a UTF-8 locale that is installed, as C.UTF-8.")
    let noColor = !(places.environment["NO_COLOR"] ?? "").isEmpty
    let color = Diagnosis(
      state: .good, thing: noColor ? "colour: off, NO_COLOR is set" : "colour: as the terminal has it")
    return [terminal, locale, color]
  }

  private func folders(_ places: Places) -> [Diagnosis] {
    [("studies", places.data), ("settings", places.config), ("what was opened last", places.state)].map {
      name, folder in
      let existing = sequence(first: folder) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        .first { FileManager.default.fileExists(atPath: $0.path) }
      let isWritable = existing.map { FileManager.default.isWritableFile(atPath: $0.path) } ?? false
      return isWritable
        ? Diagnosis(state: .good, thing: "folder for \(name): \(folder.path)")
        : Diagnosis(
          state: .poor, thing: "folder for \(name): \(folder.path) cannot be written to",
          cure: "Make it yours, or set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_STATE_HOME to folders that are.")
    }
  }

  private func studyFile(_ path: Result<String, any Error>) -> [Diagnosis] {
    do {
      let path = try path.get()
      let summary = try StudyStore.summary(at: path)
      return [Diagnosis(state: .good, thing: "study: \(path), \(summary.title)")]
        + Exposure.faults(of: path, strictly: false).map { Diagnosis(state: .poor, thing: "study file: \($0)") }
    } catch {
      return [
        Diagnosis(
          state: .broken, thing: "study: " + words(of: error), status: failure(of: error)?.code ?? .inputOutput)
      ]
    }
  }
}
