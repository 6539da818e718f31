// Who reads which case: dealt out and changed; and the seal towards those who do not read it.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct AssignmentTests {
  @Test func twentyReadersFiveACaseMeetEquallyOften() throws {
    let study = try AssignedStudy(readers: 20, perCase: 5, cases: 300)
    let all = try study.coordinator.assignments()
    #expect(all.allSatisfy { $0.readers.count == 5 })
    let loads = study.readers.map { reader in all.count { $0.readers.contains(reader) } }
    #expect((loads.min(), loads.max()) == (74, 76))
    let pairs = study.readers.flatMap { a in
      study.readers.filter { $0 > a }.map { b in all.count { $0.readers.contains(a) && $0.readers.contains(b) } }
    }
    #expect(pairs.min() ?? 0 >= 14 && pairs.max() ?? 99 <= 18)
    // Each sees their own, and of each how many must sign.
    for (reader, load) in zip(study.readers, loads).prefix(3) {
      let rows = try study.list(reader)
      #expect(rows.map(\.id) == all.filter { $0.readers.contains(reader) }.map(\.id))
      #expect(rows.count == load && rows.allSatisfy { ($0.signed, $0.required) == (0, 5) })
      let view = try study.study.open(reader).caseView(rows[0].id)
      #expect(view.signatures.count == 5 && view.required == 5)
      let progress = try study.study.open(reader).progress().readers
      #expect(progress.map(\.todo) == [load])
      #expect(try study.study.open(reader).info().cases == load)
    }
    #expect(try study.coordinator.counts().cases == 300)
    #expect(try study.coordinator.waitingCases(limit: 999).allSatisfy { $0.readers.count == 5 })
    #expect(try study.faults() == [])
  }

  @Test func theSameSeedDealsTheSame() throws {
    let one = try AssignedStudy(readers: 6, perCase: 3, cases: 12).coordinator.assignments()
    let other = try AssignedStudy(readers: 6, perCase: 3, cases: 12).coordinator.assignments()
    #expect(one == other)
  }

  @Test func whoIsNotAssignedNeitherSeesNorCounts() throws {
    let study = try AssignedStudy(assign: [CaseReaders("1", ["R1", "R2"])])
    for reader in ["R1", "R2"] as [PrincipalID] { try study.sign("1", reader) }
    _ = try study.study.open("R1").openForConsensus("1")
    let stranger = try study.study.open("R3")
    #expect(try study.readers(of: "1") == ["R1", "R2"])
    #expect(try study.coordinator.caseView("1").readings.map(\.reader).count == 2)
    #expect(try study.coordinator.openedCases().map(\.assigned) == [["R1", "R2"]])
    // Nothing of it, by any call.
    let refusals: [() throws -> Any] = [
      { try stranger.caseView("1") }, { try stranger.consensusTable("1") }, { try stranger.history("1") },
      { try stranger.record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("absent")))) },
      { try stranger.undo("1") }, { try stranger.signingSheet("1") }, { try stranger.openForConsensus("1") },
      { try stranger.keepDraft(DraftNote(ID.rimSign, "x"), "1") }, { try stranger.addSeconds(5, "1") },
      { try stranger.draftNotes("1") },
      { try stranger.consensus("1", .call(GradeKey(.baseline, ID.rimSign))) },
    ]
    for refused in refusals { #expect(storeError(refused) == .notAssigned("1")) }
    #expect(try study.list("R3").contains { $0.id == "1" } == false)
    #expect(try stranger.index(of: "1", in: WorklistQuery()) == nil)
    #expect(try stranger.openedCases() == [])
    #expect(try stranger.consensusFigures().cases == 0 && stranger.consensusProcess().sessions == 0)
    #expect(try stranger.audit().allSatisfy { $0.caseID != "1" && !$0.kind.isOfAssignment })
    #expect(try stranger.waitingCases(limit: 99).allSatisfy { $0.id != "1" })
    #expect(try stranger.verify(scope: .seat).faults == [])
    // A reader of it sees all that there is to see.
    #expect(try study.study.open("R2").caseView("1").readings.count == 2)
    #expect(try study.study.open("R2").consensusTable("1").readers.map(\.id) == ["R1", "R2"])
    // Behind the store's back SQLite refuses.
    #expect(throws: DatabaseError.self) {
      try DatabaseQueue(path: study.study.path).write { db in
        try db.execute(
          sql: """
            INSERT INTO step (uuid, kind, principal_seq, case_seq, examination_seq, round, version, at, nonce)
            SELECT 'x', 'graded', p.seq, e.case_seq, e.seq, 1, 1, '', x'00' FROM principal p, examination e
            JOIN patient_case c ON c.seq = e.case_seq
            WHERE p.id = 'R3' AND c.id = (SELECT id FROM patient_case f WHERE NOT EXISTS (
              SELECT 1 FROM assignment a JOIN assignment_reader r ON r.assignment_seq = a.seq
              WHERE a.case_seq = f.seq AND r.principal_seq = p.seq) AND f.id <> '1' LIMIT 1)
            """)
      }
    }
  }

  /// Studies that differ only in what others did with a case that R3 does not read look the same to R3.
  @Test func whatOthersDoWithTheirCasesIsNotSeen() throws {
    let pair = try [false, true].map { opens in
      let study = try AssignedStudy(assign: [CaseReaders("1", ["R1", "R2"])])
      try study.sign("1", "R1", rim: opens ? "absent" : "present")
      if opens {
        try study.sign("1", "R2")
        _ = try study.study.open("R1").openForConsensus("1")
      }
      return study
    }
    func seen(_ study: AssignedStudy) throws -> [AnyHashable] {
      let store = try study.study.open("R3")
      return [
        try store.counts(), try study.list("R3"), try store.progress(), try store.audit().map(\.kind),
        try store.openedCases(), try store.info().consensus, try store.info().signedReadings,
        try store.waitingCases(limit: 99), try store.consensusProcess(), try store.study(),
      ]
    }
    #expect(try seen(pair[0]) == seen(pair[1]))
    #expect(try pair[0].list("R1") != pair[1].list("R1"))
  }

  @Test func readersAreNamedCaseByCase() throws {
    let study = try AssignedStudy(cases: 3)
    let coordinator = try study.coordinator
    let report = try coordinator.assign(
      [CaseReaders("1", ["R1", "R2", "R3"]), CaseReaders("2", ["R4"])], reason: "R4 knows this scanner")
    #expect(report.cases == 2 && report.short == ["2"])
    #expect(report.given == [CaseReaders("1", ["R1", "R2", "R3"]), CaseReaders("2", ["R4"])])
    #expect(try study.readers(of: "1") == ["R1", "R2", "R3"] && study.readers(of: "2") == ["R4"])
    #expect(try study.list("R4").contains { $0.id == "2" && $0.required == 1 })
    #expect(try coordinator.audit(AuditFilter(kinds: [.readersAssigned])).map(\.reason) == ["R4 knows this scanner"])
    let balanced = try coordinator.assignBalanced()
    #expect(balanced.cases == 1 && balanced.short == [] && balanced.given.map(\.id) == ["2"])
    #expect(try study.readers(of: "2").count == 2)
    let wrong = [
      CaseReaders("1", ["R1", "R9"]), CaseReaders("2", ["coord"]), CaseReaders("3", []),
      CaseReaders("3", ["R1", "R1"]),
    ]
    let fault = try #require(storeError { try coordinator.assign(wrong, reason: "on leave") }).description
    for words in [
      "case 1: there is nobody called ‘R9’", "case 2: coord is a coordinator and reads no cases",
      "case 3: name its readers", "case 3: a reader is named twice", "case 3 is there twice",
    ] {
      #expect(fault.contains(words))
    }
    #expect(
      storeError { try coordinator.assign([CaseReaders("1", ["R1", "R2"])]) }?.description
        == "case 1: taking R3 off it needs a reason in words")
    #expect(storeError { try study.study.open("R1").assign([]) }?.category == .notPermitted)
    #expect(storeError { try study.study.open("R1").assignments() }?.category == .notPermitted)
    try study.sign("1", "R3")
    #expect(
      storeError { try coordinator.assign([CaseReaders("1", ["R1", "R2"])], reason: "on leave") }?.description
        == "case 1: R3 has signed it and stays one of its readers; name R3 too")
    #expect(try study.faults() == [])
  }

  @Test func whereNobodyIsAssignedAllReadersAreAwaited() throws {
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 2, seed: 7), readers: 3, cases: [.sample("1", followUps: [])])
    for (index, reader) in (["R1", "R2", "R3"] as [PrincipalID]).enumerated() {
      let row = try #require(study.open("coord").worklist(WorklistQuery(), limit: 1).rows.first)
      #expect((row.signed, row.required, row.stage) == (index, 3, .reading))
      // Two read a case, yet a third who has not signed it must not see what they say.
      #expect(storeError { try study.open("R1").openForConsensus("1") }?.category == .notPermitted)
      #expect(try study.open(reader).counts().cases == 1)
      _ = try study.open(reader).sign("1")
    }
    let row = try #require(study.open("coord").worklist(WorklistQuery(), limit: 1).rows.first)
    #expect((row.signed, row.required, row.stage) == (3, 3, .ready))
    _ = try study.open("coord").withdraw("R3", reason: "left")
    _ = try study.open("coord").importCases([.sample("2", followUps: [])])
    #expect(try study.open("coord").assignments().map(\.readers) == [["R1", "R2", "R3"], ["R1", "R2"]])
    #expect(try study.open("coord").verify().faults == [])
  }

  @Test func aCaseWaitsForAReaderWhoIsAddedLate() throws {
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 2, seed: 7), readers: 2,
      cases: [.sample("1", followUps: []), .sample("2", followUps: []), .sample("3", followUps: [])])
    for reader in ["R1", "R2"] as [PrincipalID] {
      for id in ["1", "2", "3"] as [CaseID] { _ = try study.open(reader).sign(id) }
    }
    let coordinator = try study.open("coord")
    _ = try coordinator.openForConsensus("2")
    try coordinator.add(Principal("R3", role: .reader))
    // All lists say so, at once.
    for person in ["R1", "R3", "coord"] as [PrincipalID] {
      let rows = try study.open(person).worklist(WorklistQuery(sort: .number), limit: 9).rows
      #expect(rows.map(\.stage) == [.reading, .opened, .reading])
      #expect(rows.map(\.signed) == [2, 2, 2] && rows[0].required == 3)
      #expect(try study.open(person).counts().ready == 0)
    }
    #expect(storeError { try coordinator.openForConsensus("1") } == .notReady("1", waitingFor: ["R3"]))
    #expect(try study.open("R3").caseView("1").readings.isEmpty)
    // The coordinator may say that it needs no third.
    #expect(try coordinator.assign([CaseReaders("3", ["R1", "R2"])]).cases == 1)
    #expect(try coordinator.caseView("3").stage == .ready)
    _ = try study.open("R3").sign("1")
    #expect(try coordinator.caseView("1").stage == .ready)
    #expect(try coordinator.verify().faults == [])
    try coordinator.rebuild()
    #expect(try coordinator.verify().faults == [])
  }

  @Test func aReaderAddedLaterReadsWhatTheyAreGiven() throws {
    let study = try AssignedStudy(cases: 4)
    try study.coordinator.add(Principal("R5", role: .reader))
    #expect(try study.list("R5") == [])
    _ = try study.coordinator.assign([CaseReaders("1", study.readers(of: "1") + ["R5"])])
    #expect(try study.list("R5").map(\.id) == ["1"])
    #expect(try study.faults() == [])
  }
}
