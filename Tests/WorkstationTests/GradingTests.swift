// Grading, key by key.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct GradingTests {
  /// The practice study with case 2 open for grading.
  static func case2() throws -> Bench {
    var bench = try Bench.practice()
    bench.press("↓g")
    return bench
  }

  @Test func aSingleValuedBaselineTakesAtMost17Keys() throws {
    // Given: the published grades of case 2, with the impression that misled its first readers.
    var bench = try Self.case2()
    // When: the bone by its name, then a key for each finding, then the signature.
    let keys = "s1⏎" + "11133322121" + "2" + "S⏎"
    bench.press(keys)
    // Then
    #expect(keys.count <= 17)
    #expect(bench.state.missing.isEmpty)
    #expect(bench.state.reading?.state.isSigned == true)
    #expect(
      bench.state.reading?.values().mapValues(\.text) == [
        "involved_bones": "S1", "posterior_elements": "spared", "lesion_number": "solitary", "t1w": "hypo",
        "t2w": "hyper", "stir": "hyper", "enhancement": "global", "rim_sign": "present", "halo_sign": "present",
        "disks": "preserved", "soft_tissue_inflammation": "limited", "soft_tissue_abscess": "absent",
        "impression": "metastasis",
      ])
  }

  @Test func whatIsTypedInAListAndFoundNowhereIsNoChoice() throws {
    var bench = try Self.case2()
    bench.press("n")
    let rim = try #require(bench.state.session.codebook[Codebook.ID.rimSign])
    bench.state.overlay = LevelPicker(rim, value: nil)

    bench.press("6.3⏎")

    #expect(bench.state.overlay != nil && bench.state.grade(of: rim.id) == nil)
    #expect(bench.state.message?.text == "rim sign: nothing here is called ‘6.3’; Backspace takes it back")
    bench.press("⌫⌫⌫2")
    #expect(
      bench.state.overlay == nil && bench.state.grade(of: rim.id)?.value == rim.level(forKey: 2).map { .level($0) })
  }

  /// Of one bone that is involved a digit says what became of it; of several the map asks of which.
  @Test func aDigitOnTheChangesOfOneBoneIsItsChange() throws {
    var bench = try Self.case2()
    bench.press("s1⏎" + "11133322121" + "2" + "S⏎")
    bench.press("}" + "1" + "2")
    #expect(bench.state.grading.picker?.changes == [.s1: "decreased"])
    bench.press("⏎")
    #expect(bench.state.grade(of: Codebook.ID.lesionChanges)?.value == .map([.s1: "decreased"]))
  }

  /// `?` helps in every window, and Esc is one step back.
  @Test func theSheetBeforeASignatureHasHelp() throws {
    var bench = try Self.case2()
    bench.press("S?")
    #expect(bench.frame().text.contains("go back without signing"))
    bench.press("⎋")
    #expect(bench.state.overlay is SignBox)
  }

  /// Letters are those of a name there: what `u` does elsewhere has a key of its own, and `?` tells it.
  @Test func aListHasHelpAndAnUndo() throws {
    var bench = try Self.case2()
    let signal = try #require(bench.state.session.codebook[Codebook.ID.t2w])
    bench.state.overlay = LevelPicker(signal, value: nil)
    bench.press("1")
    bench.press("2")
    #expect(bench.frame().text.contains("^U undo"))
    bench.act(.key(.control("u")))
    bench.press("?")
    #expect(bench.frame().text.contains("Keys"))
    bench.press("⎋⏎")
    #expect(bench.state.grade(of: signal.id)?.value == .levels([signal.levels[0].id]))
    bench.state.overlay = LevelPicker(signal, value: nil)
    bench.act(.key(.control("u")))
    #expect(bench.state.message?.text.contains("nothing has been chosen") == true)
  }

  /// Who comes back goes on where the first grade is missing; where none is, at the top.
  @Test func aDraftOpensAtItsFirstFindingWithoutAGrade() throws {
    var bench = try Self.case2()
    bench.press("s1⏎1")
    bench.press("↓1")
    bench.press("⎋↓g")
    #expect(bench.state.grading.view?.id != "2")
    bench.press("⎋↑g")
    #expect(bench.state.grading.view?.id == "2")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.lesionNumber)
    // Another examination and back is no other thing.
    bench.press("}{")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.lesionNumber)
    bench.press("1↓33322121" + "2" + "⎋↓g⎋↑g")
    #expect(bench.state.notGraded.isEmpty && bench.state.grading.cursor == 0)
  }

  /// What a signed reading still allows is offered, and nothing else.
  @Test func theFootOfASignedReadingOffersAmendingAndTheOtherExaminations() throws {
    var bench = try Self.case2()
    func foot() -> String {
      String(bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false).last ?? "")
    }
    #expect(!foot().contains("amend"))
    bench.press("s1⏎" + "11133322121" + "2" + "S⏎")
    bench.press("{")
    #expect(bench.state.reading?.state.isSigned == true)
    bench.state.message = nil
    let line = bench.frame().text
    #expect(line.contains("A amend") && line.contains("} next examination"))
    #expect(!line.contains("{ examination before") && !line.contains("x not assessable"))
  }

  @Test func theImpressionIsAskedAgainWithTheClinicalDataBesideIt() throws {
    var sample = try SampleStudies.practice(SampleCases.files)
    var studyProtocol = sample.study.studyProtocol
    studyProtocol.impressionAfterClinicalData = true
    sample.study = Study(title: "Asked again", studyProtocol: studyProtocol, isIllustrative: true)
    sample.cases = sample.cases.map { whole in
      var alone = whole
      alone.examinations = whole.examinations.filter(\.id.isBaseline)
      return alone
    }
    var bench = Bench(sample, 80, 24)
    bench.press("↓g⏎ ⏎111333221212")
    #expect(bench.state.gradedFindings.count == 13)
    bench.press("S")
    #expect(bench.frame().text.contains("the impression is asked again"))
    bench.press("⏎")
    #expect(bench.state.gradedFindings.last?.id == Codebook.ID.impressionAfter)
    bench.press("n")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.impressionAfter)
    expectGolden(bench.frame(), "asked-again-80x24")
    let first = bench.state.grade(of: Codebook.ID.impression)
    bench.press("1")
    #expect(bench.state.grade(of: Codebook.ID.impressionAfter)?.value == .level("osteomyelitis"))
    #expect(bench.state.grade(of: Codebook.ID.impression) == first)
    bench.press("↑2")
    #expect(bench.state.grade(of: Codebook.ID.impression) == first)
    #expect(bench.state.message?.text.contains("signed") == true)
  }

  @Test func aCommaAddsALevelToTheSetJustGraded() throws {
    var bench = try Self.case2()
    bench.press("↓↓↓↓2,3")
    #expect(bench.state.grade(of: Codebook.ID.t2w)?.value == .levels(["iso", "hyper"]))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.stir)
    bench.press("3,5")
    #expect(bench.state.message?.text == "STIR signal has 3 levels, 1 to 3")
    #expect(bench.state.grade(of: Codebook.ID.stir)?.value == .levels(["hyper"]))
  }

  @Test func signingNamesWhatIsMissingAndGoesThere() throws {
    var bench = try Self.case2()
    bench.press("↓1")
    bench.press("S⏎")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.gradedFinding?.id == Codebook.ID.involvedBones)
    #expect(bench.asked.contains { if case .grading(.sign) = $0 { true } else { false } } == false)
  }

  @Test func aSignedReadingTakesNoGrade() throws {
    var bench = try Self.case2()
    bench.press("⏎ ⏎" + "111333221212S⏎")
    let graded = bench.state.reading
    bench.press("1")
    #expect(bench.state.message?.text == "this reading is signed; A amends it with a reason")
    #expect(bench.state.reading == graded)
  }

  @Test func whatBelongsToAGradeStaysWithItWhenItChanges() throws {
    var bench = try Self.case2()
    bench.press("↓↓↓↓↓↓↓2↑mfaint at the margin⏎#4/12⏎bS1⏎1")
    #expect(
      bench.state.grade(of: Codebook.ID.rimSign)
        == Grade(.level("absent"), note: "faint at the margin", image: ImageReference(series: 4, slice: 12), bone: .s1))
  }

  @Test func aSignInABoneThatIsNotInvolvedIsWarnedOfAtOnceAndBeforeTheSignature() throws {
    var bench = try Self.case2()
    bench.press("l4⏎↓↓↓↓↓↓2bS1⏎")
    #expect(bench.state.warnings.map(\.text) == ["rim sign is seen in S1, which is not among the involved bones"])
    let sheet = try #require(bench.state.signingSheet())
    #expect(sheet.warnings == bench.state.warnings)
    bench.press("↑b⌫⌫L4⏎")
    #expect(bench.state.warnings.isEmpty)
  }

  @Test func aNoteIsKeptAsADraftWhileItIsTyped() throws {
    var bench = try Self.case2()
    bench.press("M")
    bench.press("ab⏎")
    #expect(
      bench.asked.suffix(4) == [
        .grading(.keepDraft("2", .baseline, nil, "a")), .grading(.keepDraft("2", .baseline, nil, "ab")),
        .grading(.note("2", .baseline, "ab")), .grading(.keepDraft("2", .baseline, nil, nil)),
      ])
  }

  @Test func theRuleIsAcceptedWithOneKeyAndOverruledWithAReason() throws {
    // Given: a follow-up of case 2 with everything graded but the sequential change.
    var bench = try Self.case2()
    bench.press("}" + "1" + "⏎2⏎" + "2" + "1" + "1" + "1" + "3" + "1" + "2")
    guard case .grade(let derived) = bench.state.ruleOutcome else {
      Issue.record("the rule does not decide: \(String(describing: bench.state.ruleOutcome))")
      return
    }
    #expect(derived.change == .healing)
    // When: another grade than the rule's, with a reason.
    bench.press("2")
    #expect(bench.state.grade(of: Codebook.ID.followUpGrade) == nil)
    bench.press("⏎")
    #expect(bench.state.message?.text == "please give the reason in words; Esc cancels")
    bench.press("too early to tell⏎")
    // Then
    #expect(
      bench.state.grade(of: Codebook.ID.followUpGrade)
        == Grade(.level("equivocal"), note: "too early to tell", overrules: "healing"))
    // When: the rule's grade is accepted after all.
    bench.press("⏎")
    #expect(bench.state.grade(of: Codebook.ID.followUpGrade)?.value == .level("healing"))
  }

  @Test func aLockedReadingSaysSo() throws {
    var bench = try Self.case2()
    var view = try #require(bench.state.grading.view)
    view.locked = [.baseline]
    bench.act(.caseLoaded(view, index: nil))
    #expect(bench.frame().text.contains("! a reset of your passphrase"))
    bench.press("1")
    #expect(bench.state.message?.text.contains("locked this reading") == true)
  }

  /// A comma that waits for its level is seen, given up by Esc and by every other key, and means the row it says.
  @Test func aPendingCommaIsSeenAndGivenUp() throws {
    var bench = try Self.case2()
    bench.press("↓↓↓↓2,")
    #expect(bench.frame().text.contains("add to T2W signal:  1 hypo  2 iso  3 hyper   Esc adds none"))
    expectGolden(bench.frame(), "grading-adding-80x24")
    bench.press("⎋3")
    #expect(bench.state.screen == .grading)
    #expect(bench.state.grade(of: Codebook.ID.t2w)?.value == .levels(["iso"]))
    #expect(bench.state.grade(of: Codebook.ID.stir)?.value == .levels(["hyper"]))
    // When: left and come back to.
    bench.press(",⎋⎋g1")
    #expect(bench.state.grade(of: Codebook.ID.stir)?.value == .levels(["hyper"]))
    // When: on a row that was graded before. Then: that row.
    bench.press("↑↑↑,3")
    #expect(bench.state.grade(of: Codebook.ID.t2w)?.value == .levels(["iso", "hyper"]))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.t2w)
  }

  /// A note, an image and a bone are of the grade just given, until something else is done.
  @Test func whatIsSaidAfterAGradeIsOfThatGrade() throws {
    var bench = try Self.case2()
    bench.press("↓↓↓↓↓↓↓2mfaint⏎#4/12⏎bS1⏎")
    #expect(
      bench.state.grade(of: Codebook.ID.rimSign)
        == Grade(.level("present"), note: "faint", image: ImageReference(series: 4, slice: 12), bone: .s1))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.haloSign)
    bench.press("↓m")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.message?.text == "grade intervertebral disks first")
  }

  @Test func aReaderSeesThatAPresenterCannotGrade() throws {
    var bench = try Bench.published()
    bench.press("g")
    #expect(bench.state.screen == .worklist)
    #expect(bench.state.message?.text == "only readers grade; open the study with --as READER")
  }

  @Test func aProtocolMayAskHowCertainTheReaderIs() throws {
    // Given
    var bench = try Self.case2()
    bench.state.session.study.studyProtocol.asksConfidence = true
    // When: a grade and a confidence, then a grade and on to the next without one.
    bench.press("↓14" + "2↓")
    // Then
    #expect(bench.state.grade(of: Codebook.ID.posteriorElements) == Grade(.level("spared"), confidence: 4))
    #expect(bench.state.grade(of: Codebook.ID.lesionNumber) == Grade(.level("multiple")))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.t1w)
    // When: Enter goes on without one, Esc stays.
    bench.press("2")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.t1w)
    expectGolden(bench.frame(), "grading-confidence-80x24")
    bench.press("9")
    #expect(bench.state.message?.text == "how certain: 1 to 5")
    bench.press("⎋")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.t1w && bench.state.screen == .grading)
    bench.press("2⏎")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.t2w)
    // How certain somebody was of another grade does not count for the new one; of the same it does.
    bench.press("↑↑↑1⏎")
    #expect(bench.state.grade(of: Codebook.ID.posteriorElements) == Grade(.level("spared"), confidence: 4))
    bench.press("↑2⏎")
    #expect(bench.state.grade(of: Codebook.ID.posteriorElements) == Grade(.level("involved")))
  }

  /// A note, or a key that the grade does not take, leaves the question open: a digit after it is still no other grade.
  @Test func theConfidenceIsStillAskedAfterANoteOrAKeyThatIsRefused() throws {
    var bench = try Self.case2()
    bench.state.session.study.studyProtocol.asksConfidence = true
    bench.press("↓1mpale⏎3")
    let posterior = bench.state.grade(of: Codebook.ID.posteriorElements)
    #expect(posterior?.value == .level("spared") && posterior?.note == "pale" && posterior?.confidence == 3)
    bench.press("1,2")
    let number = bench.state.grade(of: Codebook.ID.lesionNumber)
    #expect(number?.value == .level("solitary") && number?.confidence == 2)
  }

  /// What the grade just given does not take is said of it, not of the next finding.
  @Test func aRefusalIsOfTheGradeJustGiven() throws {
    var bench = try Self.case2()
    bench.press("↓↓1,")
    #expect(bench.state.message?.text == "number of lesions takes one level")
    bench.press("1b")
    #expect(bench.state.message?.text == "only rim and halo are seen in one bone")
  }

  @Test func nGoesToTheNextExaminationOnceOneIsSigned() throws {
    var bench = try Self.case2()
    bench.press("⏎ ⏎" + "111333221212" + "n")
    #expect(bench.state.message?.text == "all is graded; S signs")
    bench.press("S⏎n")
    #expect(bench.state.grading.examination == "5")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.foci)
    // When: back at the baseline, left, and come back to. Then: with what is still to be graded.
    bench.press("{⎋g")
    #expect(bench.state.grading.examination == "5")
    #expect(bench.state.grading.examination == "5")
  }

  @Test func aChangeInAnotherWindowIsSaidAndShown() throws {
    // Given: a grade in this window.
    var bench = try Self.case2()
    bench.press("↓1")
    // When: another window of the same reader grades the same examination.
    var reading = try #require(bench.state.reading)
    reading.grades[GradeKey(.baseline, Codebook.ID.disks)] = Grade(.level("preserved"))
    bench.readings.removeAll { $0.caseID == "2" }
    bench.readings.append(CaseReading(caseID: "2", reading: reading))
    bench.act(.changedElsewhere)
    // Then
    #expect(
      bench.state.message?.text == "another window of yours grades this too; it is shown as it is now")
    #expect(bench.state.grade(of: Codebook.ID.disks) == Grade(.level("preserved")))
  }

  /// Beside the spine map the lesion as graded, and the facts of the case where they have room.
  @Test func whatIsKnownStandsBesideTheSpineMap() throws {
    for (width, height) in [(120, 40), (200, 60)] {
      var bench = try Bench.practice(width, height)
      bench.press("↓g⏎")
      let text = bench.frame().text
      for words in ["S1  ··", "S5  ··", "T1W ?", "CE ?", "presentation", "suggestive of osteomyelitis", "· not marked"]
      {
        #expect(text.contains(words), "\(width): \(words)")
      }
    }
  }
}
