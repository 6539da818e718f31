// Rounds: the second begins after the washout and hides the first.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct RoundTests {
  let study: TestStudy

  init() throws {
    study = try TestStudy(
      StudyProtocol(readersPerCase: 2, rounds: 2, seed: 5, washoutDays: 28),
      cases: (1...6).map { .sample(CaseID(String($0)), followUps: []) })
  }

  private func signAll(_ id: PrincipalID, rim: LevelID) throws {
    let store = try study.open(id)
    for row in try store.worklist(WorklistQuery(), offset: 0, limit: 99).rows {
      _ = try store.record(GradeChange(row.id, .baseline, ID.rimSign, Grade(.level(rim))))
      _ = try store.sign(row.id)
    }
  }

  @Test func theSecondRoundHidesTheFirst() throws {
    let coordinator = try study.open("coord")
    #expect(try coordinator.progress().next == NextRound(round: 2, unsignedCases: 6, notBefore: nil))
    #expect(
      storeError { try coordinator.startRound(2) }
        == .notPermitted("round 2 cannot begin: 6 cases of round 1 are not signed by all"))
    try signAll("R1", rim: "present")
    try signAll("R2", rim: "absent")
    let first = study.world.now
    #expect(
      try coordinator.progress().next
        == NextRound(round: 2, unsignedCases: 0, notBefore: first.addingTimeInterval(28 * 86_400)))
    _ = try coordinator.openForConsensus("1")
    study.world.wait(days: 27.9)
    #expect(
      storeError { try coordinator.startRound(2) }?.description.contains("the protocol asks for 28 days") == true)
    study.world.wait(days: 0.2)
    #expect(storeError { try coordinator.startRound(3) }?.category == .notPermitted)
    #expect(storeError { try study.open("R1").startRound(2) }?.category == .notPermitted)
    let before = try study.open("R1").worklist(WorklistQuery(), offset: 0, limit: 99).rows.map(\.id)
    _ = try coordinator.startRound(2)

    for id in ["R1", "R2", "coord", "show"] as [PrincipalID] {
      let store = try study.open(id)
      let view = try store.caseView("1")
      #expect((view.round, view.stage, view.readings) == (2, .reading, []))
      #expect(view.signatures.map(\.isSigned) == [false, false])
      #expect(try store.openedCases() == [])
      #expect(try store.history("1") == [])
      #expect(try store.audit(AuditFilter(caseID: "1")).allSatisfy { $0.principal == "coord" || id == "coord" })
    }
    let reader = try study.open("R1")
    let order = try reader.worklist(WorklistQuery(), offset: 0, limit: 99).rows.map(\.id)
    #expect(Set(order) == Set(before))
    #expect(order != before)
    #expect(try reader.counts() == WorklistCounts(cases: 6))
    #expect(
      storeError { try reader.record(GradeChange("1", .baseline, round: 1)) } == .otherRound(1, reading: 2))
    #expect(
      try reader.progress().readers.map { [$0.round, $0.signed, $0.draft, $0.todo] } == [[1, 6, 0, 0], [2, 0, 0, 6]])
  }

  @Test func howTheFirstConsensusCameAboutIsOutOfSightToo() throws {
    let coordinator = try study.open("coord")
    for id in ["R1", "R2"] as [PrincipalID] { try signAll(id, rim: id == "R1" ? "present" : "absent") }
    _ = try coordinator.openForConsensus("1")
    let reader = try study.open("R1")
    let rim = GradeKey(.baseline, ID.rimSign)
    _ = try reader.consensus("1", .agree(rim, AgreedGrade(Grade(.level("absent")), rationale: "only a chemical shift")))
    let agreed = AuditFilter(kinds: [.gradesAgreed])
    #expect(try reader.audit(agreed).count == 1)
    study.world.wait(days: 28)
    _ = try coordinator.startRound(2)
    for id in ["R1", "R2", "coord"] as [PrincipalID] { #expect(try study.open(id).audit(agreed) == []) }
    for id in ["R1", "R2"] as [PrincipalID] { try signAll(id, rim: "absent") }
    _ = try coordinator.openForConsensus("1")
    #expect(try reader.audit(agreed).map(\.round) == [1])
  }

  @Test func thePaceCountsCasesNotExaminations() throws {
    let study = try TestStudy(
      StudyProtocol(seed: 5), cases: [.sample("1", followUps: [5]), .sample("2", followUps: [])])
    let reader = try study.open("R1")
    _ = try reader.sign("1")
    #expect(try reader.progress().readers[0].signaturesByDay == [])
    study.world.wait(days: 1)
    _ = try reader.sign("1", "5")
    _ = try reader.sign("2")
    #expect(try reader.progress().readers[0].signaturesByDay == [.init(day: "2026-02-26", count: 2)])
  }

  @Test func openedInTheSecondRoundBothAreThereToCompare() throws {
    let coordinator = try study.open("coord")
    for id in ["R1", "R2"] as [PrincipalID] { try signAll(id, rim: "present") }
    _ = try coordinator.openForConsensus("1")
    study.world.wait(days: 28)
    _ = try coordinator.startRound(2)
    for id in ["R1", "R2"] as [PrincipalID] { try signAll(id, rim: "absent") }
    _ = try coordinator.openForConsensus("1")
    _ = try coordinator.openForConsensus("2")
    let opened = try study.open("R1").openedCases()
    #expect(opened.map { "\($0.id)/\($0.round)" } == ["1/1", "1/2", "2/2"])
    #expect(
      opened.map { $0.readings.map { $0.values()[ID.rimSign]?.text } } == [
        ["present", "present"], ["absent", "absent"], ["absent", "absent"],
      ])
    #expect(try study.open("R1").caseView("1").readings.map(\.round) == [2, 2, 1, 1])
    #expect(try coordinator.progress().next == nil)
    #expect(try coordinator.verify().faults == [])
  }

  @Test func whereTheCasesOpenTogetherNoneOpensBeforeTheLastRoundIsRead() throws {
    // Given a study of two rounds whose cases open together, the first round signed
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 1, rounds: 2, seed: 5, washoutDays: 1, opening: .round),
      cases: ["1", "2"].map { .sample($0, followUps: []) })
    let (reader, coordinator) = (try study.open("R1"), try study.open("coord"))
    for id in ["1", "2"] as [CaseID] { _ = try reader.sign(id) }

    // Then nothing opens: what is seen now would be known in the second round
    let early = storeError { try reader.openForConsensus("1") }
    #expect(early == .roundsToCome(after: 1, of: 2))

    // When the second is read too
    study.world.wait(days: 2)
    _ = try coordinator.startRound(2)
    _ = try reader.sign("1")
    #expect(storeError { try reader.openForConsensus("1") }?.description.contains("1 are not signed") == true)
    _ = try reader.sign("2")
    _ = try reader.openForConsensus("1")

    // Then both rounds of the case are there to compare
    #expect(try reader.openedCases().map { "\($0.id)/\($0.round)" } == ["1/1", "1/2"])
    #expect(try coordinator.audit(AuditFilter(kinds: [.opened])).map(\.round) == [1, 2])
    #expect(try coordinator.verify().faults == [])
  }

  @Test func progressTellsWhoAndHowFarButNoGrade() throws {
    try signAll("R1", rim: "present")
    study.world.wait(days: 1)
    let second = try study.open("R2")
    _ = try second.sign("3")
    _ = try second.record(GradeChange("4", .baseline, ID.rimSign, Grade(.level("absent"))))
    let progress = try study.open("coord").progress()
    #expect(
      progress.readers.map { "\($0.reader) \($0.signed) \($0.draft) \($0.todo)" } == [
        "R1 6 0 0", "R2 1 1 4",
      ])
    #expect(progress.readers[0].signaturesByDay == [.init(day: "2026-02-25", count: 6)])
    #expect(progress.readers[1].lastSignature == study.world.now)
    #expect(try second.progress().readers.map(\.reader) == ["R2"])
    #expect(try study.open("show").progress().readers == [])
    #expect(
      try study.open("coord").waitingCases(offset: 1, limit: 2) == [
        WaitingCase(id: "2", readers: ["R2"]), WaitingCase(id: "4", readers: ["R2"]),
      ])
    #expect(
      try second.waitingCases(limit: 2) == [
        WaitingCase(id: "1", readers: ["R2"]), WaitingCase(id: "2", readers: ["R2"]),
      ])
  }
}
