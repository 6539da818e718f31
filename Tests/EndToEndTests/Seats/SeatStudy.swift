// A host with a study and seats for three readers and a learner, each with a key of their own.

import Foundation
import Glibc
import PtyHarness
import Testing

final class SeatStudy {
  let sandbox: Sandbox
  let host: SshHost
  let study: String

  /// `readers` get a seat each.
  init(readers: [String] = ["R1", "R2", "R3"], cases: Int = 2) throws {
    sandbox = try Sandbox()
    host = try SshHost(sandbox)
    study = sandbox.path("own.study")
    let named = readers.flatMap { ["--reader", $0] }
    try endplate(["study", "new", study, "--title", "Own study"] + named)
    let files = try (1...cases).map { try sandbox.write("case\($0).yaml", caseFile(id: String($0))) }
    try endplate(["import", "--study", study, "--as", "coordinator"] + files)
    for reader in readers { try addSeat(reader) }
  }

  func addSeat(_ person: String, _ options: String...) throws {
    let key = try host.key(of: person) + ".pub"
    let place = ["--study", study, "--authorized-keys", host.authorizedKeys]
    try endplate(["seat", "add", person, "--key", key, "--install"] + place + options)
  }

  @discardableResult
  func endplate(_ arguments: [String]) throws -> ProgramResult {
    let result = try sandbox.launch(builtProgram("endplate"), arguments).run()
    try #require(result.status == 0, "\(arguments): \(result.errorText)")
    return result
  }

  /// The lines of authorized_keys as `seat add` wrote them.
  func line(of person: String) throws -> String {
    let lines = try String(contentsOfFile: host.authorizedKeys, encoding: .utf8).split(separator: "\n")
    return String(try #require(lines.first { $0.contains(" seat open \(person) ") }))
  }

  /// What one asks of a seat in one command.
  func ask(_ person: String, _ command: String, _ options: [String] = []) throws -> ProgramResult {
    try host.ssh(as: person, options, command: command).run()
  }

  /// Sits down at a terminal.
  func sit(
    _ person: String, _ options: [String] = [], environment: [String: String] = [:],
    size: TerminalSize = TerminalSize(80, 24)
  ) throws -> PtyProcess {
    try PtyProcess(host.ssh(as: person, ["-t"] + options, environment: environment), size: size)
  }

  /// Processes of somebody's seat.
  func processes(of person: String) -> [pid_t] {
    Processes.running(with: "seat open \(person) --study \(study)")
  }

  /// Waits until nobody is at the seat any more.
  func waitUntilLeft(_ person: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for _ in 0..<1500 {
      if processes(of: person).isEmpty { return }
      usleep(20_000)
    }
    Issue.record("the seat of \(person) still runs: \(processes(of: person))", sourceLocation: sourceLocation)
  }

  /// How many findings somebody has graded, of all cases.
  func graded(_ person: String) throws -> Int {
    let text = try endplate(["list", "--json", "--study", study, "--as", person]).text
    let list = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let cases = try #require(list["cases"] as? [[String: Any]])
    return cases.reduce(0) { $0 + ($1["graded"] as? Int ?? 0) }
  }

  /// Waits until somebody's grades are in the study.
  func waitForGrades(_ count: Int, by person: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    for _ in 0..<200 {
      if try graded(person) == count { return }
      usleep(50_000)
    }
    Issue.record("\(person) has \(try graded(person)) grades, not \(count)", sourceLocation: sourceLocation)
  }
}

extension PtyProcess {
  /// Waits until a text has come.
  func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try #require(
      read { $0.output.holds(text) }, "not seen: \(text)\n\(String(decoding: output.suffix(3000), as: UTF8.self))",
      sourceLocation: sourceLocation)
  }
}
