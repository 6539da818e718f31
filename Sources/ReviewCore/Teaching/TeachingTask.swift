// One thing a learner is asked at a step, with what can be answered and what is right.

/// What a learner answers.
public enum TeachingAnswer: Codable, Hashable, Sendable {
  case grade(GradeValue)
  /// Index of the choice, from 0.
  case choice(Int)
}

/// What an answer is worth.
public enum Judgement: String, CaseIterable, Codable, Hashable, Sendable {
  case agrees
  /// A set that shares some level with the consensus, but is not the same.
  case partly
  case differs
  /// There is no consensus to compare with, as for the impression.
  case open
}

public struct TeachingTask: Hashable, Sendable, Identifiable {
  /// Names the task within its case, across sittings.
  public enum ID: Codable, Hashable, Sendable {
    case grade(ExaminationID, FindingID)
    /// The choice asked at a step, from 0.
    case choice(step: Int)
  }

  public var id: ID
  public var ask: String
  /// Nil for a choice.
  public var finding: Finding?
  public var answers: [TeachingQuestion.Answer]
  /// The consensus; nil for a choice and where there is none.
  public var consensus: GradeValue?

  public init(
    id: ID, ask: String, finding: Finding? = nil, answers: [TeachingQuestion.Answer] = [], consensus: GradeValue? = nil
  ) {
    self.id = id
    self.ask = ask
    self.finding = finding
    self.answers = answers
    self.consensus = consensus
  }

  /// Titles of the answers in the order of their keys, 1 for the first.
  public var options: [String] { finding?.levels.map(\.title) ?? answers.map(\.text) }

  public func judge(_ answer: TeachingAnswer) -> Judgement {
    switch answer {
    case .choice(let index):
      guard answers.indices.contains(index) else { return .differs }
      return answers[index].isRight ? .agrees : .differs
    case .grade(let value):
      guard let consensus else { return .open }
      if value == consensus { return .agrees }
      return Set(value.levelIDs).isDisjoint(with: consensus.levelIDs) ? .differs : .partly
    }
  }

  /// The explanations that an answer calls for: of each answer given, and of each right one that was not given.
  ///
  /// - Parameter others: what others answered, explained too.
  public func explanations(for answer: TeachingAnswer?, and others: [TeachingAnswer] = []) -> [TeachingQuestion.Answer]
  {
    let given = others + [answer].compactMap { $0 }
    return answers.enumerated().filter { index, offered in
      offered.isRight || given.contains { isChosen(index, in: $0) }
    }.map(\.element)
  }
}

extension TeachingStep {
  /// What a walk-through asks here: the question of the script.
  public func tasks(index: Int, codebook: Codebook) -> [TeachingTask] {
    guard let question else { return [] }
    guard let id = question.finding else {
      return [TeachingTask(id: .choice(step: index), ask: question.ask, answers: question.answers)]
    }
    return [
      TeachingTask(
        id: .grade(examination, id), ask: question.ask, finding: codebook[id], answers: question.answers,
        consensus: grades[id])
    ]
  }

  /// What a quiz asks here: every finding with levels that the step shows, then the script's other question.
  public func quizTasks(index: Int, codebook: Codebook) -> [TeachingTask] {
    let asked = tasks(index: index, codebook: codebook)
    let graded = codebook.findings.filter { ($0.scale == .choice || $0.scale == .set) && grades[$0.id] != nil }
    let all = graded.map { finding in
      asked.first { $0.finding?.id == finding.id }
        ?? TeachingTask(
          id: .grade(examination, finding.id), ask: "Grade \(finding.title).", finding: finding,
          consensus: grades[finding.id])
    }
    return all + asked.filter { task in !all.contains { $0.id == task.id } }
  }
}
