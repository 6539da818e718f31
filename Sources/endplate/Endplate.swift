// The command line: one type a command, in a file of its own.

import ArgumentParser
import CTerminal
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore

struct Endplate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endplate",
    abstract: "A terminal workstation for reader studies of vertebral osteomyelitis on MR.",
    discussion: """
      Without a command it opens the workstation on $ENDPLATE_STUDY, else on the study opened last, else on the \
      sample study. For research and teaching, not for diagnosis.
      """,
    version: Program.about,
    subcommands: [
      OpenCommand.self, DemoCommand.self, ShowCommand.self, ListCommand.self, TablesCommand.self, AgreementCommand.self,
      PlanCommand.self,
      CheckCommand.self, StudyCommand.self, ImportCommand.self, ExportCommand.self, GradeCommand.self,
      TeachCommand.self,
      ConsensusCommand.self, ImageCommand.self,
      AuditCommand.self, BackupCommand.self, RestoreCommand.self, RebuildCommand.self,
      SeatCommand.self, DoctorCommand.self, ThemesCommand.self, CodebookCommand.self,
      VerifyPaperCommand.self, GuideCommand.self, LicencesCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)
}

enum Program {
  static let version = "0.1.0"

  /// What `--version` prints: whoever reports a fault sends these lines.
  static var about: String {
    """
    Endplate \(version)
    commit   \(EmbeddedText.commit ?? "not recorded when it was built; script/run and script/install record it")
    SQLite   \(StudyEngine.sqliteVersion)
    codebook \(Codebook.builtInName)
    """
  }
}

@main enum Main {
  static func main() {
    guard ct_protect() else {
      Failure(.inputOutput, "this process cannot be kept from being looked into, so it does not begin").report()
      exit(ExitStatus.inputOutput.rawValue)
    }
    // Before any file is opened: those of `ending` are the first.
    Output.hold()
    let ending = Ending()
    let status = run(ending)
    let lost = Output.finish()
    lost?.report()
    exit(status == 0 ? lost?.status ?? 0 : status)
  }

  /// Answers the exit status; what there is to say of it has been said.
  private static func run(_ ending: Ending) -> Int32 {
    let line = Array(CommandLine.arguments.dropFirst())
    let root: any ParsableCommand.Type = CompletedLine.isAsked(line) ? CompletedLine.self : Endplate.self
    do {
      try Endplate.checkHelp(line)
      try Endplate.checkNotEmpty(line)
      try Endplate.checkSaidOnce(line)
      var command = try root.parseAsRoot(Endplate.inOrder(line))
      try command.run()
      ending.finish()
      return 0
    } catch {
      ending.finish()
      if let failure = failure(of: error) {
        failure.report()
        return failure.status
      }
      // Help, the version, and what the parser says of a line.
      let (words, status) = (Endplate.words(of: error, line, root), Endplate.exitCode(for: error))
      if !words.isEmpty { status.isSuccess ? Output.printLines(words + "\n") : Output.errorLines(words) }
      return status.rawValue
    }
  }
}
