// A vote that was called on the wrong finding, at the screen.

import ReviewCore
import Testing

@testable import Workstation

@Suite struct CallingOffTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  @Test func aVoteCalledWronglyIsCalledOff() throws {
    var bench = try Bench.session()
    bench.press("↓X")
    #expect(bench.state.message?.text == "no vote is open here; v calls one")
    bench.press("vv2X")
    #expect(bench.sessions["1"]?.openBallot(on: rim) == nil)
    #expect(bench.state.consensus.row?.vote == nil)
    bench.press("v")
    #expect(bench.state.consensus.row?.vote?.voted == [])
  }

  @Test func thatAnotherSeatDidItIsTold() throws {
    var bench = try Bench.session()
    bench.press("↓v")
    try bench.play(.callOff(rim), by: "R2")
    bench.act(.changedElsewhere)
    #expect(bench.state.message?.text == "R2 called off the vote on rim sign")
  }

  /// Whoever is about to vote is told, and what they type for it does nothing else.
  @Test(arguments: ["v", "vt", "w", "w⏎"]) func itsPickerCloses(_ keys: String) throws {
    var bench = try Bench.session()
    bench.passphrases = ["R2": "open sesame", "R3": "open sesame"]
    bench.press("↓v")
    if keys.hasPrefix("w") { try bench.play(.vote(rim, nil), by: "R1") }
    bench.act(.changedElsewhere)
    bench.press(keys)
    #expect(bench.state.overlay is SessionDialog)
    // An act of another seat that is about something else leaves it open.
    try bench.play(.note(GradeKey(.baseline, Codebook.ID.t1w), "see the other series"), by: "R2")
    bench.act(.changedElsewhere)
    #expect(bench.state.overlay is SessionDialog)
    try bench.play(.callOff(rim), by: "R2")
    bench.act(.changedElsewhere)
    #expect(bench.state.overlay is TakenAway && bench.state.consensus.turns == nil)
    #expect(bench.frame().text.contains("R2 called off the vote on rim sign"))
    let asked = bench.asked.count
    bench.press("2y")
    #expect(bench.asked.count == asked)
  }

  /// The example of what can be typed is a grade of the finding that is voted on.
  @Test func theExampleIsOfTheFinding() throws {
    var bench = try Bench.session()
    bench.press("↓vvt")
    #expect(bench.frame().text.contains("type it, as absent"), "\(bench.frame().text)")
    for finding in bench.state.session.codebook.findings {
      _ = try finding.value(finding.example)
    }
  }
}
