// A reading that is signed, or that nobody here may grade, and what is asked once it is.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct GradedReadingTests {
  /// `?` helps in every window, and Esc is one step back.
  @Test func theSheetBeforeASignatureHasHelp() throws {
    var bench = try GradingTests.case2()
    bench.press("S?")
    #expect(bench.frame().text.contains("go back without signing"))
    bench.press("⎋")
    #expect(bench.state.overlay is SignBox)
  }

  /// What a signed reading still allows is offered, and nothing else.
  @Test func theFootOfASignedReadingOffersAmendingAndTheOtherExaminations() throws {
    var bench = try GradingTests.case2()
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
    #expect(bench.frame().text.contains("asked again"))
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

  @Test func signingNamesWhatIsMissingAndGoesThere() throws {
    var bench = try GradingTests.case2()
    bench.press("↓1")
    bench.press("S⏎")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.gradedFinding?.id == Codebook.ID.involvedBones)
    #expect(bench.asked.contains { if case .grading(.sign) = $0 { true } else { false } } == false)
  }

  @Test func aSignedReadingTakesNoGrade() throws {
    var bench = try GradingTests.case2()
    bench.press("⏎ ⏎" + "111333221212S⏎")
    let graded = bench.state.reading
    bench.press("1")
    #expect(bench.state.message?.text == "this reading is signed; A amends it with a reason")
    #expect(bench.state.reading == graded)
  }

  @Test func aLockedReadingSaysSo() throws {
    var bench = try GradingTests.case2()
    var view = try #require(bench.state.grading.view)
    view.locked = [.baseline]
    bench.act(.caseLoaded(view, index: nil))
    #expect(bench.frame().text.contains("! a reset of your passphrase"))
    bench.press("1")
    #expect(bench.state.message?.text.contains("locked this reading") == true)
  }

  @Test func aReaderSeesThatAPresenterCannotGrade() throws {
    var bench = try Bench.published()
    bench.press("g")
    #expect(bench.state.screen == .worklist)
    #expect(bench.state.message?.text == "only readers grade; open the study with --as READER")
  }
}
