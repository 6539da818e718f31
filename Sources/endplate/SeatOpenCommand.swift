// endplate seat open: what sshd runs when a seat's key logs in.

import ArgumentParser
import CTerminal
import Desk
import Foundation
import ReviewCore
import Seats
import Terminal

struct SeatOpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Sit down at a seat; sshd runs it, from the line that ‘seat add’ writes.")

  @Argument(help: "Whose seat.")
  var principal: String

  @Option(help: ArgumentHelp("Absolute path of the study file.", valueName: "file"))
  var study: String

  @Option(help: ArgumentHelp("The key that sshd has checked.", valueName: "SHA256:…"))
  var fingerprint: String

  func run() throws {
    let given = ProcessInfo.processInfo.environment
    let account = try Account.current()
    let environment = SeatEnvironment(given: given, home: account.home, user: account.name)
    ProcessEnvironment.replace(with: environment.variables)
    umask(0o077)

    guard let key = KeyFingerprint(fingerprint), PrincipalID(principal).isValid, study.hasPrefix("/") else {
      throw Failure(.usage, "this seat's line is damaged; have it written anew with: endplate seat add")
    }
    let seat = SeatLine(program: Account.program, principal: PrincipalID(principal), study: study, fingerprint: key)
    let exposure = Exposure.faults(of: study, strictly: true)
    guard exposure.isEmpty else {
      throw Failure(
        .notPermitted, "this seat is closed until the study is kept to its account: \(exposure.joined(separator: "; "))"
      )
    }
    let folder = URL(filePath: "\(study)-seats").appending(path: principal)
    let access = StudyAccess(places: Places(environment.variables, seat: folder), keyFingerprint: key.text)
    if let asked = given["SSH_ORIGINAL_COMMAND"] { return try SeatRequests.run(asked, of: seat, access: access) }

    let store = try access.open(study, as: principal)
    // Every sitting is on record, with the client's address and the key.
    try store.noteSeatOpened()
    try Sitting(
      store: store, path: study, places: access.places, environment: access.environment, options: SittingOptions(),
      advice: environment.advice + Self.advice(terminal: environment.variables["TERM"] ?? "")
    ).run()
  }

  /// What a newcomer's terminal lacks, before anything is drawn.
  private static func advice(terminal: String) -> [String] {
    ct_use_locale()
    guard isatty(STDOUT_FILENO) == 1, ct_terminal_kind(terminal, STDOUT_FILENO) == CT_UNKNOWN else { return [] }
    let name = terminal.isEmpty ? "a terminal without a name" : "your terminal ‘\(terminal)’"
    return ["\(name) is not known on this host and taken for xterm-256color; if this looks wrong, set TERM"]
  }
}
