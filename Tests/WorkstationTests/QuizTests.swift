// A quiz tests seeing: nothing on the screen tells what is asked, and what was answered is kept as it was.

import Foundation
import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct QuizTests {
  static let cases = 0..<7

  /// A bench in a quiz of a case, the words of all screens in one line each.
  private func quiz(_ index: Int, _ width: Int = 120, _ height: Int = 40) throws -> Bench {
    var bench = try Bench.published(width, height)
    bench.press(String(repeating: "↓", count: index) + "tg")
    return bench
  }

  /// Answers everything that is asked here with what is right.
  private func answer(_ bench: inout Bench) {
    for task in bench.state.teaching.walk?.openTasks ?? [] {
      let answer: TeachingAnswer =
        task.finding == nil
        ? .choice(task.answers.firstIndex(where: \.isRight) ?? 0)
        : .grade(task.consensus ?? .level("osteomyelitis"))
      bench.state.answer(answer, task)
    }
  }

  private func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The left half of the screen, which has the words.
  private func words(_ bench: Bench) -> String {
    let lines = bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    return plain(lines.map { String($0.split(separator: "│").first ?? "") }.joined(separator: "\n"))
  }

  @Test(arguments: cases) func noWordOfTheScriptStandsBeforeItsGradesAreGiven(index: Int) throws {
    var bench = try quiz(index)
    var asked: Set<FindingID> = []
    for _ in 0..<60 {
      guard let walk = bench.state.teaching.walk, let step = walk.step else { break }
      let grades = walk.openTasks.filter { $0.finding != nil && step.examination.isBaseline }
      if !grades.isEmpty, let written = walk.subject.script.steps.first(where: { $0.topic == step.topic }) {
        let screen = words(bench)
        asked.formUnion(grades.compactMap { $0.finding?.id })
        if written.topic != .impression {
          for text in [written.title] + written.text + written.reveal {
            #expect(!screen.contains(plain(text)), "case \(index + 1): \(text)")
          }
        }
        for task in grades where task.finding?.id != Codebook.ID.impression {
          #expect(task.ask == "Grade \(task.finding?.title ?? "")." || task.asksBones)
        }
        // What a choice asks would tell the grades: it comes after them.
        #expect(!walk.currentTasks.contains { $0.finding == nil })
      }
      answer(&bench)
      if walk.next == nil, walk.isRevealed { break }
      bench.press("⏎")
    }
    let all = Codebook.vertebralOsteomyelitis.findings(in: .baseline).map(\.id)
    #expect(asked == Set(all), "not asked: \(Set(all).subtracting(asked))")
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
    bench.press("sr11⏎")
    #expect(bench.results.missed == [:])
    let entry = try #require(bench.results.entry("1", .grade(.baseline, "lesion_number")))
    #expect(entry.first.words == "multiple" && entry.first.at == day)
    #expect(entry.last.words == "solitary" && entry.last.at == bench.now)
    #expect(bench.results.score().agreed == 1)
    #expect(bench.state.teaching.results == bench.results)
  }

  @Test func onesOwnChoiceStaysVisibleAfterAPartialAnswer() throws {
    var bench = try Bench.published()
    bench.press("t⏎⏎⏎⏎⏎3⏎")
    let line = try #require(bench.frame().text.split(separator: "\n").first { $0.contains("+ hyper") })
    #expect(line.contains(" ✓ 2 ± iso") && line.contains("●✓ 3 + hyper"))
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
    #expect(bench.frame().text.contains("What it was comes with the diagnosis."))
    bench.press("⏎⏎")
    #expect(words(bench).contains("✗ From the images you wrote metastasis; it was osteomyelitis."))
  }

  /// Only the levels of the impression name a disease before the diagnosis is shown.
  @Test(arguments: cases, [false, true]) func anUnknownCaseNamesNoInfection(index: Int, isQuiz: Bool) throws {
    var bench = try Bench.published(120, 40)
    bench.press(String(repeating: "↓", count: index) + "tv" + (isQuiz ? "g" : ""))
    var screens = 0
    while let walk = bench.state.teaching.walk, (walk.step?.topic ?? .lesson) < .diagnosis, screens < 80 {
      screens += 1
      // Words at the end of a line are broken by nothing: lines are joined before they are looked at.
      var text = words(bench)
      if walk.step?.topic == .impression { text = text.replacing(/osteomyelitis|metastasis/, with: "") }
      #expect(!DiagnosisWords.named(in: text), "case \(index + 1), \(walk.title): \(text)")
      answer(&bench)
      bench.press("⏎")
    }
    #expect(screens > 15)
    answer(&bench)
    bench.press("⏎")
    #expect(DiagnosisWords.named(in: words(bench)))
    // The diagnosis is shown: what had waited for it is told now.
    for _ in 0..<6 { bench.press("←") }
    #expect(!words(bench).contains(/waits? for it/))
  }

  @Test func whatIsDueComesBack() throws {
    var bench = try quiz(0)
    bench.press("⏎⏎↓↓ ⏎21⏎ld")
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

  @Test(arguments: cases) func theDiagnosisStepKeepsBiopsyAndCultureAtEverySize(index: Int) throws {
    for (width, height) in [(80, 24), (100, 30), (120, 40)] {
      var bench = try Bench.published(width, height)
      bench.press(String(repeating: "↓", count: index) + "t")
      for _ in 0..<40 where bench.state.teaching.walk?.step?.topic != .diagnosis { bench.press("⏎") }
      bench.press("⏎")
      let lines = bench.frame().text.split(separator: "\n").map { String($0.split(separator: "│").last ?? "") }
      let aside = plain(lines.joined(separator: "\n"))
      let patient = try #require(bench.state.teaching.walk?.subject.patientCase)
      for fact in [TeachingFact.biopsy, .culture, .originalReport] {
        #expect(aside.contains(plain(fact.label + " " + (patient.words(fact) ?? ""))), "\(width)×\(height): \(fact)")
      }
    }
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
