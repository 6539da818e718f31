// The image viewer.

import Grid
import KeyImages
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct ImagesTests {
  private static let mark = "simulated from published grades; no patient"

  /// Greys of all cells, so that a picture can be compared.
  private func picture(_ bench: Bench, _ look: Look = Look()) -> [Style] {
    let grid = bench.frame(look)
    return grid.cells.dropFirst(3 * grid.size.width).dropLast(2 * grid.size.width).map(\.style)
  }

  @Test func fourSeriesStandBesideEachOther() throws {
    var bench = try Bench.practice()
    bench.press("⏎V")
    #expect(bench.state.screen == .images)
    let text = bench.frame().text
    for words in ["Images of case 1", "slice 4 of 7, midline", "1 T1W", "2 T2W", "3 STIR", "4 CE T1W", Self.mark] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(Set(picture(bench)).count > 60)
    bench.press("⎋")
    #expect(bench.state.screen == .patientCase)
  }

  @Test func keysLookAtAnotherPlace() throws {
    var bench = try Bench.practice()
    bench.press("⏎V")
    let first = picture(bench)
    for key in ["]", "+", "→", "w", "3", ")"] {
      let before = picture(bench)
      bench.press(key)
      #expect(picture(bench) != before, "\(key)")
    }
    #expect(bench.frame().text.contains("slice 5 of 7, 5 mm left"))
    #expect(bench.frame().text.contains("3 STIR"))
    #expect(!bench.frame().text.contains("1 T1W"))
    bench.press("0[")
    #expect(picture(bench) == first)
  }

  @Test func theOtherWindowsOfAFileComeBeforeThePresets() {
    let (first, second) = (GreyWindow(center: 100, width: 50), GreyWindow(center: 300, width: 400))
    let frame = ImageFrame(
      columns: 1, rows: 1, pixels: [5], spacing: 1, position: 0, window: first, otherWindows: [second])
    var greys = GreyChoice()
    #expect(greys.window(of: frame) == first && greys.title == nil)
    greys.next(of: 2)
    #expect(greys.window(of: frame) == second && greys.title == "window 2 of the file")
    greys.next(of: 2)
    #expect(greys.window(of: frame) == first.moved(center: -0.06, width: 0.6) && greys.title == "hard")
    for _ in 0..<3 { greys.next(of: 2) }
    #expect(greys.window(of: frame) == first)
  }

  @Test func theStackHasEnds() throws {
    var bench = try Bench.practice()
    bench.press("⏎V]]]")
    #expect(bench.frame().text.contains("slice 7 of 7, 15 mm left"))
    bench.press("]")
    #expect(bench.state.message?.text.contains("last slice") == true)
    #expect(bench.state.images.slice == 6)
  }

  /// Case 5 at 5 months and at the baseline, one above the other, then one series of both.
  @Test func twoExaminationsAreCompared() throws {
    var bench = try Bench.published(120, 40)
    bench.press("↓↓↓↓⏎V")
    let alone = picture(bench)
    bench.press("e")
    #expect(bench.state.images.compared == "5")
    #expect(bench.frame().text.contains("1 T1W  5 months"))
    #expect(picture(bench) != alone)
    bench.press("o")
    #expect(bench.frame().text.contains("second row +1"))
    bench.press("1")
    #expect(bench.frame().text.contains("1 T1W  baseline"))
    bench.press("eee")
    #expect(bench.state.images.compared == nil)
  }

  /// Nothing is published of case 5 at 10.5 months.
  @Test func whatCannotBeShownIsSaid() throws {
    var bench = try Bench.published()
    bench.press("↓↓↓↓⏎V}}")
    #expect(bench.frame().text.contains("There are no key images of 10.5 months"))
    bench.press("]")
    #expect(bench.state.images.slice == 4)
  }

  /// A case of another study that has the number of an embedded one has no phantom.
  @Test func anotherStudyHasNoPhantoms() throws {
    var bench = try Bench.practice()
    bench.sample.study.neutralTitle = "Another study"
    bench.press("⏎V")
    #expect(bench.frame().text.contains("There are no key images"))
    #expect(!bench.frame().text.contains(Self.mark))
  }

  @Test func gradingOpensItsOwnExamination() throws {
    var bench = try Bench.practice()
    bench.press("↓gV")
    #expect(bench.state.images.examination == .baseline)
    #expect(bench.frame().text.contains("Images of case 2"))
    bench.press("⎋")
    #expect(bench.state.screen == .grading)
  }

  /// A withheld examination is not among those that one can go to.
  @Test func withheldExaminationsAreNotReached() throws {
    var bench = try Bench.practice()
    bench.press("⏎")
    let view = try #require(bench.state.caseScreen.view)
    var bare = view
    bare.patientCase.examinations = [view.patientCase.examinations[0]]
    bench.act(.caseLoaded(bare, index: nil))
    bench.press("V}")
    #expect(bench.state.images.examination == .baseline)
    #expect(bench.state.message?.text.contains("last examination") == true)
  }

  @Test func withoutGreysThereAreShades() throws {
    var bench = try Bench.practice()
    bench.press("⏎V1")
    let text = bench.frame(Look(colors: .none)).text
    for shade in ["░", "▒", "▓"] { #expect(text.contains(shade)) }
    #expect(text.contains(Self.mark))
  }

  /// A mark that nobody saw is none: without pictures the image is named by its numbers.
  @Test func nobodyPointsBlindly() throws {
    var bench = try Bench.practice()
    bench.state.showsPictures = false
    bench.press("↓g")
    bench.state.grading.cursor = try #require(bench.state.gradedFindings.firstIndex { $0.id == Codebook.ID.rimSign })
    bench.press("2I")
    #expect(bench.state.screen == .grading && bench.state.overlay != nil && !(bench.state.overlay is Pointing))
    bench.press("⎋V")
    #expect(bench.state.whyNotPointed?.contains("no picture is shown") == true)
  }

  /// What is said of a picture is whole on a small screen too: the arrows go through it.
  @Test func theArrowsGoThroughTheWords() throws {
    var bench = try Bench.practice(60, 16)
    bench.press("⏎V")
    let look = Look(colors: .many, unicode: false)
    let all = bench.state.images.shown.map(\.words) ?? []
    let last = try #require(all.last?.split(separator: " ").last.map(String.init))
    var seen = bench.frame(look).text
    #expect(!all.isEmpty)
    for _ in 0..<5 {
      bench.press("↓")
      seen += bench.frame(look).text
    }
    #expect(seen.contains(last), "\(all)")
  }

  @Test func asciiSaysWhatIsOnTheImage() throws {
    var bench = try Bench.practice()
    bench.press("⏎V")
    let text = bench.frame(Look(colors: .many, unicode: false)).text
    #expect(text.contains("L5: an area of"))
    #expect(text.contains(Self.mark))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
  }

  /// While keys wait the picture has half the greys, and takes less to send.
  @Test func hurriedPicturesAreCoarser() throws {
    var bench = try Bench.practice(120, 40)
    bench.press("⏎V1")
    let fine = Set(picture(bench)).count
    bench.state.isHurried = true
    #expect(Set(picture(bench)).count < fine / 2)
  }
}
