// What a step of a case tells has room at every size.

import Foundation
import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

extension QuizTests {
  /// At 80 columns no title is cut for the score, and what is constructed says so.
  @Test(arguments: 0..<4) func theHeadOfAQuizIsWhole(index: Int) throws {
    var bench = try Bench(SampleStudies.controls(SampleCases.files), 80, 24)
    bench.press(String(repeating: "↓", count: index) + "tg")
    for _ in 0..<80 where bench.state.screen == .teaching {
      let head = try #require(bench.frame().text.split(separator: "\n").dropFirst().first)
      #expect(head.contains(bench.state.teaching.walk?.title ?? "?") && !head.contains("…"), "\(head)")
      answer(&bench)
      bench.press("⏎")
    }
    #expect(bench.state.screen == .score)
  }

  @Test(arguments: cases) func theDiagnosisStepKeepsBiopsyAndCultureAtEverySize(index: Int) throws {
    for (width, height) in [(80, 24), (100, 30), (120, 40)] {
      var bench = try Bench.published(width, height)
      bench.press(String(repeating: "↓", count: index) + "t")
      for _ in 0..<40 where bench.state.teaching.walk?.step?.topic != .diagnosis { bench.press("⏎") }
      bench.press("⏎")
      let area = teachingColumns(bench.state).right
      let halves = area.splitLeft(area.width / 2)
      let columns = (bench.state.hasLargePictures ? [halves.left, halves.rest] : [area]).map { words(bench, in: $0) }
      let patient = try #require(bench.state.teaching.walk?.subject.patientCase)
      for fact in [TeachingFact.biopsy, .culture, .originalReport] {
        let told = plain(fact.label + " " + (patient.words(fact) ?? ""))
        #expect(columns.contains { $0.contains(told) }, "\(width)×\(height): \(fact)")
      }
    }
  }

  /// Where facts go below the text some stand there: one that is too long does not keep the others out.
  @Test(arguments: cases) func noListOfFactsIsEmpty(index: Int) throws {
    var bench = try Bench.published(80, 24)
    bench.press(String(repeating: "↓", count: index) + "t")
    var lists = 0
    for _ in 0..<40 {
      let left = teachingColumns(bench.state).left
      let rows = (left.y..<left.maxY).map { y in
        words(bench, in: Rect(x: left.x, y: y, width: left.width, height: 1))
      }
      if let row = rows.firstIndex(of: "known so far") {
        lists += 1
        #expect(rows.indices.contains(row + 1) && !rows[row + 1].isEmpty, "\(rows)")
      }
      bench.press("⏎")
    }
    #expect(lists > 3)
  }

  @Test func nothingOfTheDiagnosisOfCase6IsScrolledAway() throws {
    var bench = try Bench.published(80, 24)
    bench.press("↓↓↓↓↓t")
    for _ in 0..<40 where bench.state.teaching.walk?.step?.topic != .diagnosis { bench.press("⏎") }
    bench.press("⏎")
    #expect(bench.state.teaching.walk?.isRevealed == true && teachingOverflow(bench.state) == 0)
  }

  /// Every fact that may be named is on the screen, or it is counted.
  @Test(arguments: [(80, 24), (60, 16)]) func whatDoesNotFitIsCounted(width: Int, height: Int) throws {
    var bench = try Bench.published(width, height)
    bench.press("t" + String(repeating: "⏎", count: 18))
    #expect(bench.state.teaching.walk?.step?.topic == .diagnosis && bench.state.teaching.walk?.isRevealed == true)
    let text = bench.frame().text
    #expect(text.contains(/… \d+ more/) || text.contains("symptoms"))
  }
}
