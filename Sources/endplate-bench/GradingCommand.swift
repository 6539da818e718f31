// Measures what a reader at an 80×24 terminal waits for: from the key to the tick, which is drawn once the grade is on
// the disk.

import ArgumentParser
import CaseStore
import Foundation
import PtyHarness
import ReviewCore

struct GradingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grading", abstract: "Measure grading on a study file through a terminal of 80×24.",
    discussion: """
      Grades the first case that the reader has still to do, over and over: take a copy of a study that matters. A time \
      runs from the key written to the terminal until the last byte of the answer, after which nothing came for 5 ms. \
      Ends with 1 when a budget is missed, or a grade is not in the file. The workstation is the one built beside this \
      program.
      """)

  @Argument(help: "A study made by ‘generate’.") var file: String
  @Option(name: .customLong("as"), help: "Which reader grades.") var principal = "R1"
  @Option(help: "How often each is measured.") var times = 100

  func run() throws {
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: NSUserName(), programVersion: "bench")
    let store = try StudyStore.open(at: file, as: PrincipalID(principal), environment: environment)
    let query = WorklistQuery(filter: WorklistFilter(facts: [.status(.todo)]))
    guard let id = try store.worklist(query, limit: 1).rows.first?.id else {
      throw ValidationError("\(principal) has no case to do in \(file); make a study with ‘generate’")
    }
    let sandbox = try Sandbox()
    print("\(ScreenTable.machine), terminal 80×24, \(file), case \(id)\n\n\(ScreenTable.head)")
    let process = try PtyProcess(sandbox.launch(builtProgram("endplate"), ["--study", file, "--as", principal]))
    guard process.read(until: { $0.output.holds("help") }, atMost: .seconds(20)) else { throw Silence(step: "start") }
    process.settle("/status:todo\r")
    process.settle("g")

    var table = ScreenTable()
    var typed = 0
    for step in GradingStep.all {
      let responses = try (0..<times).map { number in
        process.settle(step.before)
        guard let response = process.respond(to: step.keys[number % step.keys.count]) else {
          throw Silence(step: step.name)
        }
        return response
      }
      typed += times
      table.add(step.name, responses, milliseconds: 25, bytes: step.bytes)
    }
    typed += try work(process, &table)
    process.type("Q")
    _ = process.waitForEnd(atMost: .seconds(5))
    let kept = try store.history(id).count
    print("\n\(kept) of \(typed) grades are in the file")
    guard table.isMet, kept == typed else { throw ExitCode(1) }
  }
}

extension GradingCommand {
  /// What a grade costs with all that is done after its tick, when the reader has seen it already.
  fileprivate func work(_ process: PtyProcess, _ table: inout ScreenTable) throws -> Int {
    process.settle(GradingStep.go(to: Codebook.ID.disks))
    process.readUntilQuiet(for: .seconds(1))
    let grades = 20
    guard let before = ProcessFigures(pid: process.pid) else { throw Silence(step: "work") }
    for number in 0..<grades {
      process.type(["1", "2"][number % 2])
      // Longer than the workstation waits before it looks whether anybody else has written.
      process.readUntilQuiet(for: .milliseconds(500))
    }
    guard let after = ProcessFigures(pid: process.pid) else { throw Silence(step: "work") }
    let busy = (after.processorTime - before.processorTime) / .milliseconds(grades)
    table.add("a grade with all that follows", "ms of a core", busy, atMost: 20)
    return grades
  }
}

/// What is graded over and over.
struct GradingStep {
  let name: String
  /// Typed before, and not measured: goes to a finding.
  let before: String
  /// One after the other, so that each changes the grade.
  let keys: [String]
  let bytes: Int

  static func go(to finding: FindingID) -> String {
    let index = Codebook.vertebralOsteomyelitis.findings(in: .baseline).firstIndex { $0.id == finding } ?? 0
    return "\u{1B}OH" + String(repeating: "\u{1B}OB", count: index)
  }

  /// Budgets: a list row, the definition beside it and the head; and with them four pictures of a lesion.
  private static let (plain, withPictures) = (1000, 6000)

  static let all: [GradingStep] = [
    GradingStep(name: "grade the disks", before: go(to: Codebook.ID.disks), keys: ["1", "2"], bytes: withPictures),
    GradingStep(
      name: "not assessable", before: go(to: Codebook.ID.posteriorElements), keys: ["x", "1"], bytes: plain),
    GradingStep(name: "grade T1W", before: go(to: Codebook.ID.t1w), keys: ["1", "3"], bytes: withPictures),
    GradingStep(name: "grade the rim", before: go(to: Codebook.ID.rimSign), keys: ["2", "1"], bytes: withPictures),
    GradingStep(name: "grade the halo", before: go(to: Codebook.ID.haloSign), keys: ["2", "1"], bytes: withPictures),
    GradingStep(name: "undo, redo", before: "", keys: ["u", "U"], bytes: withPictures),
  ]
}

extension PtyProcess {
  /// Types keys and lets the screen come to rest.
  fileprivate func settle(_ keys: String) {
    guard !keys.isEmpty else { return }
    type(keys)
    readUntilQuiet(for: .milliseconds(40))
  }
}
