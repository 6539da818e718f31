// Studies that tests grade in: made through the store, so that clock and ids are the test's own.

import CaseStore
import Foundation
import PtyHarness
import ReviewCore
import Synchronization

/// A clock that is set, and ids that count up.
final class StudyWorld: Sendable {
  private let time: Mutex<Date>
  private let count = Mutex(0)

  init(_ date: Date) { time = Mutex(date) }

  func wait(seconds: Double) { time.withLock { $0 += seconds } }

  func environment() -> StoreEnvironment {
    StoreEnvironment(
      now: { self.time.withLock { $0 } },
      newID: {
        self.count.withLock {
          $0 += 1
          return "id-\($0)"
        }
      }, osUser: "tester", programVersion: "test")
  }
}

/// A study file of three readers and a coordinator.
struct OwnStudy {
  let path: String
  let world: StudyWorld

  static let readers: [PrincipalID] = ["R1", "R2", "R3"]

  /// - Parameter withheld: nothing unless said, so that every examination can be graded at once.
  init(
    _ sandbox: Sandbox, cases: [Case], withheld: Set<Withheld> = [], rounds: Int = 1, asksConfidence: Bool = false,
    asksAgain: Bool = false, at date: Date = Date()
  ) throws {
    path = sandbox.path("own.study")
    world = StudyWorld(date)
    let people =
      Self.readers.map { Principal($0, name: "Reader \($0.rawValue.suffix(1))", role: .reader) }
      + [
        Principal("coordinator", role: .coordinator), Principal("presenter", role: .presenter),
      ]
    try StudyStore.create(
      at: path,
      study: Study(
        title: "Own study",
        studyProtocol: StudyProtocol(
          rounds: rounds, seed: 7, washoutDays: 1, withheld: withheld, asksConfidence: asksConfidence,
          impressionAfterClinicalData: asksAgain)),
      principals: people, environment: world.environment())
    let coordinator = try open("coordinator")
    _ = try coordinator.importCases(cases)
    try coordinator.close()
  }

  func open(_ id: PrincipalID) throws -> StudyStore {
    try StudyStore.open(at: path, as: id, environment: world.environment())
  }

  /// Opens the study, and closes it after use.
  func reading<T>(_ id: PrincipalID, _ body: (StudyStore) throws -> T) throws -> T {
    let store = try open(id)
    defer { try? store.close() }
    return try body(store)
  }

  /// What the sqlite3 shell says to some SQL.
  func sqlite(_ sandbox: Sandbox, _ sql: String, output: String = "-list") throws -> ProgramResult {
    try sandbox.launch("sqlite3", ["-batch", output, path, sql]).run()
  }
}

extension StudyStore {
  /// Signs what stands, as somebody does who looks at it first.
  func sign(_ id: CaseID, _ examination: ExaminationID = .baseline) throws -> SigningReceipt {
    try sign(id, examination, seen: signingSheet(id, examination))
  }

  /// Amends the version that stands.
  func amend(_ id: CaseID, _ examination: ExaminationID = .baseline, reason: String) throws -> GradingResult {
    let version = try caseView(id).reading(of: principal.id, examination)?.version ?? 1
    return try amend(id, examination, version: version, reason: reason)
  }
}

extension Case {
  /// A case with acquisitions and follow-ups at some months.
  static func plain(_ id: CaseID, followUps: [Double] = []) -> Case {
    Case(
      id: id, title: "A telling title", sex: .female, age: 61, therapy: ["antibiotic"], outcome: .cured,
      examinations: [
        Examination(.baseline, acquisitions: [.t1w, .t2w, .stir].map { Acquisition($0, plane: .sagittal) })
      ] + followUps.map { Examination(ExaminationID(months: $0)) })
  }
}
