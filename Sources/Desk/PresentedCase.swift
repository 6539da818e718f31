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
    guard let room = try LiveRoom.peek("teaching", beside: study, now: environment.now), let host = room.host,
      let focus = room.focus(TeachingFocus.self), focus.caseID == id
    else { return }
    let presenter = room.members.first { $0.seat == host }?.principal.rawValue ?? "somebody"
    throw Failure(
      .notPermitted,
      "case \(id) is being presented by \(presenter), and its consensus with it; reopen it when the presentation has "
        + "ended (E at the presenter's seat)")
  }
}
