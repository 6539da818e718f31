// endplate seat open: what sshd runs when a seat's key logs in.

import ArgumentParser
import CTerminal
import CaseStore
import Desk
import Foundation
import ReviewCore
import Seats
import Terminal

struct SeatOpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a seat; sshd runs it, from the line that ‘seat add’ writes.")

  @Argument(help: "The person whose seat it is.")
  var principal: String

  @Option(help: ArgumentHelp("Absolute path of the study file.", valueName: "file"), completion: .file())
  var study: String

  @Option(help: ArgumentHelp("The study's own; lines of the first version lack it.", valueName: "uuid"))
  var uuid: String?

  @Option(help: ArgumentHelp("The key that sshd has checked.", valueName: "SHA256:…"))
  var fingerprint: String

  func run() throws {
    let given = ProcessInfo.processInfo.environment
    let account = try Account.current()
    let environment = SeatEnvironment(given: given, home: account.home, user: account.name)
    ProcessEnvironment.replace(with: environment.variables)
    umask(0o077)

    guard let key = KeyFingerprint(fingerprint), PrincipalID(principal).isValid, study.hasPrefix("/") else {
      throw Failure(.usage, "this seat's line is damaged; have it rewritten with: endplate seat add")
    }
    let seat = SeatLine(
      program: Account.program, principal: PrincipalID(principal), study: study, uuid: uuid, fingerprint: key)
    try check(seat, given)
    let exposure = Exposure.faults(of: study, strictly: true)
    guard exposure.isEmpty else {
      throw Failure(
        .notPermitted, "this seat is closed until the study is kept to its account: \(exposure.joined(separator: "; "))"
      )
    }
    let folder = URL(filePath: "\(study)-seats").appending(path: principal)
    let access = StudyAccess(places: Places(environment.variables, seat: folder), keyFingerprint: key.text)
    let old = try uuid == nil ? checkOldLine(access) : nil
    if let asked = given["SSH_ORIGINAL_COMMAND"] { return try SeatRequests.run(asked, of: seat, access: access) }

    let store = try access.open(study, as: principal)
    // Every sitting is on record, with the client's address and the key.
    try store.noteSeatOpened(byOldLine: uuid == nil)
    try Sitting(
      store: store, path: study, places: access.places, environment: access.environment, options: SittingOptions(),
      advice: (old.map { [$0] } ?? []) + environment.advice + Self.advice(terminal: environment.variables["TERM"] ?? "")
    ).run()
  }

  /// That it was sshd who opened the seat, and that the study is the one the key was given to.
  private func check(_ seat: SeatLine, _ given: [String: String]) throws {
    let lines = (try? AuthorizedKeysFile(named: nil).read().entries.map(\.seat)) ?? []
    let authenticated = given["SSH_USER_AUTH"].flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    if let fault = SeatProof.fault(seat, lines: lines, authenticated: authenticated) {
      throw Failure(.notPermitted, "this seat stays closed: \(fault)")
    }
    let cure = "its coordinator renews the seats with: endplate seat add --renew --study FILE"
    guard FileManager.default.fileExists(atPath: study) else {
      throw Failure(.noInput, "there is no study at \(study) any more; where it was moved, \(cure)")
    }
    guard let uuid, case let found = try StudyStore.identity(at: study), found != uuid else { return }
    throw Failure(.notPermitted, "at \(study) lies another study than the one your key was given to; \(cure)")
  }

  /// A line of the first version is good for one sitting; answers what its person should know.
  private func checkOldLine(_ access: StudyAccess) throws -> String {
    let store = try access.open(study, as: principal)
    defer { try? store.close() }
    let cure = "the coordinator renews it with: endplate seat add --renew"
    guard try !store.hasSatByOldLine() else {
      throw Failure(
        .notPermitted, "the line of your key is of the first version, and was good for one sitting; \(cure)")
    }
    let warning = "the line of your key is of the first version and good for this sitting only; \(cure)"
    Output.error("endplate: warning: \(warning)")
    return warning
  }

  /// What a newcomer's terminal lacks, before anything is drawn.
  private static func advice(terminal: String) -> [String] {
    ct_use_locale()
    guard isatty(STDOUT_FILENO) == 1, ct_terminal_kind(terminal, STDOUT_FILENO) == CT_UNKNOWN else { return [] }
    let name = terminal.isEmpty ? "a terminal without a name" : "your terminal ‘\(terminal)’"
    return ["\(name) is not known on this host and taken for xterm-256color; if this looks wrong, set TERM"]
  }
}
