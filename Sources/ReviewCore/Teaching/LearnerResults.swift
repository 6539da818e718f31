// What a learner answered in quizzes, and how it compares with the consensus.

/// One learner's last answer to each task of each case.
public struct LearnerResults: Codable, Hashable, Sendable {
  public struct Entry: Codable, Hashable, Sendable {
    public var caseID: CaseID
    public var task: TeachingTask.ID
    public var answer: TeachingAnswer
    public var judgement: Judgement
    /// The consensus it was compared with; nil for a choice.
    public var consensus: GradeValue?
    /// Sittings in which it was answered.
    public var times: Int
  }

  public private(set) var entries: [Entry] = []

  public init() {}

  /// Takes over what was answered and revealed in a quiz, in place of earlier answers to the same.
  ///
  /// - Parameter before: what the quiz had already handed over; its answers are not counted twice.
  public mutating func record(_ walk: TeachingWalk, before: TeachingWalk? = nil) {
    let known = before?.judgements ?? [:]
    for (id, judgement) in walk.judgements where known[id] == nil {
      guard let answer = walk.answers[id] else { continue }
      let task = walk.tasks.joined().first { $0.id == id }
      let index = entries.firstIndex { $0.caseID == walk.subject.id && $0.task == id }
      let times = index.map { entries.remove(at: $0).times } ?? 0
      entries.append(
        Entry(
          caseID: walk.subject.id, task: id, answer: answer, judgement: judgement, consensus: task?.consensus,
          times: times + 1))
    }
  }

  public func entry(_ id: CaseID, _ task: TeachingTask.ID) -> Entry? {
    entries.first { $0.caseID == id && $0.task == task }
  }

  /// Scored answers that were not the consensus, by case.
  public var missed: [CaseID: Set<TeachingTask.ID>] {
    entries.filter { $0.judgement == .differs || $0.judgement == .partly }
      .reduce(into: [:]) { $0[$1.caseID, default: []].insert($1.task) }
  }

  /// Answers that agree, of those that can be scored.
  public struct Score: Hashable, Sendable {
    public var agreed = 0
    public var partly = 0
    public var answered = 0
    public init(agreed: Int = 0, partly: Int = 0, answered: Int = 0) {
      self.agreed = agreed
      self.partly = partly
      self.answered = answered
    }
  }

  /// - Parameters:
  ///   - caseID: nil counts over all cases.
  ///   - finding: nil counts everything, choices included.
  public func score(_ caseID: CaseID? = nil, finding: FindingID? = nil) -> Score {
    entries.reduce(into: Score()) { score, entry in
      guard caseID == nil || entry.caseID == caseID, entry.judgement != .open else { return }
      if let finding {
        guard case .grade(_, finding) = entry.task else { return }
      }
      score.answered += 1
      if entry.judgement == .agrees { score.agreed += 1 }
      if entry.judgement == .partly { score.partly += 1 }
    }
  }

  /// The learner's grades of a finding beside the consensus, one pair an examination, for a coefficient of agreement.
  public func pairs(_ finding: FindingID) -> [(learner: GradeValue, consensus: GradeValue)] {
    entries.compactMap { entry in
      guard case .grade(_, finding) = entry.task, case .grade(let value) = entry.answer, let consensus = entry.consensus
      else { return nil }
      return (value, consensus)
    }
  }
}
