// What the doctor found, and what to do about it.

import Desk

struct Diagnosis {
  enum State { case good, poor, broken }
  let state: State
  let thing: String
  var cure: String?
  /// What the doctor ends with where this is broken.
  var status = ExitStatus.cannotShow

  var mark: String {
    switch state {
    case .good: "ok     "
    case .poor: "poor   "
    case .broken: "broken "
    }
  }
}
