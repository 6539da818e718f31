// The command line as shells complete it. The parser knows no options in front of a command, and no arguments of a command
// that may be left out; a person may type both.

import ArgumentParser

struct CompletedLine: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Endplate.configuration.commandName, version: Program.about,
    subcommands: Endplate.configuration.subcommands.map { $0 == ImportCommand.self ? Import.self : $0 })

  /// Those of `open`, which may be left out.
  @OptionGroup var study: StudyOptions
  @OptionGroup var display: DisplayOptions

  /// `import FILE…` and `import readings FILE`.
  private struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: ImportCommand.configuration.commandName, abstract: ImportCommand.configuration.abstract)

    @OptionGroup var study: StudyOptions
    @Argument(completion: .imported) var files: [String] = []
    @Flag(help: "Case files: you looked at the pictures that they name.") var lookedThrough = false
    @Option(help: "Readings: what the columns and codes of the file stand for.", completion: .file()) var map: String?
    @Flag(help: "Readings: say what would be done, and do nothing.") var dryRun = false
  }

  /// Whether a shell asks, and not a person.
  static func isAsked(_ line: [String]) -> Bool {
    line.first.map { $0 == "---completion" || $0.hasPrefix("--generate-completion-script") } ?? false
  }
}
