// What a seat of a session is told of the others: who is here, who leads, what they did.

import ReviewCore

/// That another leads than before, in words; nil where it is the same.
private func leadChange(_ state: State, _ before: Room, _ now: Room) -> Message? {
  guard before.host != now.host, let left = before.hostName else { return nil }
  let (isHere, me) = (now.members.contains { $0.seat == before.host }, state.session.principal.id)
  let isOwn = state.consensus.changesLead
  if now.isHost {
    if !isHere { return Message("\(left) has gone; you lead now", .warning) }
    if left == me { return Message("you lead at this seat now") }
    return isOwn
      ? Message("you lead now; \(left) led before") : Message("\(left) gave you the lead", .warning)
  }
  guard let leader = now.hostName, leader != left else { return nil }
  if before.isHost, !isOwn { return Message("\(leader) took the lead from you; H takes it back", .warning) }
  return Message(isHere ? "\(leader) leads now" : "\(left) has gone; \(leader) leads now")
}

extension State {
  /// Who came, came back or went, and who leads now. It takes the place of what was told before of who is here, and of no
  /// other warning.
  mutating func tellPresence(_ before: Room, _ now: Room) {
    let lead = leadChange(self, before, now)
    if before.host != now.host { consensus.changesLead = false }
    let (came, left) = (now.people.subtracting(before.people), before.people.subtracting(now.people))
    let led = lead == nil ? nil : before.hostName
    let words =
      came.sorted().map { "\($0) is \(consensus.gone.contains($0) ? "back" : "here")" }
      + left.sorted().filter { $0 != led }.map { "\($0) has gone" }
    consensus.gone = consensus.gone.union(left).subtracting(came)
    let said = (lead.map { [$0.text] } ?? []) + words
    guard !said.isEmpty else { return }
    if lead == nil, let message, message != consensus.presence, message.tone != .information { return }
    message = Message(said.joined(separator: "; "), lead?.tone ?? .information)
    consensus.presence = message
  }
}

extension State {
  /// That the others are at another case now, after who leads there where that was just told; it takes no warning's place.
  mutating func tellMove(to id: CaseID, with leader: PrincipalID?) {
    if let told = message, told == consensus.presence {
      message = Message("\(told.text); on to case \(id)", told.tone)
    } else if message?.tone != .warning {
      message = Message("on to case \(id)" + (leader.map { " with \($0)" } ?? ""))
    }
  }

  /// What others did since a table was shown: people are named, and beside grades letters, as in the log. That one's own
  /// word no longer counts comes first.
  mutating func tellOthersActs(since shown: ConsensusTable?) {
    guard let shown, let table = consensus.table, shown.caseID == table.caseID, shown.round == table.round,
      table.log.count > shown.log.count
    else { return }
    let acts = table.log.dropFirst(shown.log.count).filter { $0.by != session.principal.id }
    guard !acts.isEmpty else { return }
    func own(_ table: ConsensusTable) -> ReaderStanding? {
      table.readers.first { $0.id == session.principal.id }?.standing
    }
    if case .absent(let reason)? = own(table), own(shown) != own(table),
      let act = acts.last(where: { $0.kind == .absent })
    {
      message = Message("\(act.by) recorded you absent: \(reason); vote or confirm, and you are back", .warning)
      return
    }
    let isVoided = own(shown)?.isPending == false && own(table)?.isPending == true
    guard isVoided, let before = own(shown), let why = acts.first(where: { $0.version != shown.version }) else {
      // What a reveal shows comes before whom it changed.
      let revealed = acts.last.flatMap { last in acts.first { $0.kind == .revealed && $0.at == last.at } }
      let told = revealed.map { [$0] } ?? acts.suffix(2)
      message = Message(told.map(\.text).joined(separator: "; "))
      return
    }
    // Both keys work once all is settled; until then there is something to do first.
    let again = before == .confirmed ? "C confirms again" : "D dissents again"
    message = Message(
      "your \(before.noun) \(shown.version) no longer counts, because \(why.text); "
        + (table.unsettled.isEmpty ? again : "\(again) once all is settled"), .warning)
  }

  /// After an undo: what stands now, with the cursor on it.
  mutating func showUndone(since shown: ConsensusTable?) -> [Effect] {
    guard consensus.isUndoing else { return [] }
    consensus.isUndoing = false
    guard let table = consensus.table,
      let row = table.rows.first(where: { shown?.row($0.key)?.decision != $0.decision })
    else { return [] }
    message = table.log.last.map { Message($0.text) }
    consensus.hasUndone = true
    return pointAt(row.key)
  }
}
