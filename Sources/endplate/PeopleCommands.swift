// People of a study: adding them, their passphrases, and accounts bound to them.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import ReviewCore

extension StudyCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add somebody to a study; coordinator only.")

    @OptionGroup var study: StudyOptions

    @Argument(help: ArgumentHelp("Who is added.", valueName: "id=name"))
    var person: Person

    @Option(help: "reader, coordinator, presenter or learner.")
    var role: PrincipalRole

    @Option(help: ArgumentHelp("An account of this host that opens the seat without --as.", valueName: "account"))
    var user: String?

    func run() throws {
      let name = try recorded(person.name, "the name of \(person.id)")
      let (store, path) = try StudyAccess().open(study)
      try store.add(Principal(person.id, name: name, role: role))
      if let user { try store.bind(person.id, toUser: user) }
      Output.print("\(path): \(person.id) is in the study as \(role.rawValue)")
    }
  }

  struct Bind: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bind somebody to an account of this host; coordinator only.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "Who.")
    var person: String

    @Argument(help: "The account; left out, the binding is taken away.")
    var account: String?

    func run() throws {
      let (store, _) = try StudyAccess().open(study)
      try store.bind(PrincipalID(person), toUser: account)
      Output.print(account.map { "\(person) opens from the account \($0)" } ?? "\(person) is bound to no account")
    }
  }

  struct Passphrase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "passphrase", abstract: "Set or reset a passphrase; your own, or as the coordinator anybody's.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "Whose.")
    var person: String

    @Option(help: ArgumentHelp("Read the new passphrase from a file's first line.", valueName: "file"))
    var newFrom: String?

    @Flag(help: "Take the passphrase away.")
    var remove = false

    func run() throws {
      let (store, _) = try StudyAccess().open(study)
      if remove {
        try store.setPassphrase(nil, of: PrincipalID(person))
        Output.print("\(person) has no passphrase any more")
        return
      }
      let new = try newFrom.map { try Secret.line(in: $0) } ?? Secret.newFromTerminal(for: person)
      try store.setPassphrase(new, of: PrincipalID(person))
      Output.print("the passphrase of \(person) is set")
    }
  }

  struct Round: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Begin the next round: the one before and its consensus go out of sight; coordinator only.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "The round that begins.")
    var round: Int

    func run() throws {
      let receipt = try StudyAccess().open(study).store.startRound(round)
      Output.print("round \(round) has begun; receipt \(receipt.head)")
    }
  }

  struct Progress: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How far the readers are; tells no grade.")

    @OptionGroup var study: StudyOptions

    func run() throws {
      let (store, _) = try StudyAccess().open(study)
      for reader in try store.progress().readers {
        Output.print(
          Output.safe(
            "round \(reader.round)  \(reader.reader)  \(reader.signed) signed  \(reader.draft) in draft  \(reader.todo) to do"
          ))
      }
      for waiting in try store.waitingCases(limit: 100) {
        Output.print("case \(waiting.id) waits for \(waiting.readers.map(\.rawValue).joined(separator: ", "))")
      }
    }
  }
}

extension PrincipalRole: ExpressibleByArgument {}

/// Passphrases, from the terminal without echo or from a file.
enum Secret {
  static func line(in file: String) throws -> String {
    guard let data = try? FileHandle(forReadingAtPath: file)?.read(upToCount: 4096),
      let line = String(bytes: data, encoding: .utf8)?.split(whereSeparator: \.isNewline).first
    else { throw Failure(.noInput, "\(file): no passphrase can be read from it") }
    return String(line)
  }

  static func newFromTerminal(for person: String) throws -> String {
    let first = try fromTerminal("New passphrase of \(person): ")
    guard try fromTerminal("Once more: ") == first else {
      throw Failure(.badData, "the two are not the same; nothing was changed")
    }
    return first
  }

  /// Asks at the terminal, whatever standard input is.
  static func fromTerminal(_ prompt: String) throws -> String {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else {
      throw Failure(.notPermitted, "there is no terminal to ask for the passphrase; use --passphrase-file FILE")
    }
    defer { close(terminal) }
    var before = termios()
    tcgetattr(terminal, &before)
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    let handle = FileHandle(fileDescriptor: terminal)
    Output.tell(Output.safe(prompt), on: terminal)
    var bytes: [UInt8] = []
    while let byte = try handle.read(upToCount: 1)?.first, byte != 0x0A, bytes.count < 1024 { bytes.append(byte) }
    Output.tell("\n", on: terminal)
    return String(decoding: bytes, as: UTF8.self)
  }
}
