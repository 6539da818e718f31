// Measures many seats over SSH at once: memory of each, bytes and time of a key, what they cost when nobody types.

import ArgumentParser
import Foundation
import PtyHarness

struct SeatsBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seats", abstract: "Measure many seats over a real sshd on loopback at once.",
    discussion: """
      Needs openssh-server, but with --local. With --minutes everybody then grades for so long, a key every few seconds; \
      ends with 1 where a complaint was shown or a grade is not in the file. The workstation is the one built beside this \
      program.
      """)

  @Option(help: "How many people.") var seats = 50
  @Option(help: "How many cases.") var cases = 500
  @Option(help: "How many keys each presses.") var keys = 20
  @Option(help: "For how long everybody then grades.") var minutes = 0
  @Flag(help: "At terminals of this account instead of over sshd, to simulate more people than it lets in.")
  var local = false

  func run() throws {
    var table = ScreenTable()
    let bench = try SeatBench(seats: seats, cases: cases, isLocal: local)
    print(
      "\(ScreenTable.machine), \(seats) seats \(local ? "on this account" : "over SSH"), \(cases) cases\n\n\(ScreenTable.head)"
    )
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
    let isKept = try minutes == 0 || work(bench, people, &table)
    for person in people { person.type("Q") }
    for person in people { _ = person.waitForEnd(atMost: .seconds(10)) }
    guard table.isMet, isKept else { throw ExitCode(1) }
  }

  /// Everybody grades their cases; answers whether nobody was shown a complaint and every grade is in the file.
  private func work(_ bench: SeatBench, _ people: [PtyProcess], _ table: inout ScreenTable) throws -> Bool {
    var dice = Dice(state: 1)
    let start = ContinuousClock.now
    var shifts = people.map { SeatShift($0, begins: start + .seconds(Double.random(in: 0..<5, using: &dice))) }
    var responses: [Response] = []
    while ContinuousClock.now - start < .seconds(60 * minutes) {
      guard let place = shifts.indices.min(by: { shifts[$0].due < shifts[$1].due }) else { break }
      let wait = shifts[place].due - .now
      if wait > .zero { usleep(UInt32(wait / .microseconds(1))) }
      guard let response = shifts[place].act(pause: .seconds(Double.random(in: 1...6, using: &dice))) else {
        throw Silence(step: "grading", said: String(decoding: people[place].output.suffix(2000), as: UTF8.self))
      }
      responses += response
    }
    table.add("a grade, everybody at work", responses, milliseconds: 100, bytes: 6000)
    let memory = bench.processes().seats.map { Double($0.proportional) / 1e6 }
    table.add("memory of a seat then, largest", "MB", memory.max() ?? 0, atMost: 60)
    let complaints = people.count { person in SeatShift.complaints.contains { person.output.holds($0) } }
    let kept = try bench.people.reduce(0) { try $0 + bench.grades(of: $1) }
    let typed = shifts.reduce(0) { $0 + $1.grades }
    print("  \(kept) of \(typed) grades are in the file; \(complaints) people were shown a complaint")
    return kept == typed && complaints == 0
  }
}
