// What a learner answered in quizzes, every attempt with its date, and how the first compares with the consensus.

import Foundation

/// One learner's answers to each question of each case.
public struct LearnerResults: Codable, Hashable, Sendable {
  /// One answer in one sitting.
  public struct Attempt: Codable, Hashable, Sendable {
    /// Nil until it is kept; `undated` for one of a time when no dates were kept.
    public var at: Date?
    public var answer: TeachingAnswer
    /// As it was worded then.
    public var words: String
    public var judgement: Judgement

    public static let undated = Date(timeIntervalSince1970: 0)
  }

  public struct Entry: Codable, Hashable, Sendable {
    public var caseID: CaseID
    public var task: TeachingTask.ID
    /// The consensus it is compared with; nil for a choice, and for an impression compared with the diagnosis.
    public var consensus: GradeValue?
    /// When it was first asked, in a quiz that was left without answering it: then no answer counts as a first one.
    public internal(set) var leftOpen: Date?
    /// Never empty, the first attempt first.
    public internal(set) var attempts: [Attempt]

    /// The answer that counts, unless the question was left open before: repetition does not overwrite it.
    public var first: Attempt { attempts[0] }
    public var last: Attempt { attempts[attempts.count - 1] }

    public var box: LeitnerBox {
      LeitnerBox(attempts.compactMap { attempt in attempt.at.map { ($0, attempt.judgement == .agrees) } })
    }
  }

  /// A question that a quiz has asked, and that was never answered.
  public struct Begun: Codable, Hashable, Sendable {
    public var caseID: CaseID
    public var task: TeachingTask.ID
    /// Nil until it is kept.
    public internal(set) var at: Date?
  }

  public internal(set) var entries: [Entry] = []
  /// Kept as soon as a quiz begins: what is answered in a later one may have been read up meanwhile.
  public private(set) var begun: [Begun] = []
  /// Cases whose end was seen, in a walk or in a quiz: their titles tell nothing any more.
  public var finished: Set<CaseID> = []

  public init() {}

  private enum CodingKeys: CodingKey { case entries, begun, finished }

  /// Answers of an earlier version say of no case that it was finished, and of no question that it was left open.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    entries = try fields.decode([Entry].self, forKey: .entries)
    begun = try fields.decodeIfPresent([Begun].self, forKey: .begun) ?? []
    finished = try fields.decodeIfPresent(Set<CaseID>.self, forKey: .finished) ?? []
  }

  /// A quiz asks its questions: from now on the first answer to each is given in it, or in none.
  ///
  /// The quiz is told which of them were asked before. Returns whether there is something new to keep.
  public mutating func begin(_ quiz: inout TeachingWalk) -> Bool {
    guard quiz.mode == .quiz else { return false }
    let id = quiz.subject.id
    let asked = quiz.tasks.joined().map(\.id).filter { entry(id, $0) == nil }
    let before = Set(open(id).map(\.task))
    quiz.leftOpen = before.intersection(asked)
    let new = asked.filter { !before.contains($0) }
    begun += new.map { Begun(caseID: id, task: $0) }
    return !new.isEmpty
  }

  /// The questions of a case that were asked and never answered.
  public func open(_ id: CaseID) -> [Begun] { begun.filter { $0.caseID == id } }

  /// Takes over what was answered in a quiz that is given up, of steps too that were not revealed: it was answered
  /// without having seen more.
  public mutating func giveUp(_ quiz: TeachingWalk) {
    let known = quiz.judgements
    for task in quiz.tasks.joined() where known[task.id] == nil {
      if let answer = quiz.answers[task.id] { add(answer, to: task, of: quiz, task.judge(answer)) }
    }
  }

  /// Takes over what was answered and revealed in a quiz, as a further attempt.
  ///
  /// - Parameter before: what the quiz had already handed over; its answers are not counted twice.
  public mutating func record(_ walk: TeachingWalk, before: TeachingWalk? = nil) {
    let known = before?.judgements ?? [:]
    for task in walk.tasks.joined() where known[task.id] == nil {
      guard let judgement = walk.judgements[task.id], let answer = walk.answers[task.id] else { continue }
      add(answer, to: task, of: walk, judgement)
    }
  }

  private mutating func add(
    _ answer: TeachingAnswer, to task: TeachingTask, of quiz: TeachingWalk, _ judgement: Judgement
  ) {
    let id = quiz.subject.id
    let attempt = Attempt(at: nil, answer: answer, words: task.words(answer), judgement: judgement)
    if let index = entries.firstIndex(where: { $0.caseID == id && $0.task == task.id }) {
      entries[index].attempts.append(attempt)
      return
    }
    let asked = open(id).first { $0.task == task.id }
    let leftOpen = quiz.leftOpen.contains(task.id) ? asked?.at ?? Attempt.undated : nil
    entries.append(
      Entry(caseID: id, task: task.id, consensus: task.consensus, leftOpen: leftOpen, attempts: [attempt]))
    begun.removeAll { $0.caseID == id && $0.task == task.id }
  }

  /// The same with a date for every attempt, and for every question begun, that has none yet.
  public func dated(_ now: Date) -> LearnerResults {
    var dated = self
    for index in dated.begun.indices where dated.begun[index].at == nil { dated.begun[index].at = now }
    for index in dated.entries.indices {
      for attempt in dated.entries[index].attempts.indices where dated.entries[index].attempts[attempt].at == nil {
        dated.entries[index].attempts[attempt].at = now
      }
    }
    return dated
  }

  public func entry(_ id: CaseID, _ task: TeachingTask.ID) -> Entry? {
    entries.first { $0.caseID == id && $0.task == task }
  }

  /// Questions whose last answer was not right, by case.
  public var missed: [CaseID: Set<TeachingTask.ID>] {
    entries.filter { $0.last.judgement == .differs || $0.last.judgement == .partly }
      .reduce(into: [:]) { $0[$1.caseID, default: []].insert($1.task) }
  }

  /// Questions that are due again, by case: see `LeitnerBox`.
  public func due(at now: Date) -> [CaseID: Set<TeachingTask.ID>] {
    scheduled.filter { $0.box.isDue(at: now) }.reduce(into: [:]) { $0[$1.caseID, default: []].insert($1.task) }
  }

  /// The day on which the next question is due, counted from 1970 in UTC; nil where nothing was answered yet.
  public var nextDueDay: Int? { scheduled.map(\.box.dueDay).min() }
  public func nextDueDay(_ id: CaseID) -> Int? { scheduled.filter { $0.caseID == id }.map(\.box.dueDay).min() }

  private var scheduled: [Entry] { entries.filter { $0.last.judgement != .open } }
}

extension LearnerResults {
  /// What an answer is compared with.
  public enum Kind: Hashable, Sendable {
    /// A grade, with the consensus: this is agreement.
    case grade
    /// A choice, with the script.
    case choice
    /// An impression, with what it was.
    case impression
  }

  /// First answers that were right, of those that can be scored.
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
  ///   - finding: nil counts over all findings.
  public func score(_ caseID: CaseID? = nil, _ kind: Kind = .grade, finding: FindingID? = nil) -> Score {
    entries.reduce(into: Score()) { score, entry in
      guard caseID == nil || entry.caseID == caseID, entry.kind == kind, entry.leftOpen == nil,
        entry.first.judgement != .open
      else { return }
      if let finding {
        guard case .grade(_, finding) = entry.task else { return }
      }
      score.answered += 1
      if entry.first.judgement == .agrees { score.agreed += 1 }
      if entry.first.judgement == .partly { score.partly += 1 }
    }
  }

  /// The learner's first grades of a finding beside the consensus, one pair an examination, for a coefficient of
  /// agreement.
  public func pairs(_ finding: FindingID) -> [(learner: GradeValue, consensus: GradeValue)] {
    entries.compactMap { entry in
      guard case .grade(_, finding) = entry.task, case .grade(let value) = entry.first.answer,
        let consensus = entry.consensus, entry.leftOpen == nil
      else { return nil }
      return (value, consensus)
    }
  }
}

extension LearnerResults.Entry {
  public var kind: LearnerResults.Kind {
    if case .question = task { .choice } else { consensus == nil ? .impression : .grade }
  }
}
