// Whole frames, kept as text.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct FrameTests {
  @Test func aMessageThatIsLongerThanALineTakesMore() throws {
    var bench = try Bench.practice(60, 16)
    let words = (1...25).map { "word\($0)" }
    bench.state.message = Message(words.joined(separator: " "), .warning)
    let lines = bench.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(words.allSatisfy { word in lines.contains { $0.split(separator: " ").contains(Substring(word)) } })
    bench.state.message = Message("short", .warning)
    #expect(bench.frame().text.contains("\n ! short"))
  }

  /// Size, keys, name.
  @Test(arguments: [
    (80, 24, "", "worklist"), (120, 40, "", "worklist"), (60, 16, "", "worklist"), (40, 12, "", "too-small"),
    (80, 24, "⏎", "case-1"), (100, 30, "↓⏎8", "case-2-follow-up"), (120, 40, "↓↓↓↓⏎8", "case-5"),
    (200, 60, "↓↓↓↓⏎3", "case-5"), (80, 24, "↓↓↓↓⏎88", "case-5-follow-up-enlarged"),
    (60, 16, "↓↓↓⏎0", "case-4-examinations"),
    (80, 24, "i", "study"), (120, 40, "i", "study"), (80, 24, "?", "help"), (80, 24, ":sort", "palette"),
    (80, 24, "/rim:", "filter"),
    (80, 24, "T↓", "themes"), (80, 24, "f↓↓↓↓", "courses"), (120, 40, "fs", "courses-by-grade"),
    (60, 16, "f", "courses"),
    (80, 24, "↓↓↓↓⏎88←", "case-5-at-10.5"), (80, 24, "↓↓↓↓⏎88←←", "case-5-at-5"), (120, 40, "↓↓↓↓⏎88←←", "case-5-at-5"),
  ])
  func published(width: Int, height: Int, keys: String, name: String) throws {
    var bench = try Bench.published(width, height)
    bench.press(keys)
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  @Test(arguments: [
    (80, 24, "↓g↓↓↓1", "grading"), (120, 40, "↓g↓↓↓12,3", "grading"), (80, 24, "↓g⏎", "bones"),
    (80, 24, "↓g↓1S", "sign"),
    (80, 24, "↓g}1", "grading-follow-up"), (120, 40, "↓g}1", "grading-follow-up"),
    (60, 16, "↓↓↓g{{{}}", "grading-follow-up"), (80, 24, "", "practice-worklist"), (60, 16, "↓g", "grading"),
    (120, 40, "↓", "practice-worklist"), (200, 60, "↓↓↓", "practice-worklist"), (200, 60, "↓g↓↓↓12,3", "grading"),
    (60, 16, "p", "progress"), (80, 24, "p", "progress"), (120, 40, "p", "progress"),
    (80, 24, "↓gt1", "bones-typed"), (80, 24, "↓g⏎?", "bones-help"), (80, 24, "↓g↓↓↓↓↓↓↓2bS1⏎#5/9⏎↑", "grading-seen"),
  ])
  func practice(width: Int, height: Int, keys: String, name: String) throws {
    var bench = try Bench.practice(width, height)
    bench.press(keys)
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  /// Case 4, of which the first reader has graded baseline and 3 months.
  @Test(arguments: [
    (80, 24, "}}1p1", "grading-interval"), (120, 40, "}}1↓2p1", "grading-interval"),
    (80, 24, "}}↓⏎av", "bones-changes"),
    (120, 40, "}}↓⏎a2↓4⏎", "grading-second-follow-up"), (80, 24, "}}pS", "sign-follow-up"),
  ])
  func followUps(width: Int, height: Int, keys: String, name: String) throws {
    var bench = try Bench.practice(width, height)
    bench.readings.removeAll { $0.caseID == "4" && $0.reading.examination == "8" }
    bench.press("↓↓↓g{{{" + keys)
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  @Test(arguments: [("ascii", Look(colors: .none, unicode: false)), ("mono", Look(colors: .none))])
  func coursesWithoutColour(name: String, look: Look) throws {
    var bench = try Bench.published(80, 24)
    bench.press("f↓")
    expectGolden(bench.frame(look), "courses-\(name)-80x24")
  }

  @Test(arguments: [
    ("color", Look(colors: .many)), ("sixteen", Look(colors: .sixteen)), ("mono", Look(colors: .none)),
    ("ascii", Look(colors: .none, unicode: false)),
  ])
  func stylesOfTheCaseScreen(name: String, look: Look) throws {
    var bench = try Bench.published(120, 40)
    bench.press("↓↓↓↓⏎")
    expectGolden(bench.frame(look), "styles-\(name)-120x40")
  }

  /// The same screens without colour, and in ASCII: what they say is all there.
  @Test(arguments: [("ascii", Look(colors: .none, unicode: false)), ("mono", Look(colors: .none))])
  func wideScreensWithoutColour(name: String, look: Look) throws {
    var bench = try Bench.practice(120, 40)
    bench.press("↓")
    expectGolden(bench.frame(look), "practice-worklist-\(name)-120x40")
    bench.press("g↓↓↓12,3")
    expectGolden(bench.frame(look), "grading-\(name)-120x40")
  }

  /// A page is as long as it needs: what it says is never cut, however narrow it is.
  @Test(arguments: [60, 70, 80, 100]) func thePaceIsWhole(width: Int) throws {
    var bench = try Bench.practice(width, 24)
    bench.press("p")
    let page = bench.frame().text.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    #expect(!page.contains("…") && page.contains("at this pace done in") && page.contains(" days"))
  }

  @Test func asciiFramesAreAscii() throws {
    var bench = try Bench.published(120, 40)
    for keys in ["", "↓↓↓↓⏎", "8⏎", "⎋i", "⎋f", "⎋?"] {
      bench.press(keys)
      let text = bench.frame(Look(colors: .none, unicode: false)).text
      #expect(text.allSatisfy { $0.isASCII }, "after \(keys): \(text.filter { !$0.isASCII })")
    }
  }

  @Test func hostileTextIsNeverDrawnAsItIs() throws {
    var bench = try Bench.published()
    bench.sample.cases[0].title = "\u{1B}]0;owned\u{7}\u{202E}gnp"
    bench.act(.changedElsewhere)
    bench.press("⏎")
    let text = bench.frame().text
    #expect(text.contains("�]0;owned��gnp"))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !SafeText.isUnsafe($0) })
  }
}
