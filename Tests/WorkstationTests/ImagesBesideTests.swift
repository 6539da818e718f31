// Key images beside what is graded, argued over and taught.

import Foundation
import Grid
import KeyImages
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct ImagesBesideTests {
  private static let mark = "simulated from published grades; no patient"
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  private func grading(_ width: Int = 120, _ height: Int = 40) throws -> Bench {
    var bench = try Bench.practice(width, height)
    bench.press("↓g")
    return bench
  }

  /// Half blocks in the left half, below the findings: those of key images.
  private func blocks(_ bench: Bench) -> [Style] {
    let grid = bench.frame()
    return grid.cells.enumerated().compactMap { index, cell in
      let (x, y) = (index % grid.size.width, index / grid.size.width)
      return x < 60 && y > 20 && cell.text == "▀" ? cell.style : nil
    }
  }

  private func asks(_ bench: Bench) -> Int {
    bench.asked.count { if case .ask = $0 { true } else { false } }
  }

  /// No frame waits for a picture, and no key draws one: it comes once keys rest, and stays until they rest again.
  @Test func theyComeOnceKeysRest() throws {
    var bench = try grading()
    let asked = asks(bench)
    #expect(blocks(bench).isEmpty)
    #expect(!bench.frame().text.contains(Self.mark))
    bench.act(.rested)
    #expect(asks(bench) == asked + 1)
    let text = bench.frame().text
    for words in [Self.mark, "T1W", "T2W", "STIR unlisted", "CE unlisted", "slice 4 of 7"] {
      #expect(text.contains(words), "\(words)")
    }
    let drawn = blocks(bench)
    #expect(drawn.count > 200)
    // Keys go over the findings: what is drawn of pictures does not change, nor is anything asked for.
    bench.press("↓↓↓1")
    #expect(blocks(bench) == drawn)
    bench.act(.rested)
    #expect(asks(bench) == asked + 1)
  }

  /// Where no grey is shown, what is on the pictures is told to whoever asks, and not beside the grade that is to come.
  @Test func wordsForPicturesAreNotReadUnasked() throws {
    var bench = try grading(200, 60)
    bench.act(.rested)
    let text = bench.frame(Look(colors: .many, unicode: false)).text
    #expect(text.contains("slice 4 of 7") && text.contains("V tells what is on them") && text.contains(Self.mark))
    #expect(!text.contains("an area of"))
    bench.press("V")
    #expect(bench.frame(Look(colors: .many, unicode: false)).text.contains("an area of"))
  }

  @Test func theGradesAreWholeBesideThem() throws {
    var bench = try grading()
    let before = bench.frame().text
    bench.act(.rested)
    let text = bench.frame().text
    let finding = try #require(bench.state.gradedFindings.last?.title)
    for words in [finding, "Series", "suggestive of osteomyelitis", "presentation"] {
      #expect(before.contains(words) && text.contains(words), "\(words)")
    }
  }

  /// The series of the finding stands out; a mark moves the picture to where it is.
  @Test func theyFollowTheFinding() throws {
    var bench = try grading()
    bench.state.grading.cursor = try #require(bench.state.gradedFindings.firstIndex { $0.id == rim.finding })
    bench.press("2I]]3→↓⏎⎋↑")
    #expect(bench.state.gradedFinding?.id == rim.finding)
    bench.act(.rested)
    let picture = try #require(bench.state.beside.picture)
    #expect(picture.set.slice == 5 && picture.wanted.isPointed)
    #expect(bench.frame().text.contains("slice 6 of 7"))
    #expect(
      bench.frame().cells.contains {
        $0.text == "▀" && ($0.style.ink == .role(.accent) || $0.style.paper == .role(.accent))
      })
    bench.press("↑↑")
    bench.act(.rested)
    #expect(bench.state.beside.picture?.set.slice == 3)
    #expect(bench.state.beside.picture?.wanted.isPointed == false)
  }

  /// Where there is no room no picture takes it, and none is asked for.
  @Test(arguments: [(80, 24), (100, 30), (60, 16)]) func smallScreensHaveNone(width: Int, height: Int) throws {
    var bench = try grading(width, height)
    let (asked, before) = (asks(bench), bench.frame())
    bench.act(.rested)
    #expect(asks(bench) == asked && bench.frame() == before)
  }

  /// A study without images looks as it did, but for what the panel of the case says.
  @Test func withoutImagesNothingIsKeptFree() throws {
    var bench = try grading()
    bench.sample.study.neutralTitle = "Another study"
    let before = bench.frame()
    bench.act(.rested)
    bench.act(.rested)
    #expect(bench.frame() == before)
    #expect(bench.state.beside.picture == nil)
  }

  /// On a large screen the case has a column of them; on a usual one they come to who goes there, in the place of the signs.
  @Test func theCaseHasAPanelOfThem() throws {
    var bench = try Bench.practice(200, 60)
    bench.press("↓⏎")
    #expect(bench.frame().text.contains("Key images") && bench.frame().text.contains("…"))
    bench.act(.rested)
    #expect(bench.frame().text.contains(Self.mark) && bench.frame().text.contains("6 Halo sign"))
    bench = try Bench.practice(120, 40)
    bench.press("↓⏎")
    bench.act(.rested)
    #expect(!bench.frame().text.contains("Key images"))
    bench.press("0⇥")
    #expect(bench.state.caseScreen.focus == .images)
    bench.act(.rested)
    #expect(bench.frame().text.contains(Self.mark) && !bench.frame().text.contains("6 Halo sign"))
    bench.press("⏎")
    bench.act(.rested)
    #expect(bench.frame().text.contains("CE T1W"))
    bench.press("⇥")
    #expect(bench.state.caseScreen.focus == .clinical)
  }

  @Test func theCaseSaysWhereThereAreNone() throws {
    var bench = try Bench.published(200, 60)
    bench.press("↓↓↓↓⏎0")
    bench.press("←")
    bench.act(.rested)
    // Nothing is published of case 5 at 10.5 months.
    #expect(bench.frame().text.contains("There are no key images of 10.5 months."))
  }

  /// The marks of all readers on the same picture, with their letters.
  @Test(arguments: [(120, 40), (200, 60)]) func theConsensusShowsEverybodysMark(width: Int, height: Int) throws {
    var bench = try Bench.session(width, height)
    let row = try #require(bench.state.consensus.table?.rows.firstIndex { $0.key == rim })
    bench.state.consensus.key = rim
    bench.act(.rested)
    let frame = try #require(bench.state.beside.picture?.set.frames[.t2w])
    for index in 0..<3 {
      let at = frame.place(x: 0.35 + 0.06 * Double(index), y: 0.5)
      bench.state.consensus.table?.rows[row].grades[index]?.mark = ImageMark(
        .arrow, on: "phantom-baseline-t2w-5", at: PatientPoint(5, at.y, at.z), to: PatientPoint(5, at.y + 8, at.z + 8))
    }
    bench.act(.rested)
    let picture = try #require(bench.state.beside.picture)
    #expect(picture.set.slice == 4 && picture.wanted.marks.map(\.label) == ["A", "B", "C"])
    let text = bench.frame().text
    #expect(text.contains("slice 5 of 7") && text.contains("simulated from published grades"))
    let letters = bench.frame().cells.filter { $0.style.paper == .grey(0) && $0.style.ink == .role(.accent) }
    #expect(Set(letters.map(\.text)).isSuperset(of: ["A", "B", "C"]))
    // What is pointed into comes first.
    let heads = bench.frame().text.split(separator: "\n").filter { $0.contains("T2W") }.map(String.init)
    let first = heads.first { line in
      guard let marked = line.range(of: "T2W", options: .backwards) else { return false }
      return !line[..<marked.lowerBound].contains("T1W") || line[marked.upperBound...].contains("T1W")
    }
    #expect(first != nil, "\(heads)")
  }

  /// On the largest screens all series of it stand below the finding, and its words, levels and pictures above them stay whole.
  @Test func wideScreensHaveTheSeriesOfTheFinding() throws {
    var bench = try grading(200, 60)
    bench.state.grading.cursor = try #require(bench.state.gradedFindings.firstIndex { $0.id == rim.finding })
    bench.act(.rested)
    let picture = try #require(bench.state.beside.picture)
    #expect(picture.wanted.size.width >= 80 && picture.wanted.size.height >= 24)
    let lines = bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
    let heads = try #require(lines.lastIndex { $0.contains("T1W") && $0.contains("T2W") && $0.contains("STIR") })
    #expect(heads > 20)
    for words in ["A curved line of low signal", "present"] {
      #expect(lines[..<heads].contains { $0.contains(words) }, "\(words)")
    }
    // A map of bones needs the room: they go back below the findings, and come again.
    bench.state.grading.cursor = 0
    bench.press("⏎")
    #expect(bench.state.largeGradingImages == nil)
  }

  /// Both ends of an arrow are inside of the picture, however narrow it is.
  @Test(arguments: [(120, 40), (200, 60)]) func aMarkIsInThePicture(width: Int, height: Int) throws {
    var bench = try grading(width, height)
    bench.state.grading.cursor = try #require(bench.state.gradedFindings.firstIndex { $0.id == rim.finding })
    bench.press("2I3" + String(repeating: "←", count: 14) + "⏎⎋↑")
    bench.act(.rested)
    let mark = try #require(bench.state.grade(of: rim.finding)?.mark)
    let picture = try #require(bench.state.beside.picture)
    let tile = try #require(picture.tiles.first { $0.frame.id == mark.image })
    #expect(tile.x == 0)
    let map = PictureMap(tile.frame, picture.crop, tile.seen.size)
    for point in [mark.at, mark.to] {
      let (column, row) = tile.frame.plane.pixel(point)
      let (x, y) = map.point(column: column, row: row)
      #expect(
        (1..<Double(tile.seen.size.width) - 1).contains(x) && (1..<Double(2 * tile.seen.size.height) - 1).contains(y))
    }
  }

  @Test func aStepHasItsImageBesideIt() throws {
    var bench = try Bench.published(120, 40)
    bench.press("t")
    var walk = try #require(bench.state.teaching.walk)
    var subject = walk.subject
    let step = try #require(subject.script.steps.firstIndex { $0.question != nil && $0.topic == .rim })
    subject.script.steps[step].image = TeachingImage(
      series: .stir, slice: 3, zoom: 2, x: 40, y: 60, marks: [.init(.ellipse, x: 40, y: 60, toX: 46, toY: 66)],
      alternative: "a bright area")
    walk = TeachingWalk(subject, codebook: bench.state.session.codebook)
    walk.go(to: step)
    bench.state.teaching.begin(walk)
    func accents() -> Int {
      bench.frame().cells.count {
        $0.text == "▀" && ($0.style.ink == .role(.accent) || $0.style.paper == .role(.accent))
      }
    }
    bench.act(.rested)
    #expect(bench.frame().text.contains("slice 3 of 7"))
    #expect(accents() == 0)
    walk.reveal()
    bench.state.teaching.begin(walk)
    bench.act(.rested)
    #expect(accents() > 4)
    // Covered in the viewer, they are covered here, until another step.
    bench.press("Vm⎋")
    bench.act(.rested)
    #expect(accents() == 0)
    bench.press("V⎋")
    bench.act(.rested)
    #expect(accents() > 4)
    // Steps without an image of their own show the examination that they are about.
    walk.go(to: step + 1)
    bench.state.teaching.begin(walk)
    bench.act(.rested)
    #expect(bench.frame().text.contains("slice 4 of 7"))
  }

  @Test func withoutBlocksTheyAreWords() throws {
    var bench = try grading()
    bench.act(.rested)
    let text = bench.frame(Look(unicode: false)).text
    #expect(text.contains("slice 4 of 7, midline") && text.contains(Self.mark))
    #expect(!bench.frame(Look(colors: .none)).cells.contains { $0.text == "▀" })
    #expect(bench.frame(Look(colors: .none)).cells.count { $0.text == "▓" } > 10)
  }

  /// The viewer opens where the mark is.
  @Test func theViewerOpensOnTheMark() throws {
    var bench = try grading()
    bench.state.grading.cursor = try #require(bench.state.gradedFindings.firstIndex { $0.id == rim.finding })
    bench.press("2I]]⏎[[[⎋↑V")
    #expect(bench.state.images.slice == 5)
    bench.press("[[⎋")
    bench.press("I")
    #expect(bench.state.images.slice == 5)
  }

  /// The bones to be counted stay in their column, whatever is known of them.
  @Test(arguments: [(120, 40), (130, 40), (160, 50), (200, 60)])
  func theBonesOfAStepAreNotDrawnOverThem(width: Int, height: Int) throws {
    var bench = try Bench.published(width, height)
    bench.press("↓↓↓t")
    var walk = try #require(bench.state.teaching.walk)
    walk.go(to: try #require(walk.script.steps.firstIndex { $0.topic == .location }))
    for isRevealed in [false, true] {
      if isRevealed { walk.reveal() }
      bench.state.teaching.begin(walk)
      bench.act(.rested)
      let picture = try #require(bench.state.beside.picture)
      let place = try #require(bench.state.teachingImages)
      let grid = bench.frame()
      #expect(grid.text.contains("█ involved ▒ extent · not involved"))
      for tile in picture.tiles {
        let cells = (1...tile.seen.size.height).flatMap { y in
          (0..<tile.seen.size.width).map { grid[place.x + tile.x + $0, place.y + y].text }
        }
        #expect(Set(cells).isSubset(of: ["▀", " "]), "\(Set(cells))")
      }
    }
  }

  /// Where there is no room for all, those listed of the examination come before what is simulated beside them.
  @Test func listedSeriesComeFirst() throws {
    var bench = try Bench.practice(120, 40)
    bench.press("↓↓↓↓g{{{{")
    bench.state.grading.cursor = 0
    bench.act(.rested)
    let picture = try #require(bench.state.beside.picture)
    #expect(picture.wanted.subject.patientCase.id == "5" && picture.wanted.subject.examination.isBaseline)
    #expect(picture.tiles.prefix(2).map(\.sequence) == [.t1w, .contrastEnhancedT1W])
    #expect(picture.tiles.map(\.isListed) == picture.tiles.indices.map { $0 < 2 })
    let heads = bench.frame().text.split(separator: "\n").filter { $0.contains(" unlisted") }
    #expect(heads.count == 1)
  }

  @Test func theMarkOfSimulatedImagesIsQuiet() throws {
    var bench = try grading()
    bench.act(.rested)
    let grid = bench.frame()
    let row = try #require((0..<grid.size.height).first { grid.line($0).contains(Self.mark) })
    #expect(grid[2, row] == Cell("s", .role(.muted)))
    #expect(grid.text.components(separatedBy: Self.mark).count == 2)
    bench = try Bench.practice(120, 40)
    bench.press("↓↓↓↓↓↓g")
    #expect(bench.frame().text.contains("acquisitions not stated"))
    bench.act(.rested)
    #expect(bench.frame().text.contains("not stated; the images are simulated"))
  }
}
