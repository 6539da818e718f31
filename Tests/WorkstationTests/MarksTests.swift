// Pointing into images: marks as part of a grade, and whose marks are shown.

import Grid
import KeyImages
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct MarksTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  /// Case 2 in grading, the cursor on the rim sign.
  private func grading(_ width: Int = 120, _ height: Int = 40) throws -> Bench {
    var bench = try Bench.practice(width, height)
    bench.press("↓g")
    bench.state.grading.cursor = try #require(
      bench.state.gradedFindings.firstIndex { $0.id == Codebook.ID.rimSign })
    return bench
  }

  private func mark(_ bench: Bench) -> ImageMark? { bench.state.reading?.grades[rim]?.mark }

  private func cells(_ bench: Bench, _ role: Role) -> Int {
    bench.frame().cells.count { $0.style.ink == .role(role) || $0.style.paper == .role(role) }
  }

  @Test func whatIsNotGradedIsNotMarked() throws {
    var bench = try grading()
    bench.press("I")
    #expect(bench.state.screen == .grading)
    #expect(bench.state.message?.text == "grade rim sign first")
  }

  /// `I` is about the row just graded, as a note is; the image follows from the mark.
  @Test func theImageFollowsFromTheMark() throws {
    var bench = try grading()
    bench.press("2I")
    #expect(bench.state.screen == .images)
    #expect(bench.state.images.large == .t2w)
    #expect(mark(bench) == nil)
    bench.press("⏎")
    let first = try #require(mark(bench))
    #expect(first.shape == .arrow && first.image == "phantom-baseline-t2w-4")
    #expect(first.at.x == 0)
    #expect(bench.state.reading?.grades[rim]?.image == ImageReference(series: 2, slice: 4))
    #expect(bench.state.reading?.grades[rim]?.value == .level("present"))
    #expect(bench.state.message?.text == "rim sign: marked on image 2/4")
    #expect(bench.frame().text.contains("rim sign: marked here"))
    // Another slice and another series: the mark comes from there, and takes the first one's place.
    bench.press("m]3⇥→→↓⏎")
    let second = try #require(mark(bench))
    #expect(second.shape == .ellipse && second.image == "phantom-baseline-stir-5")
    #expect(second.at.x == 5 && second.at.y > first.at.y && second.at.z < first.at.z)
    bench.press("⎋")
    #expect(bench.state.screen == .grading)
    #expect(bench.frame().text.contains("3/5"))
  }

  /// A step to the right is a step to the back of the patient on a sagittal slice, whatever the zoom.
  @Test func aMarkIsWhereTheCrossStood() throws {
    var bench = try grading()
    bench.press("2I→→→→⏎")
    let wide = try #require(mark(bench))
    bench.press("m")
    let again = try #require(bench.state.overlay as? Pointing)
    let frame = try #require(bench.state.images.pointedFrame?.frame)
    #expect(again.mark(on: frame, zoom: 1).at == wide.at)
    #expect(abs(again.x - (0.41 + 0.1)) < 0.001)
  }

  /// `+` goes to what is marked, and from there on about the middle.
  @Test func zoomingGoesToTheMark() throws {
    var bench = try grading()
    bench.press("2I→→→→⏎")
    let at = try #require(mark(bench)).at
    bench.press("0+")
    let frame = try #require(bench.state.images.pointedFrame?.frame)
    let (column, row) = frame.plane.pixel(at)
    let crop = bench.state.images.crop
    #expect(abs(crop.x - (column + 0.5) / Double(frame.columns)) < 0.001)
    #expect(abs(crop.y - (row + 0.5) / Double(frame.rows)) < 0.001 && crop.zoom > 1)
    bench.press("→+")
    #expect(bench.state.images.crop.x > crop.x)
  }

  @Test func aMarkIsTakenAwayWithItsImage() throws {
    var bench = try grading()
    bench.press("2I⏎mx")
    #expect(mark(bench) == nil)
    #expect(bench.state.reading?.grades[rim]?.image == nil)
    #expect(bench.state.reading?.grades[rim]?.value == .level("present"))
    bench.press("mx")
    #expect(bench.state.message?.text.contains("no mark of rim sign") == true)
  }

  @Test func escapeLeavesEverythingAsItWas() throws {
    var bench = try grading()
    bench.press("2I→↓S")
    bench.press("⎋")
    #expect(bench.state.overlay == nil && bench.state.screen == .images)
    #expect(mark(bench) == nil)
  }

  @Test func theMarkIsSeenAndStandsOut() throws {
    var bench = try grading()
    bench.press("2ISS")
    let placed = cells(bench, .focus)
    bench.press("⏎")
    #expect(cells(bench, .focus) < placed)
    let marked = cells(bench, .accent)
    bench.press("]")
    #expect(cells(bench, .accent) < marked)
  }

  @Test func allSeriesOfASliceShowIt() throws {
    var bench = try grading()
    bench.press("2I⏎")
    let one = cells(bench, .accent)
    bench.press("2")
    #expect(bench.frame().text.contains("1 T1W"))
    #expect(cells(bench, .accent) > one)
  }

  /// Without pictures the image is named by its numbers on the PACS, as before.
  @Test func withoutPicturesItsNumbersAreAskedFor() throws {
    var bench = try grading()
    bench.sample.study.neutralTitle = "Another study"
    bench.press("2I")
    #expect(bench.state.screen == .grading)
    #expect(bench.state.overlay is Prompt)
    bench.press("4/12⏎")
    #expect(bench.state.reading?.grades[rim]?.image == ImageReference(series: 4, slice: 12))
    #expect(mark(bench) == nil)
  }

  @Test func marksArePlacedWhereOneGrades() throws {
    var bench = try Bench.practice()
    bench.press("⏎Vm")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.message?.text.contains("marks are placed where one grades") == true)
  }

  @Test(arguments: [Look.Colors.none, .sixteen]) func withoutGreysAMarkIsADot(colors: Look.Colors) throws {
    var bench = try grading()
    bench.press("2I⏎")
    #expect(bench.frame(Look(colors: colors)).text.contains("●"))
  }

  /// A, B and C on the same image; the agreed grade keeps one of them, or none.
  @Test func theConsensusShowsEverybodysMark() throws {
    var bench = try Bench.session(120, 40)
    let table = try #require(bench.state.consensus.table)
    let key = try #require(table.rows.first { $0.grades.count == 3 && $0.key.examination.isBaseline }?.key)
    bench.state.consensus.key = key
    let places = [0.0, 10, 20]
    func marked(_ index: Int) -> ImageMark {
      ImageMark(
        .arrow, on: "phantom-baseline-stir-4", at: PatientPoint(0, places[index], 0),
        to: PatientPoint(0, places[index] + 8, 8))
    }
    let row = try #require(bench.state.consensus.table?.rows.firstIndex { $0.key == key })
    for index in 0..<3 {
      bench.state.consensus.table?.rows[row].grades[index]?.mark = marked(index)
      bench.state.consensus.table?.rows[row].grades[index]?.image = ImageReference(series: 3, slice: 4)
    }
    bench.state.consensus.table?.rows[row].decision = nil
    bench.press("V")
    #expect(bench.state.images.source == .consensus)
    #expect(bench.state.shownMarks(at: .baseline).map(\.label) == table.columns.map(\.title))
    bench.press("m")
    #expect(bench.state.message?.text.contains("agree first") == true)
    let grade = table.rows[row].grades[0]
    bench.state.consensus.table?.rows[row].decision = AgreedGrade(grade, how: .majority)
    let first = try #require(bench.state.nextKeptMark())
    #expect(first.grade.mark == marked(0))
    bench.state.consensus.table?.rows[row].decision = AgreedGrade(first.grade, how: .majority)
    #expect(bench.state.nextKeptMark()?.grade.mark == marked(1))
    var last = first.grade
    last.mark = marked(2)
    bench.state.consensus.table?.rows[row].decision = AgreedGrade(last, how: .majority)
    #expect(try #require(bench.state.nextKeptMark()).grade.mark == nil)
    // The one that is kept has its letter still, and stands out by its colour.
    let shown = bench.state.shownMarks(at: .baseline)
    #expect(shown.map(\.label) == ["A", "B", "C"] && shown.map(\.role) == [.accent, .accent, .good])
    bench.press("m")
    let asked = bench.asked.contains { effect in
      if case .session(.act(_, .agree(let grades, _), _)) = effect { grades[key]?.grade?.mark == nil } else { false }
    }
    #expect(asked)
  }
}
