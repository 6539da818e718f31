// Rooms of live seats: who leads, what is shared, and what happens when a seat goes without a word.

import Foundation
import GRDB
import ReviewCore
import Synchronization
import Testing

@testable import CaseStore

/// Processes that run until they are killed.
private final class Processes: Sendable {
  private let dead = Mutex<Set<Int32>>([])
  func kill(_ process: Int32) { dead.withLock { _ = $0.insert(process) } }
  func isRunning(_ process: Int32) -> Bool { dead.withLock { !$0.contains(process) } }
}

@Suite struct LiveRoomTests {
  private let folder: Folder
  private let world = World()
  private let processes = Processes()

  init() throws { folder = try Folder() }

  private func join(_ id: PrincipalID, process: Int32, room: String = "consensus", mayLead: Bool = true)
    throws -> LiveRoom
  {
    world.wait(seconds: 0.01)
    let (world, processes) = (world, processes)
    return try LiveRoom.join(
      room, beside: folder(), as: id, seat: "seat \(process)", mayLead: mayLead, now: { world.now }, process: process,
      isRunning: { processes.isRunning($0) })
  }

  @Test func theFirstToComeLeadsAndAllSeeWhatIsShared() throws {
    let one = try join("R1", process: 1)
    let two = try join("R2", process: 2)
    let before = try two.changeToken()

    #expect(try one.share("case 1"))
    #expect(try !two.share("case 2"))
    try two.say("answer")

    #expect(try two.changeToken() != before)
    #expect(
      try two.look()
        == LiveRoomState(
          members: [
            LiveMember(seat: "seat 1", principal: "R1"), LiveMember(seat: "seat 2", principal: "R2", state: "answer"),
          ], host: "seat 1", state: "case 1"))
    #expect(try join("R1", process: 3, room: "teaching").look().members.count == 1)
  }

  @Test func aHostThatIsKilledHandsOver() throws {
    let one = try join("R1", process: 1)
    let two = try join("R2", process: 2)
    let three = try join("R3", process: 3)
    try one.share("case 4")

    processes.kill(1)

    #expect(try three.look().host == nil)
    #expect(try two.look().host == "seat 2")
    #expect(try three.look().host == "seat 2")
    #expect(try three.look().state == "case 4")
    #expect(try two.share("case 5"))
  }

  @Test func aSeatWithoutSignsOfLifeIsGoneUntilItIsBack() throws {
    let one = try join("R1", process: 1)
    let two = try join("R2", process: 2)
    world.wait(seconds: LiveRoom.patience + 1)
    try two.beat()

    #expect(try two.look().host == "seat 2")
    try one.beat()
    #expect(try two.look().members.map(\.principal) == ["R1", "R2"])
    #expect(try two.look().host == "seat 2")
    try one.lead()
    #expect(try two.look().host == "seat 1")
    try one.lead("seat 2")
    #expect(try two.look().host == "seat 2")
  }

  @Test func whoOnlyListensNeverLeads() throws {
    let learner = try join("L1", process: 1, mayLead: false)
    try learner.lead()

    #expect(try learner.look().host == nil)
    #expect(try !learner.share("case 5"))
    let presenter = try join("DR", process: 2)
    #expect(try presenter.share("case 5"))
    #expect(try learner.look().host == "seat 2")
    processes.kill(2)
    #expect(try learner.look().host == nil)
    #expect(try learner.look().state == "case 5")
    let again = try join("DR", process: 3)
    #expect(try again.look() == learner.look())
    #expect(try again.share(nil))
    #expect(try learner.look().state == nil)
  }

  @Test func aSideFileOfAnotherVersionIsMadeAnew() throws {
    let side = try DatabaseQueue(path: folder() + ".live")
    try side.write { db in
      try db.execute(sql: "CREATE TABLE member (seat TEXT); CREATE TABLE room (host TEXT); PRAGMA user_version = 1")
    }
    try side.close()

    #expect(try join("R1", process: 1).look().host == "seat 1")
  }

  @Test func whoComesBackIsWhereTheyWere() throws {
    let one = try join("R1", process: 1)
    try one.share("rim sign of case 4")
    try one.leave()

    let again = try join("R1", process: 9)

    #expect(
      try again.look()
        == LiveRoomState(
          members: [LiveMember(seat: "seat 9", principal: "R1")], host: "seat 9", state: "rim sign of case 4"))
  }

  @Test func aBrokenSideFileIsMadeAnew() throws {
    try Data("no database at all, but long enough to be one of some other kind".utf8)
      .write(to: URL(filePath: folder() + ".live"))

    #expect(try join("R1", process: 1).look().host == "seat 1")
  }
}
