// How an audience answered a question: counts, and nobody's name.

public struct AnswerTally: Codable, Hashable, Sendable {
  public struct Count: Codable, Hashable, Sendable {
    public var answer: TeachingAnswer
    public var count: Int
  }

  /// What was answered how often, in an order that tells nothing of who answered.
  public private(set) var counts: [Count]
  /// Seats that could have answered.
  public var audience: Int

  public init(_ answers: [TeachingAnswer], audience: Int) {
    counts = Dictionary(grouping: answers) { $0 }.map { Count(answer: $0, count: $1.count) }
      .sorted { $0.answer.sortKey < $1.answer.sortKey }
    self.audience = audience
  }

  public var answered: Int { counts.reduce(0) { $0 + $1.count } }

  /// How many answers there are for which something holds.
  public func count(where holds: (TeachingAnswer) -> Bool) -> Int {
    counts.reduce(0) { $0 + (holds($1.answer) ? $1.count : 0) }
  }

  /// How many chose an option of a task, from 0: alone, or among others of a set.
  public func count(option index: Int, of task: TeachingTask) -> Int {
    count { task.isChosen(index, in: $0) }
  }
}

extension TeachingTask {
  /// Whether an answer holds an option, from 0.
  public func isChosen(_ index: Int, in answer: TeachingAnswer) -> Bool {
    switch answer {
    case .choice(let chosen): finding == nil && chosen == index
    case .grade(let value):
      finding.map { $0.levels.indices.contains(index) && value.contains($0.levels[index].id) } ?? false
    }
  }
}

extension TeachingAnswer {
  fileprivate var sortKey: String {
    switch self {
    case .choice(let index): "\(index)"
    case .grade(let value): value.text
    }
  }
}
