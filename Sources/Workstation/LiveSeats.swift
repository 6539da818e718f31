// Who sits at terminals of their own and does something together: a consensus session, a presentation.

import ReviewCore

/// Somebody at a terminal. One person may have several.
package struct SeatMember: Hashable, Sendable {
  package var seat: String
  package var principal: PrincipalID
  /// Follows and never leads.
  package var isAudience: Bool

  package init(seat: String, principal: PrincipalID, isAudience: Bool = false) {
    self.seat = seat
    self.principal = principal
    self.isAudience = isAudience
  }
}

/// The seats as they are now, and what the one that leads shows the others.
package struct LiveSeats<Focus: Hashable & Sendable>: Hashable, Sendable {
  package typealias Member = SeatMember

  package var members: [Member]
  /// The seat that leads; nil where nobody does.
  package var host: String?
  /// This seat.
  package var own: String
  package var focus: Focus?

  package init(members: [Member], host: String?, own: String, focus: Focus?) {
    self.members = members
    self.host = host
    self.own = own
    self.focus = focus
  }

  /// The same where nothing is shown, as of what is not for this seat to see.
  package var withoutFocus: LiveSeats {
    var seats = self
    seats.focus = nil
    return seats
  }

  package var isHost: Bool { host == own }
  package var hostName: PrincipalID? { members.first { $0.seat == host }?.principal }

  /// Who is here: people, not seats.
  package var people: Set<PrincipalID> { Set(members.map(\.principal)) }

  /// The other seats in turn, the one after this first.
  package var others: [Member] {
    guard let index = members.firstIndex(where: { $0.seat == own }) else { return [] }
    return Array(members[(index + 1)...] + members[..<index])
  }

  /// The seat after this one, in turn.
  package var next: Member? { others.first }
}
