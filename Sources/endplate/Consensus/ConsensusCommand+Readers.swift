// What readers say of a version: that it is theirs, that it is not, or that it is taken up again.

import ArgumentParser
import CaseStore
import Desk
import Interchange
import ReviewCore

extension ConsensusCommand {
  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm", abstract: "Confirm a version of the consensus as your own.",
      discussion: "‘consensus status’ says which version it is. A change after it asks you again.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("The version, as 1.12.", valueName: "version"))
    var agreedVersion: ConsensusVersion

    func run() throws { target.tell(try target.act { _, _ in .confirm(agreedVersion) }) }
  }

  struct Dissent: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dissent", abstract: "Dissent from a version, on the record.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("The version, as 1.12.", valueName: "version"))
    var agreedVersion: ConsensusVersion
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      target.tell(try target.act { _, _ in .dissent(agreedVersion, reason: try recorded(reason, "--reason")) })
    }
  }

  struct Absent: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "absent", abstract: "Record that a reader is absent.",
      discussion: "Nothing waits for an absent reader, until they vote, confirm or dissent themselves.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: "The reader.")
    var reader: String
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      let reader = PrincipalID(reader)
      target.tell(
        try target.act { _, table in
          .absent(reader, reason: try recorded(reason, "--reason"), records: table.isRecorded(without: reader))
        })
    }
  }

  struct Reopen: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Take a recorded consensus up again as a new version; the old one stays.")
    @OptionGroup var target: ConsensusCase
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      let access = StudyAccess()
      try PresentedCase.refuseChange(
        of: target.id, in: try access.path(target.study.study), environment: access.environment)
      target.tell(try target.act { _, table in .reopen(table.version, reason: try recorded(reason, "--reason")) })
    }
  }
}

extension ConsensusVersion: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
