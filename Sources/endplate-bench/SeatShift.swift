// Somebody at work at a seat: opens a case, grades, goes on to the next.

import PtyHarness
import ReviewCore

struct SeatShift {
  private let person: PtyProcess
  /// When they press their next key.
  private(set) var due: ContinuousClock.Instant
  private var step = 0
  /// How many grades they have given so far.
  private(set) var grades = 0

  /// Grades of one case.
  private static let ofCase = 12
  /// What only a message about something that went wrong says.
  static let complaints = ["nothing was stored", "nothing was done", "nothing was changed", "be written", "try again"]

  init(_ person: PtyProcess, begins: ContinuousClock.Instant) { (self.person, due) = (person, begins) }

  /// Presses the next key, and answers how the screen responded to a grade; no response of what is none, nil of silence.
  mutating func act(pause: Duration) -> [Response]? {
    defer {
      due = .now + pause
      step = (step + 1) % (Self.ofCase + 2)
    }
    person.read(within: .zero)
    switch step {
    case 0: return settle("g") ? [] : nil
    case Self.ofCase + 1:
      // Back in the list, on the next case.
      return settle("\u{1B}") && settle("\u{1B}OB") ? [] : nil
    default:
      grades += 1
      // Silent where the cursor stands there.
      person.type(Self.toDisks)
      person.readUntilQuiet(for: .milliseconds(40))
      return person.respond(to: ["1", "2"][step % 2]).map { [$0] }
    }
  }

  /// A finding that a digit grades.
  private static let toDisks = GradingStep.go(to: Codebook.ID.disks)

  private func settle(_ keys: String) -> Bool { person.respond(to: keys, silence: .milliseconds(40)) != nil }
}
