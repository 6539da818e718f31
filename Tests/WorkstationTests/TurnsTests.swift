// Readers who act one after another at one screen.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct TurnsTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  @Test func turnsAreForThoseWhoHaveNoSeatOfTheirOwn() throws {
    var bench = try Bench.session()
    bench.act(room(host: "a"))
    bench.press("↓vw")
    #expect(bench.state.message?.text == "the others sit at seats of their own; v votes here")

    let two = [Room.Member(seat: "a", principal: "R1"), Room.Member(seat: "b", principal: "R2")]
    bench.act(.session(.room(Room(members: two, host: "a", own: "a", focus: bench.state.consensus.focus))))
    bench.press("w⏎2")

    #expect(bench.frame().text.contains("R3 votes on rim sign now"))
  }

  @Test func atOneScreenTheVotesComeInTurnBehindACurtain() throws {
    // Given a vote, and readers with and without a passphrase
    var bench = try Bench.session()
    bench.passphrases["R2"] = "open sesame"
    bench.press("↓vw")

    // Then before each vote nothing but the curtain is seen
    #expect(bench.frame().text.contains("R1 votes on rim sign now"))
    #expect(!bench.frame().text.contains("absent"))
    bench.press("⏎2")
    #expect(bench.frame().text.contains("R2 votes on rim sign now"))
    bench.press("⏎wrong⏎")
    #expect(bench.frame().text.contains("! that is not the passphrase of R2"))
    #expect(!bench.frame().text.contains("wrong"))
    bench.press("open sesame⏎1")
    #expect(bench.frame().text.contains("R3 votes on rim sign now"))
    bench.press("⏎2")

    // And when the last has voted the votes can be revealed, and not sooner seen
    #expect(bench.state.overlay == nil && bench.state.consensus.turns == nil)
    #expect(bench.state.message?.text == "all have voted; r reveals")
    #expect(bench.asked.last(where: { $0 == .session(.dismissGuests) }) != nil)
    bench.press("r")
    #expect(
      bench.state.consensus.row?.vote?.revealed == [
        .cast(.level("present")), .cast(.level("present")), .cast(.level("absent")),
      ])
  }
}
