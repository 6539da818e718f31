// Consensus sessions in the study file: sealed votes, confirmations, versions, and what the backstop refuses.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

/// A study whose case 1 is signed by all three, who differ on the rim sign and agree on all else.
struct SessionStudy {
  let study: TestStudy
  let seats: [PrincipalID: StudyStore]

  init(_ studyProtocol: StudyProtocol = StudyProtocol(seed: 7), opens: Bool = true) throws {
    study = try TestStudy(studyProtocol, cases: [.sample("1", followUps: []), .sample("2")])
    let study = self.study
    seats = try ["R1", "R2", "R3", "coord", "show"].reduce(into: [:]) { $0[$1] = try study.open($1) }
    for (index, reader) in (["R1", "R2", "R3"] as [PrincipalID]).enumerated()
    where studyProtocol.mode == .independent {
      let store = try self[reader]
      var grades = Codebook.vertebralOsteomyelitis.findings(in: .baseline)
        .reduce(into: [GradeKey: Grade?]()) { $0[GradeKey(.baseline, $1.id)] = Grade(.notAssessable) }
      grades[rim] = Grade(.level(index == 1 ? "present" : "absent"), note: index == 1 ? "faint" : nil)
      _ = try store.record(GradeChange("1", grades: grades))
      _ = try store.sign("1")
    }
    if opens { _ = try self["coord"].openForConsensus("1") }
  }

  subscript(id: PrincipalID) -> StudyStore { get throws { try #require(seats[id]) } }

  @discardableResult
  func play(_ move: ConsensusMove, by id: PrincipalID = "R1") throws -> ConsensusResult {
    try self[id].consensus("1", move)
  }

  /// All settled, nothing confirmed.
  func settled() throws -> ConsensusVersion {
    try play(.takeOver(nil))
    return try play(.agree(rim, AgreedGrade(Grade(.level("absent"))))).table.version
  }
}

let rim = GradeKey(.baseline, ID.rimSign)

@Suite struct ConsensusTests {
  @Test func aCaseIsTalkedAboutOnlyOnceItIsOpen() throws {
    let session = try SessionStudy(opens: false)
    #expect(storeError { try session["R1"].consensusTable("1") } == .consensus(.notOpen("1")))
    #expect(storeError { try session.play(.call(rim)) } == .consensus(.notOpen("1")))
    #expect(storeError { try session["R1"].consensusTable("2") } == .consensus(.notOpen("2")))

    _ = try session["R2"].openForConsensus("1")

    #expect(try session["R1"].caseView("1").stage == .opened)
    try session.play(.call(rim))
    #expect(try session["R1"].caseView("1").stage == .inDiscussion)
    #expect(storeError { try session.play(.call(rim), by: "show") }?.category == .notPermitted)
  }

  @Test func howConsensusWasReachedIsCountedFromTheFile() throws {
    let session = try SessionStudy(opens: false)
    #expect(try session["coord"].consensusProcess() == ConsensusProcess())
    _ = try session["coord"].openForConsensus("1")
    try session.play(.call(rim))
    try session.play(.vote(rim, .level("absent")), by: "R1")
    try session.play(.vote(rim, nil), by: "R2")
    // A vote that is not revealed counts for nobody, the voter included.
    for seat in ["R1", "R2", "coord"] as [PrincipalID] {
      let process = try session[seat].consensusProcess()
      #expect((process.called, process.revealed, process.votes, process.abstentions) == (1, 0, 0, 0))
    }
    try session.play(.vote(rim, .level("absent")), by: "R3")
    try session.play(.reveal(rim))
    try session.play(.takeOver(nil))
    let agreed = AgreedGrade(Grade(.level("absent")), how: .discussed, rationale: "seen again")
    let version = try session.play(.agree(rim, agreed)).table.version
    try session.play(.confirm(version), by: "R1")
    try session.play(.dissent(version, reason: "faint"), by: "R2")
    #expect(try session["R3"].consensusProcess().recorded == 0)
    try session.play(.confirm(version), by: "R3")

    let process = try session["coord"].consensusProcess()
    #expect((process.sessions, process.recorded, process.revealed, process.votes) == (1, 1, 1, 2))
    #expect((process.abstentions, process.withoutVote, process.rationales) == (1, 0, 1))
    #expect(process.ways[.discussed] == 1 && process.ways[.unanimous] == process.grades - 1)
    #expect(process.confirmations == 2 && process.dissents.map(\.reason) == ["faint"])
    #expect(process.quorums == [.init(2, of: 3): 1])
  }

  @Test func noSeatSeesAVoteBeforeItsReveal() throws {
    // Given two studies that differ in nothing but what R2 voted, and that R2 changed the vote in one of them
    func seen(_ votes: [LevelID]) throws -> (table: ConsensusTable, audit: [String], file: ConsensusTable) {
      let session = try SessionStudy()
      try session.play(.call(rim))
      for vote in votes { try session.play(.vote(rim, .level(vote)), by: "R2") }
      return (
        try session["R1"].consensusTable("1"), try session["R1"].audit().map(\.kind.rawValue),
        try session["coord"].consensusTable("1")
      )
    }

    // When the others look
    let (one, audit, coordinator) = try seen(["absent"])
    let (other, otherAudit, otherCoordinator) = try seen(["present", "absent", "present"])

    // Then they see that R2 has voted, and no difference
    #expect(one == other && coordinator == otherCoordinator && audit == otherAudit)
    #expect(one.row(rim)?.vote?.voted == ["R2"] && one.row(rim)?.vote?.own == nil)
  }

  @Test func theRevealShowsAllVotesAtOnce() throws {
    let session = try SessionStudy()
    try session.play(.call(rim), by: "coord")
    try session.play(.vote(rim, .level("present")), by: "R1")
    try session.play(.vote(rim, .level("present")), by: "R2")
    #expect(storeError { try session.play(.reveal(rim)) } == .consensus(.votesMissing("rim sign", ["R3"])))
    try session.play(.vote(rim, .level("absent")), by: "R3")

    let table = try session.play(.reveal(rim), by: "R2").table

    #expect(Set(table.row(rim)?.vote?.revealed ?? []) == [.cast(.level("present")), .cast(.level("absent"))])
    #expect(table.columns.allSatisfy { $0.reader == nil })
    #expect(try session["R1"].audit().count { $0.kind == .voted } == 3)
    #expect(table.log.count { $0.text.contains("changed on rim sign: absent → present") } == 1)
  }

  @Test func theThirdWordRecordsTheConsensus() throws {
    // Given a settled case that two have spoken for
    let session = try SessionStudy()
    let version = try session.settled()
    let readings = try session["R1"].caseView("1").readings.map(\.grades)
    try session.play(.confirm(version), by: "R1")
    try session.play(.dissent(version, reason: "seen on T1W only"), by: "R2")
    #expect(storeError { try session.play(.confirm(version), by: "R1") } == .consensus(.saidAlready("R1", version)))
    #expect(try session["R3"].caseView("1").consensus == nil)

    // When the third confirms
    let result = try session.play(.confirm(version), by: "R3")

    // Then it is recorded, with names for letters, and the readings are as they were
    let view = try session["R3"].caseView("1")
    #expect(view.stage == .recorded && view.consensus?.origin == .session && view.consensus?.version == 1)
    #expect(view.consensus?.grades[rim] == AgreedGrade(Grade(.level("absent")), how: .majority))
    #expect(Set(view.readings.map(\.grades)) == Set(readings) && view.readings.count == 3)
    #expect(view.readings.map(\.reader) == ["R1", "R2", "R3"])
    #expect(Set(result.table.columns.map(\.reader)) == ["R1", "R2", "R3"])
    #expect(try session["coord"].counts().recorded == 1)
    #expect(try session["coord"].verify(head: result.receipt.head).faults.isEmpty)
    try session["coord"].rebuild()
    #expect(try session["R3"].caseView("1") == view)
  }

  @Test func reopeningMakesANewVersionAndKeepsTheOld() throws {
    let session = try SessionStudy()
    let version = try session.settled()
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.confirm(version), by: reader) }

    try session.play(.reopen(session["R2"].consensusTable("1").version, reason: "biopsy came"), by: "R2")
    #expect(try session["R1"].caseView("1").stage == .reopened)
    let changed = try session.play(.agree(rim, AgreedGrade(Grade(.level("present")), rationale: "biopsy"))).table
      .version
    #expect(storeError { try session.play(.confirm(version)) } == .consensus(.versionIsNow(changed, asked: version)))
    for reader in ["R1", "R2"] as [PrincipalID] { try session.play(.confirm(changed), by: reader) }
    try session.play(.absent("R3", reason: "on leave"))

    let view = try session["R1"].caseView("1")
    #expect(view.stage == .recorded && view.consensus?.version == 2)
    #expect(view.consensus?.grades[rim]?.grade?.value == .level("present"))
    let first = try session["R1"].read { try $0.consensus($0.facts("1"), round: 1, version: 1) }
    #expect(first?.grades[rim]?.grade?.value == .level("absent"))
    #expect(try session["coord"].verify().faults.isEmpty)
  }

  @Test func theProtocolSaysHowManyMustBePresent() throws {
    for (quorum, refused) in [(nil, true), (1, false)] as [(Int?, Bool)] {
      let session = try SessionStudy(StudyProtocol(seed: 7, quorum: quorum))
      try session.play(.absent("R3", reason: "on leave"), by: "coord")
      let error = storeError { try session.play(.absent("R2", reason: "on leave")) }
      #expect((error == .consensus(.tooFewPresent(needed: 2, of: 3))) == refused)
    }
  }

  @Test func theCoordinatorAgreesOnNothing() throws {
    let session = try SessionStudy()
    for move in [ConsensusMove.takeOver(nil), .agree(rim, AgreedGrade(Grade(.level("absent"))))] {
      #expect(storeError { try session.play(move, by: "coord") } == .consensus(.notAReaderOfIt("coord", "1")))
    }
    #expect(try session["coord"].consensusTable("1").log.isEmpty)
  }

  @Test func aJointStudyHasTheSameRecord() throws {
    let session = try SessionStudy(StudyProtocol(mode: .joint, seed: 7))
    let table = try session["R1"].consensusTable("1")
    for row in table.rows { try session.play(.agree(row.key, AgreedGrade(Grade(.notAssessable)))) }
    let version = try session["R1"].consensusTable("1").version
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.confirm(version), by: reader) }

    let view = try session["R1"].caseView("1")
    #expect(view.stage == .recorded)
    #expect(view.consensus?.grades[rim] == AgreedGrade(Grade(.notAssessable), how: .discussed))
  }

  @Test func whatIsTakenBackIsSoInTheFileToo() throws {
    let session = try SessionStudy()
    try session.play(.takeOver(nil))
    try session.play(.agree(rim, AgreedGrade(nil)))
    try session.play(.undo)
    let table = try session["R2"].consensusTable("1")
    #expect(table.row(rim)?.decision == nil && table.unsettled.map(\.key) == [rim])
    #expect(table.log.last?.text == "R1 undid: rim sign unresolved")
    #expect(try session["coord"].verify().faults.isEmpty)
    #expect(throws: (any Error).self) { try session.play(.confirm(table.version)) }
  }

  @Test func theFileItselfRefusesWhatTheRulesRefuse() throws {
    // Given an open case, and somebody who writes to the file past the program
    let session = try SessionStudy()
    try session.play(.call(rim))
    try session.play(.vote(rim, .level("absent")))
    let file = try DatabaseQueue(path: session.study.path)
    func refusal(_ sql: String) -> String? {
      do { try file.write { try $0.execute(sql: sql) } } catch { return (error as? DatabaseError)?.message }
      return nil
    }

    // Then no act is changed, no vote comes without a call, no consensus without everybody's word
    #expect(refusal("UPDATE consensus_act SET kind = 'called'") == "rows of consensus_act are never changed")
    #expect(refusal("DELETE FROM consensus_act_grade") == "rows of consensus_act_grade are never changed")
    #expect(
      refusal(
        "INSERT OR REPLACE INTO consensus_act_grade SELECT act_seq, examination_seq, finding, comparator, 'present', "
          + "note, series, slice, bone, confidence, how, cause, rationale, overrules, mark FROM consensus_act_grade WHERE value = 'absent'"
      )
        == "rows of consensus_act_grade are never replaced")
    #expect(
      refusal(
        "INSERT INTO consensus (uuid, case_seq, round, version, origin, at) VALUES ('x', 1, 1, 1, 'session', 'now')")
        == "not every reader has confirmed")
    #expect(
      refusal(
        """
        INSERT INTO consensus_act_grade (act_seq, examination_seq, finding, comparator)
        SELECT seq, 1, 't1w', 'baseline' FROM consensus_act WHERE kind = 'voted'
        """) == "no vote is open")
    #expect(
      refusal(
        """
        INSERT INTO consensus_act (uuid, case_seq, round, kind, principal_seq, version, revision, at, nonce)
        VALUES ('y', 2, 1, 'called', 1, 1, 1, 'now', x'00')
        """) == "the case is not open")
    #expect(try session["coord"].verify().faults.isEmpty)
  }

  @Test func aVoteChangedBehindTheProgramIsFound() throws {
    let session = try SessionStudy()
    try session.play(.call(rim))
    try session.play(.vote(rim, .level("absent")))
    try tamper(session.study.path, "UPDATE consensus_act_grade SET value = 'present' WHERE value = 'absent'")

    let faults = try session["coord"].verify().faults

    #expect(faults.count == 1 && faults.first?.contains("an act of the consensus session") == true)
  }
}
