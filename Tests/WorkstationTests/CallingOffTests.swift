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
}
