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
    /// `aggravated (mixed)`, `healing (almost healed)`, `nothing stated`.
    package var label: String
    /// What the grade is called beside its level.
    package var called: [FollowUpRule.Name] = []
    /// What the rule makes of the findings; nil where it cannot decide.
    package var rule: FollowUpRule.Grade?
    package var changes: BoneChanges = .none
    /// The sign of the course was seen, see `Course.sign`.
    package var hasSign = false

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

    /// The label, and whether it is the rule's or goes against it: `aggravated (mixed) (derived)`,
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
  /// What is marked on examinations besides the change, as *healing edge*.
  package var sign: String
  /// The sign is stated of the follow-up, but not on which examination it was seen.
  package var hasUndatedSign: Bool

  /// Months from baseline to the last examination.
  package var length: Double { points.last?.months ?? 0 }

  package var last: Point? { points.last { $0.standing != .baseline } }

  /// - Parameters:
  ///   - silence: what to say of an examination without any grade: `nothing stated` of a publication, `not graded` of
  ///     a reading.
  ///   - isWhole: false where later examinations are withheld.
  ///   - values: grades per examination, against the baseline.
  package init(
    _ patientCase: Case, _ codebook: Codebook, silence: String = "nothing stated", isWhole: Bool = true,
    values: (ExaminationID) -> [FindingID: GradeValue]
  ) {
    let examinations = patientCase.examinations.map(\.id).sorted { $0.months < $1.months }
    let graded = Dictionary(examinations.map { ($0, values($0)) }, uniquingKeysWith: { first, _ in first })
    let reading =
      graded.values.allSatisfy(\.isEmpty)
      ? nil : SchemeReading(codebook, of: patientCase) { $1 == .baseline ? graded[$0] ?? [:] : [:] }
    id = patientCase.id
    patient = patientCase.patient
    points = examinations.map { examination in
      examination.isBaseline
        ? Point(id: examination, standing: .baseline, label: "baseline")
        : Self.point(examination, graded[examination] ?? [:], codebook, reading, silence: silence)
    }
    therapy = patientCase.therapy ?? []
    outcome = patientCase.outcome
    flags = CourseFlag.flags(codebook, of: patientCase, outcome: patientCase.outcome, isWhole: isWhole) {
      graded[$0] ?? [:]
    }
    self.isWhole = isWhole
    let seen = codebook.signOfCourse
    sign = seen?.title ?? ""
    hasUndatedSign =
      seen.map { patientCase.course[$0.id]?.contains("present") == true } ?? false && !points.contains(where: \.hasSign)
  }

  private static func point(
    _ id: ExaminationID, _ grades: [FindingID: GradeValue], _ codebook: Codebook, _ reading: SchemeReading?,
    silence: String
  ) -> Point {
    let rule = grades.isEmpty ? nil : reading?.suggestion(at: id)?.grade
    var point = Point(id: id, standing: .silent, label: silence, rule: rule)
    if let finding = codebook.changesOfBones.flatMap({ codebook[$0] }) {
      point.changes = BoneChanges(grades[finding.id]?.changes ?? [:], finding)
    }
    point.hasSign = codebook.signOfCourse.map { grades[$0.id]?.contains("present") ?? false } ?? false
    if let finding = codebook.suggestedGrade.flatMap({ codebook[$0] }), let given = grades[finding.id] {
      guard let level = given.levelIDs.first else {
        (point.standing, point.label) = (.notAssessable, given.text.replacing("-", with: " "))
        return point
      }
      point.called = reading?.names(of: level, at: id) ?? []
      point.standing = FollowUpRule.Change(rawValue: level.rawValue).map { .given($0) } ?? .undecided
      point.label = FollowUpRule.title(finding.words(given), point.called)
    } else if let rule {
      point.called = rule.called
      (point.standing, point.label) = (rule.change.map { .derived($0) } ?? .undecided, rule.title)
    } else if grades.contains(where: { $0.value.isAnswer }) {
      (point.standing, point.label) = (.undecided, "not decided")
    }
    return point
  }
}
