// The box before a signature: all that is signed is in it, and nothing that was not shown.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct SigningTests {
  private typealias ID = Codebook.ID

  /// Case 4 at 8 months with everything that a signature can stand for: the rule overruled, an interval, notes, an
  /// image, a bone, an amended version, a warning.
  static func everything(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.practice(width, height)
    bench.readings.removeAll { $0.caseID == "4" && $0.reading.examination == "8" }
    func key(_ finding: FindingID, _ comparator: Comparator = .baseline) -> GradeKey {
      GradeKey("8", finding, comparator: comparator)
    }
    let grades: [GradeKey: Grade] = [
      key(ID.foci): Grade(.level("decreased"), image: ImageReference(series: 4, slice: 12)),
      key(ID.lesionChanges): Grade(.map([.t11: "decreased", .l2: "resolved"])),
      key(ID.marrow): Grade(.level("partial")),
      key(ID.signalArea): Grade(.level("decreased"), note: "smaller on STIR, the same on T2W"),
      key(ID.destruction): Grade(.level("stable")), key(ID.spread): Grade(.level("no")),
      key(ID.softTissueChange): Grade(.level("reduced")), key(ID.abscess): Grade(.level("present")),
      key(ID.healingEdge): Grade(.notAssessable),
      key(ID.followUpGrade): Grade(
        .level("healing"), note: "the collection is sterile", overrules: "aggravated"),
      key(ID.foci, .previous): Grade(.level("unchanged")),
    ]
    bench.readings.append(
      CaseReading(
        caseID: "4",
        reading: Reading(
          reader: "R1", examination: "8", version: 2, state: .draft, grades: grades, note: "second reading at noon",
          amendment: "better images came")))
    bench.press("↓↓↓g{{{}}")
    return bench
  }

  @Test(arguments: [(80, 24, ""), (80, 24, "⏎"), (120, 40, ""), (200, 60, ""), (60, 16, "⏎⏎")])
  func frames(width: Int, height: Int, keys: String) throws {
    var bench = try Self.everything(width, height)
    bench.press("S" + keys)
    let name = keys.isEmpty ? "sign-all" : keys == "⏎" ? "sign-all-rest" : "sign-all-end"
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  @Test(arguments: [("ascii", Look(colors: .none, unicode: false)), ("mono", Look(colors: .none))])
  func withoutColour(name: String, look: Look) throws {
    var bench = try Self.everything()
    bench.press("S")
    expectGolden(bench.frame(look), "sign-all-\(name)-80x24")
  }

  @Test(arguments: [(60, 16), (80, 24), (120, 40)]) func everythingIsSeenBeforeEnterSigns(width: Int, height: Int)
    throws
  {
    // Given
    var bench = try Self.everything(width, height)
    bench.press("S")
    // When: Enter, until it signs.
    var seen = ""
    for _ in 0..<9 {
      guard bench.state.overlay != nil else { break }
      seen += bench.frame().text + "\n"
      bench.press("⏎")
    }
    // Then: all of it was on the screen.
    #expect(bench.state.reading?.state.isSigned == true)
    let words = [
      "version 2", "better images came", "image 4/12", "smaller on", "not assessable", "collection is sterile",
      "1 of 7 graded", "second reading at noon", "aggravated (mixed)", "rule is overruled",
      "! warning", "I graded this examination independently", "sequential change",
    ]
    #expect(words.filter { !seen.contains($0) } == [])
  }

  @Test func whatAnotherWindowChangedIsShownBeforeItIsSigned() throws {
    // Given: the box, and a grade of another window that this one has not been told of.
    var bench = try Bench.practice()
    bench.press("↓g⏎ ⏎111333221212S")
    try grade(ID.rimSign, "absent", in: &bench)
    // When: Enter, on what is no longer there.
    bench.press("⏎")
    // Then: it is not signed, and what changed stands first.
    #expect(bench.state.reading?.state.isSigned == false)
    #expect(bench.state.message?.text == "changed in another window, and not signed; what changed stands first")
    #expect(bench.frame().text.contains("rim sign: present → absent"))
    expectGolden(bench.frame(), "sign-changed-80x24")
    // When: it is signed as it is shown now.
    for _ in 0..<3 { bench.press("⏎") }
    #expect(bench.state.reading?.state.isSigned == true)
    #expect(bench.state.grade(of: ID.rimSign)?.value == .level("absent"))
  }

  @Test func anOpenBoxIsRefreshedAndGoesOnTellingWhatChanged() throws {
    var bench = try Bench.practice()
    bench.press("↓g⏎ ⏎111333221212S")
    try grade(ID.rimSign, "absent", in: &bench)
    bench.act(.changedElsewhere)
    try grade(ID.haloSign, "absent", in: &bench)
    bench.act(.changedElsewhere)
    let text = bench.frame().text
    #expect(text.contains("rim sign: present → absent") && text.contains("halo sign: present → absent"))
    guard let box = bench.state.overlay as? SignBox else {
      Issue.record("the box is closed")
      return
    }
    #expect(box.sheet == bench.state.signingSheet())
  }

  @Test func aBoxOnWhatIsSignedElsewhereCloses() throws {
    var bench = try Bench.practice()
    bench.press("↓g⏎ ⏎111333221212S")
    try change(in: &bench) { $0.state = .signed(.distantPast) }
    bench.act(.changedElsewhere)
    #expect(bench.state.overlay is TakenAway)
    bench.press("⏎")
    #expect(bench.state.overlay == nil)
    #expect(
      bench.state.message?.text == "not signed from here: this reading is signed; A amends it with a reason")
  }

  @Test func aMissingReasonIsAskedForAndThenItIsSigned() throws {
    // Given: the rule's grade accepted, and then the abscess changed.
    var bench = try Self.everything()
    try change(in: &bench, examination: "8") { $0.grades[GradeKey("8", ID.followUpGrade)]?.note = nil }
    bench.act(.changedElsewhere)
    bench.press("S")
    #expect(bench.frame().text.contains("! sequential change is not the rule's, and nothing says why"))
    // When
    bench.press("⏎")
    guard let prompt = bench.state.overlay as? Prompt else {
      Issue.record("no reason is asked for")
      return
    }
    #expect(prompt.purpose == .overruling(.level("healing")))
    bench.press("sterile⏎S⏎⏎⏎")
    // Then
    #expect(bench.state.reading?.state.isSigned == true)
    #expect(
      bench.state.grade(of: ID.followUpGrade)
        == Grade(.level("healing"), note: "sterile", overrules: "aggravated"))
  }

  @Test func notAssessableAgainstTheRuleAsksForAReasonToo() throws {
    var bench = try Self.everything()
    for _ in 0..<9 { bench.press("↓") }
    bench.press("x")
    #expect(bench.frame().text.contains("Why not assessable and not the rule's grade"))
    bench.press("no T1W images⏎")
    #expect(
      bench.state.grade(of: ID.followUpGrade)
        == Grade(.notAssessable, note: "no T1W images", overrules: "aggravated"))
  }

  @Test func aReasonFromBeforeIsNone() throws {
    // Given: the rule's grade is another than the one that the note was written for.
    var bench = try Self.everything()
    try change(in: &bench, examination: "8") {
      $0.grades[GradeKey("8", ID.followUpGrade)]?.overrules = "equivocal"
    }
    bench.act(.changedElsewhere)
    #expect(bench.state.ruleOutcome?.grade?.change == .aggravated)
    bench.press("S")
    #expect(bench.frame().text.contains("! sequential change is not the rule's, and nothing says why"))
    // When: a dot, which is no reason; then the note on the finding.
    bench.press("⏎.⏎")
    #expect(bench.state.message?.text == "please give the reason in words; Esc cancels")
    bench.press("⎋")
    #expect(bench.state.gradedFinding?.id == ID.followUpGrade)
    bench.press("m, also spread⏎")
    // Then
    #expect(bench.state.grade(of: ID.followUpGrade)?.overrules == "aggravated")
    #expect(bench.state.signingSheet()?.rules.first?.lacksReason == false)
  }

  @Test func anAmendmentThatLeavesAFollowUpDepartingNamesItAndGoesThere() throws {
    // Given: the baseline of case 4 amended, by which the abscess at 8 months is new.
    var bench = try Self.everything()
    try change(in: &bench, examination: "8") {
      $0.state = .signed(.distantPast)
      $0.grades[GradeKey("8", ID.followUpGrade)] = Grade(.level("equivocal"))
    }
    try change(in: &bench) {
      ($0.state, $0.version, $0.amendment) = (.draft, 2, "seen again")
      $0.grades[GradeKey(.baseline, ID.softTissueAbscess)] = Grade(.level("absent"))
    }
    bench.act(.changedElsewhere)
    bench.press("{{S")
    for _ in 0..<9 where !bench.frame().text.contains("! the follow-up at 8 months") { bench.press("↓") }
    let seen = bench.frame().text
    #expect(seen.contains("! the follow-up at 8 months is signed, and by this not the rule's"), "\(seen)")
    #expect(bench.state.signingSheet()?.departing.map(\.key) == [GradeKey("8", ID.followUpGrade)])
    expectGolden(seen, "sign-departing-80x24")
    // When: Enter, which goes there.
    for _ in 0..<9 where bench.state.overlay != nil { bench.press("⏎") }
    // Then
    #expect(bench.state.grading.examination == "8")
    #expect(bench.state.gradedFinding?.id == ID.followUpGrade)
    #expect(bench.asked.contains { if case .grading(.sign) = $0 { true } else { false } } == false)
  }

  @Test func aMissingConfidenceIsAskedFor() throws {
    // Given: all is graded, and of one finding it is not said how certain that is.
    var bench = try Bench.practice()
    bench.state.session.study.studyProtocol.asksConfidence = true
    bench.press("↓g⏎ ⏎4" + "14141434343424242414x" + "24")
    bench.press("S")
    #expect(bench.state.signingSheet()?.unrated == [])
    bench.press("⎋↑↑↑↑⌫1↑S")
    #expect(bench.state.signingSheet()?.unrated == [ID.haloSign])
    #expect(bench.frame().text.contains("how certain you are of 1 grade is not said yet"))
    // When
    bench.press("⏎")
    #expect(bench.frame().text.contains("halo sign: how certain?"))
    bench.press("2S⏎⏎")
    // Then
    #expect(bench.state.grade(of: ID.haloSign)?.confidence == 2)
    #expect(bench.state.reading?.state.isSigned == true)
  }

  @Test func whatIsAskedWithTheClinicalDataIsSignedWithItsConfidence() throws {
    // Given: all of a case is signed, and the impression asked again.
    var sample = try SampleStudies.practice(SampleCases.files)
    sample.study = Study(
      title: "asking",
      studyProtocol: StudyProtocol(seed: 7, asksConfidence: true, impressionAfterClinicalData: true))
    var bench = Bench(sample, 80, 24)
    bench.press("g")
    for _ in 0..<6 where !bench.state.isAskedAgain { bench.press("]") }
    #expect(bench.state.gradedFinding?.id == ID.impressionAfter)
    func isSigned() -> Bool { bench.asked.contains { if case .grading(.signAgain) = $0 { true } else { false } } }
    // When: a grade, and another key than a confidence.
    bench.press("2")
    #expect(bench.frame().text.contains("how certain? 1 a guess … 5 certain; that signs it"))
    bench.press("↓4")
    #expect(!isSigned() && bench.state.grade(of: ID.impressionAfter) == nil)
    // Then: with its confidence it is signed.
    bench.press("n24")
    #expect(isSigned())
    #expect(bench.state.grade(of: ID.impressionAfter)?.confidence == 4)
  }

  /// What another window of the same reader does to case 2.
  private func grade(_ finding: FindingID, _ level: LevelID, in bench: inout Bench) throws {
    try change(in: &bench) { $0.grades[GradeKey(.baseline, finding)] = Grade(.level(level)) }
  }

  private func change(
    in bench: inout Bench, examination: ExaminationID = .baseline, _ body: (inout Reading) -> Void
  ) throws {
    let id = try #require(bench.state.grading.view?.id)
    let index = try #require(
      bench.readings.firstIndex {
        $0.caseID == id && $0.reading.reader == "R1" && $0.reading.examination == examination
      })
    body(&bench.readings[index].reading)
  }
}
