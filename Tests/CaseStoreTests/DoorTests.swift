// Wrong passphrases: slower each time, never locked out, in turn, and on record without filling it.

import Foundation
import ReviewCore
import Synchronization
import Testing

@testable import CaseStore

@Suite struct DoorTests {
  let study: TestStudy

  init() throws {
    study = try TestStudy()
    try study.open("R1").choosePassphrase("correct horse")
  }

  private func environment(_ client: String?) -> StoreEnvironment {
    var environment = study.world.environment()
    environment.client = client
    return environment
  }

  private func isLetIn(_ passphrase: String, from client: String? = "192.0.2.7") -> Bool {
    (try? StudyStore.open(at: study.path, as: "R1", passphrase: passphrase, environment: environment(client))) != nil
  }

  private func refusals() throws -> [String] {
    try study.open("coord").audit(AuditFilter(kinds: [.passphraseRefused])).map { entry in
      "\(entry.principal ?? "") \(entry.client ?? "local") \(entry.detail?.prefix { $0 != " " } ?? "")"
    }
  }

  @Test func oneWaitsLongerAfterEachAndIsNeverLockedOut() throws {
    for _ in 1...9 { #expect(!isLetIn("wrong horse")) }
    #expect(study.world.waits == [1, 2, 4, 8, 16, 30, 30, 30])
    #expect(isLetIn("correct horse"))
    #expect(study.world.waits.last == 30)
    // It is forgotten then.
    #expect(isLetIn("correct horse"))
    #expect(study.world.waits.count == 9)
  }

  @Test func othersAreNotKeptWaiting() throws {
    for _ in 1...4 { #expect(!isLetIn("wrong horse", from: "198.51.100.9")) }
    let before = study.world.waits.count
    #expect(isLetIn("correct horse"))
    #expect(isLetIn("correct horse", from: nil))
    #expect(study.world.waits.count == before)
  }

  @Test func quietForgets() throws {
    for _ in 1...3 { #expect(!isLetIn("wrong horse")) }
    let before = study.world.waits.count
    study.world.wait(seconds: Door.memory + 1)
    #expect(!isLetIn("wrong horse"))
    #expect(study.world.waits.count == before)
  }

  @Test func manyAreFewRowsWithACount() throws {
    for _ in 1...11 { #expect(!isLetIn("wrong horse")) }
    #expect(try refusals() == ["R1 192.0.2.7 1", "R1 192.0.2.7 2", "R1 192.0.2.7 4", "R1 192.0.2.7 8"])
    #expect(isLetIn("correct horse"))
    #expect(try refusals().last == "R1 192.0.2.7 11")
    #expect(try study.open("R2").audit(AuditFilter(kinds: [.passphraseRefused])) == [])
    #expect(try study.open("coord").verify().faults == [])
  }

  /// Without the lock each of them would be the first, and none would wait.
  @Test func manyAtOnceAreNoFaster() async throws {
    let tries = 6
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<tries { group.addTask { _ = self.isLetIn("wrong horse") } }
    }
    #expect(study.world.waits == [1, 2, 4, 8, 16])
  }

  @Test func aGuestAndALockedScreenGoThroughTheSameDoor() throws {
    let host = try study.open("R2")
    #expect(storeError { try host.admit("R1", passphrase: "wrong horse") } == .wrongPassphrase("R1"))
    #expect(storeError { try host.admit("R1", passphrase: "wrong horse") } == .wrongPassphrase("R1"))
    #expect(study.world.waits == [1])
    let own = try study.open("R1", passphrase: "correct horse")
    #expect(storeError { try own.checkPassphrase("wrong horse") } == .wrongPassphrase("R1"))
    #expect(storeError { try own.checkPassphrase("wrong horse") } == .wrongPassphrase("R1"))
    #expect(study.world.waits == [1, 2, 1])
  }
}
