// What a teacher learns of a session: of each question how the audience answered and how long it was open, and no names.

import Foundation

public struct TeachingSession: Codable, Hashable, Sendable {
  /// A question that was put to an audience and closed.
  public struct Question: Codable, Hashable, Sendable {
    public var caseID: CaseID
    /// From 0.
    public var step: Int
    /// The step's neutral title.
    public var title: String
    public var ask: String
    public var options: [String]
    /// The levels that the options stand for; empty for a choice.
    public var levels: [LevelID]
    /// Indices of the right options, from 0; empty while it is open, and where nothing is right by itself.
    public var right: [Int]
    /// How often each option was chosen; empty while it is open.
    public var counts: [Int] = []
    public var answered = 0
    /// Seats that could have answered.
    public var audience = 0
    /// How long it was open, in seconds.
    public var seconds = 0

    /// - Parameters:
    ///   - task: what is asked at the step.
    ///   - step: from 0.
    public init(_ task: TeachingTask, of walk: TeachingWalk, at step: Int) {
      caseID = walk.subject.id
      self.step = step
      title = walk.script.steps.indices.contains(step) ? walk.script.steps[step].neutralTitle : ""
      ask = task.ask
      options = task.options
      levels = task.finding?.levels.map(\.id) ?? []
      right = walk.revealed.contains(step) ? task.rightOptions : []
    }

    /// The same, closed with what was answered.
    public func closed(_ tally: AnswerTally, seconds: Int) -> Question {
      var closed = self
      closed.counts = options.indices.map { index in tally.count { isChosen(index, in: $0) } }
      (closed.answered, closed.audience, closed.seconds) = (tally.answered, tally.audience, seconds)
      return closed
    }

    private func isChosen(_ index: Int, in answer: TeachingAnswer) -> Bool {
      switch answer {
      case .choice(let chosen): levels.isEmpty && chosen == index
      case .grade(let value): levels.indices.contains(index) && value.contains(levels[index])
      }
    }
  }

  public var began: Date
  public var questions: [Question]

  public init(began: Date, questions: [Question] = []) {
    self.began = began
    self.questions = questions
  }
}

extension TeachingTask {
  /// Indices of the options that are right, from 0.
  public var rightOptions: [Int] {
    guard let finding else { return answers.indices.filter { answers[$0].isRight } }
    return finding.levels.indices.filter { consensus?.contains(finding.levels[$0].id) ?? false }
  }
}
