// Measures a seat over a slow link: when a key's effect is on the screen, and whether held-down keys pile up.

import ArgumentParser
import Foundation
import PtyHarness

struct LinkBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Measure a seat over a slow link, on loopback.",
    discussion: """
      ssh goes through a proxy that delays and slows down what passes. A time runs from the key written until the last \
      byte of its answer. Needs openssh-server. The workstation is the one built beside this program.
      """)

  @Option(help: "Milliseconds to the host and back.") var roundTrip = 100
  @Option(help: "Thousand bits a second in each direction.") var rate = 256
  @Option(help: "How often a key is measured.") var times = 20

  /// Longer than any gap within an answer.
  private static let silence = Duration.milliseconds(150)
  private static let down = "\u{1B}OB"
  private static let up = "\u{1B}OA"

  func run() throws {
    let bench = try SeatBench(seats: 1, cases: 2000)
    guard let host = bench.host else { return }
    let link = try ShapedLink(
      to: host.port, roundTrip: .milliseconds(roundTrip), bitsPerSecond: rate * 1000)
    print("\(ScreenTable.machine), \(roundTrip) ms there and back, \(rate) kbit/s\n\n\(ScreenTable.head)")
    let seat = try bench.sit("R1", through: link.port)
    seat.readUntilQuiet()

    var table = ScreenTable()
    /// One round trip, what the bytes take on the way, and something for the host.
    func budget(_ bytes: Int) -> Double { Double(roundTrip) + Double(bytes * 8) / Double(rate) + 25 }
    func measure(_ name: String, _ keys: [String], bytes: Int) throws {
      let responses = try (0..<times).flatMap { _ in
        try keys.map { key in
          guard let response = seat.respond(to: key, silence: Self.silence) else { throw Silence(step: name) }
          return response
        }
      }
      table.add(name, responses, milliseconds: budget(bytes), bytes: bytes)
    }
    try measure("cursor down and up", [Self.down, Self.up], bytes: 300)
    try measure("a case and back", ["\r", "\u{1B}"], bytes: 6500)
    seat.type("g")
    seat.readUntilQuiet()
    try measure("a finding down and up", ["j", "k"], bytes: 1500)
    seat.type("j")
    seat.readUntilQuiet()
    try measure("a grade, stored, and back", ["1", "k"], bytes: 1500)
    seat.type("\u{1B}")
    seat.readUntilQuiet()

    hold("cursor down held for 3 s", Self.down, seat, &table)
    seat.type("\r")
    seat.readUntilQuiet()
    hold("next case held for 3 s", "]", seat, &table)
    // Of all keys the one that changes most of the screen each time.
    hold("enlarging held for 3 s", "z", seat, &table)
    seat.type("Q")
    _ = seat.waitForEnd(atMost: .seconds(10))
    guard table.isMet else { throw ExitCode(1) }
  }

  /// Thirty keys a second, as a keyboard repeats; then how long the screen goes on after the last.
  private func hold(_ name: String, _ key: String, _ seat: PtyProcess, _ table: inout ScreenTable) {
    let before = seat.output.count
    let start = ContinuousClock.now
    for number in 1...90 {
      seat.type(key)
      let due = start + .milliseconds(33 * number)
      while ContinuousClock.now < due { seat.read(within: due - .now) }
    }
    let released = ContinuousClock.now
    var last = released
    // What was held back on the way may leave gaps.
    while seat.read(within: Self.silence * 4) > 0 { last = .now }
    let bytes = seat.output.count - before
    table.add(name, "ms until the screen stands", (last - released) / .milliseconds(1), atMost: budgetOfHolding)
    print("  \(bytes) bytes, \(bytes / 90) a key")
  }

  /// A round trip, and what a full screen takes.
  private var budgetOfHolding: Double { Double(roundTrip) + 4000 * 8 / Double(rate) + 75 }
}
