// The courses of a study's cases, as the principal may see them.

import CaseStore
import Figures
import ReviewCore

extension Course {
  /// The course from the consensus once there is one, else from the principal's own readings.
  package init(_ view: CaseView, _ codebook: Codebook, for principal: PrincipalID) {
    self.init(
      view.patientCase, view.consensus.map(codebook.of) ?? codebook,
      silence: view.consensus?.origin == .published ? "nothing stated" : "not graded",
      isWhole: !view.withheld.contains(.laterExaminations)
    ) { view.values(for: principal, at: $0) }
  }
}

extension StudyStore {
  /// Courses of a worklist's cases from an index on, in its order, and how many cases it has in all.
  package func courses(_ query: WorklistQuery, offset: Int = 0, limit: Int) throws -> (courses: [Course], total: Int) {
    let page = try worklist(query, offset: offset, limit: limit)
    let codebook = try study().codebook
    return (try page.rows.map { Course(try caseView($0.id), codebook, for: principal.id) }, page.total)
  }
}
