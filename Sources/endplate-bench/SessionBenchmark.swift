// Measures a consensus session of three live seats: when another seat's act is on the screen, and what waiting costs.

import ArgumentParser
import Foundation
import PtyHarness

struct SessionBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "Measure three seats of a consensus session on the practice study.",
    discussion: """
      A time runs from the host's key until the last of the other two seats has begun to show what came of it. The \
      workstation is the one built beside this program.
      """)

  @Option(help: "How often each act is measured.") var times = 30

  private static let budget = 300.0

  func run() throws {
    let sandbox = try Sandbox()
    let program = builtProgram("endplate")
    _ = try sandbox.launch(program, ["consensus", "open", "1", "--study", "practice", "--as", "coordinator"]).run()
    let seats = try ["R1", "R2", "R3"].map { reader in
      let seat = try PtyProcess(sandbox.launch(program, ["demo", "--practice", "--as", reader]))
      guard seat.read(until: { $0.output.holds("Worklist") }) else { throw Silence(step: "worklist") }
      seat.type("/m 53\rc")
      guard seat.read(until: { $0.output.holds("disputed") }) else { throw Silence(step: "consensus") }
      return seat
    }
    for seat in seats { seat.readUntilQuiet(for: .seconds(1)) }

    print("\(ScreenTable.machine), three seats of a session\n\n\(ScreenTable.head)")
    var table = ScreenTable()
    try measure("the host's cursor, elsewhere", ["j", "k"], seats, &table)
    try measure("a vote called, elsewhere", ["v"], seats, &table, times: 1)
    try work(seats, &table)
    let before = seats.map(\.output.count)
    for seat in seats { seat.readUntilQuiet(for: .seconds(3)) }
    let sent = zip(seats, before).reduce(0) { $0 + $1.0.output.count - $1.1 }
    table.add("all idle", "bytes", Double(sent), atMost: 0)
    guard table.isMet else { throw ExitCode(1) }
  }

  /// What an act costs its own seat with all that follows from it.
  private func work(_ seats: [PtyProcess], _ table: inout ScreenTable) throws {
    guard let before = ProcessFigures(pid: seats[0].pid) else { throw Silence(step: "work") }
    for _ in 0..<times {
      seats[0].type("mx\r")
      for seat in seats { seat.readUntilQuiet(for: .milliseconds(400)) }
    }
    guard let after = ProcessFigures(pid: seats[0].pid) else { throw Silence(step: "work") }
    let busy = (after.processorTime - before.processorTime) / .milliseconds(times)
    table.add("a note, with all that follows", "ms of a core", busy, atMost: 40)
  }

  private func measure(
    _ name: String, _ keys: [String], _ seats: [PtyProcess], _ table: inout ScreenTable, times: Int? = nil
  ) throws {
    var responses: [Response] = []
    for turn in 0..<(times ?? self.times) {
      let others = seats.dropFirst()
      let before = others.map(\.output.count)
      // At another moment of the others' watch each time.
      usleep(UInt32(turn % 10) * 23_000)
      let start = ContinuousClock.now
      seats[0].type(keys[turn % keys.count])
      while zip(others, before).contains(where: { $0.output.count == $1 }) {
        for seat in seats { seat.read(within: .milliseconds(1)) }
        guard ContinuousClock.now - start < .seconds(5) else { throw Silence(step: name) }
      }
      let time = ContinuousClock.now - start
      for seat in seats { seat.readUntilQuiet(for: .milliseconds(100)) }
      let bytes = zip(others, before).map { $0.output.count - $1 }.max() ?? 0
      responses.append(Response(first: time, last: time, bytes: bytes))
    }
    table.add(name, responses, milliseconds: Self.budget, bytes: 1500)
  }
}
