// endplate study codebook: another version of the codebook for a study that runs.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import ReviewCore
import TextSafety

extension StudyCommand {
  struct NextCodebook: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "codebook", abstract: "Give a running study a new version of its codebook; coordinator only.",
      discussion: """
        Says what would change and asks first. What is signed stays as it is, and counts by the version that it was signed \
        under: findings and levels that the new one adds are not asked of it. Drafts are asked for them. What would \
        make another question of one that readings have answered is refused. The study is copied beside itself first.
        """)

    @OptionGroup var study: StudyOptions

    @Argument(
      help: ArgumentHelp("The codebook file, with a higher version than the study's.", valueName: "file"),
      completion: .file())
    var file: String

    @Flag(help: "Say what would change, and do nothing.")
    var dryRun = false

    @Flag(help: "Do it without asking.")
    var yes = false

    func validate() throws {
      if dryRun, yes { throw ValidationError("--dry-run does nothing, and so needs no --yes") }
    }

    func run() throws {
      let (store, path) = try StudyAccess().open(study)
      let codebook = try CodebookArgument.codebook(file)
      let change = try store.codebookChange(to: codebook)
      for fault in change.faults { Output.error("\(file): \(fault)") }
      guard change.faults.isEmpty else {
        throw Failure(.badData, "the study keeps its codebook; correct the faults above")
      }
      tell(change, codebook)
      if dryRun { return Output.print("\(path): nothing was changed") }
      guard try yes || isWanted() else { return Output.print("\(path): nothing was changed") }
      let done = try store.changeCodebook(to: codebook, seen: change)
      Output.print("\(path): grades by version \(change.to) from now on, audit head \(done.receipt.head)")
      Output.print("the file as it was is kept as \(done.backup)")
    }

    private func tell(_ change: CodebookChange, _ codebook: Codebook) {
      Output.print("\(codebook.id), version \(change.from) to \(change.to):")
      for line in change.lines { Output.print("- \(line)") }
      if change.lines.isEmpty { Output.print("- nothing that is graded or shown") }
      guard !change.added.isEmpty else { return }
      Output.print("Not asked of what is signed already: \(change.added.words). Drafts are asked for it.")
    }

    private func isWanted() throws -> Bool {
      guard isatty(STDIN_FILENO) == 1 else {
        throw Failure(.usage, "say --yes to do it, or --dry-run to see only what it would change")
      }
      Output.tell("Do it? y/N ")
      return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }
  }
}
