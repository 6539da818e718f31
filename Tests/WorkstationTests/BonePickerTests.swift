// Bones on the spine map, key by key.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct BonePickerTests {
  @Test func aRangeOfBonesIsMarkedAtOnceOrAsOneRun() throws {
    var picker = BonePicker(try #require(Codebook.vertebralOsteomyelitis[Codebook.ID.involvedBones]), value: nil)
    picker.cursor = .t5
    picker.anchor = .l5
    #expect(picker.selection.count == 13)
    let isRun = picker.toggleRun()
    #expect(isRun)
    #expect(picker.value?.text == "T5-L5")
    picker.anchor = .t6
    picker.toggleSelection()
    #expect(picker.value?.text == "T5,T5-L5,T6")
  }

  /// Keys on the open map of case 2, and the bones that are then marked and kept.
  @Test(
    arguments: [
      ("s1⏎", "S1"), ("T11⏎", "T11"), ("t11,l4⏎", "T11,L4"), ("t5-l1⏎", "T5,T6,T7,T8,T9,T10,T11,T12,L1"),
      ("t5-l5e⏎", "T5-L5"), ("vT11⏎", "T11,T12,L1,L2,L3,L4,L5,S1"), ("t1 t2 ⏎", "T1,T2"), ("t1,2,⏎", "T1"),
      ("r⏎", "ribs_left,ribs_right"),
      ("g⏎", "pectoral_girdle_left,pectoral_girdle_right"), ("bw⏎", "whole_spine,upper_sacrum"),
      ("t1l1⏎", "L1"), ("s1⎋⏎", nil), ("s1,⌫⏎", nil), ("t11,l4,uu⏎", nil), ("t11,l4,u⏎", "T11"), ("t⏎", nil),
      ("t13⏎", nil),
    ] as [(String, String?)])
  func bonesAreTypedOnTheMap(keys: String, bones: String?) throws {
    var bench = try GradingTests.case2()
    bench.press("⏎" + keys)
    #expect(bench.state.grade(of: Codebook.ID.involvedBones)?.value.text == bones)
  }

  /// A digit that can belong to no name keeps the bones, and answers the next finding.
  @Test(arguments: [("t112", "T11"), ("l4,s12", "L4,S1"), ("t5-t72", "T5,T6,T7"), ("⏎c72", "C7")])
  func aDigitBehindAWholeNameIsOfTheNextFinding(keys: String, bones: String) throws {
    var bench = try GradingTests.case2()
    bench.press(keys)
    #expect(bench.state.grade(of: Codebook.ID.involvedBones)?.value.text == bones)
    #expect(bench.state.grade(of: Codebook.ID.posteriorElements)?.value == .level("involved"))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.lesionNumber && bench.state.grading.picker == nil)
  }

  /// A grade that stands already is not given another by it.
  @Test func aDigitBehindANameGradesNothingThatIsGraded() throws {
    var bench = try GradingTests.case2()
    bench.press("↓2↑↑t111")
    #expect(bench.state.grade(of: Codebook.ID.involvedBones)?.value.text == "T11")
    #expect(bench.state.grade(of: Codebook.ID.posteriorElements)?.value == .level("involved"))
    #expect(bench.state.message?.text.hasPrefix("the bones are kept; posterior elements is graded already") == true)
  }

  /// `t1` may become T12: a digit that makes no name of it is none.
  @Test func aDigitBehindHalfANameGradesNothing() throws {
    var bench = try GradingTests.case2()
    bench.press("t19")
    #expect(
      bench.state.grading.picker != nil && bench.state.message?.text.hasPrefix("there is no vertebra ‘T19’") == true)
    #expect(bench.state.grade(of: Codebook.ID.posteriorElements) == nil)
  }

  /// Bones that were chosen stay chosen where there is nothing to take away.
  @Test func spaceOnAMapOfChangesTakesOnlyChangesAway() throws {
    var picker = BonePicker(try #require(Codebook.vertebralOsteomyelitis[Codebook.ID.lesionChanges]), value: nil)
    let map = Rect(x: 0, y: 0, width: 40, height: 20)
    let finding = Codebook.vertebralOsteomyelitis[Codebook.ID.lesionChanges]
    for key in "t3,t7" { _ = picker.take(.character(key), finding, on: map) }
    #expect(
      picker.take(.character(" "), finding, on: map)
        == .told("nothing is marked on T3 T7 yet: a digit says what became of it"))
    _ = picker.take(.character("1"), finding, on: map)
    #expect(picker.changes.keys.sorted() == [.t3, .t7])
    for key in "t3,t7 " { _ = picker.take(.character(key), finding, on: map) }
    #expect(picker.changes.isEmpty)
  }

  /// What `?` says can be typed on a map can be typed on it.
  @Test func theExamplesOfTheMapsWork() throws {
    for id in [Codebook.ID.involvedBones, Codebook.ID.lesionChanges] {
      let finding = try #require(Codebook.vertebralOsteomyelitis[id])
      for example in BonePicker(finding, value: nil).examples(finding) {
        var picker = BonePicker(finding, value: nil)
        for word in example.key.split(separator: " ") {
          for key in word == "Enter" ? [.enter] : word.lowercased().map(Key.character) {
            if case .told(let refusal) = picker.take(key, finding, on: Rect(x: 0, y: 0, width: 40, height: 20)) {
              Issue.record("\(example): \(refusal)")
            }
          }
        }
        #expect(picker.value != nil)
      }
    }
  }

  @Test func whatCannotBeDoneOnTheMapIsSaid() throws {
    var bench = try GradingTests.case2()
    bench.press("⏎e")
    #expect(
      bench.state.message?.text == "e takes a range as one run: v at one end, then go to the other, or type T5-L5")
    bench.press("u")
    #expect(bench.state.message?.text == "nothing has been changed on this map yet")
    bench.press("t13")
    #expect(bench.state.message?.text == "there is no vertebra ‘T13’: C1 to C7, T1 to T12, L1 to L5, S1 to S5")
    bench.press("?")
    #expect(bench.frame().text.contains("mark T11 and L4, and keep them"))
    bench.press("⎋")
    #expect(bench.state.overlay == nil && bench.state.grading.picker != nil)
    // When: a name is begun, then a range. Then: Esc gives up one after the other, and last the map.
    bench.press("vt⎋")
    #expect(bench.state.grading.picker?.anchor != nil)
    bench.press("⎋")
    #expect(bench.state.grading.picker?.anchor == nil)
    bench.press("⎋")
    #expect(bench.state.grading.picker == nil && bench.state.screen == .grading)
  }

  @Test func theMapStartsWhereTheLastOneWasKept() throws {
    var bench = try Bench.practice()
    bench.sample.cases[1].biopsies = nil
    bench.press("↓g⏎")
    #expect(bench.state.grading.picker?.cursor == .l3)
    bench.press("t11⏎↑⌫⏎")
    #expect(bench.state.grading.picker?.value == nil)
    #expect(bench.state.grading.picker?.cursor == .t11)
  }

  /// Or where the case has its lesion, which is nearer.
  @Test func theMapStartsWhereTheCaseHasItsLesion() throws {
    var bench = try GradingTests.case2()
    bench.press("⏎t11⏎↑⌫⏎")
    bench.press("↓↓↓↓↓↓↓2bS1⏎")
    bench.press("↑↑↑↑↑↑↑↑⏎")
    #expect(bench.state.gradedFinding?.id == Codebook.ID.involvedBones)
    #expect(bench.state.grading.picker?.cursor == .s1)
  }

  /// Marks are not lost by one key; what was only looked at is left at once.
  @Test func whatIsMarkedIsGivenUpByASecondEsc() throws {
    var bench = try GradingTests.case2()
    bench.press("⏎t11,⎋")
    #expect(bench.state.grading.picker?.value?.text == "T11")
    #expect(
      bench.state.message?.text == "what you marked is not kept yet: Enter keeps it, Esc again gives it up")
    bench.press("↓⎋")
    #expect(bench.state.grading.picker != nil)
    bench.press("⎋")
    #expect(bench.state.grading.picker == nil && bench.state.grade(of: Codebook.ID.involvedBones) == nil)
    bench.press("⏎t11,u⎋")
    #expect(bench.state.grading.picker == nil)
  }

  @Test func anAbsentSignTakesNoBone() throws {
    var bench = try GradingTests.case2()
    bench.press("↓↓↓↓↓↓↓1b")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.message?.text == "rim sign is absent: it was seen in no bone")
    // One that came with another grade can be taken out.
    bench.press("↑2bS1⏎↑1b⌫⌫⏎")
    #expect(bench.state.grade(of: Codebook.ID.rimSign) == Grade(.level("absent")))
  }
}
