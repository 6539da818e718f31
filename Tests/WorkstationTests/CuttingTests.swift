// What does not fit is cut between words, and a list of bones at a comma with how many more.

import Grid
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
}
