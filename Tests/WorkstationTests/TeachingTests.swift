// The teaching file, key by key.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct TeachingTests {
  /// Keys that answer a whole quiz of case 1, the rim wrongly.
  static let quiz =
    "tg⏎⏎" + bonesOfCase1 + "11⏎⏎1⏎⏎2,33⏎⏎3⏎⏎1⏎⏎2⏎⏎121⏎⏎2⏎⏎2⏎⏎2⏎⏎1⏎⏎1⏎⏎⏎2⏎⏎"
  /// From L3, where the cursor begins, to L5.
  static let bonesOfCase1 = "↓↓ ⏎"

  @Test(arguments: [
    (80, 24, "t⏎", "teach-where"), (80, 24, "t⏎⏎", "teach-where-shown"), (80, 24, "↓↓↓t⏎⏎⏎⏎⏎⏎⏎1⏎", "teach-stir"),
    (120, 40, "↓↓↓↓t⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎3⏎", "teach-5-months"), (60, 16, "↓↓↓t2", "teach"),
    (80, 24, "↓↓↓tv⏎⏎⏎⏎⏎⏎", "teach-unknown"), (80, 24, "tg⏎1", "quiz"), (80, 24, quiz, "score"),
    (80, 24, quiz + "ls", "teaching-file"), (80, 24, "a", "atlas-halo-no-rim"), (120, 40, "aG↑↑↑", "atlas-halo"),
    (80, 24, "a/sex:f rim:present⏎", "atlas-query"), (80, 24, "tm", "teach-notes"), (80, 24, "t?", "teach-help"),
  ])
  func frames(width: Int, height: Int, keys: String, name: String) throws {
    var bench = try Bench.published(width, height)
    bench.press(keys)
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  @Test func framesInAsciiAreAscii() throws {
    var bench = try Bench.published()
    for keys in ["t", "⏎⏎⏎⏎⏎", "g", "a", "↓↓↓↓↓↓↓↓↓↓↓↓", "⎋l", "⎋⎋" + Self.quiz] {
      bench.press(keys)
      let text = bench.frame(Look(colors: .none, unicode: false)).text
      #expect(text.allSatisfy { $0.isASCII }, "after \(keys): \(text.filter { !$0.isASCII })")
    }
  }

  @Test func aQuizIsScoredKeptAndWhatWasMissedRepeated() throws {
    var bench = try Bench.published()
    bench.press(Self.quiz)
    #expect(bench.state.screen == .score)
    #expect(bench.results.score() == .init(agreed: 11, partly: 0, answered: 12))
    #expect(bench.results.score(nil, .choice) == .init(agreed: 5, partly: 0, answered: 5))
    #expect(bench.results.score(nil, .impression) == .init(agreed: 0, partly: 0, answered: 1))
    let missed: Set<TeachingTask.ID> = [
      .grade(.baseline, Codebook.ID.rimSign), .grade(.baseline, Codebook.ID.impression),
    ]
    #expect(bench.results.missed == ["1": missed])
    bench.press("r2⏎⏎1⏎⏎")
    #expect(bench.state.screen == .score)
    #expect(bench.results.missed.isEmpty)
    bench.press("r")
    #expect(bench.state.message?.text == "nothing was missed")
    bench.press("⏎")
    #expect(bench.state.screen == .teaching)
    #expect(bench.state.teaching.walk?.subject.id == "2")
    #expect(bench.state.teaching.walk?.mode == .quiz)
  }

  @Test func aQuizShowsNothingBeforeItIsAnswered() throws {
    var bench = try Bench.published()
    bench.press("tg⏎↓⇥⏎")
    #expect(bench.state.teaching.picker != nil)
    bench.press("⎋⇥b")
    #expect(bench.state.teaching.picker == nil)
    #expect(bench.state.message?.text == "no bones are asked here")
    bench.press("⇥⇥b")
    #expect(bench.state.teaching.picker != nil)
    bench.press("↓↓ ⏎⏎")
    #expect(bench.state.message?.text == "answer first: Grade posterior elements.")
    #expect(bench.state.teaching.walk?.isRevealed == false)
    bench.press("→")
    #expect(bench.state.message?.text == "in a quiz everything is answered first")
    bench.press("9x")
    #expect(
      bench.state.teaching.walk?.answers == [
        .grade(.baseline, "involved_bones"): .grade(.sites([.bone(.l5)])),
        .grade(.baseline, "posterior_elements"): .grade(.notAssessable),
      ])
  }

  /// In none of the seven cases does a frame name a grade that is still asked for.
  @Test(arguments: 0..<7) func noFrameNamesWhatIsAsked(index: Int) throws {
    var bench = try Bench.published(120, 40)
    bench.press(String(repeating: "↓", count: index) + "t")
    let codebook = Codebook.vertebralOsteomyelitis
    var steps = 0
    while let walk = bench.state.teaching.walk, steps < 60 {
      steps += 1
      let text = bench.frame().text
      for (finding, value) in walk.subject.values() where !walk.visible.contains(.finding(finding)) {
        let fact = try #require(codebook[finding])
        #expect(
          !text.contains("│ \(fact.shortTitle.padded(13))\(fact.glyphs(value))"), "case \(walk.subject.id): \(finding)")
      }
      if !walk.visible.contains(.fact(.biopsy)) { #expect(!text.contains("chronic osteomyelitis\n")) }
      if walk.revealed.count == walk.script.steps.count, walk.next == nil { break }
      bench.press("⏎")
    }
    #expect(steps > 20)
  }

  @Test func anUnknownCaseTellsNeitherNumberNorTitleNorStudy() throws {
    var bench = try Bench.published(120, 40)
    bench.press("↓↓↓↓tv")
    for _ in 0..<12 {
      let head = bench.frame().text.split(separator: "\n").prefix(2).joined()
      #expect(!head.contains("Case 5") && !head.contains("osteomyelitis") && !head.contains("worse before better"))
      bench.press("⏎")
    }
    bench.press("l")
    let list = bench.frame().text
    #expect(list.contains("Spine MR of a man of 56") && !list.contains("worse before better"))
    bench.press("a")
    #expect(bench.state.screen == .atlas)
    #expect(bench.frame().text.split(separator: "\n").first?.contains("osteomyelitis") == false)
  }

  @Test func aCaseWithoutConsensusIsNotTaught() throws {
    var bench = try Bench.practice()
    bench.press("t")
    #expect(bench.state.screen == .worklist)
    #expect(bench.state.message?.text == "a case is taught once its consensus is recorded")
    bench.press("a")
    #expect(bench.state.screen == .atlas)
    #expect(bench.state.teaching.file.cases.isEmpty)
  }

  @Test func notesAreForThePresenterAlone() throws {
    var bench = try Bench.published()
    bench.state.session.principal = Principal("L1", role: .learner)
    bench.press("tm")
    #expect(bench.state.message?.text == "notes are for the presenter alone")
    #expect(!bench.frame().text.contains("Note:"))
  }

  @Test func theAtlasOpensOnALevelThatHasCasesAndAdvisesWhereNoneDo() throws {
    var bench = try Bench.published(120, 40)
    bench.press("a")
    let codebook = Codebook.vertebralOsteomyelitis
    var seen: Set<FindingID> = []
    for _ in AtlasPage.all(codebook, typed: "") {
      let view = AtlasView(bench.state)
      if let finding = view.finding {
        seen.insert(finding.id)
        #expect(!view.cases.isEmpty, "\(finding.id) opens on \(view.choice?.title ?? "nothing")")
      }
      bench.press("↓")
    }
    #expect(seen.isSuperset(of: ["involved_bones", "healing_edge", "follow_up_grade", "soft_tissue_abscess"]))
    bench.press("/halo:absent rim:absent⏎")
    #expect(bench.frame().text.contains("No finished case matches. Ask for less with /"))
  }

  @Test func aMixedListSaysOnceThatACaseIsConstructed() throws {
    var bench = try Bench(SampleStudies.controls(SampleCases.files), 120, 40)
    bench.press("tl")
    var cases = bench.state.teaching.file.cases
    for index in cases.indices { cases[index].isConstructed = true }
    bench.state.teaching.load(TeachingFile(cases), bench.results, at: bench.now)
    let rows = bench.frame().text.split(separator: "\n").filter { $0.contains("onstructed:") }
    #expect(rows.count == 4 && rows.allSatisfy { $0.matches(of: /onstructed:/).count == 1 }, "\(rows)")
    bench.state.teaching.isUnknown = true
    #expect(bench.frame().text.matches(of: /constructed: Spine MR of/).count == 4)
  }

  @Test(arguments: [(80, 24), (120, 40)]) func noConstructedCaseIsCalledPublished(width: Int, height: Int) throws {
    var bench = try Bench(SampleStudies.controls(SampleCases.files), width, height)
    let list = bench.frame().text
    #expect(list.matches(of: /✓ constructed/).count == 4 && !list.contains("published"))
    bench.press("⏎")
    #expect(!bench.frame().text.contains("published"))
    bench.press("⎋")
    #expect(bench.state.session.study.title(of: .published) == "constructed")
    #expect(try Bench.published().frame().text.contains("✓ published"))
  }

  @Test func theAtlasAnswersShowMe() throws {
    var bench = try Bench.published()
    bench.press("a")
    #expect(AtlasView(bench.state).cases.map(\.id) == ["4"])
    bench.press("↓↓")
    #expect(AtlasView(bench.state).cases.map(\.id) == ["4", "6", "7"])
    bench.press("⇥⏎")
    #expect(bench.state.teaching.walk?.subject.id == "6")
    bench.press("⎋/flag:short-follow-up lesions:multiple⏎")
    #expect(AtlasView(bench.state).cases.map(\.id) == ["3"])
    bench.press("/nonsense:1⏎")
    #expect(bench.frame().text.contains("there is no ‘multiplenonsense:1’"))
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// Where all its cases have room, a page of the atlas has them as large as it can, in whole words.
  @Test(arguments: [(120, 40, 12), (200, 60, 20)]) func cardsOfTheAtlasTakeTheRoom(width: Int, height: Int, least: Int)
    throws
  {
    var bench = try Bench.published(width, height)
    bench.press("a")
    let layout = AtlasLayout(bench.state)
    #expect(layout.view.cases.count == 1 && layout.tile.height >= least)
    #expect(layout.height <= layout.right.height)
    let bones = try #require(bench.frame().text.split(separator: "\n").last { $0.contains("T5–L5") })
    #expect(bones.contains("T5–L5, upper sacrum, both pelvic girdles"))
    // Several stand side by side, none below the edge.
    bench.press("G↑↑↑↑↑↑↑")
    let several = AtlasLayout(bench.state)
    #expect(several.view.cases.count > 1 && several.columns > 1 && several.height <= several.right.height)
  }

  @Test func whatIsHiddenSaysSo() throws {
    var bench = try Bench.published(200, 60)
    bench.press("↓↓↓t")
    let text = bench.frame().text
    #expect(text.contains("symptoms    hidden until answered") && text.contains("Steps") && !text.contains("The way"))
  }

  /// An answer that takes more than a line goes on below its own words.
  @Test func longAnswersHangBelowTheirWords() throws {
    var bench = try Bench.published(120, 40)
    bench.press("↓↓↓t")
    var walk = try #require(bench.state.teaching.walk)
    walk.go(to: 1)
    walk.reveal()
    bench.state.teaching.begin(walk)
    let lines = bench.frame().text.split(separator: "\n").map(String.init)
    let first = try #require(lines.firstIndex { $0.contains(" 1  Two: Thoracic") })
    #expect(lines[first + 1].hasPrefix(String(repeating: " ", count: 7)) && !lines[first + 1].hasPrefix("        "))
  }
}
