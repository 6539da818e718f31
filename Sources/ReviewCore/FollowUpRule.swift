// The rule of a codebook that suggests a grade: what it says stands beside the reader's own, and another one asks for a reason.

import Codebooks

/// What a rule with `suggests` makes of the findings of a follow-up. Which findings, and how, stands in the codebook.
public enum FollowUpRule {
  /// Grades that are drawn on the axis of a course; a codebook whose grade has other levels has them in words.
  public enum Change: String, CaseIterable, Codable, Hashable, Sendable, Comparable {
    case aggravated, equivocal, healing, healed

    public static func < (a: Change, b: Change) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  /// A name beside the level, as *almost healed* beside *healing*.
  public struct Name: Hashable, Sendable, Identifiable {
    public var id: String
    public var title: String
    /// What it stands for; nil where the codebook does not say.
    public var definition: String?
  }

  public struct Grade: Hashable, Sendable {
    public var level: LevelID
    public var levelTitle: String
    /// What the grade is called beside its level.
    public var called: [Name]
    /// The sentences that led to it.
    public var reasons: [String]

    public init(level: LevelID, levelTitle: String, called: [Name], reasons: [String]) {
      (self.level, self.levelTitle, self.called, self.reasons) = (level, levelTitle, called, reasons)
    }

    public var change: Change? { Change(rawValue: level.rawValue) }

    /// `aggravated (mixed)`, `healing (almost healed)`.
    public var title: String { FollowUpRule.title(levelTitle, called) }

    /// `equivocal (fewer or smaller foci; but an abscess rules out healing)`.
    public var sentence: String { reasons.isEmpty ? title : "\(title) (\(reasons.joined(separator: "; ")))" }
  }

  /// A grade that is not given yet.
  public struct Missing: Hashable, Sendable {
    public var finding: FindingID
    public var examination: ExaminationID

    public init(_ finding: FindingID, at examination: ExaminationID) {
      (self.finding, self.examination) = (finding, examination)
    }

    /// `foci`, `abscess at baseline`.
    ///
    /// - Parameter here: the examination of which nothing needs to be said.
    public func words(_ codebook: Codebook, at here: ExaminationID?) -> String {
      let name = codebook[finding]?.shortTitle ?? finding.rawValue
      return examination == here ? name : "\(name) at \(examination.title)"
    }
  }

  public enum Outcome: Hashable, Sendable {
    case grade(Grade)
    /// Of what is not graded, exactly that which could still change the answer: of the examination itself first. Where
    /// there are too many possibilities to look through, all that the rule mentions.
    case undecided(missing: [Missing])

    /// Nil where it cannot be decided.
    public var grade: Grade? { if case .grade(let grade) = self { grade } else { nil } }
  }

  /// A level with the names beside it.
  public static func title(_ level: String, _ called: [Name]) -> String {
    called.isEmpty ? level : "\(level) (\(called.map(\.title).joined(separator: ", ")))"
  }
}

extension Codebook {
  /// The finding for which a rule suggests a grade; nil where none does.
  public var suggestedGrade: FindingID? { origin?.suggestion?.finding }

  /// Whether a rule suggests a grade.
  public var hasFollowUpRule: Bool { suggestedGrade != nil }

  /// The names that the rule has for its grades.
  public var namesOfGrades: [FollowUpRule.Name] {
    guard let origin, let suggestion = origin.suggestion else { return [] }
    return origin.scheme.rules[suggestion.rule].names.map {
      .init(id: $0.id, title: $0.title, definition: $0.definition)
    }
  }

  /// What the rule suggests on the grades of a case; nil at the baseline, against a previous examination that there is not,
  /// and where no rule suggests anything.
  ///
  /// - Parameter values: grades of an examination against a comparator.
  public func suggestion(
    at examination: ExaminationID, comparator: Comparator = .baseline, of patientCase: Case,
    values: (ExaminationID, Comparator) -> [FindingID: GradeValue]
  ) -> FollowUpRule.Outcome? {
    guard hasFollowUpRule, !examination.isBaseline else { return nil }
    return SchemeReading(self, of: patientCase, values: values)?.suggestion(at: examination, comparator: comparator)
  }
}

extension CodebookOrigin {
  /// The rule that suggests a grade.
  struct Suggestion: Hashable, Sendable {
    var rule: Int
    var finding: FindingID
  }
}

extension SchemeReading {
  /// See `Codebook.suggestion`.
  public func suggestion(at examination: ExaminationID, comparator: Comparator = .baseline) -> FollowUpRule.Outcome? {
    guard let suggestion = origin.suggestion, let index = index(of: examination), index > 0,
      comparator == .baseline || index > 1
    else { return nil }
    let answer = evaluation.answer(rule: suggestion.rule, at: index, against: ComparedWith(comparator))
    guard case .level(let level)? = answer.value else { return .undecided(missing: missing(answer, at: index)) }
    let levels = origin.scheme.rules[suggestion.rule].scale?.levels ?? []
    return .grade(
      FollowUpRule.Grade(
        level: LevelID(levels[level].id.text), levelTitle: levels[level].title, called: names(answer.called),
        reasons: answer.reasons))
  }

  /// What a grade is called that somebody gave, whether or not the rule says the same.
  public func names(
    of level: LevelID, at examination: ExaminationID, comparator: Comparator = .baseline
  ) -> [FollowUpRule.Name] {
    guard let suggestion = origin.suggestion, let index = index(of: examination), index > 0,
      let place = origin.scheme.rules[suggestion.rule].scale?.level(level.rawValue)
    else { return [] }
    return names(
      evaluation.names(of: place, rule: suggestion.rule, at: index, against: ComparedWith(comparator)))
  }

  private func names(_ called: [(id: String, title: String)]) -> [FollowUpRule.Name] {
    called.map { called in
      let known = origin.suggestion.flatMap { suggestion in
        origin.scheme.rules[suggestion.rule].names.first { $0.id == called.id }
      }
      return FollowUpRule.Name(id: called.id, title: called.title, definition: known?.definition)
    }
  }

  private func missing(_ answer: RuleAnswer, at examination: Int) -> [FollowUpRule.Missing] {
    let here = answer.missing.filter { $0.key.examination == examination }.sorted { $0.key.question < $1.key.question }
    let elsewhere = answer.missing.filter { $0.key.examination != examination }
    return (here + elsewhere).compactMap { open in
      guard let finding = origin.finding(open.key.question, at: open.key.place) else { return nil }
      return FollowUpRule.Missing(finding, at: examinations[open.key.examination])
    }
  }
}

extension ComparedWith {
  init(_ comparator: Comparator) { self = comparator == .baseline ? .baseline : .previous }
}
