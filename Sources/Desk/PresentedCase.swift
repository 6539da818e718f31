// Which case of a study is being presented now, for whoever would take its consensus up again.

import CaseStore
import Foundation
import ReviewCore
import Workstation

package enum PresentedCase {
  /// Refuses a change of the consensus on a case that is being presented.
  ///
  /// - Throws: `Failure` where a presenter is there and shows the case.
  package static func refuseChange(of id: CaseID, in study: String, environment: StoreEnvironment) throws {
    let peeked = try LiveRoom.peek(PresentationRunner.room, beside: study, now: environment.now)
    guard let room = peeked, let host = room.host,
      let focus = room.focus(TeachingFocus.self), focus.caseID == id
    else { return }
    let presenter = room.members.first { $0.seat == host }?.principal.rawValue ?? "somebody"
    throw Failure(
      .notPermitted,
      "case \(id) is being presented by \(presenter), and its consensus with it; reopen it when the presentation has "
        + "ended (E at the presenter's seat)")
  }
}
