// Votes on a finding, and what they change.

/// One vote on a finding, open until its reveal.
public struct Ballot: Hashable, Sendable {
  /// The latest vote of each reader who has voted.
  public var votes: [PrincipalID: Vote] = [:]
  public var isRevealed = false
  /// Of bones and places, what was disputed when it was called; nil where it is on the whole grade.
  public var question: VoteQuestion?

  public init(_ question: VoteQuestion? = nil) { self.question = question }
}

/// A reader who voted otherwise than before.
public struct ChangeOfMind: Hashable, Sendable {
  public enum Direction: String, CaseIterable, Codable, Hashable, Sendable {
    case toward, away, other
    public var title: String {
      switch self {
      case .toward: "toward the majority"
      case .away: "away from the majority"
      case .other: "neither toward nor away from a majority"
      }
    }
  }

  public var reader: PrincipalID
  public var key: GradeKey
  public var from: GradeValue
  public var to: GradeValue
  /// What more than half of the readers held before the reveal; nil without a majority.
  public var majority: GradeValue?

  public var direction: Direction {
    guard let majority else { return .other }
    return to == majority ? .toward : from == majority ? .away : .other
  }
}
