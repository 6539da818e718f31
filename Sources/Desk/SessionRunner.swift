// Does what the consensus screens ask for: acts in the study, readers who act at this screen, and the live seats.

import CaseStore
import Foundation
import ReviewCore
import Workstation

final class SessionRunner {
  private let store: StudyStore
  private let environment: StoreEnvironment
  private let path: String
  /// Readers who have shown who they are at this screen, until their turns are over.
  private var guests: [PrincipalID: StudyGuest] = [:]
  private let live: LiveSeat
  private var shown: Room?
  /// The case on this screen.
  private var at: CaseID?
  /// What was put on record last of who leads.
  private var noted: Lead?

  /// What a leader shows the others, and since when they are at its case: who was there first stays.
  private struct Shared: Codable {
    var focus: SessionFocus
    var since: Double
  }

  /// Who else sits at a seat while this one leads a case.
  private struct Lead: Hashable {
    var caseID: CaseID
    var others: Set<PrincipalID>
  }

  init(store: StudyStore, path: String, environment: StoreEnvironment) {
    self.store = store
    self.path = path
    self.environment = environment
    live = LiveSeat(study: path, principal: store.principal.id, environment: environment)
  }

  /// Others sit at seats of their own.
  var isShared: Bool { (shown?.members.count ?? 0) > 1 }

  func answer(_ effect: SessionEffect) throws -> [SessionAction] {
    let actions = try done(effect)
    noteLead()
    return actions
  }

  private func done(_ effect: SessionEffect) throws -> [SessionAction] {
    switch effect {
    case .load(let id): return try loaded(id)
    case .open(let id):
      _ = try store.openForConsensus(id)
      return try loaded(id)
    case .act(let id, let move, let guest):
      if case .reopen = move { try PresentedCase.refuseChange(of: id, in: path, environment: environment) }
      do {
        guard let guest else {
          let result = try store.consensus(id, move)
          return [.acted(result.table, result.view)]
        }
        // As this seat may see it, not as the guest may.
        let isOtherStage = try self.guest(guest).consensus(id, move)
        return [.acted(try store.consensusTable(id), isOtherStage ? try store.caseView(id) : nil)]
      } catch let error as StoreError {
        guard case .consensus(let refusal) = error else { throw error }
        return try answered(refusal, id, move, as: guest)
      }
    case .admit(let reader, let passphrase): return try admit(reader, passphrase)
    case .dismissGuests:
      guests = [:]
      return []
    case .join(let id):
      if live.room == nil { try live.join(room(for: id)) }
      return try told(look())
    case .leave:
      leave()
      return [.room(nil)]
    case .share(let focus):
      let before = try live.look()?.focus(Shared.self)
      let isThere = before?.focus.caseID == focus.caseID && shown?.isHost == true
      let since = isThere ? before?.since : nil
      try live.room?.share(Shared(focus: focus, since: since ?? environment.now().timeIntervalSince1970))
      return try changed()
    case .lead:
      if let id = try otherVote() {
        let leader = shown?.hostName?.rawValue ?? "the leader"
        return [.leadStays("\(leader) leads at case \(id), where a vote is open; f goes there")]
      }
      try live.room?.lead()
      return try changed()
    case .handOver:
      // Who has just met another group leads no more.
      guard shown?.isHost == true else { return [] }
      guard let heir = try heir() else {
        return [.leadStays("nobody else here reads case \(shown?.focus?.caseID.rawValue ?? ""); you lead it")]
      }
      try live.room?.lead(heir)
      return try changed()
    case .loadAgenda: return [.agenda(try agenda())]
    case .loadFigures: return [.figures(try store.consensusFigures())]
    }
  }

  /// The leader's case, if this seat is at another one and leading from there would take somebody out of an open vote.
  private func otherVote() throws -> CaseID? {
    guard let id = shown?.focus?.caseID, id != at, try store.mayRead(id) else { return nil }
    let stage = try store.caseView(id).stage
    guard stage.isOpen, !stage.isFromElsewhere else { return nil }
    return try store.consensusTable(id).rows.contains(where: \.hasOpenVote) ? id : nil
  }

  /// The next seat in turn of somebody who sees the leader's case.
  private func heir() throws -> String? {
    guard let room = shown, let id = room.focus?.caseID else { return shown?.next?.seat }
    return try room.others.first { try seesCase(id, $0.principal) }?.seat
  }

  /// Whether a case is somebody's to see: a reader's if they read it, and every other person's.
  private func seesCase(_ id: CaseID, _ person: PrincipalID) throws -> Bool {
    let role = try store.principals().first { $0.id == person }?.role
    return try role != .reader || store.reads(id, person)
  }

  /// What a refusal asks for: a reason, or another look at what has changed meanwhile.
  private func answered(
    _ refusal: ConsensusRefusal, _ id: CaseID, _ move: ConsensusMove, as guest: PrincipalID?
  ) throws -> [SessionAction] {
    switch (refusal, move) {
    case (.rationaleNeeded, .agree(let grades, _)):
      return grades.first.map { [.asksRationale($0.key, $0.value)] } ?? []
    case (.departureNeedsReason(let key, _, _), .agree(let grades, _)):
      return grades[key].map { [.asksRationale(key, $0)] } ?? []
    case (.versionIsNow, _), (.absenceIsOtherwise, _), (.agreedMeanwhile, _):
      return [
        .outdated(
          try store.caseView(id), try store.consensusTable(id), move, as: guest, why: refusal.description)
      ]
    default: throw StoreError.consensus(refusal)
    }
  }

  private func loaded(_ id: CaseID) throws -> [SessionAction] {
    at = id
    let view = try store.caseView(id)
    let isOpen = view.stage.isOpen && !view.stage.isFromElsewhere
    return [.loaded(view, isOpen ? try store.consensusTable(id) : nil)]
  }

  // MARK: Guests

  private func guest(_ guest: PrincipalID) throws -> StudyGuest {
    guard let found = guests[guest] else { throw Failure(.notPermitted, "\(guest) has not shown who they are") }
    return found
  }

  private func admit(_ reader: PrincipalID, _ passphrase: String?) throws -> [SessionAction] {
    if guests[reader] != nil { return [.admitted(reader)] }
    do {
      guests[reader] = try store.admit(reader, passphrase: passphrase)
    } catch StoreError.passphraseNeeded {
      return [.asksPassphrase(reader)]
    }
    return [.admitted(reader)]
  }

  // MARK: Live seats

  func leave() {
    live.leave()
    shown = nil
  }

  private func look() throws -> Room? {
    guard let room = live.room, let state = try live.look() else { return nil }
    shown = Room(
      members: state.members.map { SeatMember(seat: $0.seat, principal: $0.principal) }, host: state.host,
      own: room.seat, focus: state.focus(Shared.self)?.focus)
    return shown
  }

  /// Puts on record that this seat leads, and who is there, whenever that is another: the minutes say who led, and whose
  /// seat was lost. The session goes on where it cannot be written.
  private func noteLead() {
    guard let room = shown, room.isHost, let id = room.focus?.caseID else {
      noted = nil
      return
    }
    let lead = Lead(
      caseID: id, others: Set(room.members.filter { !$0.isAudience }.map(\.principal)).subtracting([store.principal.id])
    )
    guard lead != noted, (try? store.noteLead(id, others: lead.others)) == true else { return }
    noted = lead
  }

  /// The room, if it is not what was shown last.
  private func changed() throws -> [SessionAction] {
    guard live.room != nil else { return [] }
    let before = shown
    let now = try look()
    // Others may have come to this case while nothing changed in this room.
    return try now == before ? met(now) ?? [] : told(now)
  }

  // MARK: Groups

  /// A study has as many sessions at once as there are groups of readers who talk about cases of their own, each in a room.
  private static let kind = "consensus"

  /// Where a reader of a case sits down: where it is talked about, else where another case of theirs is, else in a room of
  /// their own. Nobody is with others at a case that they do not read.
  ///
  /// - Parameter elsewhere: false for who stays at their case.
  private func room(for id: CaseID?, elsewhere: Bool = true) throws -> String {
    let all = try live.rooms(Self.kind)
    let cases = all.map { room in (room.name, room.state.focus(Shared.self)?.focus.caseID) }
    if let here = cases.first(where: { $0.1 == id }) { return here.0 }
    if elsewhere, let open = try cases.first(where: { try $0.1.map(store.mayRead) ?? true }) { return open.0 }
    let taken = Set(all.map(\.name))
    guard taken.contains(Self.kind) else { return Self.kind }
    return (2...).lazy.map { "\(Self.kind) \($0)" }.first { !taken.contains($0) } ?? Self.kind
  }

  /// The room as it is, and this seat in another one where it has to be: the leader has gone on to a case that others read, or
  /// another group is at this one.
  private func told(_ room: Room?) throws -> [SessionAction] {
    guard let room, let focus = room.focus?.caseID else { return [.room(room)] }
    if try !store.mayRead(focus) {
      // What a session left behind that nobody is in any more.
      guard room.members.count > 1 else { return [.room(room.withoutFocus)] }
      let here = at.map { "; you go on with case \($0)" } ?? ""
      return try regroup(
        into: self.room(for: at, elsewhere: false), "the session goes on to case \(focus), which others read\(here)")
    }
    return try met(room) ?? [.room(room)]
  }

  /// Of two groups at one case the one that came later sits down with the other; nil where there is one.
  private func met(_ room: Room?) throws -> [SessionAction]? {
    guard let focus = room?.focus?.caseID, let own = live.room?.name, try store.mayRead(focus) else { return nil }
    let here = try live.rooms(Self.kind).compactMap { room in
      room.state.focus(Shared.self).map { (room.name, room.state, $0) }
    }.filter { $0.2.focus.caseID == focus }
    guard let first = here.min(by: { ($0.2.since, $0.0) < ($1.2.since, $1.0) }), first.0 != own else { return nil }
    let leader = first.1.members.first { $0.seat == first.1.host }?.principal.rawValue ?? "another group"
    return try regroup(into: first.0, "\(leader) leads at case \(focus); you are with them now")
  }

  private func regroup(into name: String, _ why: String) throws -> [SessionAction] {
    leave()
    try live.join(name)
    let room = try look()
    let isTheirs = try room?.focus.map { try store.mayRead($0.caseID) } ?? true
    return [.regrouped(isTheirs ? room : room?.withoutFocus, why)]
  }

  /// What other seats have done since.
  func poll() -> [SessionAction] {
    do {
      guard try live.isWorthALook() else { return [] }
      let actions = try changed()
      noteLead()
      return actions
    } catch {
      // Without the side file the session goes on, only nobody is led.
      leave()
      return [.room(nil)]
    }
  }

  // MARK: Agenda

  private func agenda() throws -> [AgendaRow] {
    let rows = try [WorklistFilter.Status.ready, .opened, .recorded].flatMap { status in
      try store.worklist(
        WorklistQuery(filter: WorklistFilter(facts: [.status(status)]), sort: .number), limit: Self.longestAgenda
      ).rows
    }
    let ordered = rows.sorted { $0.id.rawValue.localizedStandardCompare($1.id.rawValue) == .orderedAscending }
    return try ordered.map { row in
      let isTalkedAbout = row.stage.isOpen && row.stage != .recorded
      return AgendaRow(
        id: row.id, patient: row.patient, stage: row.stage,
        table: isTalkedAbout ? try store.consensusTable(row.id) : nil)
    }
  }

  /// More cases than a session talks about.
  private static let longestAgenda = 200
}
