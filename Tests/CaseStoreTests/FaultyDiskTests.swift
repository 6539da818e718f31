// A disk that is full, may not be written or fails, at every write of every act: a clear error, and nothing lost.

import CFaultDisk
import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite(.serialized) struct FaultyDiskTests {
  /// What somebody does, and as whom.
  struct Act: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let principal: PrincipalID
    let body: @Sendable (StudyStore, Folder) throws -> Void

    init(_ name: String, as id: PrincipalID, _ body: @escaping @Sendable (StudyStore, Folder) throws -> Void) {
      (testDescription, principal, self.body) = (name, id, body)
    }
  }

  static let acts = [
    Act("grade", as: "R1") { store, _ in
      _ = try store.record(GradeChange("2", grades: [rim: Grade(.level("present"), note: "thin")]))
    },
    Act("sign", as: "R2") { store, _ in _ = try store.sign("2") },
    Act("call a vote", as: "R1") { store, _ in _ = try store.consensus("1", .call(rim)) },
    Act("agree", as: "R1") { store, _ in
      _ = try store.consensus("1", .agree(rim, AgreedGrade(Grade(.level("absent")))))
    },
    Act("import", as: "coord") { store, _ in _ = try store.importCases([.sample("3"), .sample("4")]) },
    Act("choose a passphrase", as: "R3") { store, _ in _ = try store.choosePassphrase("correct horse") },
    Act("back up", as: "coord") { store, folder in _ = try store.backup(to: folder("backup")) },
    Act("rebuild", as: "coord") { store, _ in try store.rebuild() },
  ]

  /// A study with a case in discussion and another of which the second reader has graded all.
  private static let file = Result {
    let session = try SessionStudy()
    try session.play(.takeOver(nil))
    let all = Codebook.vertebralOsteomyelitis.findings(in: .baseline)
    _ = try session["R2"].record(
      GradeChange("2", grades: all.reduce(into: [:]) { $0[GradeKey(.baseline, $1.id)] = Grade(.notAssessable) }))
    try session["coord"].copy(to: session.study.folder("copy"))
    return try Data(contentsOf: URL(fileURLWithPath: session.study.folder("copy")))
  }

  private let folder: Folder
  private let world = World()

  init() throws {
    try #require(faultdisk_install() == 0)
    folder = try Folder()
  }

  private func open(_ id: PrincipalID) throws -> StudyStore {
    // Ids of its own: those of a `World` begin where the file's began.
    var environment = world.environment()
    environment.newID = { UUID().uuidString.lowercased() }
    return try StudyStore.open(at: folder(), as: id, environment: environment)
  }

  /// Acts on record, in a file that is sound.
  private func recorded() throws -> Int {
    #expect(try open("coord").verify().faults == [])
    return try DatabaseQueue(path: folder()).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM audit") } ?? 0
  }

  private func place() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.removeItem(atPath: folder(name))
    }
    try Self.file.get().write(to: URL(fileURLWithPath: folder()))
  }

  /// Does it on a fresh copy, with the n-th write failing.
  private func attempt(_ act: Act, _ kind: faultdisk_kind, _ n: Int) throws -> (error: (any Error)?, writes: Int) {
    try place()
    let store = try open(act.principal)
    faultdisk_arm(folder.path, kind, n)
    defer { faultdisk_arm(folder.path, kind, 0) }
    do {
      try act.body(store, folder)
      return (nil, faultdisk_count())
    } catch { return (error, faultdisk_count()) }
  }

  @Test(arguments: acts) func nothingIsLost(act: Act) throws {
    let whole = try attempt(act, FAULTDISK_FULL, 0)
    #expect(whole.error == nil, "\(String(describing: whole.error))")
    try #require(whole.writes > 0)
    let after = try recorded()
    try place()
    let before = try recorded()

    for (kind, words) in [
      (FAULTDISK_FULL, "full"), (FAULTDISK_READONLY, "cannot be written"), (FAULTDISK_ERROR, "failed"),
    ] {
      // Each of a few, a dozen of many: a backup writes page after page alike.
      for n in stride(from: 1, through: whole.writes, by: max(1, whole.writes / 12)) {
        let result = try attempt(act, kind, n)
        let now = try recorded()
        let about = "\(act.testDescription), write \(n) of \(whole.writes): \(now) acts of \(before) or \(after)"
        guard let error = result.error else {
          // What failed was done without, as a checkpoint is.
          #expect(now == after, "\(about)")
          continue
        }
        let isInWords = (error as? StoreError)?.description.contains(try Regex(words)) == true
        #expect(isInWords, "\(about): \(error)")
        // Whether a write is there that the disk did not confirm is the disk's to say; half of an act never is. That
        // somebody copies sealed grades is on record before the copy is.
        #expect(
          now == before || now == after && (kind == FAULTDISK_ERROR || act.testDescription == "back up"), "\(about)")
        if act.testDescription == "back up" {
          let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
          #expect(files.filter { $0.contains("backup") } == [])
        }
      }
    }
  }
}
