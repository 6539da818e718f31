// What is signed is what was shown, and fit to be signed: everything else is refused and changes nothing.

import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

/// Case 1 with follow-ups at 3 and 8 months, signed up to the follow-up at 3 months, which is graded: with an abscess
/// the rule says equivocal.
private struct FollowUp {
  let study: TestStudy
  let reader: StudyStore
  let key = GradeKey("3", ID.followUpGrade)

  init(_ studyProtocol: StudyProtocol = StudyProtocol(seed: 7)) throws {
    study = try TestStudy(studyProtocol, cases: [.sample("1", followUps: [3, 8])])
    reader = try study.open("R1")
    _ = try reader.record(GradeChange("1", .baseline, ID.softTissueAbscess, Grade(.level("present"))))
    _ = try reader.sign("1")
    try grade([
      ID.foci: "decreased", ID.marrow: "partial", ID.signalArea: "decreased", ID.destruction: "stable",
      ID.spread: "no", ID.softTissueChange: "reduced", ID.abscess: "present",
    ])
    _ = try reader.record(GradeChange("1", "3", ID.lesionChanges, Grade(.map([.l5: "decreased"]))))
  }

  func grade(_ levels: [FindingID: LevelID], note: String? = nil) throws {
    for (finding, level) in levels {
      try record(GradeChange("1", "3", finding, Grade(.level(level), note: note)))
    }
  }

  /// With the notes as reasons where the rule is departed from.
  func record(_ change: GradeChange) throws {
    _ = try reader.record(
      change.explaining(
        Set(change.grades.keys), in: reader.caseView("1"), by: "R1", of: reader.study()))
  }

  /// What keeps the follow-up from being signed; nil once it is signed.
  func obstacles() -> [SigningObstacle]? {
    if case .notSignable("1", "3", let obstacles) = storeError({ try reader.sign("1", "3") }) { obstacles } else { nil }
  }
}

@Suite struct SigningTests {
  @Test func nothingThatChangedSinceItWasShownIsSigned() throws {
    // Given: what one window shows, and what another one of the same reader does then.
    let changes: [(String, (StudyStore) throws -> Void)] = [
      ("a grade", { _ = try $0.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level("present")))) }),
      (
        "a note on a grade",
        { _ = try $0.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level("absent"), note: "faint"))) }
      ),
      ("the note", { _ = try $0.record(GradeChange("1", readingNote: "poor images")) }),
      ("a grade taken away", { _ = try $0.undo("1") }),
      (
        "a version",
        {
          _ = try $0.sign("1")
          _ = try $0.amend("1", reason: "slip")
        }
      ),
    ]
    for (name, change) in changes {
      let study = try TestStudy()
      let reader = try study.open("R1")
      _ = try reader.record(GradeChange("1", .baseline, ID.haloSign, Grade(.level("absent"))))
      let seen = try reader.signingSheet("1")
      try change(study.open("R1"))
      // When, then
      #expect(
        storeError { try reader.sign("1", .baseline, seen: seen) } == .changedMeanwhile("1", .baseline), "\(name)")
      #expect(try reader.caseView("1").readings.first?.state == .draft, "\(name)")
    }
  }

  @Test func theRulesGradeThatWasShownCountsToo() throws {
    // Given: a departure from the rule with its reason, which depends on the abscess of the baseline.
    let given = try FollowUp()
    try given.grade([ID.followUpGrade: "healing"], note: "the abscess is sterile")
    let seen = try given.reader.signingSheet("1", "3")
    #expect(seen.rules.first?.overruled?.change == .equivocal)
    // When: the baseline is amended in another window, so that the abscess now is new.
    let other = try given.study.open("R1")
    _ = try other.amend(
      "1", reason: "slip", with: GradeChange("1", .baseline, ID.softTissueAbscess, Grade(.level("absent"))))
    _ = try other.sign("1")
    // Then
    #expect(storeError { try given.reader.sign("1", "3", seen: seen) } == .changedMeanwhile("1", "3"))
    #expect(try given.reader.signingSheet("1", "3").rules.first?.overruled?.change == .aggravated)
  }

  @Test func anotherGradeThanTheRulesIsNotSignedWithoutAReason() throws {
    // Given
    let given = try FollowUp()
    for (value, note) in [(GradeValue.level("healed"), " \t"), (.notAssessable, "-"), (.level("healed"), "…")] {
      try given.record(GradeChange("1", "3", ID.followUpGrade, Grade(value, note: note)))
      let check = try #require(try given.reader.signingSheet("1", "3").rules.first)
      #expect(check.overruled?.change == .equivocal && check.lacksReason)
      #expect(given.obstacles() == [.noReason(check)])
    }
    // When: the rule's own grade, and then another finding is changed, so that it is the rule's no more.
    try given.grade([ID.followUpGrade: "equivocal"])
    try given.grade([ID.abscess: "absent"])
    #expect(given.obstacles()?.count == 1)
    // Then: with a reason it is signed, and both are kept.
    try given.grade([ID.followUpGrade: "equivocal"], note: "too early to tell")
    #expect(given.obstacles() == nil)
    let reading = try #require(try given.reader.caseView("1").reading(of: "R1", "3"))
    #expect(reading.state.isSigned)
    #expect(
      reading.grades[given.key] == Grade(.level("equivocal"), note: "too early to tell", overrules: "healing"))
  }

  @Test func aReasonIsForOneGradeAgainstOneOfTheRules() throws {
    // Given: equivocal against the rule's healing, for a reason.
    let given = try FollowUp()
    try given.grade([ID.abscess: "absent"])
    try given.grade([ID.followUpGrade: "equivocal"], note: "too early to tell")
    #expect(
      try given.reader.signingSheet("1", "3").obstacles.contains { if case .noReason = $0 { true } else { false } }
        == false)
    // When: the rule says another grade, or another one is given, and the note stays.
    try given.grade([ID.spread: "yes"])
    #expect(given.obstacles()?.first?.description.contains("its note was written for another grade") == true)
    try given.grade([ID.spread: "no"])
    var changed = try #require(try given.reader.caseView("1").reading(of: "R1", "3")?.grades[given.key])
    changed.value = .level("aggravated")
    _ = try given.reader.record(GradeChange("1", "3", ID.followUpGrade, changed))
    #expect(given.obstacles()?.count == 1)
    // Then: a note from before is none, and the same words count once they are said again.
    try given.record(GradeChange("1", "3", ID.followUpGrade, changed))
    #expect(given.obstacles() == nil)
  }

  @Test func onlyTheNoteOnASequentialChangeOverrules() throws {
    let given = try FollowUp()
    for (finding, grade) in [
      (ID.foci, Grade(.level("decreased"), note: "why", overrules: "healing")),
      (ID.followUpGrade, Grade(.level("healed"), overrules: "healing")),
      (ID.followUpGrade, Grade(.level("healed"), note: "why", overrules: "better")),
    ] {
      #expect(storeError { try given.reader.record(GradeChange("1", "3", finding, grade)) }?.category == .badData)
    }
  }

  @Test func anIntervalThatDepartsFromTheRuleNeedsAReasonToo() throws {
    let given = try FollowUp()
    try given.grade([ID.followUpGrade: "equivocal"])
    _ = try given.reader.sign("1", "3")
    let interval = GradeKey("8", ID.followUpGrade, comparator: .previous)
    func grade(_ note: String?) throws {
      try given.record(
        GradeChange(
          "1", "8",
          grades: [
            GradeKey("8", ID.foci, comparator: .previous): Grade(.level("increased")),
            interval: Grade(.level("healing"), note: note),
          ]))
    }
    try grade(nil)
    guard case .notSignable(_, _, let obstacles) = storeError({ try given.reader.sign("1", "8") }),
      case .noReason(let check) = obstacles.first
    else {
      Issue.record("it was signed")
      return
    }
    #expect(check.key == interval && check.overruled?.change == .aggravated)
    try grade("one focus only")
    #expect(try given.reader.sign("1", "8").version == 1)
  }

  /// What a signature leaves departing elsewhere.
  private func departing(_ error: StoreError?) -> [RuleCheck] {
    guard case .notSignable(_, _, let obstacles) = error else { return [] }
    return obstacles.compactMap { if case .departs(let check) = $0 { check } else { nil } }
  }

  @Test func anAmendedBaselineLeavesNoSignedFollowUpDepartingInSilence() throws {
    // Given: a signed follow-up with the rule's grade, because the baseline had an abscess too.
    let given = try FollowUp()
    try given.grade([ID.followUpGrade: "equivocal"])
    _ = try given.reader.sign("1", "3")
    let before = try given.reader.caseView("1")
    let change = GradeChange("1", .baseline, ID.softTissueAbscess, Grade(.level("absent")))
    // When: the baseline is amended so that the abscess is new, in one act.
    let seen = try given.reader.signingSheet("1", with: change, amending: "slip")
    let error = storeError {
      try given.reader.sign("1", .baseline, with: change, amending: "slip", seen: seen)
    }
    // Then: the sheet names the follow-up, and nothing is recorded.
    #expect(seen.departing.map(\.key) == [given.key])
    #expect(seen.departing.first?.overruled?.change == .aggravated)
    #expect(departing(error) == seen.departing)
    #expect(
      error?.description.contains("the follow-up at 3 months is signed with \(ID.followUpGrade) equivocal") == true)
    #expect(try given.reader.caseView("1") == before)
    // In two acts it is refused too.
    _ = try given.reader.amend("1", reason: "slip", with: change)
    #expect(departing(storeError { try given.reader.sign("1") }).count == 1)
    // When: the follow-up is taken up. Then: the baseline is signed, and the follow-up as the rule asks.
    _ = try given.reader.amend("1", "3", reason: "the baseline is another")
    #expect(try given.reader.sign("1").version == 2)
    #expect(given.obstacles()?.count == 1)
    try given.grade([ID.followUpGrade: "equivocal"], note: "it was there, and was overlooked")
    #expect(given.obstacles() == nil)
    #expect(try given.reader.verify().faults == [])
    // A reason against another of the rule's grades is none.
    let back = GradeChange("1", .baseline, ID.softTissueAbscess, Grade(.level("present")))
    #expect(try given.reader.signingSheet("1", with: back, amending: "slip").departing == [])
    #expect(try given.reader.signingSheet("1", amending: "slip").departing == [])
  }

  @Test func anAmendedFollowUpLeavesNoSignedIntervalDepartingInSilence() throws {
    // Given: at 8 months aggravated against 3 months, which had no abscess.
    let given = try FollowUp()
    try given.grade([ID.abscess: "absent", ID.followUpGrade: "healing"])
    _ = try given.reader.sign("1", "3")
    func since(_ finding: FindingID) -> GradeKey { GradeKey("8", finding, comparator: .previous) }
    var grades: [GradeKey: Grade?] = [
      GradeKey("8", ID.abscess): Grade(.level("present")), GradeKey("8", ID.marrow): Grade(.level("partial")),
      since(ID.lesionChanges): Grade(.map([.l5: "unchanged"])), since(ID.followUpGrade): Grade(.level("aggravated")),
    ]
    for (finding, level) in [
      (ID.foci, "unchanged"), (ID.signalArea, "unchanged"), (ID.destruction, "stable"), (ID.spread, "no"),
      (ID.softTissueChange, "unchanged"),
    ] as [(FindingID, LevelID)] {
      grades[since(finding)] = Grade(.level(level))
    }
    _ = try given.reader.record(GradeChange("1", "8", grades: grades))
    _ = try given.reader.sign("1", "8")
    // When: 3 months had one too.
    let change = GradeChange(
      "1", "3",
      grades: [
        GradeKey("3", ID.abscess): Grade(.level("present")), given.key: Grade(.level("equivocal")),
      ])
    // Then
    let seen = try given.reader.signingSheet("1", "3", with: change, amending: "slip")
    #expect(seen.departing.map(\.key) == [since(ID.followUpGrade)])
    #expect(seen.departing.first?.overruled?.change == .equivocal)
    #expect(
      departing(storeError { try given.reader.sign("1", "3", with: change, amending: "slip", seen: seen) }).count == 1)
    // The baseline says nothing of an interval.
    #expect(try given.reader.signingSheet("1", amending: "slip").departing == [])
  }

  @Test func anAutomaticReasonIsNotTyped() throws {
    let study = try TestStudy()
    let reader = try study.open("R1")
    _ = try reader.sign("1")
    for reason in [
      Codebook.askedAgain, Codebook.setAside, "  Asked again, with the CLINICAL data.",
      "asked\u{A0}again-with the clinical data",
      "ａｓｋｅｄ again with the clinical data",
    ] {
      #expect(storeError { try reader.amend("1", reason: reason) }?.category == .badData, "\(reason)")
      #expect(
        storeError {
          try reader.sign("1", .baseline, amending: reason, seen: reader.signingSheet("1", amending: reason))
        }?.category == .badData, "\(reason)")
    }
    _ = try reader.amend("1", reason: "asked again by the coordinator")
  }

  @Test func whereTheRuleCannotDecideNoReasonIsAskedFor() throws {
    let given = try FollowUp()
    _ = try given.reader.record(GradeChange("1", "3", ID.abscess, nil))
    try given.grade([ID.followUpGrade: "healed"])
    #expect(try given.reader.signingSheet("1", "3").rules.first?.outcome.grade == nil)
    #expect(given.obstacles() == nil)
  }

  @Test func confidencesThatTheProtocolAsksForAreNotLeftOut() throws {
    let study = try TestStudy(StudyProtocol(seed: 7, asksConfidence: true))
    let reader = try study.open("R1")
    func grade(_ finding: FindingID, _ value: GradeValue, _ confidence: Int?) throws {
      _ = try reader.record(GradeChange("1", .baseline, finding, Grade(value, confidence: confidence)))
    }
    // What is no answer has no certainty.
    try grade(ID.stir, .notAcquired, nil)
    try grade(ID.rimSign, .level("present"), 4)
    try grade(ID.haloSign, .level("absent"), nil)
    #expect(
      storeError { try reader.sign("1") } == .notSignable("1", .baseline, [.noConfidence([ID.haloSign])]))
    #expect(storeError { try reader.sign("1") }?.category == .badData)
    try grade(ID.haloSign, .level("absent"), 1)
    #expect(try reader.sign("1").version == 1)
  }

  @Test func aGradeIsRecordedAndSignedOrNeither() throws {
    // Given: a signed version, and one change that cannot be signed.
    let given = try FollowUp()
    try given.grade([ID.followUpGrade: "equivocal"])
    _ = try given.reader.sign("1", "3")
    func state() throws -> [AnyHashable] { [try given.reader.caseView("1"), try given.reader.audit()] }
    let before = try state()
    func sign(_ change: GradeChange, amending reason: String?) throws -> SigningReceipt {
      try given.reader.sign(
        "1", "3", with: change, amending: reason,
        seen: given.reader.signingSheet("1", "3", with: change, amending: reason))
    }
    func change(_ grade: Grade) -> GradeChange { GradeChange("1", "3", ID.followUpGrade, grade) }
    // When, then
    let bare = change(Grade(.level("healed")))
    guard case .notSignable = storeError({ try sign(bare, amending: "better images") }) else {
      Issue.record("it was signed")
      return
    }
    #expect(storeError { try sign(change(Grade(.level("gone"))), amending: "slip") }?.category == .badData)
    #expect(storeError { try sign(bare, amending: " ") }?.category == .badData)
    #expect(storeError { try sign(bare, amending: nil) } == .readingSigned("1", "3"))
    #expect(try state() == before)
    let receipt = try sign(
      change(Grade(.level("healed"), note: "sterile", overrules: "equivocal")), amending: " better images ")
    #expect(receipt.version == 2)
    #expect(try given.reader.caseView("1").reading(of: "R1", "3")?.amendment == "better images")
    #expect(try given.reader.verify().faults == [])
  }

  @Test func onlyTheVersionThatWasShownIsAmended() throws {
    let study = try TestStudy()
    let reader = try study.open("R1")
    _ = try reader.sign("1")
    let other = try study.open("R1")
    _ = try other.amend("1", reason: "slip")
    _ = try other.sign("1")
    #expect(
      storeError { try reader.amend("1", version: 1, reason: "missed the rim") } == .changedMeanwhile("1", .baseline))
    #expect(try reader.caseView("1").readings.first?.version == 2)
    #expect(try reader.amend("1", version: 2, reason: "missed the rim").reading.amendment == "missed the rim")
  }
}
