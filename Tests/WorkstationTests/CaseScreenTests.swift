// The case screen: what must be seen, whatever the window.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct CaseScreenTests {
  @Test func escPutsAnEnlargedPanelBackBeforeItLeaves() throws {
    var bench = try Bench.published()
    bench.press("⏎88⎋")
    #expect(bench.state.screen == .patientCase && !bench.state.caseScreen.isEnlarged)
    bench.press("⎋")
    #expect(bench.state.screen == .worklist)
  }

  /// Who looks at a case while its consensus is recorded or reopened is told that other grades stand there now.
  @Test func aReopeningIsToldToWhoLooksAtTheCase() throws {
    var bench = try Bench.practice()
    bench.open("1")
    bench.press("⏎")
    try #require(bench.state.screen == .patientCase && bench.state.caseScreen.view?.id == "1")
    func play(_ moves: [(ConsensusMove, PrincipalID)]) throws {
      bench.state.consensus.caseID = "1"
      for (move, reader) in moves { try bench.play(move, by: reader) }
      bench.state.consensus.caseID = nil
      bench.act(.changedElsewhere)
    }
    let keys = try #require(bench.sessions["1"]?.keys)
    try play(
      [(.takeOver(nil), "R2")]
        + keys.filter { bench.sessions["1"]?.unanimousGrade(on: $0) == nil }.map {
          (.agree([$0: AgreedGrade(nil)], instead: nil), "R2")
        })
    #expect(bench.state.message == nil)
    let version = try #require(bench.sessions["1"]?.version)
    try play((["R1", "R2", "R3"] as [PrincipalID]).map { (.confirm(version), $0) })
    #expect(bench.state.message?.text == "the consensus of case 1 is recorded: its grades stand here now")
    bench.press("↓")
    try play([(.reopen(version, reason: "histology came late"), "R2")])
    #expect(
      bench.state.message?.text
        == "the consensus of case 1 was reopened: the readings stand here now; c shows why")
  }

  /// The table of the source grades inflammation in case 4, the legend of a figure says none: both stand together.
  @Test func aNoteStandsBesideItsGrade() throws {
    var bench = try Bench.published(120, 40)
    bench.press("↓↓↓⏎")
    #expect(bench.frame().text.contains("inflammation ◐ limited"))
    #expect(bench.frame().text.contains("limited by the table; the legend of figure"))
    bench = try Bench.published()
    bench.press("↓↓↓⏎77")
    #expect(bench.frame().text.contains("the legend of figure 2 says none on the"))
  }

  /// On a wide screen no panel of the baseline hides a fact while another leaves rows empty.
  @Test(arguments: 0..<7)
  func theBaselineIsSeenWhole(row: Int) throws {
    var bench = try Bench.published(120, 40)
    bench.press(String(repeating: "↓", count: row) + "⏎")
    let context = try #require(bench.state.panelContext)
    let layout = CaseLayout(bench.state)
    #expect(layout.boxes.count == Panel.all.count)
    for (id, rect) in layout.boxes where ![.followUp, .readers, .examinations].contains(id) {
      let needed = Panel.of(id).height(context, rect.width - 4)
      #expect(needed <= rect.height - 2, "\(id) has \(rect.height - 2) rows and needs \(needed)")
    }
  }

  /// The signs of the timeline are explained, in ASCII too.
  @Test(arguments: [(true, "▼ ◆ ▲ ●"), (false, "V & { @")]) func theSignsOfTheTimelineHaveAKey(
    unicode: Bool, signs: String
  ) throws {
    var bench = try Bench.published()
    bench.press("⏎?")
    let line = bench.frame(Look(unicode: unicode)).text.split(separator: "\n").first { $0.contains(signs) }
    #expect(line?.contains("aggravated, equivocal, healing, healed") == true)
  }

  /// `p` tells the change since the examination before first, or says why there is none.
  @Test func theTimelineTellsTheOtherComparisonFirst() throws {
    var bench = try Bench.practice(120, 40)
    let index = try #require(bench.readings.firstIndex { $0.caseID == "4" && $0.reading.examination == "8" })
    bench.readings[index].reading.grades[GradeKey("8", Codebook.ID.marrow, comparator: .previous)] = Grade(
      .level("partial"))
    bench.press("↓↓↓⏎")
    func heads() -> [String] {
      bench.frame().text.split(separator: "\n").compactMap { line in
        ["against the baseline", "against the examination at 3 months"].first { line.contains($0) }
      }
    }
    while bench.state.caseScreen.selected != "8" { bench.press("←") }
    bench.press("8z")
    #expect(heads() == ["against the baseline", "against the examination at 3 months"])
    bench.press("p")
    #expect(heads() == ["against the examination at 3 months", "against the baseline"])
    bench.press("p")
    #expect(heads().first == "against the baseline")
    bench.press("←p")
    #expect(bench.state.message?.text == "the examination before this one is the baseline")
    bench.press("←p")
    #expect(bench.state.message?.text == "the baseline has no comparator")
  }

  /// The folded layout tells every baseline grade in a line.
  @Test func summariesAreWholeInASmallWindow() throws {
    var bench = try Bench.published()
    bench.press("↓↓↓↓⏎")
    let text = bench.frame().text
    for words in [
      "T1W− T2W±+ STIR+", "global ", "preserved, none", "▲ healing (almost", "0, 5, 10.5, 25 mo", "published ",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    bench.press("[")
    #expect(bench.frame().text.contains("marginal + global"))
  }

  /// On a wide screen the study and how its population came about stand beside each other, whole.
  @Test func theStudyIsSeenWholeOnAWideScreen() throws {
    var bench = try Bench.published(120, 40)
    bench.press("i")
    let text = bench.frame().text
    for words in ["214 vertebral", "spondylodiskitis", "7 included", "5 resolved under", "consensus    7 of 7"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("↓"))
  }

  /// An empty list in a case file says that there was none; a key left out says nothing.
  @Test func noneIsNotTheSameAsNotStated() throws {
    var bench = try Bench.published()
    bench.sample.cases[0].biopsies = []
    bench.sample.cases[0].therapy = []
    bench.sample.cases[0].cultures = nil
    bench.act(.changedElsewhere)
    bench.press("⏎")
    let text = bench.frame().text
    #expect(text.contains("biopsy       none"))
    #expect(text.contains("therapy      none"))
    #expect(text.contains("culture      not stated"))
  }

  /// In a narrow panel a long text flows on behind its label instead of standing in a column a word wide.
  @Test func factsFlowWhereTheirColumnIsNarrow() {
    let fact = Fact("T1W series", "sagittal, 550/12, figure 2C, marrow reconstituted", indent: 29)
    #expect(fact.rows(width: 40) == 2)
    #expect(fact.rows(width: 80) == 1)
    var canvas = Canvas(size: Size(width: 40, height: 2), look: Look(), width: testWidth)
    _ = fact.draw(&canvas, canvas.bounds, y: 0)
    #expect(
      canvas.grid.text == "T1W series sagittal, 550/12, figure 2C,\n  marrow reconstituted"
        || canvas.grid.text == "T1W series sagittal, 550/12, figure 2C,\n  marrow reconstituted\n")
  }

  @Test func anEleventhPanelTakesNobodysKey() {
    let digits = (0..<12).map { Panel.digit(at: $0) }
    #expect(digits.prefix(10).compactMap { $0 } == Array("1234567890"))
    #expect(digits.dropFirst(10).allSatisfy { $0 == nil })
  }

  /// What is bound twice on a screen does what stands first; a new row must not shadow another.
  @Test func noPanelSharesItsKey() {
    let panels = Commands.available(on: .patientCase).filter { $0.id.hasPrefix("case.panel.") }
    for isOfFiles in [false, true] {
      let keys = panels.filter { $0.id.hasPrefix("case.panel.file.") == isOfFiles }.flatMap(\.keys)
      #expect(keys.count == Set(keys).count)
    }
  }
}
