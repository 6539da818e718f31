// How many cases a filter finds, while it is typed.

import ReviewCore
import Testing

@testable import Workstation

@Suite struct FilterCountTests {
  @Test func theCountFollowsWhatIsTyped() throws {
    var bench = try Bench.published()
    bench.press("/er")
    let count = bench.sample.cases.count { ($0.title ?? "").lowercased().contains("er") }
    #expect(bench.frame().text.contains("\(count) \(count == 1 ? "case" : "cases") found   Enter filters"))
    // A word that is not whole says what is wrong instead, and nothing is typed: nothing is counted.
    bench.press(" rim:")
    #expect(!bench.frame().text.contains("found"))
    bench.press("⎋/")
    #expect(!bench.frame().text.contains("found"))
  }
}
