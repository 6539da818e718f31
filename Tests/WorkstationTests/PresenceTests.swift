// Who comes to a session, goes and comes back, as the others are told.

import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct PresenceTests {
  private func room(_ seats: [String: PrincipalID], host: String) -> Action {
    let members = seats.sorted { $0.key < $1.key }.map { Room.Member(seat: $0.key, principal: $0.value) }
    return .session(.room(Room(members: members, host: host, own: "a", focus: SessionFocus(caseID: "1"))))
  }

  @Test func whoComesBackIsToldInPlaceOfThatTheyHaveGone() throws {
    var bench = try Bench.session()
    func told(_ seats: [String: PrincipalID], host: String) -> String? {
      bench.act(room(seats, host: host))
      return bench.state.message?.text
    }
    #expect(told(["a": "R1", "b": "R2"], host: "b") == nil)
    #expect(told(["a": "R1", "b": "R2", "c": "R3"], host: "b") == "R3 is here")
    #expect(told(["a": "R1", "c": "R3"], host: "a") == "R2 has gone; you lead now")
    #expect(told(["a": "R1", "c": "R3", "d": "R2"], host: "a") == "R2 is back")
    #expect(told(["a": "R1", "d": "R2"], host: "a") == "R3 has gone")
    // People and not seats: a second seat of somebody is nobody new.
    #expect(told(["a": "R1", "d": "R2", "e": "R2"], host: "a") == "R3 has gone")
    #expect(told(["a": "R1"], host: "a") == "R2 has gone")
    bench.press("↓")
    #expect(told(["a": "R1", "b": "R2", "c": "R3"], host: "a") == "R2 is back; R3 is back")
  }

  /// That one's own word no longer counts stays to be read.
  @Test func anotherWarningIsNotTakenAway() throws {
    var bench = try Bench.session()
    bench.act(room(["a": "R1"], host: "a"))
    bench.state.message = Message("your confirmation no longer counts", .warning)
    bench.act(room(["a": "R1", "b": "R2"], host: "a"))
    #expect(bench.state.message?.text == "your confirmation no longer counts")
  }
}
