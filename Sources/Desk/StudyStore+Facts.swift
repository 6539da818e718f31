// What reports take from the study file, as far as the principal may know it.

import CaseStore
import Interchange
import ReviewCore

extension StudyStore {
  /// The opened cases by id.
  ///
  /// - Throws: `Failure` where facts of one are withheld from the principal.
  package func patients(_ opened: [OpenedCase]) throws -> [CaseID: Case] {
    let views = try Set(opened.map(\.id)).map { try caseView($0) }
    let sealed = views.filter { !$0.withheld.isEmpty }.map(\.id).sorted { $0.rawValue < $1.rawValue }
    guard sealed.isEmpty else {
      throw Failure(
        .notPermitted,
        "facts of \(StudyTables.list(sealed)) are withheld from you until you have signed; ask the coordinator")
    }
    return Dictionary(uniqueKeysWithValues: views.map { ($0.id, $0.patientCase) })
  }

  /// What reports take beside grades.
  ///
  /// - Parameter verification: what verifying the study found.
  package func facts(
    _ opened: [OpenedCase], program: String, verification: AuditVerification
  ) throws -> StudyFacts {
    let patients = try patients(opened)
    let ids = opened.map(\.id).reduce(into: [CaseID]()) { if !$0.contains($1) { $0.append($1) } }
    let info = try info()
    return StudyFacts(
      program: program, readers: try principals().filter { $0.role == .reader }, cases: info.cases,
      opened: opened,
      patients: ids.compactMap { patients[$0] }, audit: try audit(), verification: verification,
      process: try consensusProcess(), withConsensus: info.consensus)
  }
}
