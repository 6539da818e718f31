// A teaching step that names an image: where the viewer opens, and when its marks are there.

import Grid
import Interchange
import KeyImages
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct TaughtImagesTests {
  private let image = TeachingImage(
    series: .stir, slice: 3, zoom: 2, x: 40, y: 60, window: .init(center: 700, width: 900),
    marks: [.init(.ellipse, x: 40, y: 60, toX: 46, toY: 66)], alternative: "a bright area in a vertebra",
    credit: "A. Author", licence: "CC BY 4.0")

  /// The first case with its first step about an image, and a question before it is revealed.
  private func bench(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.published(width, height)
    bench.press("t")
    let walk = try #require(bench.state.teaching.walk)
    var subject = walk.subject
    let step = try #require(subject.script.steps.firstIndex { $0.question != nil && $0.examination.isBaseline })
    subject.script.steps[step].image = image
    var taught = TeachingWalk(subject, codebook: bench.state.session.codebook)
    taught.go(to: step)
    bench.state.teaching.begin(taught)
    return bench
  }

  private func accents(_ bench: Bench) -> Int {
    bench.frame().cells.count { $0.text == "▀" && ($0.style.ink == .role(.accent) || $0.style.paper == .role(.accent)) }
  }

  @Test func theStepNamesItsImage() throws {
    let bench = try bench(200, 60)
    let text = bench.frame().text
    #expect(text.contains("V STIR, slice 3: a bright area in a vertebra"))
    #expect(text.contains("Image: A. Author, CC BY 4.0."))
  }

  @Test func theViewerOpensThere() throws {
    var bench = try bench()
    bench.press("V")
    let images = bench.state.images
    #expect(images.large == .stir && images.slice == 2)
    #expect(images.crop == ImageCrop(x: 0.4, y: 0.6, zoom: 2))
    #expect(images.chosen == GreyWindow(center: 700, width: 900))
    #expect(bench.frame().text.contains("slice 3 of 7"))
    #expect(!bench.frame().text.contains("case 1"))
  }

  @Test func marksComeWithTheAnswer() throws {
    var bench = try bench()
    bench.press("V")
    #expect(accents(bench) == 0)
    bench.press("m")
    #expect(bench.state.message?.text == "the marks come with the answer")
    bench.press("⎋")
    var walk = try #require(bench.state.teaching.walk)
    walk.reveal()
    bench.state.teaching.begin(walk)
    bench.press("V")
    #expect(accents(bench) > 10)
    bench.press("m")
    #expect(accents(bench) == 0)
    bench.press("m")
    #expect(accents(bench) > 10)
    // Only on its own slice.
    bench.press("]")
    #expect(accents(bench) == 0)
  }

  @Test func theScriptIsRead() throws {
    let text = """
      format: endplate-teaching/1
      case: 1
      neutral_title: A case
      steps:
        - topic: presentation
          title: Who
          image:
            series: stir
            slice: 3
            zoom: 2
            x: 40
            y: 60
            window: 700/900
            alt: a bright area in a vertebra
            credit: A. Author
            licence: CC BY 4.0
            marks:
              - {shape: ellipse, x: 40, y: 60, to_x: 46, to_y: 66}
      """
    let read = TeachingFileReader.read(InputFile(name: "a.yaml", bytes: Array(text.utf8)))
    #expect(read.faults.map(\.description) == [])
    #expect(read.value?.steps.first?.image == image)
    let wrong = text.replacing("series: stir", with: "series: stri").replacing("700/900", with: "700")
    #expect(
      TeachingFileReader.read(InputFile(name: "a.yaml", bytes: Array(wrong.utf8))).faults.map(\.message) == [
        "series: there is no series ‘stri’; did you mean ‘stir’? allowed: t1w, t2w, stir, ce_t1w",
        "window: write center and width of stored values, as 900/1800",
      ])
  }

  /// The picture is in the question, its marks only in the answer; nothing of it is markup.
  @Test func theHandoutHasItInThePage() throws {
    let bench = try bench()
    var subject = try #require(bench.state.teaching.walk).subject
    let place = try #require(subject.script.steps.firstIndex { $0.image != nil })
    subject.script.steps[place].image?.alternative = "<b>\"bright\"</b>"
    let handout = TeachingHandout(
      subject, file: TeachingFile([subject]), study: bench.state.session.study,
      images: [place: HandoutImage(png: [1, 2, 3], columns: 200, rows: 100, mark: "phantom")])
    let page = handout.html
    let figures = page.components(separatedBy: "<figure class=\"image\">").dropFirst()
    #expect(figures.count >= 2)
    #expect(figures.first?.contains("<ellipse") == false)
    #expect(page.contains("<ellipse cx=\"80.0\" cy=\"60.0\" rx=\"12.0\" ry=\"6.0\""))
    #expect(page.contains("data:image/png;base64,AQID"))
    #expect(page.contains("Image: A. Author, CC BY 4.0") && page.contains("phantom"))
    #expect(!page.contains("<b>\"bright\""))
  }
}
