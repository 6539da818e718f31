// A follow-up graded against the baseline and against the previous examination, key by key.

import Grid
import ReviewCore
import Testing

@testable import Workstation

@Suite struct FollowUpGradingTests {
  /// Case 4 at 8 months, of which the first reader has graded baseline and 3 months.
  static func case4() throws -> Bench {
    var bench = try Bench.practice()
    bench.readings.removeAll { $0.caseID == "4" && $0.reading.examination == "8" }
    bench.press("↓↓↓g{{{}}")
    return bench
  }

  /// The longest grade is whole where the column beside it has room to give.
  @Test func theGradeHasTheRoomThatTheColumnBesideItLeaves() throws {
    var bench = try Bench.practice(120, 40)
    bench.readings.removeAll { $0.caseID == "4" && $0.reading.examination == "8" }
    bench.press("↓↓↓g{{{}}↓↓3")
    let row = bench.frame().text.split(separator: "\n").first { $0.contains("  3 marrow") } ?? ""
    #expect(row.contains("◆ almost complete") && !row.contains("…"), "\(row)")
  }

  @Test func bothComparatorsAreKeptAndOnlyTheBaselineIsAskedFor() throws {
    // Given: everything against the baseline, the rule's grade accepted.
    var bench = try Self.case4()
    bench.press("1" + "⏎a2⏎" + "2" + "1" + "1" + "1" + "2" + "1" + "1" + "⏎")
    #expect(bench.state.missing.isEmpty)
    #expect(bench.state.grade(of: Codebook.ID.followUpGrade)?.value == .level("healing"))
    // When: one finding against 3 months.
    bench.press("p")
    #expect(bench.state.gradedFindings.count == 7)
    bench.press("3")
    // Then: two grades of the same finding, and the signature asks for no more.
    let grades = bench.state.reading?.grades
    #expect(grades?[GradeKey("8", Codebook.ID.foci)]?.value == .level("decreased"))
    #expect(grades?[GradeKey("8", Codebook.ID.foci, comparator: .previous)]?.value == .level("increased"))
    #expect(bench.state.ruleOutcome?.grade?.change == .aggravated)
    bench.press("p")
    #expect(bench.state.ruleOutcome?.grade?.change == .healing)
    // Then: more than the box holds is to be signed, so that Enter first shows the rest.
    bench.press("S⏎")
    #expect(bench.state.reading?.state.isSigned == false)
    bench.press("⏎")
    #expect(bench.state.reading?.state.isSigned == true)
  }

  @Test func theRulesGradeOfAnIntervalIsTakenWithOneKeyAndOverruledWithAReason() throws {
    var bench = try Self.case4()
    // Left and come back to: the examination, the comparator and the finding are as they were.
    bench.press("p3" + "⎋g")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.lesionChanges)
    for _ in 0..<6 { bench.press("↓") }
    bench.press("⏎")
    #expect(bench.state.grade(of: Codebook.ID.followUpGrade)?.value == .level("aggravated"))
    bench.press("3clearly better⏎")
    let key = GradeKey("8", Codebook.ID.followUpGrade, comparator: .previous)
    #expect(
      bench.state.reading?.grades[key] == Grade(.level("healing"), note: "clearly better", overrules: "aggravated"))
    #expect(bench.frame().text.contains("! overruled: healing, because: clearly"))
    // When: the rule is taken after all. Then: the reason for the other grade is gone with it.
    bench.press("⏎")
    #expect(bench.state.reading?.grades[key] == Grade(.level("aggravated")))
  }

  /// How certain somebody is is asked of a grade against the rule too: the digit after the reason is no other grade.
  @Test func aGradeAgainstTheRuleIsAskedHowCertainItIs() throws {
    var bench = try Self.case4()
    bench.state.session.study.studyProtocol.asksConfidence = true
    bench.press("p3⏎")
    for _ in 0..<6 { bench.press("↓") }
    bench.press("3clearly better⏎2")
    let key = GradeKey("8", Codebook.ID.followUpGrade, comparator: .previous)
    #expect(
      bench.state.reading?.grades[key]
        == Grade(.level("healing"), note: "clearly better", confidence: 2, overrules: "aggravated"))
  }

  @Test func signingLeadsBackToWhatIsMissingAgainstTheBaseline() throws {
    var bench = try Self.case4()
    bench.press("pS⏎")
    #expect(bench.state.grading.comparator == .baseline)
    #expect(bench.state.gradedFinding?.id == Codebook.ID.foci)
    bench.press("p}")
    #expect(bench.state.grading.examination == "12")
    #expect(bench.state.grading.comparator == .baseline)
  }

  @Test func whyThereIsNothingToCompareWith() throws {
    var bench = try Bench.practice()
    bench.press("↓↓↓gp")
    #expect(bench.state.message?.text == "the baseline has no comparator")
    bench.press("}p")
    #expect(bench.state.message?.text == "the examination before this one is the baseline")
  }

  @Test func whatTheRuleMissesIsNamedWithItsExamination() throws {
    // Given: 3 months without marrow and abscess, 8 months with marrow.
    var bench = try Self.case4()
    bench.readings = bench.readings.map { entry in
      var entry = entry
      guard entry.caseID == "4", entry.reading.examination == "3" else { return entry }
      for id in [Codebook.ID.marrow, Codebook.ID.abscess] { entry.reading.grades[GradeKey("3", id)] = nil }
      return entry
    }
    bench.act(.changedElsewhere)
    bench.press("↓↓2" + "p")
    // Then
    guard case .undecided(let missing) = bench.state.ruleOutcome else {
      Issue.record("the rule decides")
      return
    }
    #expect(
      bench.state.missingNames(missing) == [
        "foci", "changes", "signal area", "destruction", "spread", "soft tissue", "abscess at 8 months",
        "abscess at 3 months", "marrow at 3 months",
      ])
  }

  /// Five bones that changed each in its own way, typed by name; every finding, the rule's grade and the signature.
  @Test func aFollowUpWithFiveScatteredBonesTakesAtMost30Keys() throws {
    var bench = try GradingTests.case2()
    bench.press("s1,t3,t7,t11,l4⏎" + "111333221212S⏎" + "}")
    let keys = "1" + "s12t31t71t114l42⏎" + "2" + "1" + "1" + "1" + "3" + "1" + "2" + "⏎" + "S⏎"
    bench.press(keys)
    #expect(
      bench.state.grade(of: Codebook.ID.lesionChanges)?.value
        == .map([.s1: "decreased", .t3: "resolved", .t7: "resolved", .t11: "increased", .l4: "decreased"]))
    #expect(bench.state.missing.isEmpty)
    let shown = bench.state.overlay == nil ? 0 : 1
    if shown > 0 { bench.press("⏎") }
    #expect(bench.state.reading?.state.isSigned == true)
    #expect(keys.count + shown <= 30)
  }

  /// A comma behind an answer begins another choice; what is chosen and not answered yet is shown.
  @Test func aCommaAfterAnAnswerBeginsAnotherChoice() throws {
    var bench = try GradingTests.case2()
    bench.press("s1,t3,t7⏎" + "111333221212S⏎" + "}")
    bench.state.grading.cursor = try #require(
      bench.state.gradedFindings.firstIndex { $0.id == Codebook.ID.lesionChanges })
    bench.press("t31,t7")
    #expect(bench.state.grading.picker?.selection == [.t7])
    bench.press("2,t11,t12")
    #expect(bench.state.grading.picker?.selection == [.t11, .t12])
    #expect(bench.frame().text.contains("change per bone  T11 T12▁"))
    // What is most needed stands in the last row at 80 columns.
    bench.state.size = Size(width: 80, height: 24)
    #expect(bench.frame().text.contains(" Enter keep   Esc leave   1–5 change"))
    bench.press("4⏎")
    #expect(
      bench.state.grade(of: Codebook.ID.lesionChanges)?.value
        == .map([.t3: "resolved", .t7: "decreased", .t11: "increased", .t12: "increased"]))
  }

  @Test func allBonesOfTheBaselineAreSelectedWithOneKey() throws {
    let codebook = Codebook.vertebralOsteomyelitis
    let finding = try #require(codebook[Codebook.ID.lesionChanges])
    var picker = BonePicker(finding, value: nil, involved: .sites([.bone(.l1), .bone(.l3), .bone(.sternum)]))
    #expect(picker.cursor == .l1)
    let isPicked = picker.pickInvolved()
    #expect(isPicked)
    picker.set("decreased")
    #expect(picker.value == .map([.l1: "decreased", .l3: "decreased", .sternum: "decreased"]))
    picker.set("new")
    #expect(picker.value == .map([.l1: "new", .l3: "decreased", .sternum: "decreased"]))
  }
}

extension FollowUpGradingTests {
  /// Moving about, and drawing, works nothing out.
  @Test func rulesAreLookedAtOnceForEachStateOfTheGrades() throws {
    // Given
    var bench = try Self.case4()
    let before = bench.state.grading.evaluations
    // When
    bench.press("↓↓↓↑↑↓")
    _ = bench.frame()
    // Then
    #expect(bench.state.grading.evaluations == before)
    bench.press("2")
    #expect(bench.state.grading.evaluations == before + 1)
  }

  /// Against the examination before, the bones are those that it left: without the resolved, with the new.
  @Test func theMapAgainstTheExaminationBeforeHasItsBones() throws {
    var bench = try Self.case4()
    func change(_ key: GradeKey, _ value: GradeValue) {
      bench.readings = bench.readings.map { entry in
        var entry = entry
        guard entry.caseID == "4", entry.reading.examination == key.examination else { return entry }
        entry.reading.grades[key] = Grade(value)
        return entry
      }
    }
    change(GradeKey(.baseline, Codebook.ID.involvedBones), .sites([.bone(.t5), .run(.t7, .t9), .bone(.l1)]))
    change(
      GradeKey("3", Codebook.ID.lesionChanges), .map([.t5: "resolved", .l1: "decreased", .t8: "resolved", .c3: "new"]))
    bench.act(.changedElsewhere)
    #expect(bench.state.bonesOfComparator?.text == "T5,T7-T9,L1")
    bench.press("p")
    #expect(bench.state.bonesOfComparator?.text == "C3,T7-T9,L1")
  }

  @Test(arguments: [(120, 40), (200, 60)]) func theLesionOfTheBaselineIsCalledThat(width: Int, height: Int) throws {
    var bench = try Self.case4()
    bench.state.size = Size(width: width, height: height)
    let lines = bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
    let title = try #require(lines.firstIndex { $0.contains("Lesion at the baseline") })
    #expect(lines[title + 1].contains("T1W −"))
  }

  /// On a small screen the map of changes has one place, and says what its marks mean, whatever the finding is.
  @Test func theSmallMapKeepsItsPlaceAndItsKey() throws {
    var bench = try Self.case4()
    bench.press("1⏎a2⏎")
    bench.state.message = nil
    for index in bench.state.gradedFindings.indices {
      bench.state.grading.cursor = index
      let lines = bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[18].contains("│ C ·"), "\(bench.state.gradedFindings[index].title)")
      #expect(lines[22].contains("█ involved ▒ extent"), "\(bench.state.gradedFindings[index].title)")
    }
  }

  /// The map covers the finding, not what is known of the case.
  @Test func whatIsKnownStandsBesideTheMap() throws {
    var bench = try Self.case4()
    bench.state.size = Size(width: 200, height: 60)
    bench.press("↓⏎")
    let text = bench.frame().text
    for words in ["presentation", "At the baseline", "Lesion at the baseline", "S5 ", "not involved"] {
      #expect(text.contains(words), "\(words)")
    }
  }
}
