// A quiz tests seeing: nothing on the screen tells what is asked, and what was answered is kept as it was.

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

  /// What the step says, whatever fits on the screen.
  private func said(_ bench: Bench) -> String {
    let lines = teachingLines(bench.state, width: 60).map { $0.label + " " + $0.runs.map(\.0).joined() }
    return plain(([bench.state.teaching.walk?.title ?? ""] + lines).joined(separator: "\n"))
  }

  /// What stands in a part of the screen, in one line.
  private func words(_ bench: Bench, in area: Rect) -> String {
    let grid = bench.frame()
    return plain(
      (area.y..<area.maxY).map { y in (area.x..<area.maxX).map { grid[$0, y].text }.joined() }.joined(separator: "\n"))
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
