// What the attempts need around them: another study, an agent, a terminal description; and the seat's line unprotected.

import Foundation
import Glibc
import PtyHarness
import Testing

final class AttemptStudy {
  let seats: SeatStudy
  /// A study of three cases that R1 is in too.
  let other: String
  /// A file that is there only where an attempt succeeded.
  let mark: String
  /// R1's public key.
  let key: String
  private var agentProcess: PtyProcess?

  init() throws {
    seats = try SeatStudy()
    other = seats.sandbox.path("other.study")
    mark = seats.sandbox.path("mark")
    key = try seats.host.key(of: "R1") + ".pub"
    try seats.endplate(
      ["study", "new", other, "--title", "Other", "--reader", "R1", "--reader", "R2", "--reader", "R3"])
    let files = try (1...3).map { try seats.sandbox.write("other\($0).yaml", caseFile(id: String($0))) }
    try seats.endplate(["import", "--study", other, "--as", "coordinator"] + files)
    // So that R1 need not say who they are where the seat does not say it for them.
    for study in [seats.study, other] {
      try seats.endplate(["study", "bind", "R1", SshHost.account, "--study", study, "--as", "coordinator"])
    }
    try seats.sandbox.write("script", "<wait>\n")
    try seats.endplate(["grade", "1", "halo=absent", "--study", seats.study, "--as", "R2"])
  }

  /// The seat's line as it is, or without the protection.
  func line(for attempt: Attempt, isProtected: Bool) throws -> String {
    let line = try seats.line(of: "R1")
    let parts = line.components(separatedBy: "\"")
    let (options, key) = (parts[0].replacing("command=", with: ""), try #require(parts.last))
    let program = builtProgram("endplate")
    func forced(_ command: String, options: String) -> String {
      "\(options)command=\"\(command.replacing("\"", with: "\\\""))\"\(key)"
    }
    let command = attempt.looksAtEnvironment ? "env" : parts.dropFirst().dropLast().joined(separator: "\"")
    if isProtected { return forced(command, options: options) }
    switch attempt.protection {
    case .restriction: return forced(command, options: "pty,")
    case .forcedCommand: return options.dropLast() + key
    case .listOfVerbs:
      return forced(
        "export ENDPLATE_STUDY='\(seats.study)'; cd '\(seats.sandbox.home.path)'; endplate() { '\(program)' \"$@\"; }; "
          + "eval \"endplate $SSH_ORIGINAL_COMMAND\"", options: options)
    case .newEnvironment(let command):
      return forced("'\(program)' \(command)", options: options)
    }
  }

  /// What the attempts say in capitals.
  func filled(_ command: String) -> String {
    command.replacing("MARK", with: mark).replacing("KEY", with: key).replacing("OTHER", with: other)
      .replacing("SCRIPT", with: seats.sandbox.path("script"))
  }

  func removeMark() { unlink(mark) }

  /// A running ssh-agent; answers its socket.
  func agent() throws -> String {
    let socket = seats.sandbox.path("agent")
    if agentProcess == nil {
      agentProcess = try PtyProcess(seats.sandbox.launch("ssh-agent", ["-D", "-a", socket]))
      for _ in 0..<500 where !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
    }
    return socket
  }

  /// A folder that says that the other study was opened last.
  func stateFolder() throws -> String {
    let folder = seats.sandbox.path("planted")
    try FileManager.default.createDirectory(atPath: folder + "/endplate", withIntermediateDirectories: true)
    try Data((other + "\n").utf8).write(to: URL(fileURLWithPath: folder + "/endplate/last-study"))
    return folder
  }

  /// A terminal description that prints something of its own at the start.
  func terminfo() throws -> String {
    let source = try seats.sandbox.write(
      "evil.ti", "evil|planted,\n\tuse=xterm-256color, smcup=smuggled in,\n")
    let folder = seats.sandbox.path("terminfo")
    let result = try seats.sandbox.launch("tic", ["-o", folder, source]).run()
    try #require(result.status == 0, "\(result.errorText)")
    return folder
  }
}
