// Who is who: passphrases, accounts of the host, people who come later.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct PeopleTests {
  let study: TestStudy

  init() throws { study = try TestStudy() }

  @Test func aPassphraseIsAskedOnceItIsSet() throws {
    try study.open("R1").setPassphrase("correct horse é", of: "R1")
    #expect(storeError { try study.open("R1") } == .passphraseNeeded("R1"))
    #expect(storeError { try study.open("R1", passphrase: "wrong horse") } == .wrongPassphrase("R1"))
    // The same letters, composed in another way.
    #expect(try study.open("R1", passphrase: "correct horse e\u{301}").principal.id == "R1")
    #expect(try StudyStore.summary(at: study.path).seats.filter(\.needsPassphrase).map(\.id) == ["R1"])
    let byKey = try StudyStore.open(
      at: study.path, as: "R1", environment: study.world.environment(keyFingerprint: "SHA256:abc"))
    #expect(byKey.principal.id == "R1")
    let coordinator = try study.open("coord")
    try coordinator.setPassphrase(nil, of: "R1")
    #expect(try study.open("R1").principal.id == "R1")
    #expect(
      try coordinator.audit(AuditFilter(kinds: [.passphraseSet])).map { "\($0.principal ?? "") \($0.detail ?? "")" }
        == ["R1 R1", "coord R1: taken away"])
  }

  @Test func passphrasesOfOthersAreTheCoordinators() throws {
    #expect(storeError { try study.open("R1").setPassphrase("long enough", of: "R2") }?.category == .notPermitted)
    #expect(storeError { try study.open("R1").setPassphrase("short", of: "R1") }?.category == .badData)
    #expect(
      storeError { try study.open("coord").setPassphrase("long enough", of: "R7") }
        == .noSuchPrincipal("R7", known: people.map(\.id)))
  }

  @Test func equalPassphrasesAreStoredUnlike() throws {
    let (one, other) = (try PassphraseHash("correct horse"), try PassphraseHash("correct horse"))
    #expect(one != other)
    #expect(try one.matches("correct horse"))
    #expect(try !one.matches("correct horsE"))
    #expect((one.rounds, one.blockSize, one.parallelism, one.hash.count) == (32_768, 8, 1, 32))
  }

  @Test func anAccountOpensItsSeatAndKeepsOthersOut() throws {
    let coordinator = try study.open("coord")
    try coordinator.bind("R1", toUser: "anna")
    #expect(try StudyStore.summary(at: study.path).seats.first?.osUser == "anna")
    #expect(storeError { try study.open("R1") }?.category == .notPermitted)
    let anna = study.world.environment(osUser: "anna")
    #expect(try StudyStore.open(at: study.path, as: "R1", environment: anna).principal.id == "R1")
    #expect(storeError { try coordinator.bind("R2", toUser: "anna") }?.category == .badData)
    try coordinator.bind("R1", toUser: nil)
    #expect(try study.open("R1").principal.id == "R1")
    #expect(storeError { try study.open("R1").bind("R1", toUser: "x") }?.category == .notPermitted)
  }

  @Test func whoComesLaterHasEverythingStillToRead() throws {
    let coordinator = try study.open("coord")
    try coordinator.add(Principal("R4", name: "Fourth", role: .reader))
    #expect(try study.open("R4").counts() == WorklistCounts(cases: 2))
    #expect(try study.open("R4").worklist(WorklistQuery(), offset: 0, limit: 9).rows.map(\.own) == [.todo, .todo])
    #expect(storeError { try coordinator.add(Principal("R4", role: .learner)) }?.category == .badData)
    #expect(storeError { try study.open("R1").add(Principal("R5", role: .reader)) }?.category == .notPermitted)
    #expect(try coordinator.verify().faults == [])
  }
}
