// What the study's tables are made of, as far as the principal may know it.

import CaseStore
import Interchange
import ReviewCore

extension StudyStore {
  /// All cases in the order of their numbers, with what is agreed on.
  ///
  /// - Throws: `Failure` where facts of one are withheld from the principal.
  package func tables() throws -> StudyTables {
    let views = try casesWithConsensus()
    let sealed = views.filter { !$0.withheld.isEmpty }.map(\.id)
    guard sealed.isEmpty else {
      throw Failure(
        .notPermitted,
        "facts of \(StudyTables.list(sealed)) are withheld from you until you have signed; "
          + "tables can be made when the readings are done, or by the coordinator")
    }
    return StudyTables(try study(), views.map { TableCase($0.patientCase, consensus: $0.consensus) })
  }
}
