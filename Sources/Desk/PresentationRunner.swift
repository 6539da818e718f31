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
  private let learner: LearnerFile
  private let now: @Sendable () -> Date
  /// The question that is open, and since when.
  private var opened: (asked: TeachingSession.Question, at: ContinuousClock.Instant)?
  private var shown: (lectern: Lectern?, answered: Int) = (nil, 0)

  /// All who present and who listen sit in one.
  static let room = "teaching"
  /// Seconds after which what an absent presenter has left is taken for ended.
  private static let patience = 7200.0

  init(store: StudyStore, path: String, learner: LearnerFile, environment: StoreEnvironment) {
    (self.learner, now) = (learner, environment.now)
    live = LiveSeat(study: path, principal: store.principal.id, environment: environment)
  }

  func answer(_ effect: PresentationEffect) throws -> [PresentationAction] {
    switch effect {
    case .join(let mayLead):
      // Who was in the audience and wants to lead comes in anew.
      leave()
      try live.join(Self.room, mayLead: mayLead)
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
    focus.began = focus.began ?? now()
    focus.sharedAt = now()
    if let before = state.focus(TeachingFocus.self), focus.closes(before), focus.tallies[before.step] == nil {
      let tally = tally(of: before, state)
      if tally.answered > 0 { focus.tallies[before.step] = tally }
      try close(before, tally, in: &focus)
    }
    noteOpened(focus)
    try room.share(focus)
  }

  /// The report has every question that was closed, those nobody answered too.
  private func close(_ before: TeachingFocus, _ tally: AnswerTally, in focus: inout TeachingFocus) throws {
    guard let asked = before.step == focus.step ? focus.asked : focus.passed ?? before.asked else { return }
    let isTimed = opened.map { $0.asked.caseID == asked.caseID && $0.asked.step == asked.step } ?? false
    let seconds = isTimed ? opened.map { Int((ContinuousClock.now - $0.at).components.seconds) } ?? 0 : 0
    focus.log.append(asked.closed(tally, seconds: seconds))
    if let began = focus.began { try learner.keep(TeachingSession(began: began, questions: focus.log)) }
  }

  private func noteOpened(_ focus: TeachingFocus) {
    guard let asked = focus.asked, !focus.isRevealed(focus.step) else { return opened = nil }
    if opened?.asked != asked { opened = (asked, .now) }
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
    var focus = state.focus(TeachingFocus.self)
    // What was left long ago is not waited for.
    if state.host == nil, let sharedAt = focus?.sharedAt, now().timeIntervalSince(sharedAt) > Self.patience {
      focus = nil
    }
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
