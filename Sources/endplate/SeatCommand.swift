// endplate seat: keys that open a seat over SSH, and the seat itself.

import ArgumentParser

struct SeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seat", abstract: "Bind people's SSH keys to seats.",
    discussion: """
      One account of one host holds the study; each person's key opens that person's seat and nothing else. Whoever can \
      log in to the account itself can read the study file: give people seats, not the account.
      """,
    subcommands: [SeatAddCommand.self, SeatListCommand.self, SeatRemoveCommand.self, SeatOpenCommand.self])
}

/// A command that only reads a study; a seat can be asked for it too.
protocol StudyReport: ParsableCommand {
  func run(_ access: StudyAccess) throws
}

extension StudyReport {
  func run() throws { try run(StudyAccess()) }
}
