// endplate seat add --renew: the lines of a study's seats are written anew, after it was moved or the program was.

import CaseStore
import Foundation
import ReviewCore
import Seats

struct SeatRenewal {
  /// Where the study lies now.
  let study: String
  let uuid: String
  let program: String
  /// The keys that the study knows each person by.
  let known: [PrincipalID: [String]]

  /// The line as it should be; nil where it is of another study, or right already.
  ///
  /// A line of the first version names no study but its path: it is taken for this study's where the study knows its key
  /// and nothing else lies at its path.
  func renewed(_ seat: SeatLine) -> SeatLine? {
    let isOurs: Bool
    if let named = seat.uuid {
      isOurs = named == uuid
    } else {
      let lies = FileManager.default.fileExists(atPath: seat.study)
      isOurs =
        known[seat.principal]?.contains(seat.fingerprint.text) == true
        && (seat.study.utf8.elementsEqual(study.utf8) || !lies)
    }
    guard isOurs else { return nil }
    let wanted = SeatLine(
      program: program, principal: seat.principal, study: study, uuid: uuid, fingerprint: seat.fingerprint)
    return wanted == seat ? nil : wanted
  }

  /// The other places at which lines of this study have a file of the same uuid still: one of them is a copy.
  func copies(in seats: [SeatLine]) -> [String] {
    Set(seats.filter { $0.uuid == uuid && !$0.study.utf8.elementsEqual(study.utf8) }.map(\.study)).sorted().filter {
      (try? StudyStore.identity(at: $0)) == uuid
    }
  }
}
