// Who reads which case: dealt out, changed, handed over, given up; and the seal towards those who do not read it.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

/// A study in which not everybody reads everything.
struct AssignedStudy {
  let study: TestStudy
  let readers: [PrincipalID]

  /// - Parameter readers: how many there are, R1 on.
  init(
    readers count: Int = 4, perCase: Int = 2, cases: Int = 8, rounds: Int = 1, countsWithdrawn: Bool = true,
    assign: [CaseReaders] = []
  ) throws {
    var rules = StudyProtocol(readersPerCase: perCase, rounds: rounds, seed: 7, washoutDays: 0)
    rules.assignment = .balanced
    rules.countsWithdrawn = countsWithdrawn
    study = try TestStudy(rules, cases: [])
    readers = (1...count).map { PrincipalID("R\($0)") }
    StudyFile.remove(study.path)
    var made = Study(title: "A telling title", studyProtocol: rules)
    made.assign = assign
    try StudyStore.create(
      at: study.path, study: made,
      principals: readers.map { Principal($0, role: .reader) } + people.filter { $0.role != .reader },
      environment: study.world.environment())
    _ = try coordinator.importCases((1...cases).map { .sample(CaseID("\($0)"), followUps: []) })
  }

  var coordinator: StudyStore { get throws { try study.open("coord") } }

  func list(_ reader: PrincipalID) throws -> [WorklistRow] {
    try study.open(reader).worklist(WorklistQuery(sort: .number), limit: 999).rows
  }

  func readers(of id: CaseID) throws -> [PrincipalID] {
    try coordinator.assignments().first { $0.id == id }?.readers ?? []
  }

  func sign(_ id: CaseID, _ reader: PrincipalID, rim: LevelID = "present") throws {
    let store = try study.open(reader)
    _ = try store.record(GradeChange(id, .baseline, ID.rimSign, Grade(.level(rim))))
    _ = try store.sign(id)
  }

  func faults() throws -> [String] { try coordinator.verify().faults }
}

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
    #expect(report == AssignmentReport(cases: 2, short: ["2"]))
    #expect(try study.readers(of: "1") == ["R1", "R2", "R3"] && study.readers(of: "2") == ["R4"])
    #expect(try study.list("R4").contains { $0.id == "2" && $0.required == 1 })
    #expect(try coordinator.audit(AuditFilter(kinds: [.readersAssigned])).map(\.reason) == ["R4 knows this scanner"])
    #expect(try coordinator.assignBalanced() == AssignmentReport(cases: 1))
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
        == "case 1: taking R3 off it needs a reason")
    #expect(storeError { try study.study.open("R1").assign([]) }?.category == .notPermitted)
    #expect(storeError { try study.study.open("R1").assignments() }?.category == .notPermitted)
    try study.sign("1", "R3")
    #expect(
      storeError { try coordinator.assign([CaseReaders("1", ["R1", "R2"])], reason: "on leave") }?.description
        == "case 1: R3 has signed it and stays one of its readers; name R3 too")
    #expect(try study.faults() == [])
  }

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
          ? WithdrawalReport(kept: 1, left: 3, short: ["3", "4", "5"])
          : WithdrawalReport(kept: 0, left: 4, short: ["2", "3", "4", "5"])))
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

  @Test func aReaderAddedLaterReadsWhatTheyAreGiven() throws {
    let study = try AssignedStudy(cases: 4)
    try study.coordinator.add(Principal("R5", role: .reader))
    #expect(try study.list("R5") == [])
    _ = try study.coordinator.assign([CaseReaders("1", study.readers(of: "1") + ["R5"])])
    #expect(try study.list("R5").map(\.id) == ["1"])
    #expect(try study.faults() == [])
  }
}
