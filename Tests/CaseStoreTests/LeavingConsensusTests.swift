// Who leaves the study while a case is in consensus is not waited for, and nothing is recorded without the quorum.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct LeavingConsensusTests {
  /// Recorded by all three, taken up again as version 2, settled as it was; R1 has confirmed that.
  private static func reopened() throws -> (SessionStudy, ConsensusVersion) {
    let session = try SessionStudy()
    let first = try session.settled()
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.confirm(first), by: reader) }
    try session.play(.reopen(ConsensusVersion(1, revision: first.revision), reason: "histology came"))
    return (session, try session["R1"].consensusTable("1").version)
  }

  @Test func nobodyWaitsForWhoHasLeft() throws {
    let (session, version) = try Self.reopened()
    try session.play(.confirm(version), by: "R1")
    let report = try session["coord"].withdraw("R3", reason: "moved away")
    #expect(report.kept == 1 && report.recorded == [])

    let table = try session["R1"].consensusTable("1")
    #expect(table.pending == ["R2"])
    let left = try #require(table.readers.first { $0.id == "R3" })
    #expect(left.title.hasPrefix("left the study on 20") && left.standing.isAbsent)
    #expect(table.log.last?.text.hasPrefix("coord recorded R3 absent: left the study on") == true)
    // What R3 had signed is still beside the others' grades.
    #expect(table.row(rim)?.grades.count == 3)

    #expect(try session.play(.confirm(version), by: "R2").table.stage == .recorded)
    #expect(try session.study.open("coord").verify().faults == [])
  }

  /// A version that is begun after they left does not wait for them either.
  @Test func aLaterVersionDoesNotWaitForThem() throws {
    let session = try SessionStudy()
    let first = try session.settled()
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.confirm(first), by: reader) }
    _ = try session["coord"].withdraw("R3", reason: "moved away")
    let table = try session.play(.reopen(first, reason: "histology came"), by: "R1").table
    #expect(table.pending == ["R1", "R2"])
    // A vote is shown without them.
    try session.play(.call(rim))
    for reader in ["R1", "R2"] as [PrincipalID] { try session.play(.vote(rim, .level("absent")), by: reader) }
    let revealed = try session.play(.reveal(rim)).table
    #expect(revealed.pending == ["R1", "R2"])
    try session.play(.confirm(revealed.version), by: "R1")
    #expect(try session.play(.confirm(revealed.version), by: "R2").table.stage == .recorded)
  }

  /// The last word that was missing: it is recorded as with any absence.
  @Test func theLastWhoLeavesRecords() throws {
    let (session, version) = try Self.reopened()
    for reader in ["R1", "R2"] as [PrincipalID] { try session.play(.confirm(version), by: reader) }
    #expect(try session["coord"].withdraw("R3", reason: "moved away").recorded == ["1"])
    #expect(try session["R1"].consensusTable("1").stage == .recorded)
    #expect(try session["R1"].caseView("1").stage == .recorded)
    #expect(try session.study.open("coord").verify().faults == [])
  }

  /// What they said of the version before they left counts, until there is another.
  @Test func whatTheySaidStays() throws {
    let (session, version) = try Self.reopened()
    try session.play(.confirm(version), by: "R3")
    _ = try session["coord"].withdraw("R3", reason: "moved away")
    var table = try session["R1"].consensusTable("1")
    #expect(table.readers.first { $0.id == "R3" }?.title.hasPrefix("confirmed; left the study on") == true)
    table = try session.play(.note(rim, "seen again")).table
    #expect(table.pending == ["R1", "R2"] && table.readers.first { $0.id == "R3" }?.standing.isAbsent == true)
  }

  @Test func nothingIsRecordedWithoutTheQuorum() throws {
    // Given that two of three must be present, and two have left
    let (session, version) = try Self.reopened()
    try session.play(.confirm(version), by: "R1")
    _ = try session["coord"].withdraw("R2", reason: "moved away")
    let report = try session["coord"].withdraw("R3", reason: "moved away")
    #expect(report.recorded == [])
    // Then nobody is waited for, nothing is recorded, and it is said why.
    let table = try session["R1"].consensusTable("1")
    #expect(table.stage == .reopened && table.pending == [] && table.waits.hasPrefix("too few readers"))
    #expect(table.readers.filter { $0.id != "R1" }.allSatisfy { $0.title.contains("left the study on") })
    let edited = try session.play(.note(rim, "seen again")).table
    #expect(edited.pending == [] && edited.waits.contains("2 of 3 must be, and R2, R3 left the study"))
    #expect(
      storeError { try session.play(.confirm(edited.version)) }
        == .consensus(.tooFewLeft(needed: 2, of: 3, left: ["R2", "R3"])))
    #expect(try session["R1"].consensusTable("1").stage == .reopened)
  }
}
