// Key images of a study in a file, as the person at the seat may see them.

import DeskSupport
import Interchange
import ReviewCore
import SampleCases
import Testing
import Workstation

@Suite struct ImagesTests {
  /// Title and source are withheld from a reader; the pictures are there all the same, and follow-ups are not before the
  /// baseline is signed.
  @Test func aReaderOfThePracticeStudySeesPhantoms() throws {
    let bench = try Workbench.practice()
    bench.press("⏎V")
    #expect(bench.state.screen == .images)
    #expect(bench.frame().text.contains("simulated from published grades; no patient"))
    #expect(bench.state.images.images(at: .baseline, slice: 3)?.frames.count == 4)
    bench.press("}")
    #expect(bench.state.images.patientCase?.examinations.map(\.id) == [.baseline])
    #expect(bench.state.images.examination == .baseline)
  }

  @Test func theConstructedCasesHaveTheirs() throws {
    let bench = try Workbench(SampleStudies.controls(SampleCases.files), 80, 24)
    bench.press("⏎V")
    #expect(bench.state.images.images(at: .baseline, slice: 3) != nil)
  }

  /// In a teaching walk the viewer has the examinations that were shown, and does not name the case.
  @Test func teachingShowsWhatWasShown() throws {
    let bench = try Workbench.published()
    bench.press("↓↓↓↓t")
    #expect(bench.state.screen == .teaching)
    bench.press("V")
    #expect(bench.state.screen == .images)
    #expect(bench.state.images.patientCase?.examinations.map(\.id) == [.baseline])
    #expect(!bench.frame().text.contains("case 5"))
  }
}
