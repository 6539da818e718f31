// What to be careful about in the course of a case: flagged, never forced.

public enum CourseFlag: String, CaseIterable, Codable, Hashable, Sendable {
  /// The last examination came less than 6 months after baseline: it may be too short to judge evolution.
  case shortFollowUp = "short-follow-up"
  /// Imaging worsened while the patient improved, or the other way round.
  case imagingAgainstOutcome = "imaging-against-outcome"
  case abscess
  /// A given grade differs from the rule's.
  case overruled = "overruled-rule"

  public var title: String {
    switch self {
    case .shortFollowUp: "follow-up under 6 months"
    case .imagingAgainstOutcome: "imaging against clinical outcome"
    case .abscess: "soft-tissue abscess"
    case .overruled: "the rule was overruled"
    }
  }

  /// As it stands behind a grade.
  public var shortTitle: String {
    switch self {
    case .shortFollowUp: "under 6 months"
    case .imagingAgainstOutcome: "against the outcome"
    case .abscess: "abscess"
    case .overruled: "rule overruled"
    }
  }

  /// - Parameters:
  ///   - values: grades per examination, against the baseline.
  ///   - outcome: nil where not stated or withheld.
  ///   - isWhole: false where later examinations are withheld: nothing is said then of what hangs on the last one.
  public static func flags(
    examinations: [ExaminationID], outcome: ClinicalOutcome?, isWhole: Bool = true,
    values: (ExaminationID) -> [FindingID: GradeValue]
  ) -> Set<CourseFlag> {
    var flags: Set<CourseFlag> = []
    let baselineAbscess = FollowUpRule.baselineAbscess(values(.baseline))
    if baselineAbscess == true { flags.insert(.abscess) }
    let followUps = examinations.filter { !$0.isBaseline }.sorted { $0.months < $1.months }
    var change: FollowUpRule.Change?
    for examination in followUps {
      let grades = values(examination)
      if grades[Codebook.ID.abscess]?.contains("present") == true { flags.insert(.abscess) }
      let given = grades[Codebook.ID.followUpGrade]
      let derived = FollowUpRule.outcome(of: grades, baselineAbscess: baselineAbscess).grade?.change
      change = given.map { $0.levelIDs.first.flatMap { FollowUpRule.Change(rawValue: $0.rawValue) } } ?? derived
      if given != nil, let change, let derived, change != derived { flags.insert(.overruled) }
    }
    guard isWhole, let last = followUps.last else { return flags }
    if last.months < 6 { flags.insert(.shortFollowUp) }
    if let outcome, let change, isAgainst(outcome, change) { flags.insert(.imagingAgainstOutcome) }
    return flags
  }

  /// - Parameter change: the last examination's, given or else derived by the rule.
  private static func isAgainst(_ outcome: ClinicalOutcome, _ change: FollowUpRule.Change) -> Bool {
    switch (change, outcome) {
    case (.aggravated, .improved), (.aggravated, .cured), (.healing, .worsened), (.healing, .died),
      (.healed, .worsened),
      (.healed, .died):
      true
    default: false
    }
  }
}
