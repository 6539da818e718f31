// People of a study: adding them, their passphrases, and accounts bound to them.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import ReviewCore
import TextSafety

extension StudyCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add somebody to a study; coordinator only.")

    @OptionGroup var study: StudyOptions

    @Argument(help: ArgumentHelp("The person who is added.", valueName: "id=name"))
    var person: Person

    @Option(help: "reader, coordinator, presenter or learner.")
    var role: PrincipalRole

    @Option(help: ArgumentHelp("An account of this host that opens the seat without --as.", valueName: "account"))
    var user: String?

    func run() throws {
      let name = try recorded(person.name, "the name of \(person.id)")
      let (store, path) = try StudyAccess().open(study)
      try store.add(Principal(person.id, name: name, role: role))
      if let user {
        try store.bind(person.id, toUser: try recorded(user, "--user"))
        StudyCommand.warn(of: user, person.id)
      }
      Output.print("\(path): \(person.id) is in the study as \(role.rawValue)")
      guard role == .reader, try store.study().studyProtocol.mode == .independent else { return }
      let cases = try store.assignments().count { $0.readers.contains(person.id) }
      Output.print(
        cases > 0
          ? "\(person.id) has \(cases.counted("case")) to read"
          : "\(person.id) reads no case yet; assign some with: "
            + NextStep.command("study assign CASE… --readers …,\(person.id)"))
    }
  }

  struct Bind: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "bind", abstract: "Bind somebody to an account of this host; coordinator only.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "The person who is bound.")
    var person: String

    @Argument(help: "The account; left out, the binding is taken away.")
    var account: String?

    func run() throws {
      let account = try account.map { try recorded($0, "the account") }
      let (store, _) = try StudyAccess().open(study)
      try store.bind(PrincipalID(person), toUser: account)
      Output.print(account.map { "\(person) opens from the account \($0)" } ?? "\(person) is bound to no account")
      if let account { StudyCommand.warn(of: account, PrincipalID(person)) }
    }
  }

  /// A name mistyped shuts somebody out.
  private static func warn(of account: String, _ person: PrincipalID) {
    guard getpwnam(account) == nil else { return }
    Output.error(
      "endplate: warning: this host has no account ‘\(account)’, and \(person) can open the study from no other; "
        + "bind the right one, or none, with: \(NextStep.command("study bind \(person) ACCOUNT"))")
  }

  struct Passphrase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "passphrase",
      abstract: "Choose your passphrase, or as the coordinator give somebody a one-time code.",
      discussion: """
        Your own is asked for twice, or read from a file; where the coordinator gave you a code, that is what is asked \
        for first. As the coordinator, for somebody else, it prints a code: with it they choose a passphrase themselves. \
        Where they had one, that is a reset, and locks their readings until they show by the one before that they are \
        the same.
        """)

    @OptionGroup var study: StudyOptions

    @Argument(help: "The person whose passphrase it is.")
    var person: String

    @Option(
      help: ArgumentHelp("Read your new passphrase from a file's first line.", valueName: "file"), completion: .file())
    var newFrom: String?

    @Option(
      help: ArgumentHelp("After a reset, the passphrase from before: it unlocks your readings.", valueName: "file"),
      completion: .file())
    var oldFrom: String?

    @Flag(help: "Take your own passphrase away.")
    var remove = false

    func run() throws {
      let access = StudyAccess()
      let path = try access.path(study.study)
      let former = try oldFrom.map { try Secret.line(in: $0) }
      let given = try newFrom.map { Secret.Choice(new: try Secret.line(in: $0), former: former) }
      let hadCode = try StudyStore.summary(at: path).seats.contains { $0.id.rawValue == person && $0.isToChoose }
      let isOwn = study.principal == person
      // The code is in a file, and what is chosen with it is still to be said.
      let choice =
        try given
        ?? (isOwn && hadCode && study.passphraseFile != nil
          ? Secret.Choice(new: Secret.newFromTerminal(for: person), former: former) : nil)
      let store = try access.open(
        path, as: study.principal, passphraseFile: study.passphraseFile, choice: isOwn ? choice : nil)
      guard store.principal.id.rawValue == person else { return try giveCode(store) }
      if remove {
        try store.removePassphrase()
        return Output.print("\(person) has no passphrase any more")
      }
      // With a code it was chosen on the way in.
      if !hadCode {
        let choice = try given ?? Secret.Choice(new: Secret.newFromTerminal(for: person), former: former)
        try store.choosePassphrase(choice.new, former: choice.former)
      }
      Output.print("the passphrase of \(person) is set")
      try StudyCommand.tellLocked(store)
    }

    private func giveCode(_ store: StudyStore) throws {
      guard store.principal.role == .coordinator else {
        throw Failure(
          .notPermitted, "\(store.principal.id) chooses only their own passphrase; the coordinator gives others a code")
      }
      if remove { throw Failure(.notPermitted, "only \(person) can take their passphrase away; leave --remove out") }
      if newFrom != nil {
        throw Failure(.notPermitted, "\(person) chooses their passphrase themselves; leave --new-from out for a code")
      }
      let code = try store.issueCode(for: PrincipalID(person))
      Output.print("one-time code of \(person): \(code)")
      let choose = NextStep.command("study passphrase \(person) --as \(person)")
      Output.print("It is shown this once. With it they choose: \(choose)")
    }
  }

  struct Unlock: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unlock",
      abstract: "Take up your readings that a reset of your passphrase locked, or begin the drafts again.")

    @OptionGroup var study: StudyOptions

    @Option(
      help: ArgumentHelp("Read the passphrase from before the reset from a file's first line.", valueName: "file"),
      completion: .file())
    var oldFrom: String?

    @Flag(help: "Give the locked drafts up; they are seen once the case is open.")
    var setAside = false

    func run() throws {
      let (store, _) = try StudyAccess().open(study)
      if setAside { return Output.print("\(try store.setAsideLocked().counted("draft starts", "drafts start")) again") }
      let former =
        try oldFrom.map { try Secret.line(in: $0) }
        ?? Secret.fromTerminal(
          "Passphrase before the reset: ", or: "--old-from")
      let unlocked = try store.unlockReadings(former: former)
      Output.print("\(unlocked.counted("reading is", "readings are")) unlocked")
    }
  }

  fileprivate static func tellLocked(_ store: StudyStore) throws {
    guard store.principal.role == .reader, case let locked = try store.lockedReadings(),
      locked.drafts + locked.signed > 0
    else { return }
    Output.print(
      "\(locked.drafts.counted("draft")) and \(locked.signed.counted("signed reading")) from before the reset are locked; "
        + "‘\(NextStep.command("study unlock --as \(store.principal.id)"))’ takes them up with the passphrase from then"
    )
  }

  struct Round: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "round",
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
      commandName: "progress", abstract: "Show each reader's progress; no grades are shown.")

    @OptionGroup var study: StudyOptions

    func run() throws {
      let (store, _) = try StudyAccess().open(study)
      if try store.study().studyProtocol.mode == .joint {
        let counts = try store.counts()
        Output.print(
          "read together: the consensus of \(counts.recorded) of \(counts.cases.counted("case")) is recorded")
      }
      for reader in try store.progress().readers {
        Output.print(
          "round \(reader.round)  \(reader.reader)  \(reader.signed) signed  \(reader.draft) in draft  \(reader.todo) to do"
            + (reader.hasLeft ? "  has left the study" : "")
        )
      }
      for waiting in try store.waitingCases(limit: 100) {
        // Of others a reader is told nothing: only what waits for them.
        let readers = waiting.readers.map { $0 == store.principal.id ? "you" : $0.rawValue }
        Output.print("case \(waiting.id) waits for \(readers.joined(separator: ", "))")
      }
    }
  }
}

extension PrincipalRole: ExpressibleByArgument {}

/// Passphrases, from the terminal without echo or from a file.
enum Secret {
  /// A passphrase to choose, and what was chosen before a reset.
  struct Choice {
    var new: String
    var former: String?
  }

  /// Warns of a file that others on the host can read.
  static func line(in file: String) throws -> String {
    var status = stat()
    if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
      Output.error("endplate: warning: others can read the passphrase in \(file); chmod 600 \(file)")
    }
    guard let data = try? FileHandle(forReadingAtPath: file)?.read(upToCount: 4096),
      let line = String(bytes: data, encoding: .utf8)?.split(whereSeparator: \.isNewline).first
    else { throw Failure(.noInput, "\(file): no passphrase can be read from it") }
    return String(line)
  }

  static func newFromTerminal(for person: String) throws -> String {
    let first = try fromTerminal("New passphrase of \(person): ", or: "--new-from")
    guard try fromTerminal("Once more: ") == first else {
      throw Failure(.badData, "the two are not the same; nothing was changed")
    }
    return first
  }

  /// After the coordinator's code.
  static func choice(_ person: PrincipalID) throws -> Choice {
    let new = try newFromTerminal(for: person.rawValue)
    let former = try fromTerminal("The passphrase before, if you had one: it unlocks your readings (Enter: none): ")
    return Choice(new: new, former: former.isEmpty ? nil : former)
  }

  /// Asks at the terminal, whatever standard input is.
  ///
  /// - Parameter option: what says it where there is no terminal.
  static func fromTerminal(_ prompt: String, or option: String = "--passphrase-file") throws -> String {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else {
      throw Failure(.notPermitted, "there is no terminal to ask for the passphrase; use \(option) FILE")
    }
    defer { close(terminal) }
    var before = termios()
    tcgetattr(terminal, &before)
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    let handle = FileHandle(fileDescriptor: terminal)
    Output.tell(prompt.madeSafe, on: terminal)
    var bytes: [UInt8] = []
    while let byte = try handle.read(upToCount: 1)?.first, byte != 0x0A, bytes.count < 1024 { bytes.append(byte) }
    Output.tell("\n", on: terminal)
    return String(decoding: bytes, as: UTF8.self)
  }
}
