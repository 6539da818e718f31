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

  /// Also where the name of the bone has three letters: the digit behind it goes on.
  @Test(arguments: ["s1", "t11"]) func aSingleValuedBaselineTakesAtMost17Keys(bone: String) throws {
    // Given: the published grades of case 2, with the impression that misled its first readers.
    var bench = try Self.case2()
    // When: the bone by its name, then a key for each finding, then the signature.
    let keys = bone + "11133322121" + "2" + "S⏎"
    bench.press(keys)
    // Then
    #expect(keys.count <= 17)
    #expect(bench.state.missing.isEmpty)
    #expect(bench.state.reading?.state.isSigned == true)
    #expect(
      bench.state.reading?.values().mapValues(\.text) == [
        "involved_bones": bone.uppercased(), "posterior_elements": "spared", "lesion_number": "solitary", "t1w": "hypo",
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
