// The course of a case: what is known of each examination, as drawn on a time axis.

import ReviewCore

package struct Course: Hashable, Sendable, Identifiable {
  /// What is known of the change at one examination, against the baseline.
  package enum Standing: Hashable, Sendable {
    case baseline
    /// Graded by a reader, a consensus or a publication.
    case given(FollowUpRule.Change)
    /// No grade was given; the rule's answer stands in for it and is always told apart.
    case derived(FollowUpRule.Change)
    /// Some findings are graded, but not enough for the rule.
    case undecided
    case notAssessable
    /// Nothing is stated or graded.
    case silent
  }

  package struct Point: Hashable, Sendable, Identifiable {
    package var id: ExaminationID
    package var standing: Standing
    /// `aggravated, mixed`, `almost healed`, `nothing stated`.
    package var label: String
    /// What the rule makes of the findings; nil where it cannot decide.
    package var rule: FollowUpRule.Grade?
    package var changes: [Bone: LevelID]
    package var hasHealingEdge: Bool

    package var months: Double { id.months }

    package var change: FollowUpRule.Change? {
      switch standing {
      case .given(let change), .derived(let change): change
      case .baseline, .undecided, .notAssessable, .silent: nil
      }
    }

    package var isDerived: Bool { if case .derived = standing { true } else { false } }

    /// The rule's sentences, empty where it has nothing to say.
    package var reasons: [String] { rule?.reasons ?? [] }

    /// A grade was given that is not the rule's.
    package var isOverruled: Bool {
      guard case .given(let change) = standing, let rule else { return false }
      return rule.change != change
    }

    package var isAlmostHealed: Bool { label == Self.almostHealed }

    fileprivate static let almostHealed = "almost healed"

    /// The label, and whether it is the rule's or goes against it: `aggravated, mixed (derived)`,
    /// `equivocal (rule: healing)`.
    package var fullLabel: String {
      isDerived ? "\(label) (derived)" : isOverruled ? "\(label) (rule: \(rule?.title ?? ""))" : label
    }
  }

  package var id: CaseID
  /// `M 56`.
  package var patient: String
  /// The baseline first, then by months.
  package var points: [Point]
  package var therapy: [String]
  package var outcome: ClinicalOutcome?
  package var flags: Set<CourseFlag>
  /// False where later examinations are withheld, so that the last one here may not be the case's last.
  package var isWhole: Bool
  /// A healing edge is stated of the follow-up, but not on which examination it was seen.
  package var hasUndatedHealingEdge: Bool

  /// Months from baseline to the last examination.
  package var length: Double { points.last?.months ?? 0 }

  package var last: Point? { points.last { $0.standing != .baseline } }

  /// - Parameters:
  ///   - silence: what to say of an examination without any grade: `nothing stated` of a publication, `not graded` of
  ///     a reading.
  ///   - isWhole: false where later examinations are withheld.
  ///   - values: grades per examination, against the baseline.
  package init(
    _ patientCase: Case, silence: String = "nothing stated", isWhole: Bool = true,
    values: (ExaminationID) -> [FindingID: GradeValue]
  ) {
    let examinations = patientCase.examinations.map(\.id).sorted { $0.months < $1.months }
    let baselineAbscess = FollowUpRule.baselineAbscess(values(.baseline))
    id = patientCase.id
    patient = patientCase.patient
    points = examinations.map { examination in
      examination.isBaseline
        ? Point(
          id: examination, standing: .baseline, label: "baseline", changes: [:], hasHealingEdge: false)
        : Self.point(examination, values(examination), baselineAbscess: baselineAbscess, silence: silence)
    }
    therapy = patientCase.therapy ?? []
    outcome = patientCase.outcome
    flags = CourseFlag.flags(
      examinations: examinations, outcome: patientCase.outcome, isWhole: isWhole, values: values)
    self.isWhole = isWhole
    hasUndatedHealingEdge =
      patientCase.course[Codebook.ID.healingEdge]?.contains("present") == true
      && !points.contains(where: \.hasHealingEdge)
  }

  private static func point(
    _ id: ExaminationID, _ grades: [FindingID: GradeValue], baselineAbscess: Bool?, silence: String
  ) -> Point {
    let rule = FollowUpRule.outcome(of: grades, baselineAbscess: baselineAbscess).grade
    var point = Point(
      id: id, standing: .silent, label: silence, rule: rule,
      changes: grades[Codebook.ID.lesionChanges]?.changes ?? [:],
      hasHealingEdge: grades[Codebook.ID.healingEdge]?.contains("present") ?? false)
    if let given = grades[Codebook.ID.followUpGrade] {
      guard let change = given.levelIDs.first.flatMap({ FollowUpRule.Change(rawValue: $0.rawValue) }) else {
        (point.standing, point.label) = (.notAssessable, given.text.replacing("-", with: " "))
        return point
      }
      point.standing = .given(change)
      let isAlmost = change == .healing && grades[Codebook.ID.marrow]?.contains("almost_complete") == true
      point.label =
        rule.flatMap { $0.change == change ? $0.title : nil } ?? (isAlmost ? Point.almostHealed : change.rawValue)
    } else if let rule {
      (point.standing, point.label) = (.derived(rule.change), rule.title)
    } else if grades.contains(where: { $0.value.isAnswer }) {
      (point.standing, point.label) = (.undecided, "not decided")
    }
    return point
  }
}
