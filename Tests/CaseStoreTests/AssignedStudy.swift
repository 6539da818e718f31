// A study in which not everybody reads everything, to be tried.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

/// A study in which not everybody reads everything.
struct AssignedStudy {
  let study: TestStudy
  let readers: [PrincipalID]

  /// - Parameter readers: how many there are, R1 on.
  init(
    readers count: Int = 4, perCase: Int = 2, cases: Int = 8, rounds: Int = 1, countsWithdrawn: Bool = true,
    assign: [CaseReaders] = []
  ) throws {
    var rules = StudyProtocol(readersPerCase: perCase, rounds: rounds, seed: 7, washoutDays: 0)
    rules.assignment = .balanced
    rules.countsWithdrawn = countsWithdrawn
    study = try TestStudy(rules, cases: [])
    readers = (1...count).map { PrincipalID("R\($0)") }
    StudyFile.remove(study.path)
    var made = Study(title: "A telling title", studyProtocol: rules)
    made.assign = assign
    try StudyStore.create(
      at: study.path, study: made,
      principals: readers.map { Principal($0, role: .reader) } + people.filter { $0.role != .reader },
      environment: study.world.environment())
    _ = try coordinator.importCases((1...cases).map { .sample(CaseID("\($0)"), followUps: []) })
  }

  var coordinator: StudyStore { get throws { try study.open("coord") } }

  func list(_ reader: PrincipalID) throws -> [WorklistRow] {
    try study.open(reader).worklist(WorklistQuery(sort: .number), limit: 999).rows
  }

  func readers(of id: CaseID) throws -> [PrincipalID] {
    try coordinator.assignments().first { $0.id == id }?.readers ?? []
  }

  func sign(_ id: CaseID, _ reader: PrincipalID, rim: LevelID = "present") throws {
    let store = try study.open(reader)
    _ = try store.record(GradeChange(id, .baseline, ID.rimSign, Grade(.level(rim))))
    _ = try store.sign(id)
  }

  func faults() throws -> [String] { try coordinator.verify().faults }
}
