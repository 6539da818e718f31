// Readings from elsewhere: marked, sealed as others are, under the chain, and never in the place of anything read here.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

/// A reading of the baseline that was made elsewhere.
private func elsewhere(_ reader: PrincipalID, _ level: LevelID = "present", round: Int = 1) -> Reading {
  Reading(
    reader: reader, examination: .baseline, round: round, version: 2,
    state: .imported(ReadElsewhere(read: "2026-03-04", madeIn: "Basel")),
    grades: [rim: Grade(.level(level), note: "thin", bone: .l5, confidence: 4)], note: "old scanner", seconds: 60)
}

private func agreed(_ level: LevelID = "present") -> Consensus {
  Consensus(
    origin: .imported, version: 3,
    grades: [
      rim: AgreedGrade(
        Grade(.level(level)), how: .majority, cause: .missedFinding, rationale: "seen on STIR", votes: "R1=present; R2="
      )
    ], madeIn: "Basel")
}

@Suite struct ImportedReadingsTests {
  private func taking(_ readings: [(CaseID, Reading)], _ consensus: [CaseID: [Consensus]] = [:]) -> ReadingsImport {
    ReadingsImport(readings: readings.map { .init($0.0, $0.1) }, consensus: consensus)
  }

  @Test func whatWasReadElsewhereIsOpenAndNobodyGradesIt() throws {
    let study = try TestStudy()
    let coordinator = try study.open("coord")
    let wanted = taking([("1", elsewhere("R1")), ("1", elsewhere("S1", "absent"))], ["1": [agreed()]])

    let report = try coordinator.importReadings(wanted, from: "basel.csv")

    #expect(report.readings == 2 && report.consensus == 1)
    #expect(report.closed == ["1"] && report.own == ["R1"])
    #expect(try coordinator.counts() == WorklistCounts(cases: 2, elsewhere: 1))
    for id in ["R1", "R2", "coord", "show"] as [PrincipalID] {
      let view = try study.open(id).caseView("1")
      #expect(view.stage == .imported)
      #expect(view.consensus == agreed())
      #expect(Set(view.readings) == [elsewhere("R1"), elsewhere("S1", "absent")])
      #expect(view.signatures.isEmpty && view.withheld.isEmpty)
    }
    let row = try #require(try study.open("R1").worklist(WorklistQuery(sort: .number), limit: 9).rows.first)
    #expect(row.stage == .imported && row.own == .none && row.signed == 0)
    let refusal = storeError {
      try study.open("R2").record(GradeChange("1", .baseline, rim.finding, Grade(.level("absent"))))
    }
    #expect(refusal?.description.contains("read elsewhere") == true)
    #expect(storeError { try study.open("R1").openForConsensus("1") } == .consensus(.imported("1")))
    #expect(storeError { try study.open("R1").consensusTable("1") } == .consensus(.imported("1")))
    let opened = try study.open("R2").openedCases()
    #expect(opened.map(\.id) == ["1"] && opened[0].readings.count == 2 && opened[0].consensus == agreed())
    #expect(try coordinator.verify().faults == [])
    #expect(
      try coordinator.audit().contains { $0.kind == .readingsImported && $0.detail?.contains("basel.csv") == true })
    try coordinator.rebuild()
    #expect(try coordinator.caseView("1").stage == .imported)
    #expect(try coordinator.verify().faults == [])
  }

  @Test func readingsByOthersAreSealedUntilTheCaseIsOpen() throws {
    let study = try TestStudy(StudyProtocol(seed: 7), cases: [.sample("1", followUps: [])])
    let coordinator = try study.open("coord")
    _ = try coordinator.importReadings(taking([("1", elsewhere("S1"))]), from: "basel.csv")

    #expect(try coordinator.preview(of: taking([("1", elsewhere("S2"))])).closed == [])
    #expect(try coordinator.preview(of: taking([("1", elsewhere("R2"))])).own == ["R2"])
    #expect(try coordinator.preview(of: taking([], ["1": [agreed()]])).closed == ["1"])
    #expect(try coordinator.caseView("1").readings == [elsewhere("S1")])
    #expect(try coordinator.caseView("1").stage == .reading)
    for id in ["R1", "R2", "R3"] as [PrincipalID] {
      let reader = try study.open(id)
      #expect(try reader.caseView("1").readings.isEmpty)
      #expect(try reader.openedCases().isEmpty)
      _ = try reader.record(GradeChange("1", .baseline, rim.finding, Grade(.level("absent"))))
      _ = try reader.sign("1")
      // Not even once they have signed, for they may still amend.
      #expect(try reader.caseView("1").readings.allSatisfy { $0.reader == id })
    }
    _ = try study.open("R1").openForConsensus("1")
    let reader = try study.open("R1")
    #expect(try reader.caseView("1").readings.contains(elsewhere("S1")))
    #expect(try reader.openedCases().flatMap(\.readings).count == 4)
    #expect(try reader.consensusTable("1").columns.count == 3)
    #expect(try coordinator.verify().faults == [])
    #expect(try reader.verify(scope: .seat).faults == [])
  }

  @Test func importingAgainChangesNothing() throws {
    let study = try TestStudy()
    let coordinator = try study.open("coord")
    let wanted = taking([("1", elsewhere("S1"))], ["1": [agreed()]])
    _ = try coordinator.importReadings(wanted, from: "a.csv")
    let head = try coordinator.info().auditHead

    #expect(try coordinator.preview(of: wanted).unchanged == 2)
    #expect(try coordinator.importReadings(wanted, from: "a.csv").unchanged == 2)

    #expect(try coordinator.info().auditHead == head)
    let other = taking([("1", elsewhere("S1", "absent"))], ["1": [agreed("absent")]])
    #expect(try coordinator.faults(of: other).count == 2)
    #expect(storeError { try coordinator.importReadings(other, from: "b.csv") } != nil)
    #expect(try coordinator.info().auditHead == head)
  }

  @Test func whatIsReadHereIsNeverReplaced() throws {
    let study = try TestStudy()
    let coordinator = try study.open("coord")
    _ = try study.open("R2").record(GradeChange("1", .baseline, rim.finding, Grade(.level("absent"))))

    let faults = try coordinator.faults(
      of: taking([("1", elsewhere("R1")), ("2", elsewhere("R1"))], ["1": [agreed()]]))

    #expect(faults.map(\.caseID) == ["1"])
    #expect(faults[0].words.contains("being read here"))
    #expect(try coordinator.faults(of: taking([("1", elsewhere("S1"))])).isEmpty)
  }

  @Test func everyFaultIsToldAndNothingIsTaken() throws {
    let study = try TestStudy()
    let coordinator = try study.open("coord")
    var wrong = elsewhere("S1")
    wrong.grades[GradeKey(.baseline, "rim_sing")] = Grade(.level("present"))
    let wanted = taking([
      ("1", wrong), ("1", elsewhere("coord")), ("1", elsewhere("S2", round: 2)), ("9", elsewhere("S1")),
      ("2", elsewhere("S1")),
    ])

    let words = try coordinator.faults(of: wanted).map(\.words)

    #expect(words.count == 4, "\(words)")
    #expect(words.contains { $0.contains("did you mean ‘rim_sign’") })
    #expect(words.contains { $0.contains("coord is a coordinator") })
    #expect(words.contains { $0.contains("no round 2") })
    #expect(words.contains { $0.contains("no case ‘9’") })
    #expect(storeError { try coordinator.importReadings(wanted, from: "a.csv") } != nil)
    #expect(try coordinator.openedCases().isEmpty)
    #expect(storeError { try study.open("R1").importReadings(taking([]), from: "a.csv") } != nil)
  }

  @Test func nobodyIsAddedUnderTheNameOfAnImportedReader() throws {
    let study = try TestStudy()
    let coordinator = try study.open("coord")
    _ = try coordinator.importReadings(taking([("1", elsewhere("S1"))]), from: "a.csv")
    #expect(
      storeError { try coordinator.add(Principal("S1", role: .reader)) }?.description.contains("imported") == true)
    try coordinator.add(Principal("S2", role: .reader))
    #expect(try coordinator.verify().faults == [])
  }
}
