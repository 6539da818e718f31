// This terminal's place among the live seats of a room, looked at while the loop idles.

import CaseStore
import Foundation
import ReviewCore

final class LiveSeat {
  private let study: String
  private let principal: PrincipalID
  private let environment: StoreEnvironment
  private(set) var room: LiveRoom?
  private var token: Int?
  private var lastBeat = ContinuousClock.now
  private var lastLook = ContinuousClock.now

  init(study: String, principal: PrincipalID, environment: StoreEnvironment) {
    self.study = study
    self.principal = principal
    self.environment = environment
  }

  /// Sits down in a room; who sits in one already stays there.
  func join(_ name: String, mayLead: Bool = true) throws {
    guard room == nil else { return }
    let environment = environment
    room = try LiveRoom.join(
      name, beside: study, as: principal, seat: environment.newID(), mayLead: mayLead, now: environment.now)
    token = try room?.changeToken()
    lastBeat = .now
  }

  func leave() {
    // A seat that cannot say good-bye is found gone all the same.
    try? room?.leave()
    (room, token) = (nil, nil)
  }

  /// The rooms of a kind in which somebody sits.
  func rooms(_ kind: String) throws -> [(name: String, state: LiveRoomState)] {
    try room?.rooms() ?? LiveRoom.rooms(kind, beside: study, now: environment.now)
  }

  func look() throws -> LiveRoomState? {
    lastLook = .now
    return try room?.look()
  }

  /// True where other seats may have done something since. Costs a fraction of a millisecond while nothing has
  /// happened; a seat that was killed writes nothing, so now and then the room is looked at anyway.
  func isWorthALook() throws -> Bool {
    guard let room else { return false }
    let now = ContinuousClock.now
    if now - lastBeat > .seconds(LiveRoom.pulse) {
      lastBeat = now
      try room.beat()
    }
    let seen = try room.changeToken()
    defer { token = seen }
    return seen != token || now - lastLook > .seconds(1)
  }
}

extension LiveRoomState {
  /// What the host shares, if it is what this program understands.
  func focus<Focus: Decodable>(_ type: Focus.Type) -> Focus? {
    state.flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}

extension LiveRoom {
  /// Shares a value with everybody; nil takes it back.
  func share(_ focus: (some Encodable)?) throws {
    try share(try focus.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) })
  }
}
