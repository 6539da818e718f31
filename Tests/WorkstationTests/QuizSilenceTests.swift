// Nothing on the screen of a quiz tells what is asked.

import Foundation
import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

extension QuizTests {
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

  /// What a quiz asks is read up nowhere while it asks: not in the atlas, the list, the worklist, a case or the courses.
  @Test func aQuizIsNotPassedByReading() throws {
    var bench = try quiz(4)
    #expect(!bench.frame().text.contains("osteomyelitis"))
    bench.press("⏎⏎x11⏎⏎")
    let walk = try #require(bench.state.teaching.walk)
    #expect(walk.title == "T1W" && walk.answers.count == 3)
    bench.press("a")
    for _ in AtlasPage.all(bench.state.session.codebook, typed: "") {
      #expect(bench.frame().text.contains("6 finished cases") && !bench.frame().text.contains("Case 5"))
      bench.press("↓")
    }
    bench.press("⎋l")
    #expect(!bench.frame().text.contains("worse before better"))
    // The list goes back to the quiz.
    bench.press("⏎")
    #expect(bench.state.teaching.walk == walk && bench.state.screen == .teaching)
    bench.press("⎋⎋")
    #expect(bench.state.screen == .worklist)
    let row = try #require(bench.frame().text.split(separator: "\n").first { $0.contains("M 56") })
    #expect(row.contains("covered") && !row.contains("whole spine") && !row.contains("multiple") && !row.contains("mo"))
    bench.press("/q5t⏎")
    #expect(bench.state.message?.text.hasPrefix("that could give the covered case away") == true)
    #expect(bench.state.screen == .worklist && bench.state.worklist.query == WorklistQuery())
    bench.press("⏎")
    #expect(bench.state.screen == .patientCase && bench.frame().text.contains("Your quiz is still open"))
    for word in ["hypo", "whole spine", "biopsy", "chronic"] { #expect(!bench.frame().text.contains(word)) }
    bench.press("f")
    #expect(bench.state.screen == .patientCase && bench.state.message?.text == "this screen is covered; Esc returns")
    bench.press("⎋f/qt⏎")
    #expect(bench.state.screen == .courses && bench.frame().text.contains("Your quiz is still open"))
    bench.press("⎋⏎]")
    // Another case is open to everybody.
    #expect(bench.frame().text.contains("Case 6"))
    bench.press("[t")
    #expect(bench.state.teaching.walk == walk && bench.state.screen == .teaching)
    // Given up, the case is what it was.
    bench.press("g⎋")
    #expect(bench.state.teaching.walk?.mode == .walk && bench.state.cover == nil)
    #expect(bench.frame().text.contains("whole spine"))
  }

  /// Another case is taught beside an open quiz, and does not tell of the quizzed one; the quiz waits.
  @Test(arguments: [TeachingWalk.Mode.walk, .quiz]) func noOtherCaseTellsOfAQuizzedOne(mode: TeachingWalk.Mode) throws {
    var bench = try quiz(4, 80, 24)
    bench.press("⏎⏎x11⏎")
    let left = try #require(bench.state.teaching.walk)
    let telling =
      /seven|series|nobody|everybody|man of 56|[Pp]atients? 5|5 to 7|of 7 cases|patients|others|these cases|come to 6/
    // A walk says all that a quiz says, and sooner: of quizzes two are enough.
    for other in mode == .quiz ? [0, 5] : [0, 1, 2, 3, 5, 6] {
      bench.press("l" + String(repeating: "↑", count: 7) + String(repeating: "↓", count: other))
      bench.press(mode == .quiz ? "g" : "⏎")
      #expect(bench.state.teaching.walk?.subject.id == bench.state.teaching.cases[other].id)
      for _ in 0..<80 where bench.state.screen == .teaching {
        let text = said(bench)
        #expect(text.firstMatch(of: telling) == nil, "case \(other + 1): \(text)")
        #expect(bench.state.isHidden("5"))
        answer(&bench)
        bench.press("⏎")
        if bench.state.message?.text.hasPrefix("this was the last step") == true { break }
      }
      #expect(bench.results.finished.contains(bench.state.teaching.cases[other].id))
    }
    // Neither the worklist, the atlas, a filter nor an order has told of it meanwhile; and the quiz goes on.
    bench.press("l" + String(repeating: "↑", count: 7) + "↓↓↓↓g")
    #expect(bench.state.teaching.walk == left && bench.state.screen == .teaching)
    bench.press("g")
    #expect(bench.state.teaching.quizzed.isEmpty && bench.state.cover == nil)
    // A remark that had waited is said again.
    bench.press("[⏎⏎⏎⏎⏎⏎⏎")
    #expect(said(bench).contains("of 7 cases"))
  }

  /// An order or a filter chosen before the quiz would tell of it during the quiz.
  @Test func theWorklistHasNoTellingOrderDuringAQuiz() throws {
    var bench = try Bench.published()
    bench.state.worklist.query.sort = .lesions
    bench.press("tg⎋")
    #expect(bench.state.screen == .worklist && bench.state.worklist.query == WorklistQuery())
    for key in ["s", "/rim:absent⏎", "u"] {
      bench.press(key)
      #expect(bench.state.message?.text.hasPrefix("that could give the covered case away") == true, "\(key)")
    }
    #expect(bench.state.worklist.query == WorklistQuery())
    bench.press("tg⎋u")
    #expect(bench.state.worklist.query.sort == .lesions)
  }

  /// Of what a case shows its title tells most: it is in the list once the case was seen to its end.
  @Test func titlesStandInTheListOnceACaseIsFinished() throws {
    var bench = try Bench.published(120, 40)
    let title = "A single lesion in L5"
    bench.press("tl")
    #expect(!bench.frame().text.contains(title) && bench.frame().text.contains("Spine MR of a man of 53"))
    bench.press("⏎" + String(repeating: "⏎", count: 40) + "l")
    #expect(bench.frame().text.contains(title) && bench.results.finished == ["1"])
    bench.press("v")
    #expect(!bench.frame().text.contains(title))
  }

  /// The choices that name a diagnosis come after it, and none is lost for that.
  @Test func choicesThatTellComeAfterTheDiagnosis() throws {
    var bench = try quiz(0, 80, 24)
    var topics: [TeachingTopic] = []
    for _ in 0..<60 where bench.state.screen == .teaching {
      if let walk = bench.state.teaching.walk, walk.openTasks.contains(where: { $0.finding == nil }) {
        topics += walk.step.map { [$0.topic] } ?? []
      }
      answer(&bench)
      bench.press("⏎")
    }
    #expect(topics == [.diagnosis, .location, .halo, .followUp, .lesson])
    #expect(bench.results.score(nil, .choice) == .init(agreed: 5, partly: 0, answered: 5))
  }

  /// A quiz that is repeated finds its right answers neither under the score.
  @Test func theScoreDoesNotTellWhatIsAskedAgain() throws {
    var bench = try quiz(0)
    bench.press("⏎⏎↓↓ ⏎22⏎s")
    #expect(bench.frame().text.contains("spared"))
    // What is still asked comes first.
    bench.press("r")
    #expect(bench.state.teaching.walk?.only == nil && bench.state.message?.text.hasPrefix("your quiz goes on") == true)
    bench.press("gsr")
    #expect(bench.state.teaching.walk?.only?.count == 2)
    bench.press("s")
    #expect(bench.frame().text.contains("L5") && !bench.frame().text.contains("spared"))
  }

  /// Only the levels of the impression name a disease before the diagnosis is shown, of an unknown case and in a quiz.
  @Test(arguments: cases, ["v", "g"]) func noInfectionIsNamedBeforeTheDiagnosis(index: Int, key: String) throws {
    var bench = try Bench.published(80, 24)
    bench.press(String(repeating: "↓", count: index) + "t" + key)
    var screens = 0
    while let walk = bench.state.teaching.walk, (walk.step?.topic ?? .lesson) < .diagnosis, screens < 80 {
      screens += 1
      var text = said(bench)
      if walk.step?.topic == .impression { text = text.replacing(/osteomyelitis|metastasis/, with: "") }
      #expect(!DiagnosisWords.named(in: text), "case \(index + 1), \(walk.title): \(text)")
      answer(&bench)
      bench.press("⏎")
    }
    #expect(screens > 15)
    answer(&bench)
    bench.press("⏎")
    #expect(DiagnosisWords.named(in: said(bench)))
    // The diagnosis is shown: what had waited for it is told now.
    for _ in 0..<6 { bench.press("←") }
    #expect(!said(bench).contains(/waits? for it/))
  }
}
