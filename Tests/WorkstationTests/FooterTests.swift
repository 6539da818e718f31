// The last row of every screen and of what lies over it: one golden for all, which no other frame repeats.

import Foundation
import Grid
import TestSupport
import Testing

@testable import Workstation

@Suite struct FooterTests {
  /// Where one is, and the keys that lead there from the worklist.
  private static let published = [
    ("worklist", ""), ("worklist, searching", "/rim:"), ("a case", "⏎"), ("a case, enlarged", "⏎8⏎"),
    ("study", "i"), ("help", "?"), ("commands", ":"), ("themes", "T"), ("courses", "f"),
    ("teaching", "t"), ("teaching, revealed", "t⏎⏎"), ("notes", "tm"), ("quiz", "tg"), ("quiz, answered", "tg⏎⏎ "),
    ("teaching file", "tl"), ("atlas", "a"), ("score", "tg⏎⏎↓↓ ⏎2g⏎⏎⏎s"), ("agreement, none", "K"), ("images", "⏎V"),
    ("history", "⏎H"),
  ]

  private static let practice = [
    ("grading", "↓g"), ("bones", "↓g⏎"), ("a note", "↓gm"), ("a remark", "↓g↓1m"), ("signing", "↓g↓1S"),
    ("a follow-up", "↓g}"), ("changes of bones", "↓↓↓g{{{}↓⏎"), ("progress", "p"),
  ]

  private static let session = [
    ("consensus", ""), ("a vote", "↓v"), ("a choice", "↓vv"), ("behind the curtain", "↓vw"), ("agenda", "a"),
    ("unanimous", "y"), ("confirming", "C"), ("consensus figures", "b"),
  ]

  private static let agreement = [("agreement", ""), ("agreement, a finding", "⏎"), ("agreement, its cases", "⏎⏎")]

  private static let joint = [
    ("joint reading", ""), ("joint, a grade", "s1⏎"), ("joint, a vote", "↓v"), ("joint, follow-up", "}"),
  ]

  /// In ASCII an arrow down would be the letter v, which calls a vote.
  @Test func arrowsAreNamedInASCII() throws {
    var bench = try Bench.session()
    bench.press("?")
    let ascii = Look(colors: .none, unicode: false)
    #expect(bench.frame(ascii).text.contains("^ v              at the right edge"), "\(bench.frame(ascii).text)")
    while !bench.frame(ascii).text.contains("Down j"), bench.frame().text.contains("more ↓") { bench.press("↓") }
    #expect(bench.frame(ascii).text.contains("Down j           next finding"), "\(bench.frame(ascii).text)")
    #expect(bench.frame().text.contains("↓ j              next finding"))
  }

  @Test func footers() throws {
    var lines: [String] = []
    var seen: Set<ScreenID> = []
    for width in [60, 80, 120] {
      for (places, bench) in [
        (Self.published, try Bench.published(width, 24)), (Self.practice, try Bench.practice(width, 24)),
        (Self.session, try Bench.session(width, 24)), (Self.joint, try Bench.joint(width, 24)),
        (Self.agreement, try Bench.agreement(width, 24)),
      ] {
        for (name, keys) in places {
          var bench = bench
          bench.press(keys)
          seen.insert(bench.state.screen)
          let frame = bench.frame()
          lines.append("\(width) \(name):".padding(toLength: 26, withPad: " ", startingAt: 0) + frame.line(23))
        }
      }
    }
    expectGolden(lines.map { $0 + "\n" }.joined(), "footers")
    // The report of a presentation needs an audience: `PresentationTests` has it.
    #expect(Set(Screen.all.map(\.id)).subtracting(seen) == [.sessionReport])
  }
}
