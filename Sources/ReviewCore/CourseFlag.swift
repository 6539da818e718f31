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
  ///   - patientCase: as the one who looks may see it.
  ///   - outcome: nil where not stated or withheld.
  ///   - isWhole: false where later examinations are withheld: nothing is said then of what hangs on the last one.
  ///   - values: grades per examination, against the baseline.
  public static func flags(
    _ codebook: Codebook, of patientCase: Case, outcome: ClinicalOutcome?, isWhole: Bool = true,
    values: (ExaminationID) -> [FindingID: GradeValue]
  ) -> Set<CourseFlag> {
    var flags: Set<CourseFlag> = []
    let graded = Dictionary(
      patientCase.examinations.map { ($0.id, values($0.id)) }, uniquingKeysWith: { first, _ in first })
    let reading =
      graded.values.allSatisfy(\.isEmpty)
      ? nil : SchemeReading(codebook, of: patientCase) { $1 == .baseline ? graded[$0] ?? [:] : [:] }
    // Of the codebook's own flags those that worklists are filtered by; the others are told in words.
    if reading?.hasFlag(CourseFlag.abscess.rawValue) == true { flags.insert(.abscess) }
    let followUps = patientCase.examinations.map(\.id).filter { !$0.isBaseline }.sorted { $0.months < $1.months }
    var change: LevelID?
    for examination in followUps {
      let given = codebook.suggestedGrade.flatMap { graded[examination]?[$0] }
      let derived = graded[examination]?.isEmpty == false ? reading?.suggestion(at: examination)?.grade?.level : nil
      change = given.map(\.levelIDs.first) ?? derived
      if given != nil, let change, let derived, change != derived { flags.insert(.overruled) }
    }
    guard isWhole, let last = followUps.last else { return flags }
    if last.months < 6 { flags.insert(.shortFollowUp) }
    let tone = change.flatMap { change in codebook.suggestedGrade.flatMap { codebook[$0]?.level(change)?.tone } }
    if let outcome, let tone, isAgainst(outcome, tone) { flags.insert(.imagingAgainstOutcome) }
    return flags
  }

  /// - Parameter tone: of the last examination's grade, given or else derived by the rule: good or bad.
  private static func isAgainst(_ outcome: ClinicalOutcome, _ tone: String) -> Bool {
    switch outcome {
    case .improved, .cured: tone == "bad"
    case .worsened, .died: tone == "good"
    default: false
    }
  }
}
