// A sequential change beside the grade that the rule derives: whether it departs from it, and why.

import TextSafety

/// The rule's answer for one examination and comparator, with the grade that was given.
public struct RuleCheck: Hashable, Sendable {
  /// Of the sequential change.
  public var key: GradeKey
  public var outcome: FollowUpRule.Outcome
  /// Nil while the sequential change is not graded.
  public var given: GradeValue?
  /// Why this grade stands against this one of the rule's; nil where nothing was written that says something.
  public var reason: String?
  /// A reason was written, but before the grade or the rule's became another.
  public var isReasonOutdated: Bool { text != nil && reason == nil }
  /// The rule's grade for which the reason was given.
  let against: LevelID?
  private let text: String?

  public init(
    key: GradeKey, outcome: FollowUpRule.Outcome, given: GradeValue?, reason: String?, against: LevelID?
  ) {
    self.key = key
    self.outcome = outcome
    self.given = given
    self.against = against
    text = reason.flatMap { $0.saysSomething ? $0 : nil }
    self.reason = against != nil && against == outcome.grade?.change.level ? text : nil
  }

  /// The rule's grade where another one was given; *not assessable* is another one too.
  public var overruled: FollowUpRule.Grade? {
    guard let given, let rule = outcome.grade, given != .level(rule.change.level) else { return nil }
    return rule
  }

  /// Another grade than the rule's, and nobody said why this one and not that.
  public var lacksReason: Bool { overruled != nil && reason == nil }

  /// The comparators of an examination for which there is a sequential change, each with the rule's answer.
  ///
  /// - Parameters:
  ///   - before: the follow-up before the examination; nil where the baseline is the one before.
  ///   - values: grades of an examination against a comparator.
  ///   - given: the sequential change.
  public static func checks(
    at examination: ExaminationID, before: ExaminationID?,
    values: (ExaminationID, Comparator) -> [FindingID: GradeValue], given: (GradeKey) -> Grade?
  ) -> [RuleCheck] {
    Comparator.allCases.compactMap { comparator in
      let outcome = FollowUpRule.outcome(at: examination, comparator: comparator, before: before, values: values)
      guard let outcome else { return nil }
      let key = GradeKey(examination, Codebook.ID.followUpGrade, comparator: comparator)
      let grade = given(key)
      // An interval is not asked for: without a grade there is nothing to check.
      if comparator == .previous, grade == nil { return nil }
      return RuleCheck(
        key: key, outcome: outcome, given: grade?.value, reason: grade?.note, against: grade?.overrules)
    }
  }
}

extension FollowUpRule {
  /// The rule on the grades of a whole case; nil at the baseline, and against a previous examination that there is not.
  public static func outcome(
    at examination: ExaminationID, comparator: Comparator, before: ExaminationID?,
    values: (ExaminationID, Comparator) -> [FindingID: GradeValue]
  ) -> Outcome? {
    guard !examination.isBaseline else { return nil }
    let now = values(examination, .baseline)
    switch comparator {
    case .baseline: return outcome(of: now, baselineAbscess: baselineAbscess(values(.baseline, .baseline)))
    case .previous:
      return before.map { interval(since: values(examination, .previous), now: now, before: values($0, .baseline)) }
    }
  }
}

extension FollowUpRule.Grade {
  /// `equivocal (fewer or smaller foci; but an abscess rules out healing)`.
  public var sentence: String { reasons.isEmpty ? title : "\(title) (\(reasons.joined(separator: "; ")))" }
}
