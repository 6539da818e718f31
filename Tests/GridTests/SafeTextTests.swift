// Text made safe, measured and wrapped.

import Foundation
import Grid
import TestSupport
import Testing

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("plain", "plain"),
    ("می\u{200C}خ क्\u{200D}ष", "می\u{200C}خ क्\u{200D}ष"),
    ("un\u{200B}seen", "un�seen"),
    ("\u{1B}]0;title\u{7}", "�]0;title�"),
    ("c1 \u{9B}31m", "c1 �31m"),
    ("abc\u{202E}cba", "abc�cba"),
    ("line\u{2028}break", "line�break"),
    ("private \u{E000}", "private �"),
    ("é 脊椎 e\u{301}", "é 脊椎 e\u{301}"),
  ])
  func unsafeScalarsAreReplacedAndNothingElse(text: String, expected: String) {
    #expect(SafeText.clean(text) == expected)
  }

  @Test func atMostFourCombiningMarksAreKept() {
    let cells = SafeText.cells("a" + String(repeating: "\u{301}", count: 9) + "b", width: testWidth)
    #expect(cells.map(\.text) == ["a\u{301}\u{301}\u{301}\u{301}", "b"])
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("脊椎", 4), ("e\u{301}", 1), ("a\u{200D}b", 2), ("a\u{200C}", 1), ("\u{200D}", 0),
    ("\u{1B}[m", 3),
  ])
  func columnsAreCountedAsDrawn(text: String, expected: Int) {
    #expect(SafeText.columns(text, width: testWidth) == expected)
  }

  @Test(arguments: [
    ("low on every sequence", 10, ["low on", "every", "sequence"]),
    ("osteomyelitis", 5, ["osteo", "myeli", "tis"]),
    ("in osteomyelitis", 5, ["in", "osteo", "myeli", "tis"]),
    ("脊椎脊 椎", 5, ["脊椎", "脊 椎"]),
    ("one\ntwo\r\n\nthree\n", 10, ["one", "two", "", "three"]),
    ("tab\tand  blanks", 20, ["tab and blanks"]),
    ("", 5, [""]),
    ("脊a", 1, ["�", "a"]),
    ("none", 0, []),
  ])
  func linesBreakAtSpacesAndNeverPassTheirWidth(text: String, columns: Int, expected: [String]) {
    #expect(SafeText.wrapped(text, columns: columns, width: testWidth) == expected)
  }

  @Test func everyStandInForAGlyphIsAsWideAsTheGlyph() {
    for (glyph, ascii) in Ascii.table {
      #expect(ascii.isASCII)
      #expect(SafeText.columns(String(glyph), width: testWidth) == 1, "\(glyph)")
    }
  }

  /// The guide tells the stand-ins that are drawn.
  @Test func theGuideHasTheSigns() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let chapter = try String(
      contentsOf: root.appending(path: "Sources/CGuide/Guide.docc/themes.md"), encoding: .utf8)
    let rows = chapter.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
      line.split(separator: "|").prefix(2).map { $0.filter { $0 != " " } }
    }
    #expect(rows.count == 11)
    for row in rows { #expect(Ascii.folded(row[0]) == row[1]) }
  }

  @Test func whatIsCutHasASignOfItsOwn() {
    #expect(Ascii.table.filter { $0.value == Ascii.table["…"] }.map(\.key) == ["…"])
  }

  /// Signs that mean something on one screen are told apart without Unicode too.
  @Test(arguments: [
    "✓↓↑»≠∅▁✎!…*▸☐", "≠█“✎∅◆●◐○▲▼·−±+=?", "−±+", "·○●◐◆=?*", "↓=↑○*", "▼▽▲△◆◇●○□?x·", "✓●‖≠", "ABC▲▼◆●☐…", "✎↗“", "±…=",
  ])
  func signsOfOneScreenHaveStandInsOfTheirOwn(signs: String) {
    let folded = Ascii.folded(signs)
    #expect(Set(folded).count == signs.count, "\(signs): \(folded)")
    #expect(signs.contains("?") || !folded.contains("?"), "\(signs): \(folded)")
  }
}
