// A vote that was called wrongly is called off: nothing of it is ever shown.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct CallingOffTests {
  @Test func votesOfAVoteThatWasCalledOffStaySealed() throws {
    let session = try SessionStudy()
    #expect(storeError { try session.play(.callOff(rim)) } == .consensus(.noVote("rim sign")))
    try session.play(.call(rim))
    try session.play(.vote(rim, .level("absent")), by: "R1")
    try session.play(.vote(rim, .level("present")), by: "R2")
    let off = try session.play(.callOff(rim), by: "coord").table
    #expect(off.row(rim)?.vote == nil)
    #expect(off.log.last?.text == "coord called off the vote on rim sign")
    #expect(storeError { try session.play(.vote(rim, nil), by: "R3") } == .consensus(.noVote("rim sign")))
    // Another vote on the same finding reveals its own votes and no others.
    try session.play(.call(rim))
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.vote(rim, nil), by: reader) }
    let table = try session.play(.reveal(rim), by: "R3").table
    #expect(table.row(rim)?.vote?.revealed == [.cast(nil), .cast(nil), .cast(nil)])
    #expect(table.row(rim)?.vote?.count == 1)
    #expect(try session["R3"].consensusTable("1").log.allSatisfy { !$0.text.contains("present") })
    let voted = AuditFilter(principal: "R2", kinds: [.voted])
    #expect(try session["R3"].audit(voted).count == 1 && session["R2"].audit(voted).count == 2)
    #expect(try session["R3"].audit(AuditFilter(kinds: [.voteCalledOff])).map(\.principal) == ["coord"])
    #expect(try session["coord"].verify().faults == [])
    #expect(try session["coord"].consensusProcess().called == 1)
  }

  @Test func itIsNoPlaceToChangeAVoteThatIsOver() throws {
    let session = try SessionStudy()
    try session.play(.call(rim))
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.vote(rim, .level("absent")), by: reader) }
    try session.play(.reveal(rim))
    #expect(storeError { try session.play(.callOff(rim)) } == .consensus(.noVote("rim sign")))
    #expect(storeError { try session.play(.callOff(rim), by: "show") }?.category == .notPermitted)
  }
}
