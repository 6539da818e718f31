// What the consensus screens ask for, and what they are told.

import ReviewCore

package enum SessionEffect: Hashable, Sendable {
  /// Answered by `.loaded`.
  case load(CaseID)
  /// Opens a case for consensus; answered by `.loaded`.
  case open(CaseID)
  /// One act, by the principal of this seat or by a guest who was admitted. Answered by `.acted`, or by `.asksRationale`.
  /// Where it was refused because another seat changed what was shown, `.outdated`.
  case act(CaseID, ConsensusMove, as: PrincipalID?)
  /// Lets another reader act at this screen. Answered by `.admitted` or `.asksPassphrase`.
  case admit(PrincipalID, passphrase: String?)
  case dismissGuests
  /// Sits down among the live seats, with a case. Answered by `.room`, now and whenever it changes.
  case join(CaseID?)
  case leave
  /// Shows everybody where the session is; only the leader can.
  case share(SessionFocus)
  /// Takes the lead; not out of an open vote at another case.
  case lead
  /// Gives it to the next seat, in turn, of somebody who reads the leader's case.
  case handOver
  /// Answered by `.agenda`.
  case loadAgenda
  /// Answered by `.figures`.
  case loadFigures
}

package enum SessionAction: Sendable {
  /// The table is nil while the case is not open.
  case loaded(CaseView, ConsensusTable?)
  /// What came of an act; the case is with it where its stage is another now, and with the record the names.
  case acted(ConsensusTable, CaseView?)
  /// The grade is nobody's: it needs a reason.
  case asksRationale(GradeKey, AgreedGrade)
  /// Nothing was done: another seat has changed what was shown. What was typed for it is kept.
  case outdated(CaseView, ConsensusTable, ConsensusMove, as: PrincipalID?, why: String)
  case admitted(PrincipalID)
  case asksPassphrase(PrincipalID)
  case room(Room?)
  /// The lead that somebody asked for, or wanted to give, stays where it is; and why.
  case leadStays(String)
  /// This seat is with others now, and why: the leader went on to a case that others read, or another group came to this one.
  case regrouped(Room?, String)
  case agenda([AgendaRow])
  case figures(ConsensusFigures)
}

/// Where a session is, and how it goes on: what the leader's seat shows the others.
package struct SessionFocus: Codable, Hashable, Sendable {
  package var caseID: CaseID
  package var key: GradeKey?
  package var isDisputedFirst: Bool
  /// Cases in another order than by number; those not named follow by number.
  package var order: [CaseID]
  /// Put off until the others are done.
  package var parked: [CaseID]

  package init(
    caseID: CaseID, key: GradeKey? = nil, isDisputedFirst: Bool = true, order: [CaseID] = [], parked: [CaseID] = []
  ) {
    self.caseID = caseID
    self.key = key
    self.isDisputedFirst = isDisputedFirst
    self.order = order
    self.parked = parked
  }
}

/// The live seats of a session.
package typealias Room = LiveSeats<SessionFocus>

/// A case on the agenda.
package struct AgendaRow: Hashable, Sendable, Identifiable {
  package var id: CaseID
  package var patient: String
  package var stage: CaseStage
  package private(set) var disputed = 0
  package private(set) var open = 0
  /// Readers who have not confirmed.
  private var pending: [PrincipalID] = []
  /// Too few readers have stayed for anything to be recorded.
  private(set) var isBelowQuorum = false

  /// - Parameter table: of a case that is open.
  package init(id: CaseID, patient: String, stage: CaseStage, table: ConsensusTable? = nil) {
    (self.id, self.patient, self.stage) = (id, patient, stage)
    if let table { note(table) }
  }

  package mutating func note(_ table: ConsensusTable) {
    (disputed, open) = (table.disputed.count, table.unsettled.count)
    (pending, isBelowQuorum) = (table.pending, table.tooFewLeft != nil)
  }

  package var isDone: Bool { stage.isDone }
  /// Whether it is talked about, so that there is something to count.
  var isCounted: Bool { stage.isOpen && !isDone }

  /// Who or what it waits for; empty where it is done.
  var waits: String {
    guard !isDone else { return "" }
    guard stage.isOpen else { return "its opening" }
    if isBelowQuorum { return "nobody: too few left" }
    return pending.map(\.rawValue).joined(separator: ", ")
  }
}
