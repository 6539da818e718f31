// The seal: nobody learns more of another's reading than whether it is signed, until the case is opened.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct SealTests {
  @Test func whatTheProtocolWithholdsIsGoneUntilSigned() throws {
    let study = try TestStudy(StudyProtocol(seed: 7), cases: [.sample("1")])
    let reader = try study.open("R1")
    let whole = Case.sample("1")
    let bare = Case(
      id: "1", sex: .male, age: 53, presentation: whole.presentation,
      examinations: [Examination(.baseline, acquisitions: [Acquisition(.t1w, plane: .axial, tr: 600, te: 16)])])
    #expect(try reader.caseView("1").patientCase == bare)
    #expect(try reader.caseView("1").withheld == Set(Withheld.allCases))
    #expect(try reader.worklist(WorklistQuery(), offset: 0, limit: 1).rows.first?.followUps == [])
    #expect(try reader.study().title == "Reader study")
    #expect(try reader.study().source == nil)
    #expect(try reader.info().examinations == 1)
    _ = try reader.sign("1")
    var next = bare
    next.examinations.append(Examination("5"))
    #expect(try reader.caseView("1").patientCase == next)
    _ = try reader.sign("1", "5")
    #expect(try reader.caseView("1").patientCase == whole)
    #expect(try reader.caseView("1").withheld == [])
    #expect(try reader.worklist(WorklistQuery(), offset: 0, limit: 1).rows.first?.title == "telling 1")
    // The other readers are still at it, and so is the title of the study.
    #expect(try study.open("R2").caseView("1").patientCase == bare)
    #expect(try reader.study().title == "Reader study")
    #expect(try StudyStore.summary(at: study.path).title == "Reader study")
    #expect(try study.open("coord").study().title == "A telling title")
    #expect(try study.open("coord").caseView("1").patientCase == whole)
  }

  @Test func aSignatureIsAllThatOthersSee() throws {
    let study = try TestStudy()
    let other = try study.open("R2")
    _ = try other.record(GradeChange("1", .baseline, ID.rimSign, Grade(.level("absent"), note: "secret")))
    for examination in [ExaminationID.baseline, "5"] { _ = try other.sign("1", examination) }
    let third = try study.open("R3")
    _ = try third.record(GradeChange("2", .baseline, ID.rimSign, Grade(.level("absent"))))
    _ = try third.sign("2")
    _ = try third.record(GradeChange("2", "5", ID.marrow, Grade(.level("partial"))))
    for id in ["R1", "coord", "show"] as [PrincipalID] {
      let store = try study.open(id)
      #expect(try store.caseView("1").readings == [])
      #expect(
        try store.caseView("1").signatures
          == [
            SignatureState("R1", isSigned: false), SignatureState("R2", isSigned: true),
            SignatureState("R3", isSigned: false),
          ])
      #expect(try store.caseView("2").signatures.map(\.isSigned) == [false, false, false])
      let query = WorklistQuery(
        filter: WorklistFilter.parse("rim:absent", codebook: .vertebralOsteomyelitis).filter)
      #expect(try store.worklist(query, offset: 0, limit: 9).total == 0)
      #expect(try store.history("1") == [])
      #expect(try store.openedCases() == [])
    }
    #expect(try study.open("R1").audit().map(\.principal).contains("R2") == false)
    let seen = try study.open("coord").audit(AuditFilter(principal: "R2"))
    #expect(seen.map(\.kind) == [.signed, .signed])
  }

  @Test func aLearnerSeesNoReadersGradeNotEvenOfAnOpenedCase() throws {
    let study = try TestStudy()
    try study.open("coord").add(Principal("L1", name: "Lea", role: .learner))
    for (reader, rim) in [("R1", "present"), ("R2", "absent"), ("R3", "absent")] as [(PrincipalID, LevelID)] {
      let store = try study.open(reader)
      _ = try store.record(GradeChange("1", .baseline, ID.rimSign, Grade(.level(rim))))
      for examination in [ExaminationID.baseline, "5"] { _ = try store.sign("1", examination) }
    }
    _ = try study.open("coord").openForConsensus("1")

    let seat = try study.open("L1")
    let learner = try seat.caseView("1")
    let presenter = try study.open("show").caseView("1")

    #expect(learner.readings == [])
    #expect(try seat.openedCases() == [] && seat.history("1") == [])
    #expect(throws: StoreError.self) { try seat.consensusTable("1") }
    #expect(presenter.readings.count == 6)
    // How much they differed is no grade of anybody.
    #expect(learner.disagreement == presenter.readingsDisagreement(.vertebralOsteomyelitis))
    #expect(learner.disagreement.map { $0 > 0 } == true)
  }

  /// Studies that differ only in what R2 has graded and not opened look the same to everybody else, call by call.
  @Test(arguments: 0..<8) func sealedGradesMakeNoDifference(seed: Int) throws {
    let signs = seed % 3 != 0
    let pair = try [1, 2].map { try SealedStudy(seed: UInt64(seed), variant: UInt64($0), signs: signs) }
    for id in ["R1", "R3", "coord", "show", "new"] as [PrincipalID] {
      let transcripts = try pair.map { try $0.transcript(of: id) }
      for (one, other) in zip(transcripts[0], transcripts[1]) {
        // The coordinator's progress says who has begun, and in every other pair only one R2 has begun on case 3.
        if id == "coord", one.name == "progress", seed % 2 == 1 { continue }
        #expect(one == other, "seen by \(id)")
      }
      #expect(transcripts[0].count == transcripts[1].count)
    }
    // And the test is able to tell: R2 sees the difference, and once the case is open so does R1.
    #expect(try pair[0].study.open("R2").caseView("1").readings != pair[1].study.open("R2").caseView("1").readings)
    guard signs else { return }
    let opened = try pair.map { study in
      try study.signTheRest()
      _ = try study.study.open("coord").openForConsensus("1")
      return try study.transcript(of: "R1")
    }
    #expect(opened[0] != opened[1])
  }
}

/// One call and what came back. Sets and dictionaries have no order, so values are compared, not their text.
private struct Line: Hashable {
  var name: String
  var answer: AnyHashable
}

/// A study in which R1 and R3 do the same whatever the variant, and R2 grades by dice of the variant.
private struct SealedStudy {
  let study: TestStudy

  init(seed: UInt64, variant: UInt64, signs: Bool) throws {
    study = try TestStudy(
      StudyProtocol(rounds: 2, seed: seed, washoutDays: 1, asksConfidence: true),
      cases: [.sample("1", followUps: []), .sample("2"), .sample("3", followUps: [3, 12])])
    try study.open("coord").add(Principal("new", role: .learner))
    var shared = Dice(seed)
    var secret = Dice(seed &* 31 &+ variant)
    for id in ["R1", "R3"] as [PrincipalID] { try Self.grade(study.open(id), "1", &shared, acts: 6) }
    let hidden = try study.open("R2")
    for id in ["1", "2"] as [CaseID] {
      try Self.grade(hidden, id, &secret, acts: Int.random(in: 5...25, using: &secret))
      if signs {
        _ = try hidden.sign(id)
        if Bool.random(using: &secret) {
          _ = try hidden.amend(id, reason: "missed the rim \(variant)")
          try Self.grade(hidden, id, &secret, acts: 3)
          _ = try hidden.sign(id)
        }
      } else {
        try hidden.keepDraft(DraftNote(ID.rimSign, "note \(variant)"), id)
      }
    }
    if seed % 2 == 1, variant == 2 { try Self.grade(hidden, "3", &secret, acts: 5) }
    study.world.wait(seconds: 60)
    try Self.grade(study.open("R3"), "2", &shared, acts: 4)
    _ = try study.open("R1").sign("1")
  }

  func signTheRest() throws { _ = try study.open("R3").sign("1") }

  /// Some random acts of grading, with at least one grade at the end.
  private static func grade(_ store: StudyStore, _ id: CaseID, _ dice: inout Dice, acts: Int) throws {
    let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline).filter { $0.scale == .choice }
    for _ in 0..<acts {
      switch Int.random(in: 0..<8, using: &dice) {
      case 0: _ = try? store.undo(id)
      case 1: _ = try? store.redo(id)
      case 2: try store.addSeconds(Int.random(in: 1...500, using: &dice), id)
      case 3: _ = try store.record(GradeChange(id, readingNote: "note \(dice.next())"))
      default:
        guard let finding = findings.randomElement(using: &dice), let level = finding.levels.randomElement(using: &dice)
        else { continue }
        let confidence = Int.random(in: 1...5, using: &dice)
        _ = try store.record(
          GradeChange(
            id, .baseline, finding.id, Grade(.level(level.id), note: "\(dice.next())", confidence: confidence)))
      }
    }
    let value = GradeValue.levels(Bool.random(using: &dice) ? ["hypo"] : ["iso"])
    _ = try store.record(GradeChange(id, .baseline, ID.t1w, Grade(value, note: "\(dice.next())", confidence: 3)))
  }

  /// Everything that a principal can ask, and the words in which they are refused. `changeToken` is not in it: it
  /// says that something was written, as the clock says that time goes by.
  func transcript(of id: PrincipalID) throws -> [Line] {
    let store = try study.open(id)
    let codebook = Codebook.vertebralOsteomyelitis
    var lines: [Line] = []
    func note(_ name: String, _ value: () throws -> some Hashable & Sendable) {
      do { lines.append(Line(name: name, answer: try value())) } catch {
        // Each study of a pair lies in a folder of its own.
        lines.append(Line(name: name, answer: "\(error)".replacing(study.folder.path, with: "")))
      }
    }
    note("summary") { try StudyStore.summary(at: study.path) }
    note("study") { try store.study() }
    note("principals") { try store.principals() }
    note("counts") { try store.counts() }
    note("progress") { try store.progress() }
    note("waiting") { try store.waitingCases(limit: 99) }
    note("opened") { try store.openedCases() }
    note("audit") { try store.audit() }
    note("verify") { try store.verify(scope: .seat) }
    note("info") {
      // A hash over salted hashes: random bytes to whoever does not know the salt.
      var info = try store.info()
      info.auditHead = ""
      return info
    }
    for sort in WorklistSort.allCases {
      note("sorted by \(sort)") { try store.worklist(WorklistQuery(sort: sort), offset: 0, limit: 99) }
    }
    let facts =
      codebook.findings.flatMap { finding in
        (finding.searchWords + ["l5", "sacral"]).map { WorklistFilter.Fact.grade(finding.id, $0) }
      } + WorklistFilter.Status.allCases.map { .status($0) } + CourseFlag.allCases.map { .flag($0) }
      + [.age(0...100), .followUp(0...99)]
    for fact in facts {
      note("\(fact)") {
        try store.worklist(WorklistQuery(filter: WorklistFilter(facts: [fact])), offset: 0, limit: 99).rows.map(\.id)
      }
    }
    for patient in ["1", "2", "3", "4"] as [CaseID] {
      note("view") { try store.caseView(patient) }
      note("history") { try store.history(patient) }
      note("index") { try store.index(of: patient, in: WorklistQuery(sort: .own)) }
      for examination in [.baseline, "3", "5", "9"] as [ExaminationID] {
        note("notes") { try store.draftNotes(patient, examination) }
        if id != "R1" { note("refused") { try store.amend(patient, examination, reason: "I see none") } }
      }
      if patient != "1" { note("open") { try store.openForConsensus(patient).at } }
    }
    note("round") { try store.startRound(2).at }
    note("backup") { id == "coord" ? "" : try store.backup(to: study.folder("x")).path }
    note("import") { id == "coord" ? nil : try store.importCases([.sample("9")]) }
    return lines
  }
}
