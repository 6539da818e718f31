// Cases that are handed over, and readers who leave.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

extension AssignmentTests {
  @Test func aCaseIsHandedOverBeforeItIsSigned() throws {
    let study = try AssignedStudy(assign: [CaseReaders("1", ["R1", "R2"])])
    let coordinator = try study.coordinator
    _ = try study.study.open("R1").record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("absent"), note: "hm")))
    #expect(try coordinator.handOver(["1"], from: "R1", to: "R3", reason: "on leave").cases == 1)
    #expect(try study.readers(of: "1") == ["R2", "R3"])
    #expect(storeError { try study.study.open("R1").caseView("1") } == .notAssigned("1"))
    for reader in ["R2", "R3"] as [PrincipalID] { try study.sign("1", reader) }
    #expect(try coordinator.caseView("1").stage == .ready)
    _ = try coordinator.openForConsensus("1")
    // The draft is in the file, and nowhere else.
    let view = try coordinator.caseView("1")
    #expect(Set(view.readings.map(\.reader)).isDisjoint(with: ["R1"]) && view.readings.count == 2)
    #expect(try coordinator.openedCases().flatMap(\.readings).count == 2)
    #expect(try coordinator.history("1").allSatisfy { $0.reader != "R1" })
    let kept = try DatabaseQueue(path: study.study.path).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM grade WHERE note = 'hm'")
    }
    #expect(kept == 1)
    let entry = try #require(coordinator.audit(AuditFilter(kinds: [.handedOver])).first)
    #expect((entry.caseID, entry.reason, entry.detail) == ("1", "on leave", "R1 to R3"))
    #expect(
      storeError { try coordinator.handOver(["1"], from: "R2", to: "R4", reason: "on leave") } == .caseOpened("1"))
    #expect(storeError { try coordinator.handOver(["2"], from: "R2", to: "R4", reason: " ") }?.category == .badData)
    #expect(try study.faults() == [])
  }

  @Test func whatIsSignedIsNotHandedOver() throws {
    let study = try AssignedStudy(assign: [CaseReaders("1", ["R1", "R2"])])
    try study.sign("1", "R1")
    let error = storeError { try study.coordinator.handOver(["1", "2"], from: "R1", to: "R2", reason: "on leave") }
    #expect(error?.description.contains("case 1: R1 has signed it; what is signed is not handed over") == true)
    #expect(error?.description.contains("case 1: R2 reads it already") == true)
    // Nor while it is amended.
    _ = try study.study.open("R1").amend("1", reason: "a second look")
    let amended = storeError { try study.coordinator.handOver(["1"], from: "R1", to: "R3", reason: "on leave") }
    #expect(amended?.description.contains("case 1: R1 has signed it") == true)
    let taken = storeError { try study.coordinator.assign([CaseReaders("1", ["R2", "R3"])], reason: "on leave") }
    #expect(taken?.description.contains("R1 has signed it") == true)
  }

  @Test(arguments: [true, false]) func whoLeavesIsWithdrawn(counts: Bool) throws {
    let study = try AssignedStudy(
      countsWithdrawn: counts,
      assign: [
        CaseReaders("1", ["R1", "R2"]), CaseReaders("2", ["R1", "R2"]), CaseReaders("3", ["R1", "R2"]),
        CaseReaders("4", ["R2", "R3"]), CaseReaders("5", ["R2", "R3"]), CaseReaders("6", ["R3", "R4"]),
        CaseReaders("7", ["R3", "R4"]), CaseReaders("8", ["R3", "R4"]),
      ])
    for reader in ["R1", "R2"] as [PrincipalID] { try study.sign("1", reader) }
    _ = try study.coordinator.openForConsensus("1")
    try study.sign("2", "R2")
    _ = try study.study.open("R2").record(GradeChange("3", .baseline, ID.rimSign, Grade(.level("absent"))))
    let open = try study.study.open("R2")

    let report = try study.coordinator.withdraw("R2", reason: "moved away")

    #expect(
      report
        == (counts
          ? WithdrawalReport(kept: 2, left: 3, short: ["3", "4", "5"], shortByThis: 3)
          : WithdrawalReport(kept: 1, left: 4, short: ["2", "3", "4", "5"], shortByThis: 4)))
    // The seat is closed, one that was open before too.
    #expect(storeError { try study.study.open("R2").counts() } == .withdrawn("R2"))
    #expect(storeError { try open.caseView("1") } == .withdrawn("R2"))
    #expect(storeError { try study.coordinator.issueCode(for: "R2") } == .withdrawn("R2"))
    // What is open stays; the rest goes on without.
    #expect(try study.coordinator.consensusTable("1").readers.map(\.id) == ["R1", "R2"])
    #expect(try study.readers(of: "2") == (counts ? ["R1", "R2"] : ["R1"]))
    #expect(try study.readers(of: "3") == ["R1"])
    #expect(try study.coordinator.openedCases().first?.readings.map(\.reader).count == (counts ? 2 : 1))
    try study.sign("2", "R1")
    #expect(try study.coordinator.caseView("2").stage == .ready)
    _ = try study.coordinator.openForConsensus("2")
    #expect(try study.coordinator.consensusTable("2").readers.map(\.id) == (counts ? ["R1", "R2"] : ["R1"]))
    // The consensus of a case that they left is recorded without them.
    if !counts {
      let reader = try study.study.open("R1")
      let keys = try reader.consensusTable("2").rows.map(\.key)
      let grades = keys.reduce(into: [GradeKey: AgreedGrade]()) {
        $0[$1] = AgreedGrade(Grade(.notAssessable), rationale: "for the test")
      }
      let version = try reader.consensus("2", .agree(grades)).table.version
      #expect(try reader.consensus("2", .confirm(version)).table.stage == .recorded)
    }
    #expect(try study.coordinator.assignBalanced().short == [])
    #expect(
      try study.coordinator.assignments().filter { $0.id != "1" && $0.id != "2" }.allSatisfy { $0.readers.count == 2 })
    #expect(storeError { try study.coordinator.withdraw("R2", reason: "again") } == .withdrawn("R2"))
    #expect(
      storeError { try study.coordinator.withdraw("show", reason: "on leave") } == .notAReader("show", .presenter))
    #expect(try study.coordinator.progress().readers.first { $0.reader == "R2" }?.hasLeft == true)
    #expect(try study.faults() == [])
    try study.coordinator.rebuild()
    #expect(try study.faults() == [])
  }

  /// What an earlier act left without enough readers is still without them.
  @Test func allCasesThatAreShortOfReadersAreCounted() throws {
    let study = try AssignedStudy(
      readers: 5, cases: 4,
      assign: [
        CaseReaders("1", ["R1", "R2"]), CaseReaders("2", ["R1", "R2"]), CaseReaders("3", ["R3", "R4"]),
        CaseReaders("4", ["R1", "R4"]),
      ])
    let coordinator = try study.coordinator
    let first = try coordinator.withdraw("R2", reason: "moved away")
    #expect(first.short == ["1", "2"] && first.shortByThis == 2)
    let second = try coordinator.withdraw("R3", reason: "on leave")
    #expect(second.short == ["1", "2", "3"] && second.shortByThis == 1)
    let assigned = try coordinator.assign([CaseReaders("1", ["R1", "R4"])])
    #expect(assigned.short == ["2", "3"] && assigned.shortByThis == 0)
    let given = try coordinator.handOver(["1"], from: "R4", to: "R5", reason: "on leave")
    #expect(given.short == ["2", "3"] && given.shortByThis == 0)
  }

  /// Who handed a case over does not get it back when cases that lack readers are given some.
  @Test func whatWasHandedOverStaysAway() throws {
    let study = try AssignedStudy(cases: 4)
    let first = try #require(study.coordinator.assignments().first)
    let giver = try #require(first.readers.first)
    let taker = try #require(study.readers.first { !first.readers.contains($0) })
    _ = try study.coordinator.handOver([first.id], from: giver, to: taker, reason: "on leave")
    _ = try study.coordinator.withdraw(taker, reason: "left the hospital")
    _ = try study.coordinator.assignBalanced()
    let now = try #require(study.coordinator.assignments().first { $0.id == first.id })
    #expect(now.readers.count { $0 != taker } == 2 && !now.readers.contains(giver), "\(now)")
  }

  @Test func aRoundGoesOnWithThoseWhoAreLeft() throws {
    let study = try AssignedStudy(cases: 4, rounds: 2)
    for reader in study.readers { for row in try study.list(reader) { try study.sign(row.id, reader) } }
    let before = try study.coordinator.assignments()
    _ = try study.coordinator.withdraw("R4", reason: "left")
    #expect(try study.coordinator.assignments() == before)
    _ = try study.coordinator.startRound(2)
    #expect(
      try study.coordinator.assignments() == before.map { CaseReaders($0.id, $0.readers.filter { $0 != "R4" }) })
    let short = try #require(before.first { $0.readers.contains("R4") })
    #expect(try study.coordinator.caseView(short.id).required == 1)
    #expect(try study.coordinator.assignBalanced().short == [])
    #expect(try study.coordinator.caseView(short.id).required == 2)
    #expect(try study.faults() == [])
  }
}
