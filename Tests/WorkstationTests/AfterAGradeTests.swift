// What belongs to the grade just given: another level, a note, a bone, how certain the reader is.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct AfterAGradeTests {
  @Test func aCommaAddsALevelToTheSetJustGraded() throws {
    var bench = try GradingTests.case2()
    bench.press("↓↓↓↓2,3")
    #expect(bench.state.grade(of: Codebook.ID.t2w)?.value == .levels(["iso", "hyper"]))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.stir)
    bench.press("3,5")
    #expect(bench.state.message?.text == "STIR signal has 3 levels, 1 to 3")
    #expect(bench.state.grade(of: Codebook.ID.stir)?.value == .levels(["hyper"]))
  }

  @Test func whatBelongsToAGradeStaysWithItWhenItChanges() throws {
    var bench = try GradingTests.case2()
    bench.press("↓↓↓↓↓↓↓2↑mfaint at the margin⏎#4/12⏎bS1⏎1")
    #expect(
      bench.state.grade(of: Codebook.ID.rimSign)
        == Grade(.level("absent"), note: "faint at the margin", image: ImageReference(series: 4, slice: 12), bone: .s1))
  }

  /// A comma that waits for its level is seen, given up by Esc and by every other key, and means the row it says.
  @Test func aPendingCommaIsSeenAndGivenUp() throws {
    var bench = try GradingTests.case2()
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
    var bench = try GradingTests.case2()
    bench.press("↓↓↓↓↓↓↓2mfaint⏎#4/12⏎bS1⏎")
    #expect(
      bench.state.grade(of: Codebook.ID.rimSign)
        == Grade(.level("present"), note: "faint", image: ImageReference(series: 4, slice: 12), bone: .s1))
    #expect(bench.state.gradedFinding?.id == Codebook.ID.haloSign)
    bench.press("↓m")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.message?.text == "grade intervertebral disks first")
  }

  @Test func aProtocolMayAskHowCertainTheReaderIs() throws {
    // Given
    var bench = try GradingTests.case2()
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
    var bench = try GradingTests.case2()
    bench.state.session.study.studyProtocol.asksConfidence = true
    bench.press("↓1mpale⏎3")
    let posterior = bench.state.grade(of: Codebook.ID.posteriorElements)
    #expect(posterior?.value == .level("spared") && posterior?.note == "pale" && posterior?.confidence == 3)
    bench.press("1,2")
    let number = bench.state.grade(of: Codebook.ID.lesionNumber)
    #expect(number?.value == .level("solitary") && number?.confidence == 2)
  }

  /// What leads nowhere leaves the question open: a digit behind it is no other grade.
  @Test(arguments: ["U", "H⎋", "i⎋", "M⎋", ":⎋", ",", "b", "{", "⎋⎋g"])
  func theConfidenceIsAskedUntilSomebodyGoesOn(keys: String) throws {
    var bench = try GradingTests.case2()
    bench.state.session.study.studyProtocol.asksConfidence = true
    bench.press("↓1" + keys)
    #expect(bench.state.screen == .grading && bench.state.grading.isAskingConfidence, "\(keys)")
    bench.press("2")
    let grade = bench.state.grade(of: Codebook.ID.posteriorElements)
    #expect(grade == Grade(.level("spared"), confidence: 2), "\(keys)")
  }

  /// Of two that are still asked, Enter on the first asks the second: a digit there is no other grade of it.
  @Test func whatIsLeftForLaterIsGoneThrough() throws {
    var bench = try GradingTests.case2()
    bench.state.session.study.studyProtocol.asksConfidence = true
    while !bench.state.notGraded.isEmpty {
      let isOfBones = bench.state.gradedFinding?.scale == .sites
      bench.press(isOfBones ? "tl4⏎⏎" : "1⏎")
    }
    bench.press("n")
    let first = try #require(bench.state.grading.justGraded)
    let before = bench.state.reading?.grades.mapValues(\.value)
    var left = bench.state.gradedFindings.count { bench.state.isUncertain($0.id) }
    #expect(left > 2)
    // In a ring: behind the last comes the first.
    for _ in 0..<left { bench.press("⏎") }
    #expect(bench.state.grading.justGraded == first && bench.state.grading.isAskingConfidence)
    // When the first is left again, and the rest is answered
    bench.press("⏎")
    while left > 1 {
      #expect(bench.state.grading.isAskingConfidence)
      bench.press("4")
      left -= 1
    }
    #expect(bench.state.reading?.grades.mapValues(\.value) == before)
    #expect(bench.state.grading.justGraded == first)
    bench.press("⏎")
    let title = try #require(bench.state.session.codebook[first]?.title)
    #expect(bench.state.message?.text == "\(title) is left without how certain you are; n asks for it")
    // Who comes back to it is asked, and not shown its levels.
    bench.press("⎋g")
    #expect(bench.state.grading.justGraded == first && bench.state.grading.isAskingConfidence)
    bench.press("4")
    #expect(bench.state.uncertain() == nil)
    #expect(bench.state.reading?.grades.mapValues(\.value) == before)
  }

  /// What the grade just given does not take is said of it, not of the next finding.
  @Test func aRefusalIsOfTheGradeJustGiven() throws {
    var bench = try GradingTests.case2()
    bench.press("↓↓1,")
    #expect(bench.state.message?.text == "number of lesions takes one level")
    bench.press("1b")
    #expect(bench.state.message?.text == "only rim and halo are seen in one bone")
  }
}
