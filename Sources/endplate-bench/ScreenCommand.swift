// Measures what a person at an 80×24 terminal waits for, through a real pseudo-terminal, against a budget.

import ArgumentParser
import Foundation
import PtyHarness

struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "Measure the workstation on a study file through a terminal of 80×24.",
    discussion: """
      A time runs from the key written to the terminal until the last byte of the answer, after which nothing came for \
      20 ms. Ends with 1 when a budget is missed. The workstation is the one built beside this program.
      """)

  @Argument(help: "A study made by ‘generate’.") var file: String
  @Option(name: .customLong("as"), help: "Who looks.") var principal = "R1"
  @Option(help: "How often a key is measured; dearer steps a fifth as often.") var times = 100

  func run() throws {
    var table = ScreenTable()
    let sandbox = try Sandbox()
    print("\(ScreenTable.machine), terminal 80×24, \(file)\n\n\(ScreenTable.head)")

    let starts = try (0..<max(3, times / 10)).map { _ in try start(sandbox).response }
    table.add("first frame", starts.dropFirst(), milliseconds: 100, bytes: 4000)

    let process = try start(sandbox).process
    for step in ScreenStep.all {
      let responses = try (0..<max(5, times / step.share)).map { _ in
        settle(process, step.before)
        guard let response = process.respond(to: step.keys) else { throw Silence(step: step.name) }
        settle(process, step.after)
        return response
      }
      table.add(step.name, responses, milliseconds: step.milliseconds, bytes: step.bytes)
    }
    try idle(process, &table)
    process.type("Q")
    _ = process.waitForEnd(atMost: .seconds(5))
    guard table.isMet else { throw ExitCode(1) }
  }

  /// Starts the workstation and waits for its first frame. Its parts come apart: program, library and kernel are busy
  /// between them.
  private func start(_ sandbox: Sandbox) throws -> (process: PtyProcess, response: Response) {
    let begin = ContinuousClock.now
    let process = try PtyProcess(sandbox.launch(builtProgram("endplate"), ["--study", file, "--as", principal]))
    guard process.read(until: { $0.output.holds("Worklist") }, atMost: .seconds(20)) else {
      throw Silence(step: "first frame", said: String(decoding: process.output, as: UTF8.self))
    }
    let first = ContinuousClock.now - begin
    var last = first
    while process.read(within: .milliseconds(100)) > 0 { last = ContinuousClock.now - begin }
    return (process, Response(first: first, last: last, bytes: process.output.count))
  }

  private func settle(_ process: PtyProcess, _ keys: String) {
    guard !keys.isEmpty else { return }
    process.type(keys)
    process.readUntilQuiet(for: .milliseconds(40))
  }

  private func idle(_ process: PtyProcess, _ table: inout ScreenTable) throws {
    process.readUntilQuiet(for: .milliseconds(500))
    guard let before = ProcessFigures(pid: process.pid) else { throw Silence(step: "idle") }
    let bytes = process.output.count
    process.readUntilQuiet(for: .seconds(3))
    guard let after = ProcessFigures(pid: process.pid) else { throw Silence(step: "idle") }
    table.add("idle for 3 s", "bytes", Double(process.output.count - bytes), atMost: 0)
    let busy = (after.processorTime - before.processorTime) / .milliseconds(1)
    table.add("idle for 3 s", "ms of a core", busy, atMost: 60)
    table.add("memory, proportional", "MB", Double(after.proportional) / 1e6, atMost: 40)
    table.add("memory, resident", "MB", Double(after.resident) / 1e6, atMost: 60)
  }
}

/// It said nothing where it should have.
struct Silence: Error, CustomStringConvertible {
  let step: String
  var said = ""

  var description: String { "the workstation did not answer to ‘\(step)’" + (said.isEmpty ? "" : ": \(said)") }
}
