// What the tests of the store share: a folder that goes away, a clock that is set, ids that count.

import Foundation
import ReviewCore
import Synchronization
import Testing

@testable import CaseStore

/// A folder of its own for one test.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "endplate-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String = "a.study") -> String { path + "/" + name }
}

/// A clock that stands until it is moved, and ids that count up.
final class World: Sendable {
  private let time = Mutex(Date(timeIntervalSince1970: 1_772_000_000))
  private let count = Mutex(0)
  private let slept = Mutex<[Double]>([])

  var now: Date { time.withLock { $0 } }
  func wait(days: Double = 0, seconds: Double = 0) { time.withLock { $0 += days * 86_400 + seconds } }

  /// What was waited for, in seconds.
  var waits: [Double] { slept.withLock { $0 } }

  func environment(osUser: String = "study", keyFingerprint: String? = nil) -> StoreEnvironment {
    StoreEnvironment(
      now: { self.now },
      newID: {
        self.count.withLock {
          $0 += 1
          return "id-\($0)"
        }
      }, osUser: osUser, client: "192.0.2.7", keyFingerprint: keyFingerprint, programVersion: "1.0",
      sleep: { seconds in self.slept.withLock { $0.append(seconds) } })
  }
}

let people = [
  Principal("R1", name: "First", role: .reader), Principal("R2", name: "Second", role: .reader),
  Principal("R3", name: "Third", role: .reader), Principal("coord", role: .coordinator),
  Principal("show", role: .presenter),
]

extension Case {
  /// A case with everything that a protocol can withhold.
  static func sample(_ id: CaseID, age: Int? = 53, followUps: [Double] = [5]) -> Case {
    Case(
      id: id, title: "telling \(id)", sex: .male, age: age,
      presentation: Presentation(symptoms: ["fever", "back pain"]),
      originalReport: OriginalReport(misread: true, takenFor: "metastases"),
      biopsies: [Biopsy(.bone, site: "L5", bone: .l5, result: "osteomyelitis")], cultures: [Culture(.blood, .positive)],
      basisOfDiagnosis: .histology, therapy: ["antibiotic"], outcome: .cured,
      examinations: [
        Examination(
          .baseline,
          acquisitions: [Acquisition(.t1w, plane: .axial, tr: 600, te: 16, figure: "1A", remark: "a rim is seen")],
          remarks: ["limited inflammation"])
      ] + followUps.map { Examination(ExaminationID(months: $0)) },
      course: [Codebook.ID.healingEdge: .level("present")])
  }
}

/// A study of some cases in a folder of its own.
struct TestStudy {
  let folder: Folder
  let world: World
  var path: String { folder() }

  /// - Parameter readers: how many of the three there are; as many as read a case unless said.
  init(
    _ studyProtocol: StudyProtocol = StudyProtocol(seed: 7), readers: Int? = nil,
    cases: [Case] = [.sample("1"), .sample("2")]
  ) throws {
    let readers = people.filter { $0.role == .reader }.prefix(readers ?? studyProtocol.readersPerCase)
    folder = try Folder()
    world = World()
    try StudyStore.create(
      at: folder(), study: Study(title: "A telling title", source: "Journal", studyProtocol: studyProtocol),
      principals: readers + people.filter { $0.role != .reader }, letters: "secret", environment: world.environment()
    ) { _ in }
    if !cases.isEmpty { _ = try open("coord").importCases(cases) }
  }

  func open(_ id: PrincipalID, passphrase: String? = nil) throws -> StudyStore {
    try StudyStore.open(at: path, as: id, passphrase: passphrase, environment: world.environment())
  }
}

extension StudyStore {
  /// Signs what stands, as somebody does who looks at it first.
  func sign(_ id: CaseID, _ examination: ExaminationID = .baseline) throws -> SigningReceipt {
    try sign(id, examination, seen: signingSheet(id, examination))
  }

  /// Amends the version that stands.
  func amend(
    _ id: CaseID, _ examination: ExaminationID = .baseline, reason: String, with change: GradeChange? = nil
  ) throws -> GradingResult {
    let version = try caseView(id).reading(of: principal.id, examination)?.version ?? 1
    return try amend(id, examination, version: version, reason: reason, with: change)
  }
}

/// The error that a call throws.
func storeError(_ body: () throws -> some Any) -> StoreError? {
  do {
    _ = try body()
    return nil
  } catch { return error as? StoreError }
}

/// Runs all of it at once, each on a thread of its own: what waits for a file would keep one of the few threads that all
/// tests share.
func atOnce<T: Sendable>(_ work: [@Sendable () throws -> T]) async throws -> [T] {
  try await withThrowingTaskGroup(of: T.self) { group in
    for one in work {
      group.addTask {
        try await withCheckedThrowingContinuation { continuation in
          Thread.detachNewThread { continuation.resume(with: Result { try one() }) }
        }
      }
    }
    return try await group.reduce(into: []) { $0.append($1) }
  }
}

/// SplitMix64: every run of a test throws the same.
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
