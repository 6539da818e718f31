// What the doctor found, and what to do about it.

struct Diagnosis {
  enum State { case good, poor, broken }
  let state: State
  let thing: String
  var cure: String?

  var mark: String {
    switch state {
    case .good: "ok     "
    case .poor: "poor   "
    case .broken: "broken "
    }
  }
}
