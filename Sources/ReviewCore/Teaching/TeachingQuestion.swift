// A question of a teaching script: a finding to grade, or a choice of answers.

/// A question with an explanation for every answer that can be given.
public struct TeachingQuestion: Codable, Hashable, Sendable {
  public struct Answer: Codable, Hashable, Sendable {
    /// The level that is the answer to a finding; nil for a choice.
    public var level: LevelID?
    /// As it is offered: the level's title, or the words of the choice.
    public var text: String
    public var isRight: Bool
    /// Why it is right or wrong, with the facts of this case.
    public var because: String

    public init(level: LevelID? = nil, text: String, isRight: Bool, because: String) {
      self.level = level
      self.text = text
      self.isRight = isRight
      self.because = because
    }
  }

  /// Names the question within its case, so that answers stay with it whatever becomes of its place; nil where the
  /// step's topic names it.
  public var id: String?
  public var ask: String
  /// The finding that is graded, with the keys of a reader; nil for a choice.
  public var finding: FindingID?
  /// One for each level of the finding in code order, or the choices in the order they are offered.
  public var answers: [Answer]

  public init(_ ask: String, id: String? = nil, finding: FindingID? = nil, answers: [Answer]) {
    self.id = id
    self.ask = ask
    self.finding = finding
    self.answers = answers
  }

  /// False where nobody's consensus says what is right, as for the impression.
  public var isScored: Bool { answers.contains(where: \.isRight) }
}
