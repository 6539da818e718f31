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
    self.reason = against != nil && against == outcome.grade?.level ? text : nil
  }

  /// The rule's grade where another one was given; *not assessable* is another one too.
  public var overruled: FollowUpRule.Grade? {
    guard let given, let rule = outcome.grade, given != .level(rule.level) else { return nil }
    return rule
  }

  /// Another grade than the rule's, and nobody said why this one and not that.
  public var lacksReason: Bool { overruled != nil && reason == nil }

  /// The comparators of an examination for which there is a sequential change, each with the rule's answer.
  ///
  /// - Parameters:
  ///   - values: grades of an examination against a comparator.
  ///   - given: the sequential change.
  public static func checks(
    _ codebook: Codebook, of patientCase: Case, at examination: ExaminationID,
    values: (ExaminationID, Comparator) -> [FindingID: GradeValue], given: (GradeKey) -> Grade?
  ) -> [RuleCheck] {
    guard let finding = codebook.suggestedGrade, !examination.isBaseline,
      let reading = SchemeReading(codebook, of: patientCase, values: values)
    else { return [] }
    return Comparator.allCases.compactMap { comparator in
      guard let outcome = reading.suggestion(at: examination, comparator: comparator) else { return nil }
      let key = GradeKey(examination, finding, comparator: comparator)
      let grade = given(key)
      // An interval is not asked for: without a grade there is nothing to check.
      if comparator == .previous, grade == nil { return nil }
      return RuleCheck(
        key: key, outcome: outcome, given: grade?.value, reason: grade?.note, against: grade?.overrules)
    }
  }
}
