// What each table of a study file is, and so what `verify` answers for. Every table is listed here.

extension Schema {
  enum Kind {
    /// Written by an act and under the audit chain.
    case fact
    /// Follows from facts: made anew by `rebuild`, and compared by `verify`.
    case derived
    /// Changed without an act; under no chain, and `verify` says so.
    case working
  }

  static let registry: [String: Kind] = [
    "study": .fact, "principal": .fact, "patient_case": .fact, "examination": .fact, "acquisition": .fact,
    "step": .fact, "grade": .fact, "signature": .fact, "amendment": .fact, "opening": .fact, "consensus": .fact,
    "consensus_grade": .fact, "consensus_act": .fact, "consensus_act_grade": .fact, "audit": .fact, "written": .fact,
    "image": .fact, "image_pixels": .fact,
    "imported_reading": .fact, "imported_grade": .fact, "imported_consensus": .fact, "imported_consensus_grade": .fact,
    "assignment": .fact, "assignment_reader": .fact,
    "current": .derived, "reading": .derived, "case_round": .derived, "list": .derived, "entry": .derived,
    "term": .derived, "entry_term": .derived, "tally": .derived,
    // Of a signed reading the signature holds it.
    "time_spent": .working, "draft_note": .working,
    // Wrong passphrases of a burst that is not over; what came of it is in the audit trail.
    "attempt": .working,
  ]
}
