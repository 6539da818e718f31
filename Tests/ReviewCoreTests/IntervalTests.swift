// The change since the previous examination, and the flags of a course.

import ReviewCore
import Testing

@Suite struct IntervalTests {
  typealias ID = Codebook.ID

  /// Everything that compares, unchanged.
  static let same: [FindingID: GradeValue] = [
    ID.foci: .level("unchanged"), ID.lesionChanges: .map([.l1: "unchanged"]), ID.signalArea: .level("unchanged"),
    ID.destruction: .level("stable"), ID.spread: .level("no"), ID.softTissueChange: .level("unchanged"),
  ]

  static func change(
    _ since: [FindingID: GradeValue] = same, marrow: [LevelID?], abscess: [LevelID?] = ["absent", "absent"]
  ) -> FollowUpRule.Outcome {
    func values(_ index: Int) -> [FindingID: GradeValue] {
      var values: [FindingID: GradeValue] = [:]
      values[ID.marrow] = marrow[index].map { .level($0) }
      values[ID.abscess] = abscess[index].map { .level($0) }
      return values
    }
    let patient = Case(id: "4", examinations: [.baseline, "3", "8"].map { Examination($0) })
    let outcome = Codebook.vertebralOsteomyelitis.suggestion(at: "8", comparator: .previous, of: patient) {
      examination, comparator in
      switch (examination, comparator) {
      case ("8", .previous): since
      case ("8", .baseline): values(1)
      case ("3", .baseline): values(0)
      default: [:]
      }
    }
    return outcome ?? .undecided(missing: [])
  }

  /// Marrow before, marrow now, what the rule says.
  @Test(
    arguments: [
      ("none", "partial", .healing), ("partial", "partial", .equivocal), ("almost_complete", "partial", .equivocal),
      ("partial", "complete", .healed), ("complete", "complete", .healed), ("none", "none", .equivocal),
    ] as [(LevelID, LevelID, FollowUpRule.Change)])
  func marrowCountsAsFarAsItHasComeBackSince(before: LevelID, now: LevelID, change: FollowUpRule.Change) {
    #expect(Self.change(marrow: [before, now]).grade?.change == change)
  }

  @Test func marrowNotGradedBeforeIsMissingOnlyWhereItMatters() {
    #expect(Self.change(marrow: [nil, "partial"]) == .undecided(missing: [.init(ID.marrow, at: "3")]))
    #expect(Self.change(marrow: [nil, "none"]).grade?.change == .equivocal)
    #expect(Self.change(marrow: [nil, "complete"]).grade?.change == .healed)
  }

  @Test func anAbscessIsNewWhereTheExaminationBeforeHadNone() {
    let new = Self.change(marrow: ["none", "none"], abscess: ["absent", "present"]).grade
    #expect(new?.change == .aggravated)
    #expect(new?.reasons == ["an abscess that was not there before"])
    #expect(Self.change(marrow: ["none", "none"], abscess: ["present", "present"]).grade?.change == .equivocal)
    #expect(
      Self.change(marrow: ["none", "none"], abscess: [nil, "present"])
        == .undecided(missing: [.init(ID.abscess, at: "3")]))
  }

  @Test func onlyWhatComparesIsGradedAgainstThePreviousExamination() {
    let codebook = Codebook.vertebralOsteomyelitis
    #expect(
      codebook.findings(at: "8", comparator: .previous).map(\.id) == [
        ID.foci, ID.lesionChanges, ID.signalArea, ID.destruction, ID.spread, ID.softTissueChange, ID.followUpGrade,
      ])
    #expect(codebook.findings(at: .baseline, comparator: .previous).isEmpty)
    let patient = Case(id: "4", examinations: [.baseline, "3", "8"].map { Examination($0) })
    #expect(patient.followUp(before: "8") == "3")
    #expect(patient.followUp(before: "3") == nil)
    #expect(patient.followUp(before: .baseline) == nil)
  }

  @Test func whatHangsOnTheLastExaminationIsNotFlaggedWhileLaterOnesAreWithheld() {
    // Given: worse at 5 months by the rule alone, the patient improved, an abscess at the baseline.
    let values: (ExaminationID) -> [FindingID: GradeValue] = { examination in
      examination.isBaseline ? [ID.softTissueAbscess: .level("present")] : [ID.spread: .level("yes")]
    }
    func flags(isWhole: Bool) -> Set<CourseFlag> {
      CourseFlag.flags(
        .vertebralOsteomyelitis, of: Case(id: "1", examinations: [.baseline, "5"].map { Examination($0) }),
        outcome: .improved, isWhole: isWhole, values: values)
    }
    // Then
    #expect(flags(isWhole: true) == [.abscess, .shortFollowUp, .imagingAgainstOutcome])
    #expect(flags(isWhole: false) == [.abscess])
  }

  /// Last grade, outcome.
  @Test(
    arguments: [
      ("aggravated", .improved, true), ("aggravated", .cured, true), ("aggravated", .worsened, false),
      ("healing", .worsened, true), ("healed", .died, true), ("healing", .improved, false),
      ("equivocal", .cured, false), ("not-assessable", .died, false),
    ] as [(String, ClinicalOutcome, Bool)])
  func imagingAgainstOutcome(grade: String, outcome: ClinicalOutcome, isFlagged: Bool) throws {
    let value = try Codebook.vertebralOsteomyelitis[ID.followUpGrade]?.value(grade)
    let patient = Case(id: "1", examinations: [.baseline, "9"].map { Examination($0) })
    let flags = CourseFlag.flags(.vertebralOsteomyelitis, of: patient, outcome: outcome) { _ in
      value.map { [ID.followUpGrade: $0] } ?? [:]
    }
    #expect(flags.contains(.imagingAgainstOutcome) == isFlagged)
  }
}
