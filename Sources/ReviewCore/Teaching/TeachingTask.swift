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
  /// A set that shares some level with the consensus, or bones that share some, but is not the same.
  case partly
  case differs
  /// There is nothing to compare with.
  case open
}

public struct TeachingTask: Hashable, Sendable, Identifiable {
  /// Names the task within its case, across sittings and whatever becomes of the script's steps.
  public enum ID: Codable, Hashable, Sendable {
    case grade(ExaminationID, FindingID)
    /// A choice, by the id of its question.
    case question(String)
  }

  public var id: ID
  public var ask: String
  /// Nil for a choice.
  public var finding: Finding?
  public var answers: [TeachingQuestion.Answer]
  /// The consensus; nil for a choice and where there is none.
  public var consensus: GradeValue?
  /// What it was, of an impression on which there is no consensus; known once the diagnosis is shown.
  public var diagnosis: LevelID?

  public init(
    id: ID, ask: String, finding: Finding? = nil, answers: [TeachingQuestion.Answer] = [],
    consensus: GradeValue? = nil, diagnosis: LevelID? = nil
  ) {
    self.id = id
    self.ask = ask
    self.finding = finding
    self.answers = answers
    self.consensus = consensus
    self.diagnosis = consensus == nil ? diagnosis : nil
  }

  /// Titles of the answers in the order of their keys, 1 for the first; none where bones are marked.
  public var options: [String] { finding?.levels.map(\.title) ?? answers.map(\.text) }

  /// True where the answer is marked on the spine map.
  public var asksBones: Bool { finding?.scale == .sites }

  public func judge(_ answer: TeachingAnswer) -> Judgement {
    switch answer {
    case .choice(let index):
      guard answers.indices.contains(index) else { return .differs }
      return answers[index].isRight ? .agrees : .differs
    case .grade(let value):
      guard let right = consensus ?? diagnosis.map(GradeValue.level) else { return .open }
      return Self.compare(value, right)
    }
  }

  /// Bones count by what they cover: a run and its vertebrae are the same.
  private static func compare(_ value: GradeValue, _ right: GradeValue) -> Judgement {
    if value == right { return .agrees }
    if case .sites(let sites) = value, case .sites(let others) = right {
      // Who names a transitional segment says that the patient has it.
      let anatomy = Anatomy(extra: Bone.extras.filter { (sites + others).flatMap(\.named).contains($0) })
      let (here, there) = (
        Set(sites.flatMap { $0.shaded(in: anatomy) }), Set(others.flatMap { $0.shaded(in: anatomy) })
      )
      return here == there ? .agrees : here.isDisjoint(with: there) ? .differs : .partly
    }
    return Set(value.levelIDs).isDisjoint(with: right.levelIDs) ? .differs : .partly
  }

  /// An answer in words, as it is kept: `iso + hyper`, `L5`, the words of a choice.
  public func words(_ answer: TeachingAnswer) -> String {
    switch answer {
    case .grade(let value): finding?.words(value) ?? value.text
    case .choice(let index): answers.indices.contains(index) ? answers[index].text : ""
    }
  }

  /// The explanations that an answer calls for: of each answer given, and of each right one that was not given. All of
  /// them where nothing was answered, or nothing is right by itself.
  ///
  /// - Parameter others: what others answered, explained too.
  public func explanations(for answer: TeachingAnswer?, and others: [TeachingAnswer] = []) -> [TeachingQuestion.Answer]
  {
    let given = others + [answer].compactMap { $0 }
    guard !given.isEmpty else { return answers }
    return answers.enumerated().filter { index, offered in
      offered.isRight || given.contains { isChosen(index, in: $0) }
    }.map(\.element)
  }
}
