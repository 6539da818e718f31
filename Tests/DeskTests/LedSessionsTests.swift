// Two seats in one session: the file says who led, and when a seat was lost and came back.

import CaseStore
import DeskSupport
import Foundation
import Interchange
import ReviewCore
import Testing
import Workstation

@Suite struct LedSessionsTests {
  @Test func leadAndSeatsAreOnRecord() throws {
    let first = try Workbench.practice()
    let home = FileManager.default.temporaryDirectory
    func seat(_ id: PrincipalID) throws -> Workbench {
      try Workbench(at: first.path, as: id, environment: first.environment, home: home, 80, 24)
    }
    func record() throws -> [String] {
      try first.store.audit(AuditFilter(caseID: "4", kinds: [.sessionLed])).map {
        "\($0.principal?.rawValue ?? "") with \($0.detail ?? "nobody")"
      }
    }
    first.press("/case:4⏎c")
    #expect(try record() == [])
    first.press("O")
    #expect(try record() == ["R1 with nobody"])
    let second = try seat("R2")
    second.press("/case:4⏎c")
    for action in first.runner.poll() { first.act(action) }
    #expect(try record() == ["R1 with nobody", "R1 with R2"])
    second.press("H")
    #expect(try record().last == "R2 with R1")
    second.runner.leave()
    for action in first.runner.poll() { first.act(action) }
    #expect(try record().last == "R1 with nobody")
    #expect(try record().count == 4)
  }

  /// Readers of different cases hold sessions of their own at the same time: nobody is led to a case that they do not read, nor
  /// thrown out of their own, and who meets at a case is together there.
  @Test func whoReadsAnotherCaseStaysThereOnTheirOwn() throws {
    let readers: [(id: CaseID, readers: [PrincipalID])] = [
      ("1", ["R1", "R2"]), ("2", ["R2", "R3"]), ("3", ["R1", "R3"]),
    ]
    let study = try FileStudy("vertebral_osteomyelitis", cases: readers.map { "id: \"\($0.id)\"\n" })
    _ = try study.at("coordinator") { try $0.assign(readers.map { CaseReaders($0.id, $0.readers) }) }
    for (id, readers) in readers {
      for reader in readers {
        try study.record(id, by: reader, ["involved_bones=L3"])
        try study.at(reader) { _ = try $0.sign(id, .baseline, seen: $0.signingSheet(id)) }
      }
    }
    // Who comes to a case later than others joins them.
    let (one, two) = (try study.seat("R1", 120, 40), try study.seat("R3", 120, 40))
    let both = try study.seat("R2", 120, 40, later: 1)
    func look() {
      for _ in 1...3 { for seat in [one, both, two] { for action in seat.runner.poll() { seat.act(action) } } }
    }
    func stand(_ seat: Workbench) -> String {
      let consensus = seat.state.consensus
      let people = (consensus.room?.people ?? []).sorted().map(\.rawValue).joined(separator: " ")
      let part = consensus.isHost ? "leads" : consensus.isFollowing ? "follows" : "alone"
      return "\(seat.state.screen == .consensus ? consensus.caseID?.rawValue ?? "" : "-") \(part): \(people)"
    }
    one.press("/case:1⏎c")
    two.press("/case:2⏎c")
    look()
    #expect([one, two].map(stand) == ["1 leads: R1", "2 leads: R3"])
    #expect(two.state.message == nil)
    // Who reads both sits down where their case is talked about.
    both.press("/case:1⏎c")
    look()
    #expect([one, both, two].map(stand) == ["1 leads: R1 R2", "1 follows: R1 R2", "2 leads: R3"])
    // Who leads on to a case of others is with them, and they keep their leader; who does not read it goes on where they are.
    both.press("H")
    look()
    both.press("]")
    look()
    #expect([one, both, two].map(stand) == ["1 leads: R1", "2 follows: R2 R3", "2 leads: R2 R3"])
    #expect(one.state.message?.text == "R2 has gone; you lead now")
    #expect(both.state.message?.text == "R3 leads at case 2; you are with them now")
    both.press("qc")
    look()
    #expect([one, both, two].map(stand) == ["1 leads: R1 R2", "1 follows: R1 R2", "2 leads: R3"])
    // Who is left behind is not taken to a third case of theirs.
    two.press("q⎋/case:3⏎c")
    both.press("H")
    look()
    both.press("]")
    look()
    #expect([one, both, two].map(stand) == ["1 leads: R1", "2 leads: R2", "3 leads: R3"])
    #expect(one.state.message?.text == "the session goes on to case 2, which others read; you go on with case 1")
  }

  /// The lead is given to the next who reads the case, past who does not, and it is said who gave it; nobody takes it from
  /// another case while a vote is open.
  @Test func theLeadIsGivenToWhoReadsTheCase() throws {
    let study = try FileStudy("vertebral_osteomyelitis", cases: ["id: \"1\"\n", "id: \"2\"\n"])
    _ = try study.at("coordinator") {
      try $0.assign([CaseReaders("1", ["R1", "R3"]), CaseReaders("2", ["R1", "R2", "R3"])])
    }
    for (id, readers) in [("1", ["R1", "R3"]), ("2", ["R1", "R2", "R3"])] as [(CaseID, [PrincipalID])] {
      for reader in readers {
        try study.record(id, by: reader, ["involved_bones=L3"])
        try study.at(reader) { _ = try $0.sign(id, .baseline, seen: $0.signingSheet(id)) }
      }
    }
    let seats = try ["R1", "R2", "R3"].map { try study.seat($0, 120, 40) }
    func look() {
      for _ in 1...3 { for seat in seats { for action in seat.runner.poll() { seat.act(action) } } }
    }
    seats[0].press("/case:1⏎cO")
    seats[1].press("/case:2⏎c")
    seats[2].press("/case:1⏎c")
    look()
    seats[0].press("L")
    look()
    #expect(seats[2].state.consensus.isHost)
    #expect(seats[2].state.message?.text.hasPrefix("R1 gave you the lead") == true)
    // Who goes on and is the only one there who reads the next case leads on.
    seats[0].runner.leave()
    look()
    seats[2].press("L")
    #expect(seats[2].state.message?.text == "nobody else is here" && seats[2].state.consensus.isHost)
    // A vote is open at a case that who asks for the lead reads too.
    seats[2].press("]")
    look()
    seats[2].press("HOv")
    look()
    seats[0].press("qc")
    look()
    for seat in [seats[0], seats[1]] where seat.state.consensus.caseID != "2" { seat.press("f") }
    #expect(seats[2].state.consensus.isHost && seats[2].state.consensus.row?.hasOpenVote == true)
    seats[0].press("[")
    #expect(seats[0].state.consensus.caseID == "1")
    seats[0].press("H")
    #expect(seats[0].state.message?.text == "R3 leads at case 2, where a vote is open; f goes there")
    look()
    #expect(seats[2].state.consensus.caseID == "2" && seats[2].state.consensus.isHost)
    seats[0].press("fH")
    #expect(seats[0].state.consensus.isHost && seats[0].state.consensus.caseID == "2")
  }

  /// Three seats on case 4; each seat looks at the others only once the leader's key is done.
  private func room() throws -> (seats: [Workbench], look: () -> Void) {
    let first = try Workbench.practice()
    let home = FileManager.default.temporaryDirectory
    let seats =
      try [first]
      + (["R2", "R3"] as [PrincipalID]).map {
        try Workbench(at: first.path, as: $0, environment: first.environment, home: home, 80, 24)
      }
    func look() {
      for _ in 1...3 {
        for seat in seats {
          seat.idle()
          for action in seat.runner.poll() { seat.act(action) }
        }
      }
    }
    for seat in seats { seat.press("/case:4⏎c") }
    first.press("O")
    look()
    return (seats, look)
  }

  private func cases(_ seats: [Workbench]) -> Set<CaseID?> { Set(seats.map(\.state.consensus.caseID)) }
  private func leader(_ seats: [Workbench]) -> [PrincipalID] {
    seats.filter(\.state.consensus.isHost).map(\.store.principal.id)
  }

  @Test func theRoomGoesOnToTheNextCaseLedByTheNextSeat() throws {
    let (seats, look) = try room()
    var led: Set<PrincipalID> = []
    for _ in seats {
      let before = cases(seats)
      let leading = try #require(seats.first { $0.state.consensus.isHost })
      let next = try #require(leading.state.consensus.room?.next?.principal)
      leading.press("]")
      look()
      #expect(cases(seats).count == 1 && cases(seats) != before, "\(cases(seats))")
      #expect(leader(seats) == [next])
      #expect(seats.allSatisfy { $0.state.consensus.view?.id == $0.state.consensus.caseID })
      led.insert(next)
    }
    #expect(led.count == 3)
    // Who looked around alone is given the lead where the others are.
    let next = try #require(seats[0].state.consensus.room?.next?.principal)
    let alone = try #require(seats.first { $0.store.principal.id == next })
    alone.press("]")
    #expect(alone.state.message?.text == "you have left R1 at their case; f goes back to the others")
    seats[0].press("L")
    look()
    #expect(cases(seats).count == 1 && leader(seats) == [next])
  }

  /// Below its quorum for good, at once and not only in the box: on the screen, in the status, for every key that would
  /// confirm.
  @Test func aConsensusBelowItsQuorumSaysSo() throws {
    let (seats, look) = try room()
    let coordinator = try StudyStore.open(at: seats[0].path, as: "coordinator", environment: seats[0].environment)
    defer { try? coordinator.close() }
    for reader in ["R2", "R3"] as [PrincipalID] { _ = try coordinator.withdraw(reader, reason: "moved") }
    look()
    let words = "too few readers are left for it to be recorded"
    let frame = seats[0].frame().text
    #expect(frame.contains(words) && !frame.contains("C confirms"), "\(frame)")
    for key in ["C", "D", "W", "A"] {
      seats[0].press(key)
      #expect(seats[0].state.message?.text.hasPrefix(words) == true, "\(key)")
    }
    let table = try coordinator.consensusTable("4")
    #expect(table.pending == [])
    let status = ConsensusText(codebook: .vertebralOsteomyelitis, principals: []).status(table)
    #expect(status.contains(words) && !status.contains("to confirm"), "\(status)")
  }

  @Test func whoWritesIsGivenTheLeadAndNotDrivenOn() throws {
    let (seats, look) = try room()
    let name = try #require(seats[0].state.consensus.room?.next?.principal)
    let writer = try #require(seats.first { $0.store.principal.id == name })
    writer.press("mhalf")
    seats[0].press("]")
    look()
    let next = seats[0].state.consensus.caseID
    #expect(next != "4" && Set(cases(seats)) == ["4", next])
    #expect(leader(seats) == [name] && writer.state.consensus.caseID == "4")
    #expect(writer.frame().text.contains("half"))
    writer.press("⏎f")
    look()
    #expect(cases(seats) == [next] && leader(seats) == [name])
  }
}
