// Who is who: passphrases, accounts of the host, people who come later.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct PeopleTests {
  let study: TestStudy

  init() throws { study = try TestStudy() }

  @Test func aPassphraseIsAskedOnceItIsChosen() throws {
    try study.open("R1").choosePassphrase("correct horse é")
    #expect(storeError { try study.open("R1") } == .passphraseNeeded("R1"))
    #expect(storeError { try study.open("R1", passphrase: "wrong horse") } == .wrongPassphrase("R1"))
    // The same letters, composed in another way.
    let reader = try study.open("R1", passphrase: "correct horse e\u{301}")
    #expect(try StudyStore.summary(at: study.path).seats.filter(\.hasChosen).map(\.id) == ["R1"])
    try reader.removePassphrase()
    #expect(try study.open("R1").principal.id == "R1")
    #expect(
      try study.open("coord").audit(AuditFilter(kinds: [.passphraseSet])).map {
        "\($0.principal ?? "") \($0.detail ?? "")"
      } == ["R1 R1", "R1 R1: taken away"])
  }

  @Test(arguments: [
    "short", "       1", "        ", "a       ", "\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}",
    "\u{3000}\u{3000}\u{3000}\u{3000}abcd\u{2003}\u{2003}", "\u{7}\u{7}\u{7}\u{7}\u{7}abc",
    "\u{2800}\u{2800}\u{2800}\u{2800}\u{2800}\u{2800}\u{2800}\u{2800}", "\u{3164}\u{115F}\u{1160}\u{FFA0}abcd\u{2800}",
  ])
  func blanksAreNoPassphrase(text: String) throws {
    #expect(storeError { try study.open("R1").choosePassphrase(text) }?.category == .badData)
    #expect(try study.open("R1").principal.id == "R1")
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
    #expect(storeError { try coordinator.bind("R1", toUser: " \u{2800}\u{3164}") }?.category == .badData)
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
