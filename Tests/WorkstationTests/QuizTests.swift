// A quiz tests seeing: what was answered is kept as it was.

import Foundation
import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct QuizTests {
  static let cases = 0..<7
  /// A bench in a quiz of a case, the words of all screens in one line each.
  func quiz(_ index: Int, _ width: Int = 120, _ height: Int = 40) throws -> Bench {
    var bench = try Bench.published(width, height)
    bench.press(String(repeating: "↓", count: index) + "tg")
    return bench
  }

  /// Answers everything that is asked here with what is right.
  func answer(_ bench: inout Bench) {
    for task in bench.state.teaching.walk?.openTasks ?? [] {
      let answer: TeachingAnswer =
        task.finding == nil
        ? .choice(task.answers.firstIndex(where: \.isRight) ?? 0)
        : .grade(task.consensus ?? .level("osteomyelitis"))
      bench.state.answer(answer, task)
    }
  }

  func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The left half of the screen, which has the words.
  func words(_ bench: Bench) -> String {
    let lines = bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    return plain(lines.map { String($0.split(separator: "│").first ?? "") }.joined(separator: "\n"))
  }

  /// What the step says, whatever fits on the screen.
  func said(_ bench: Bench) -> String {
    let lines = teachingLines(bench.state, width: 60).map { $0.label + " " + $0.runs.map(\.0).joined() }
    return plain(([bench.state.teaching.walk?.title ?? ""] + lines).joined(separator: "\n"))
  }

  /// What stands in a part of the screen, in one line.
  func words(_ bench: Bench, in area: Rect) -> String {
    let grid = bench.frame()
    return plain(
      (area.y..<area.maxY).map { y in (area.x..<area.maxX).map { grid[$0, y].text }.joined() }.joined(separator: "\n"))
  }

  @Test func whoAnswersAllRightAgreesInEverythingAndChoicesAreCountedApart() throws {
    var bench = try quiz(4)
    for _ in 0..<80 where bench.state.screen == .teaching {
      answer(&bench)
      bench.press("⏎")
    }
    #expect(bench.state.screen == .score)
    #expect(bench.results.score() == .init(agreed: 13, partly: 0, answered: 13))
    #expect(bench.results.score(nil, .impression) == .init(agreed: 1, partly: 0, answered: 1))
    #expect(bench.results.score(nil, .choice).answered == 5)
    #expect(bench.results.entries.allSatisfy { $0.first.at == bench.now })
    #expect(bench.frame().text.contains("13 of 13 first grades agree"))
  }

  @Test func repetitionLeavesTheFirstAttemptAndItsDate() throws {
    var bench = try quiz(0)
    bench.press("⏎⏎↓↓ ⏎22⏎")
    let day = bench.now
    let missed: Set<TeachingTask.ID> = [.grade(.baseline, "posterior_elements"), .grade(.baseline, "lesion_number")]
    #expect(bench.results.missed == ["1": missed])
    bench.now += 86_400
    bench.press("gsr11⏎")
    #expect(bench.results.missed == [:])
    let entry = try #require(bench.results.entry("1", .grade(.baseline, "lesion_number")))
    #expect(entry.first.words == "multiple" && entry.first.at == day)
    #expect(entry.last.words == "solitary" && entry.last.at == bench.now)
    #expect(bench.results.score().agreed == 1)
    #expect(bench.state.teaching.results == bench.results)
  }

  /// Whoever quits has seen the questions, and can read the case before they answer them.
  @Test func whatAQuizLeftOpenHasNoFirstAnswer() throws {
    var bench = try quiz(0)
    bench.press("⏎⏎↓↓ ⏎22⏎")
    let open = bench.results.begun.count
    #expect(bench.results.entries.count == 3 && open > 10)
    var again = try Bench.published(120, 40)
    again.results = bench.results
    again.now = bench.now + 86_400
    again.press("tg")
    let told = "\(open) questions were left open on 2025-11-26; they no longer count as first answers"
    #expect(again.state.message?.text == told)
    for _ in 0..<80 where again.state.screen == .teaching {
      answer(&again)
      again.press("⏎")
    }
    #expect(again.results.entries.count == open + 3 && again.results.begun.isEmpty)
    #expect(again.results.score() == bench.results.score() && again.results.score().answered == 3)
    #expect(again.results.score(nil, .choice).answered == 0)
    #expect(again.frame().text.contains("· left open first   2025-11-26   again ✓"))
    // Nothing is told of what was all answered.
    again.press("lg")
    #expect(again.state.message == nil)
  }

  @Test func aQuizGivenUpKeepsWhatWasAnsweredAndNoMore() throws {
    var bench = try quiz(0)
    bench.press("⏎⏎↓↓ ⏎2")
    #expect(bench.results.entries.isEmpty)
    bench.press("g")
    #expect(bench.state.teaching.walk?.mode == .walk && bench.results.score().answered == 2)
    let open = bench.results.begun.count
    bench.press("⏎⏎⏎s")
    #expect(bench.frame().text.contains("of 2 grades") && bench.frame().text.contains("· left open first   2025-11-26"))
    bench.press("⎋g")
    #expect(bench.state.message?.text.hasPrefix("\(open) questions were left open on 2025-11-26; they") == true)
    bench.press("⏎⏎⏎11⏎s")
    #expect(bench.results.score().answered == 2 && bench.results.begun.count == open - 1)
    #expect(bench.frame().text.contains("left open first   2025-11-26   again ✓ solitary"))
  }

  @Test func whoStillHasAQuizOpenDoesNotPresent() throws {
    var bench = try quiz(4)
    bench.press("⏎⏎x11⏎P")
    #expect(bench.state.message?.text == "a quiz is yours alone; g goes back to the walk-through")
    for keys in ["l", "↑⏎"] {
      bench.press(keys + "P")
      #expect(bench.state.message?.text == "your quiz is still open; press g in it to give it up")
      #expect(bench.state.presentation.part == .none && bench.state.isHidden("5"))
    }
  }

  /// Of a follow-up its findings are given, and the description comes with the answer.
  @Test func aFollowUpIsAskedFromItsFindings() throws {
    var bench = try quiz(4)
    for _ in 0..<60 where bench.state.teaching.walk?.step?.examination != "5" {
      answer(&bench)
      bench.press("⏎")
    }
    #expect(!words(bench).contains("have increased in extent"))
    let map = words(bench, in: teachingColumns(bench.state).right)
    #expect(map.contains("T11 ▒▒ ↑") && map.contains("L2 ▒▒ ↓"), "\(map)")
    answer(&bench)
    bench.press("⏎")
    #expect(words(bench).contains("have increased in extent"))
    bench.press("⏎⏎")
    #expect(words(bench).contains("marrow almost complete") && !words(bench).contains("In bone that was affected"))
  }

  /// A link that drops during a quiz does not uncover its case.
  @Test func aQuizBeginsAnewAfterALostLink() throws {
    var bench = try quiz(4)
    bench.press("⏎⏎x11⏎")
    let kept = try JSONDecoder().decode(Place.self, from: JSONEncoder().encode(Place(bench.state)))
    var again = try Bench.published(120, 40)
    again.state.return(to: kept)
    again.act(.started)
    #expect(again.state.screen == .teaching && again.state.teaching.walk?.mode == .quiz)
    #expect(again.state.isHidden("5") && again.state.teaching.walk?.subject.id == "5")
  }

  @Test func answersWithoutWhatWasFinishedAreRead() throws {
    let old = #"{"entries":[]}"#
    let results = try JSONDecoder().decode(LearnerResults.self, from: Data(old.utf8))
    #expect(results == LearnerResults())
    let kept = try JSONDecoder().decode(LearnerResults.self, from: JSONEncoder().encode(results))
    #expect(kept == results)
  }

  @Test func bonesLeftUnmarkedGoOn() throws {
    let bones = TeachingTask.ID.grade(.baseline, "involved_bones")
    for keys in ["⏎⏎⏎", "⏎⏎⎋⏎"] {
      var bench = try quiz(0)
      bench.press(keys)
      #expect(bench.state.teaching.picker == nil)
      #expect(bench.state.teaching.walk?.answers == [bones: .grade(.notAssessable)], "\(keys)")
      bench.press("11⏎")
      #expect(bench.state.teaching.walk?.isRevealed == true, "\(keys)")
    }
    var bench = try quiz(0)
    bench.press("⏎⏎⎋")
    #expect(bench.frame().text.contains("b opens the map again"))
    bench.press("b")
    #expect(bench.state.teaching.picker != nil)
  }

  @Test func onesOwnChoiceStaysVisibleAfterAPartialAnswer() throws {
    var bench = try Bench.published()
    bench.press("t⏎⏎⏎⏎⏎3⏎")
    let line = try #require(bench.frame().text.split(separator: "\n").first { $0.contains("+ hyper") })
    #expect(line.contains("✓ 2  ± iso") && line.contains("✓[3] + hyper"))
    #expect(bench.frame().text.contains("Part of the consensus: iso + hyper"))
  }

  @Test func anUnansweredQuestionRevealsItsComments() throws {
    var bench = try Bench.published(120, 40)
    bench.press("t" + String(repeating: "⏎", count: 16))
    let walk = try #require(bench.state.teaching.walk)
    #expect(walk.step?.topic == .impression && walk.isRevealed)
    let screen = words(bench)
    for answer in walk.step?.question?.answers ?? [] { #expect(screen.contains(plain(answer.because))) }
  }

  @Test func theImpressionStandsBesideTheHistologyAndCounts() throws {
    var bench = try Bench.published(120, 40)
    bench.press("t" + String(repeating: "⏎", count: 15) + "2⏎")
    #expect(bench.frame().text.contains("The answer comes with the diagnosis."))
    bench.press("⏎⏎")
    #expect(words(bench).contains("✗ From the images you wrote metastasis; it was osteomyelitis."))
  }

  @Test func whatIsDueComesBack() throws {
    var bench = try quiz(0)
    bench.press("⏎⏎↓↓ ⏎21⏎gld")
    #expect(bench.state.message?.text == "nothing is due; the next question in 1 day")
    bench.now += 86_400
    bench.act(.changedElsewhere)
    bench.press("d")
    #expect(bench.state.teaching.walk?.only == [.grade(.baseline, "posterior_elements")])
    bench.press("1⏎⏎⏎")
    // Right when it was due: the second box. The others were right at once and are due with it, two days after.
    #expect(bench.results.due(at: bench.now) == [:])
    #expect(bench.results.due(at: bench.now + 86_400)["1"]?.count == 2)
    #expect(bench.results.due(at: bench.now + 2 * 86_400)["1"]?.count == 3)
  }
}
