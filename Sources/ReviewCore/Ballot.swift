// Votes on a finding, and what they change.

/// One vote on a finding, open until its reveal.
public struct Ballot: Hashable, Sendable {
  /// The latest vote of each reader who has voted.
  public var votes: [PrincipalID: Vote] = [:]
  public var isRevealed = false
  /// Of bones and places, what was disputed when it was called; nil where it is on the whole grade.
  public var question: VoteQuestion?

  /// It is only on how bones are named that all agree on: one run, or each.
  public var isOnForm: Bool

  public init(_ question: VoteQuestion? = nil, isOnForm: Bool = false) {
    (self.question, self.isOnForm) = (question, isOnForm)
  }
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
  public var direction: Direction

  /// - Parameters:
  ///   - positions: what all held before the reveal.
  ///   - finding: of bones and places each is a question of its own: only what the reader changed is looked at.
  init(
    reader: PrincipalID, key: GradeKey, from: GradeValue, to: GradeValue, majority: GradeValue?,
    among positions: [GradeValue?] = [], of finding: Finding? = nil
  ) {
    (self.reader, self.key, self.from, self.to, self.majority) = (reader, key, from, to, majority)
    if let majority, to == majority || from == majority {
      direction = to == majority ? .toward : .away
    } else {
      direction = finding.flatMap { Self.direction(from, to, positions, $0) } ?? .other
    }
  }

  private static func direction(
    _ from: GradeValue, _ to: GradeValue, _ positions: [GradeValue?], _ finding: Finding
  ) -> Direction? {
    guard finding.isOfPlaces else { return nil }
    let tally = BoneTally(positions, of: finding)
    guard let before = tally.marks(of: from), let after = tally.marks(of: to) else { return nil }
    let changed = tally.items.filter { before[$0.place] != after[$0.place] }
    if changed.isEmpty { return nil }
    if changed.allSatisfy({ $0.majority != nil && $0.majority == after[$0.place] }) { return .toward }
    return changed.allSatisfy { $0.majority != nil && $0.majority == before[$0.place] } ? .away : nil
  }
}
