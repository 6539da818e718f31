// What holds of a consensus session however three seats come between each other.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct ConsensusInterleavingTests {
  private static let readers: [PrincipalID] = ["R1", "R2", "R3"]

  @Test(arguments: 0..<10)
  func anyInterleavingOfThreeSeatsKeepsTheInvariants(seed: UInt64) throws {
    // Given three seats that try anything, drop their connection and come back, and say things twice
    var generator = Dice(seed)
    let session = try SessionStudy()
    // Every other time all is settled at the start, so that there is much to confirm.
    let isSettled = seed.isMultiple(of: 2)
    if isSettled { _ = try session.settled() }
    let readings = Set(try session["R1"].caseView("1").readings.map(\.grades))
    var seats = session.seats
    var recorded: [Int: Consensus] = [:]
    for _ in 0..<60 {
      let id = Self.readers.randomElement(using: &generator) ?? "R1"
      if Int.random(in: 0..<8, using: &generator) == 0 {
        try seats[id]?.close()
        seats[id] = try session.study.open(id)
      }
      guard let seat = seats[id] else { continue }
      let table = try seat.consensusTable("1")
      let move = randomMove(table, using: &generator)
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        do {
          // What an act answers is what the file holds.
          let result = try seat.consensus("1", move)
          #expect(try seat.consensusTable("1") == result.table)
        } catch let error as StoreError {
          guard case .consensus = error else { throw error }
        }
      }

      try expectNoVoteIsSeen(seats, by: Self.readers.randomElement(using: &generator) ?? "R1")
      let view = try seat.caseView("1")
      #expect(Set(view.readings.map(\.grades)) == readings)
      if view.stage == .recorded, let consensus = view.consensus, recorded[consensus.version] == nil {
        recorded[consensus.version] = consensus
        try expectEverybodysWord(seat, consensus)
      }
    }

    // Then every version is still as it was recorded, and the file is whole
    for (version, consensus) in recorded {
      #expect(try session["coord"].read { try $0.consensus($0.facts("1"), round: 1, version: version) } == consensus)
    }
    #expect(!recorded.isEmpty || !isSettled, "nothing was recorded: the test has tested too little")
    #expect(try session["coord"].verify().faults.isEmpty)
  }

  /// What a seat sees is what the coordinator sees, who has no vote; a seat knows of its own vote besides.
  private func expectNoVoteIsSeen(_ seats: [PrincipalID: StudyStore], by reader: PrincipalID) throws {
    func shared(_ table: ConsensusTable) -> ConsensusTable {
      var table = table
      for index in table.rows.indices { table.rows[index].vote?.own = nil }
      // One's own second thoughts are in one's own log before the reveal.
      table.log.removeAll { $0.kind == .voted }
      return table
    }
    let coordinator = try #require(try seats["coord"]?.consensusTable("1"))
    #expect(coordinator.rows.allSatisfy { $0.vote?.own == nil })
    let seat = try #require(seats[reader])
    #expect(try shared(seat.consensusTable("1")) == shared(coordinator))
    let session = try seat.read { try $0.deliberation($0.facts("1"), round: 1) }
    for key in session.keys {
      for (voter, vote) in session.openBallot(on: key)?.votes ?? [:] { #expect((vote == .sealed) == (voter != reader)) }
    }
  }

  /// A word of each reader, for just the version that was recorded; an absence for its number.
  private func expectEverybodysWord(_ seat: StudyStore, _ consensus: Consensus) throws {
    let session = try seat.read { try $0.deliberation($0.facts("1"), round: 1) }
    #expect(session.version.number == consensus.version && consensus.origin == .session)
    #expect(session.standings.values.contains(.confirmed))
    for reader in Self.readers {
      let isSaid = session.events.contains { event in
        switch (event.act, session.standing(of: reader)) {
        case (.confirmed, .confirmed), (.dissented, .dissented): event.by == reader && event.version == session.version
        case (.absent(reader, _), .absent): event.version.number == consensus.version
        default: false
        }
      }
      #expect(isSaid, "\(reader) has not spoken for \(session.version)")
    }
  }

  @Test(arguments: 0..<3)
  func allConfirmAtTheSameMomentAndTwice(_ attempt: Int) async throws {
    // Given a settled case, and each reader at two seats
    let session = try SessionStudy()
    let version = try session.settled()
    let seats = try (Self.readers + Self.readers).map { try session.study.open($0) }

    // When all six confirm at once
    let done = try await atOnce(seats.map { seat in { (try? seat.consensus("1", .confirm(version))) != nil } })
      .count { $0 }

    // Then each reader has confirmed once, and there is one consensus
    #expect(done == 3)
    let audit = try session["coord"].audit()
    #expect(audit.count { $0.kind == .consensusConfirmed } == 3)
    #expect(audit.count { $0.kind == .consensusRecorded } == 1)
    #expect(try session["R1"].caseView("1").consensus?.version == 1)
    #expect(try session["coord"].verify().faults.isEmpty)
  }
}

/// Anything that somebody may try; what is settled is rather confirmed than changed.
private func randomMove(_ table: ConsensusTable, using generator: inout Dice) -> ConsensusMove {
  let voting = table.rows.filter { $0.vote?.isOpen == true }.map(\.key)
  let other = GradeKey(.baseline, Codebook.ID.t2w)
  let key =
    (Bool.random(using: &generator) ? voting.randomElement(using: &generator) : nil)
    ?? (Int.random(in: 0..<4, using: &generator) == 0 ? other : rim)
  let value: GradeValue = Bool.random(using: &generator) ? .level("absent") : .level("present")
  if table.unsettled.isEmpty, voting.isEmpty, table.stage != .recorded, Int.random(in: 0..<3, using: &generator) > 0 {
    return .confirm(table.version)
  }
  switch Int.random(in: 0..<12, using: &generator) {
  case 0: return .call(key)
  case 1, 2, 3: return .vote(key, key == rim ? value : Bool.random(using: &generator) ? .notAssessable : nil)
  case 4, 5: return .reveal(key)
  case 6: return .takeOver(nil)
  case 7: return .agree(rim, AgreedGrade(Grade(value)))
  case 8: return .note(rim, "seen")
  case 9:
    return Bool.random(using: &generator)
      ? .dissent(table.version, reason: "I see none")
      : .absent(table.readers.randomElement(using: &generator)?.id ?? "R1", reason: "away")
  default: return table.stage == .recorded ? .reopen(table.version, reason: "again") : .confirm(table.version)
  }
}
