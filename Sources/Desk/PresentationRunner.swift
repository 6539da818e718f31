// Does what a presentation asks for: a place in the room, what the presenter shows, what the audience answers.
//
// Answers are private: a seat's program learns only how many have answered, and that only where it leads. Who leads
// counts the answers once, as the question is closed, and shares the counts.

import CaseStore
import Foundation
import ReviewCore
import Workstation

final class PresentationRunner {
  private let live: LiveSeat
  private var shown: (lectern: Lectern?, answered: Int) = (nil, 0)

  init(store: StudyStore, path: String, environment: StoreEnvironment) {
    live = LiveSeat(room: "teaching", study: path, principal: store.principal.id, environment: environment)
  }

  func answer(_ effect: PresentationEffect) throws -> [PresentationAction] {
    switch effect {
    case .join(let mayLead):
      // Who was in the audience and wants to lead comes in anew.
      leave()
      try live.join(mayLead: mayLead)
    case .leave: leave()
    case .share(let focus): try share(focus)
    case .say(let answer):
      try live.room?.say(try answer.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) })
    case .lead: try live.room?.lead()
    }
    return try changed(always: effect != .leave)
  }

  func leave() {
    live.leave()
    shown = (nil, 0)
  }

  private func share(_ focus: TeachingFocus?) throws {
    guard let room = live.room, let state = try live.look() else { return }
    guard var focus else { return try room.share(TeachingFocus?.none) }
    if let before = state.focus(TeachingFocus.self), focus.closes(before), focus.tallies[before.step] == nil {
      let tally = tally(of: before, state)
      if tally.answered > 0 { focus.tallies[before.step] = tally }
    }
    try room.share(focus)
  }

  private func tally(of focus: TeachingFocus, _ state: LiveRoomState) -> AnswerTally {
    let audience = state.members.filter { !$0.mayLead }
    let said = audience.compactMap {
      $0.state.flatMap { try? JSONDecoder().decode(SaidAnswer.self, from: Data($0.utf8)) }
    }
    return AnswerTally(
      said.filter { $0.caseID == focus.caseID && $0.step == focus.step }.map(\.answer), audience: audience.count)
  }

  /// The room, if it is not what was shown last.
  private func changed(always: Bool = false) throws -> [PresentationAction] {
    guard let room = live.room, let state = try live.look() else { return always ? [.room(nil, answered: 0)] : [] }
    let focus = state.focus(TeachingFocus.self)
    let lectern = Lectern(
      members: state.members.map { SeatMember(seat: $0.seat, principal: $0.principal, isAudience: !$0.mayLead) },
      host: state.host, own: room.seat, focus: focus)
    let answered = lectern.isHost ? focus.map { tally(of: $0, state).answered } ?? 0 : 0
    guard always || lectern != shown.lectern || answered != shown.answered else { return [] }
    shown = (lectern, answered)
    return [.room(lectern, answered: answered)]
  }

  /// What other seats have done since.
  func poll() -> [PresentationAction] {
    do {
      return try live.isWorthALook() ? try changed() : []
    } catch {
      leave()
      return [.room(nil, answered: 0)]
    }
  }
}
