// When a question comes back: boxes with growing intervals (S. Leitner, So lernt man lernen, 1972).

import Foundation

/// A box of a question, from 1 to 5. A question begins in the first; answered rightly when it is due it goes up one,
/// answered wrongly it goes back to the first.
public struct LeitnerBox: Hashable, Sendable {
  /// Days after which a question of each box is due, the first box first. Each is twice the one before.
  public static let days = [1, 2, 4, 8, 16]

  /// From 1.
  public private(set) var number = 1
  /// The first day on which it is due again, counted from 1970 in UTC.
  public private(set) var dueDay = 0

  public init() {}

  /// - Parameter attempts: in the order of their dates.
  public init(_ attempts: [(at: Date, isRight: Bool)]) {
    for attempt in attempts { answer(isRight: attempt.isRight, at: attempt.at) }
  }

  public static func day(_ date: Date) -> Int { Int((date.timeIntervalSince1970 / 86_400).rounded(.down)) }

  public func isDue(at date: Date) -> Bool { Self.day(date) >= dueDay }

  /// A right answer before the day leaves the question where it is: repeating it at once proves nothing.
  public mutating func answer(isRight: Bool, at date: Date) {
    let day = Self.day(date)
    if isRight, day < dueDay { return }
    number = isRight ? min(number + 1, Self.days.count) : 1
    dueDay = day + Self.days[number - 1]
  }
}
