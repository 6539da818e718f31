// Measures many seats over SSH at once: memory of each, bytes and time of a key, what they cost when nobody types.

import ArgumentParser
import Foundation
import PtyHarness

struct SeatsBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seats", abstract: "Measure many seats over a real sshd on loopback at once.",
    discussion: "Needs openssh-server. The workstation is the one built beside this program.")

  @Option(help: "How many people.") var seats = 50
  @Option(help: "How many cases.") var cases = 500
  @Option(help: "How many keys each presses.") var keys = 20

  func run() throws {
    var table = ScreenTable()
    let bench = try SeatBench(seats: seats, cases: cases)
    print("\(ScreenTable.machine), \(seats) seats over SSH, \(cases) cases\n\n\(ScreenTable.head)")
    let people = try bench.people.map { try bench.sit($0) }
    for person in people { person.readUntilQuiet(for: .milliseconds(20)) }

    let down = "\u{1B}OB"
    var responses: [Response] = []
    for _ in 0..<keys {
      for person in people {
        guard let response = person.respond(to: down) else { throw Silence(step: "cursor down") }
        responses.append(response)
      }
    }
    table.add("cursor down, one at a time", responses, milliseconds: 20, bytes: 300)

    // Everybody at once.
    let start = ContinuousClock.now
    let before = people.map(\.output.count)
    for _ in 0..<keys { for person in people { person.type(down) } }
    for person in people { person.readUntilQuiet(for: .milliseconds(100)) }
    let bytes = zip(people, before).reduce(0) { $0 + $1.0.output.count - $1.1 }
    table.add(
      "\(seats) × \(keys) keys at once", "bytes a key", Double(bytes) / Double(seats * keys), atMost: 300)
    print("  all of them answered after \((ContinuousClock.now - start) / .milliseconds(1)) ms")

    let idle = bench.processes().seats
    sleep(5)
    let (workstations, sshd) = bench.processes()
    let busy = zip(idle, workstations).reduce(Duration.zero) { $0 + $1.1.processorTime - $1.0.processorTime }
    table.add("all idle for 5 s", "ms of a core each", busy / .milliseconds(1) / Double(seats), atMost: 100)
    func megabytes(_ figures: [ProcessFigures]) -> [Double] { figures.map { Double($0.proportional) / 1e6 } }
    let own = megabytes(workstations)
    table.add("memory of a seat, mean", "MB", own.reduce(0, +) / Double(max(1, own.count)), atMost: 40)
    table.add("memory of a seat, largest", "MB", own.max() ?? 0, atMost: 60)
    print("  all \(own.count) seats \(Int(own.reduce(0, +))) MB, their sshd \(Int(megabytes(sshd).reduce(0, +))) MB")
    for person in people { person.type("Q") }
    for person in people { _ = person.waitForEnd(atMost: .seconds(10)) }
    guard table.isMet else { throw ExitCode(1) }
  }
}
