// What does not fit is cut between words, and a list of bones at a comma with how many more.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct CuttingTests {
  private let canvas = Canvas(size: Size(width: 80, height: 1), look: Look(), width: testWidth)

  @Test(arguments: [
    ("T10, L1, upper sacrum", 21, "T10, L1, upper sacrum"), ("T10, L1, upper sacrum", 20, "T10, L1 +1"),
    ("whole spine, both ribs", 13, "whole… +1"), ("whole spine, both ribs", 14, "whole spine +1"),
    ("pelvic girdle left", 12, "pelvic…"), ("pelvic girdle left", 15, "pelvic girdle…"),
  ])
  func bonesAreCutAtAComma(text: String, room: Int, shown: String) {
    #expect(canvas.list(text, columns: room) == shown)
  }

  @Test(arguments: [
    ("low-back pain, fever; 5 days", 22, "low-back pain, fever…"), ("metastasis", 8, "metasta…"),
    // A glyph alone would say nothing.
    ("M metastasis", 9, "M metast…"), ("healing", 7, "healing"), ("healing", 1, "healing"),
  ])
  func wordsAreCutBetweenThem(text: String, room: Int, shown: String) {
    #expect(canvas.words(text, columns: room) == shown)
  }

  @Test func runsAreCutInTheLastThatHasRoom() {
    let runs: Line = [
      ("Case 1", .role(.heading)), ("  A single lesion in L5", .plain), ("   published", .role(.muted)),
    ]
    func text(_ columns: Int) -> String { canvas.cut(runs, columns: columns).map(\.0).joined() }
    #expect(text(80) == "Case 1  A single lesion in L5   published")
    #expect(text(20) == "Case 1  A single…")
    #expect((2...45).allSatisfy { canvas.columns(text($0)) <= $0 })
  }

  /// Half a word behind a glyph would say less than the words alone, and of several levels the glyphs say all.
  @Test(arguments: [
    (Codebook.ID.t2w, "iso,hyper", 14, "±+ iso + hyper"), (Codebook.ID.t2w, "iso,hyper", 13, "iso + hyper"),
    (Codebook.ID.t2w, "iso,hyper", 10, "±+"), (Codebook.ID.disks, "involved", 9, "involved"),
    (Codebook.ID.disks, "involved", 7, "involved"),
  ])
  func gradesGiveUpTheirGlyphsOrTheirWords(finding: FindingID, value: String, room: Int, shown: String) throws {
    let finding = try #require(try Bench.published().state.session.codebook[finding])
    let runs = valueRuns(try finding.value(value), finding) { canvas.columns($0) <= room }
    #expect(runs.map(\.0).joined() == shown)
  }

  @Test func theBoneOfASignIsReadBesideIt() throws {
    var bench = try Bench.practice()
    bench.press("↓gl5⏎1112212bL5⏎")
    #expect(bench.frame().text.contains("rim sign                  present L5 "))
    bench.press("mlow all around⏎")
    #expect(bench.frame().text.contains("rim sign                  present L5✎"))
  }

  @Test func linesThatHaveNoRoomAreKnownToBeThere() {
    var canvas = Canvas(size: Size(width: 12, height: 2), look: Look(), width: testWidth)
    let area = Rect(x: 0, y: 0, width: 10, height: 2)
    #expect(canvas.put([("one two", .plain), ("three", .plain)], in: area) == 2)
    #expect(!canvas.grid.text.contains("…"))
    #expect(canvas.put([("one two three", .plain), ("four", .plain)], in: area) == 2)
    #expect(canvas.grid.text.contains("three     …"))
  }

  @Test func aHeadGivesUpWhatMattersLeastAndTheBeginningOfALongIDLast() {
    let parts = [
      HeadPart("Grade", "multicentre-spine-infection-case-0001"), HeadPart("  round 1", .plain, gives: 1),
      HeadPart("  12 of 13", .plain),
    ]
    func text(_ columns: Int) -> String { fitting(parts, columns: columns).map(\.0).joined() }
    #expect(text(67) == "Grade case multicentre-spine-infection-case-0001  round 1  12 of 13")
    #expect(text(66) == "Grade case multicentre-spine-infection-case-0001  12 of 13")
    #expect(text(57) == "Grade case …ction-case-0001  12 of 13")
  }
}
