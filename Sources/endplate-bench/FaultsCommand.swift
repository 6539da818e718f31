// Kills the program at random moments of what it writes, and looks what it had said and did not keep.

import ArgumentParser
import Foundation
import PtyHarness

struct FaultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults", abstract: "Kill the program at random moments of everything that it writes.",
    discussion: """
      Grading, signing, voting, importing, backing up, restoring, and bringing studies of earlier versions up to date. \
      An act is lost if the program ended with status 0 and the file does not hold it; a chain is broken if the file \
      does not verify. Ends with 1 where there was one of either. The same seed draws the same acts and moments; how far \
      the program had come is the machine's. The program is the one built beside this one.
      """)

  @Option(help: "How often the program is killed.") var kills = 1000
  @Option(help: "Where the dice begin.") var seed: UInt64 = 1
  @Option(help: ArgumentHelp("A study of an earlier version; once for each.", valueName: "file"))
  var former: [String] = []

  func run() throws {
    var dice = Dice(state: seed)
    let world = try FaultWorld(former: former)
    var tallies: [FaultKind: FaultTally] = [:]
    let kinds = FaultKind.allCases.filter { $0 != .migrate || !former.isEmpty }
    for turn in 0..<kills {
      let kind = kinds[turn % kinds.count]
      let attempt = try world.attempt(kind, &dice)
      let usual = try world.usual(kind)
      let moment = usual * Double.random(in: 0...1.2, using: &dice)
      let result = try world.run(attempt, killedAfter: moment)
      let state = try attempt.outcome()
      tallies[kind, default: FaultTally()].count(result, state)
      if state == .neither || result.status == 0 && state == .before {
        print("\(kind.rawValue), kill \(turn + 1): \(attempt.arguments.joined(separator: " ")): \(state)")
        print(result.text + result.errorText)
      }
    }
    print("\(ScreenTable.machine), seed \(seed)\n\n\(FaultTally.head)")
    for kind in kinds { print(tallies[kind, default: FaultTally()].line(kind.rawValue)) }
    let broken = try world.faults()
    for fault in broken { print("fault: \(fault)") }
    let lost = tallies.values.reduce(0) { $0 + $1.lost }
    let torn = tallies.values.reduce(0) { $0 + $1.torn }
    print("\n\(lost) acts lost, \(torn) half done, \(broken.count) faults in the chain")
    guard lost + torn + broken.count == 0 else { throw ExitCode(1) }
  }
}

enum FaultKind: String, CaseIterable {
  case grade, sign, vote
  case importCases = "import"
  case backup, restore, migrate
}

/// What the file holds after the program ended.
enum FaultOutcome: String {
  /// The act, whole.
  case after
  /// What it held before, and nothing of the act.
  case before
  /// Something else.
  case neither
}

struct FaultTally {
  private(set) var lost = 0
  private(set) var torn = 0
  private var killed = 0
  private var before = 0
  private var after = 0

  static let head = "act        killed   ended first   not done   done   lost   half done"

  mutating func count(_ result: ProgramResult, _ outcome: FaultOutcome) {
    if case .killed = result.end { killed += 1 } else { ended += 1 }
    switch outcome {
    case .after: after += 1
    case .before: before += 1
    case .neither: torn += 1
    }
    if result.status == 0 && outcome != .after { lost += 1 }
  }
  private var ended = 0

  func line(_ name: String) -> String {
    let cells = [(killed, 8), (ended, 14), (before, 11), (after, 7), (lost, 7), (torn, 12)].map { number, width in
      String(repeating: " ", count: max(0, width - String(number).count)) + String(number)
    }
    return name.padding(toLength: 9, withPad: " ", startingAt: 0) + cells.joined()
  }
}
