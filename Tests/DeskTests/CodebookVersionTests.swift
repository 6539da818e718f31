// A study that runs is given another version of its codebook: what was signed before keeps what it was asked, and nothing of
// it is missing.

import CaseStore
import Desk
import DeskSupport
import Interchange
import ReaderAgreement
import ReviewCore
import Testing
import Workstation

@Suite struct CodebookVersionTests {
  static let first = """
    format: endplate-codebook/1
    id: knee
    version: 1
    title: Knee
    body: {places: [{id: medial, region: tf}, {id: lateral, region: tf}]}
    findings:
      - {id: kl, title: grade, scale: {kind: choice, ordered: yes, levels: [0, 1, 2, 3, 4]}}
      - {id: width, title: joint space, per: tf, every: yes, scale: {kind: number, unit: mm, from: 0, to: 10, step: 0.5}}
      - {id: cyst, title: cyst, when: "kl:>=2", scale: {kind: choice, levels: [no, yes]}}
      - {id: bursa, title: bursa, when: "kl:4", scale: present}
    rules:
      - {id: narrow, title: narrow compartments, count: "width:<3"}
    """
  /// A finding, a level and another rule.
  static let second =
    first.replacing("version: 1", with: "version: 2").replacing("levels: [no, yes]", with: "levels: [no, yes, unclear]")
    .replacing("title: grade", with: "title: Kellgren-Lawrence grade").replacing("width:<3", with: "width:<4")
    .replacing("rules:", with: "  - {id: effusion, title: effusion, scale: present}\nrules:")

  private static let grades = ["kl=3", "width=medial:2,lateral:3.5", "cyst=yes"]

  private func study(_ cases: Int = 3) throws -> FileStudy {
    try FileStudy(FileStudy.read(Self.first), cases: (1...cases).map { "id: \"\($0)\"\n" })
  }

  // MARK: what is refused

  private static let refused: [(from: String, to: String, why: String)] = [
    ("version: 1", "version: 1 ", "this is the codebook that the study has, version 1"),
    ("title: Knee", "title: Knees", "the file says version 1; count ‘version’ up, to 2"),
    ("id: knee\nversion: 1", "id: hip\nversion: 2", "the study grades ‘knee’, and this is the codebook ‘hip’"),
    (
      "levels: [0, 1, 2, 3, 4]", "levels: [0, 1, 2, 4]",
      "the level ‘3’ of ‘kl’ is gone, and readings hold it; put it back"
    ),
    ("levels: [0, 1, 2, 3, 4]", "levels: [0, 2, 1, 3, 4]", "the levels of ‘kl’ have another order"),
    ("levels: [0, 1, 2, 3, 4]", "levels: [0, 1, 2, 3, \"3b\", 4]", "the level ‘3b’ of ‘kl’ comes between others"),
    ("kind: choice, ordered: yes", "kind: choice", "‘kl’ has levels without an order"),
    (
      "kind: choice, levels: [no, yes]", "kind: set, levels: [no, yes]",
      "‘cyst’ takes one or more levels, and in the study it takes one level"
    ),
    ("unit: mm", "unit: cm", "‘width’ is measured in cm, and in the study it is measured in mm"),
    ("to: 10", "to: 5", "‘width’ goes from 0 to 5 mm, and in the study it goes from 0 to 10 mm"),
    ("step: 0.5", "step: 1", "‘3.5’, which readings hold of ‘width’, is no longer an answer to it"),
    ("\"kl:>=2\"", "\"kl:>=3\"", "‘cyst’ is asked where “kl:>=3”, and in the study it is asked where “kl:>=2”"),
    (
      "id: cyst, title: cyst", "id: cysts, title: cyst",
      "the finding ‘cyst’ is gone, and readings hold answers to it; put it back, or is ‘cysts’ another name"
    ),
    ("id: cyst, title: cyst", "id: cyst, at: every, title: cyst", "‘cyst’ is graded at baseline and follow-up"),
    ("per: tf, every: yes", "per: medial, every: yes", "‘width’ is not graded at lateral any more"),
  ]

  @Test(arguments: refused.indices) func whatReadingsHoldStays(index: Int) throws {
    let (from, to, why) = Self.refused[index]
    let study = try study(1)
    try study.record("1", by: "R1", Self.grades)
    var text = Self.first.replacing(from, with: to)
    // Without an order there is no more and less.
    if index == 6 { text = text.replacing("kl:>=2", with: "kl:2|3|4") }
    if index > 2 { text = text.replacing("version: 1", with: "version: 2") }
    let new = try FileStudy.read(index == 0 ? Self.first : text)
    let change = try study.at("coordinator") { try $0.codebookChange(to: new) }
    #expect(change.faults.contains { $0.contains(why) }, "\(change.faults)")
    #expect(throws: StoreError.self) {
      try study.at("coordinator") { try $0.changeCodebook(to: new, seen: change) }
    }
    #expect(try study.at("R1") { try $0.study().codebook.version } == 1)
  }

  /// A bone that only some patients have is an answer like any other.
  @Test func aTransitionalSegmentIsNoReasonAgainstIt() throws {
    var next = Codebook.vertebralOsteomyelitis
    next.version += 1
    let held = [Codebook.ID.involvedBones: Set(["L5,L6,S1"])]
    #expect(CodebookChange(from: .vertebralOsteomyelitis, to: next, held: held).faults == [])
  }

  /// Nobody has graded it: it may go, or become another question.
  @Test func whatNobodyHoldsMayChange() throws {
    let study = try study(1)
    try study.record("1", by: "R1", Self.grades)
    let text = Self.second.replacing("id: bursa, title: bursa", with: "id: bursitis, title: bursitis")
    let change = try study.at("coordinator") { try $0.codebookChange(to: FileStudy.read(text)) }
    #expect(change.faults == [])
    #expect(
      change.lines == [
        "adds the finding ‘bursitis’ (bursitis)", "adds the finding ‘effusion’ (effusion)",
        "takes the finding ‘bursa’ away", "‘kl’ is called ‘Kellgren-Lawrence grade’, before ‘grade’",
        "adds the level ‘unclear’ to ‘cyst’",
        "the rule ‘narrow’ is another: what is signed keeps what the old one gives",
      ])
    #expect(change.added.words == "bursitis; effusion; the level ‘unclear’ of cyst")
  }

  @Test func onlyTheCoordinatorChangesIt() throws {
    let study = try study(1)
    #expect(throws: StoreError.self) { try study.at("R1") { try $0.codebookChange(to: FileStudy.read(Self.second)) } }
  }

  // MARK: what comes of it

  /// Case 1 is signed under the first version, case 2 under the second, and of case 3 R1's reading is under the first.
  private func changed() throws -> FileStudy {
    let study = try study()
    for reader in FileStudy.readers { try study.sign("1", by: reader, Self.grades) }
    try study.sign("3", by: "R1", Self.grades)
    try study.change(to: Self.second)
    for reader in FileStudy.readers { try study.sign("2", by: reader, Self.grades + ["effusion=present"]) }
    for reader in ["R2", "R3"] as [PrincipalID] {
      try study.sign("3", by: reader, Self.grades + ["effusion=present"])
    }
    return study
  }

  @Test func whatWasSignedKeepsItsVersion() throws {
    let study = try changed()
    for id in ["1", "2", "3"] as [CaseID] { try study.agree(id) }
    let views = try study.at("coordinator") { store in try ["1", "2", "3"].map { try store.caseView($0) } }
    #expect(views.map { Set($0.readings.compactMap(\.codebook)) } == [[1], [2], [1, 2]])
    // Case 1 is talked about by the first version, where a width of 3.5 is not narrow; the others by the second.
    #expect(views.map(\.consensus?.codebook) == [1, 2, 2])
    #expect(views.map { $0.consensus?.values(at: .baseline)["narrow"] } == [.number(1), .number(2), .number(2)])
    #expect(
      views.map { $0.consensus?.values(at: .baseline)["effusion"] } == [nil, .level("present"), .level("present")])
    #expect(views[2].readings.map { $0.values()["narrow"] } == [.number(1), .number(2), .number(2)])
    // Who was not asked does not stand against what the others say alike.
    let row = try study.at("R1") { try $0.consensusTable("3").row(GradeKey(.baseline, "effusion")) }
    #expect(row?.agreement == .unanimous)
    #expect(row?.asked.count { !$0 } == 1)
    #expect(row?.decision?.how == .unanimous)
    // The file is as it was written, and the act is in the chain.
    try study.at("coordinator") { store in
      #expect(try store.verify().faults == [])
      let acts = try store.audit(AuditFilter(kinds: [.codebookChanged]))
      #expect(acts.map { $0.detail?.hasPrefix("knee, version 1 to 2, SHA-256 ") } == [true])
      try store.rebuild()
      #expect(try store.verify().faults == [])
    }
    let backup = try StudyStore.summary(at: study.path + ".codebook-1")
    #expect(backup.codebookVersion == 1)
  }

  @Test func tablesSayNotAsked() throws {
    let study = try changed()
    for id in ["1", "2", "3"] as [CaseID] { try study.agree(id) }
    let tables = try study.at("coordinator") { try $0.tables() }
    func text(_ name: String, _ format: String = "csv") throws -> String {
      let entry = try #require(StudyTables.all.first { $0.name == name })
      return try #require(TableFormat.all.first { $0.name == format }).write(entry.make(tables)) { _ in 1 }
    }
    let rows = try text("2").split(whereSeparator: \.isNewline)
    #expect(rows.first { $0.hasPrefix("1,") }?.contains("not asked") == true, "\(rows)")
    #expect(rows.first { $0.hasPrefix("2,") }?.contains("not asked") == false)
    #expect(
      try text("2", "text").replacing("\n", with: " ").contains(
        "Case 1 by version 1 of the codebook (now 2): not asked"))
    // Nothing is missing of the case that was not asked.
    let share = GroupFigures(tables.study, tables.cases).sections.first { $0.title == "Effusion" }?.shares.last
    #expect(share.map { [$0.count, $0.total, $0.missing] } == [2, 2, 0])

    let linear = try study.at("coordinator") { store in
      try ["1", "3"].map { try CaseText.linear(store.caseView($0), study: store.study()) }
    }
    #expect(linear[0].contains("baseline, consensus, effusion: not asked\n"), "\(linear[0])")
    #expect(linear[1].contains("baseline, R1, effusion: not asked\n"))
    #expect(linear[1].contains("baseline, R1, signed under: version 1 of the codebook\n"))
    #expect(linear[1].contains("baseline, R2, effusion: present\n"))
  }

  @Test func agreementLeavesOutWhoWasNotAsked() throws {
    let study = try changed()
    for id in ["1", "2", "3"] as [CaseID] { _ = try study.at("coordinator") { try $0.openForConsensus(id) } }
    let agreement = try study.at("coordinator") { store in
      try StudyAgreement(store.study(), readers: FileStudy.readers, opened: store.openedCases())
    }
    let effusion = try #require(agreement.findings.first { $0.finding.id == "effusion" })
    // Two cases; of the second two readers.
    #expect(effusion.items.first?.units.map(\.caseID) == ["2", "3"])
    #expect([effusion.exclusions.ratings, effusion.exclusions.notGraded, effusion.exclusions.notAsked] == [5, 0, 4])
    // Nor is it missing of a reference that was agreed on by the first version.
    for id in ["1", "2", "3"] as [CaseID] { try study.agreeOpened(id) }
    let reference = try study.at("coordinator") { store in
      try StudyReferenceAnswer(
        store.study(), readers: FileStudy.readers, opened: store.openedCases(), patients: [:], .consensus,
        named: "effusion", positive: "present")
    }
    #expect(reference.figures.first?.item.units.map(\.caseID) == ["2", "3"])
    let cyst = try #require(agreement.findings.first { $0.finding.id == "cyst" })
    #expect(cyst.exclusions.notAskedWords == "the level ‘unclear’ not asked of 4")
    #expect(cyst.exclusions.used == 9)
  }

  @Test func exportsSayNotAskedAndTheVersion() throws {
    let study = try changed()
    for id in ["1", "2", "3"] as [CaseID] { try study.agree(id) }
    func files(_ name: String) throws -> [ExportedFile] {
      let format = try #require(ExportFormat.all.first { $0.name == name })
      return try study.at("coordinator") {
        try format.files($0.export(id: "8c1f2a52-0f3b-4f6e-9a80-000000000001", program: "test", hasNotes: true))
      }
    }
    let release = try files("release")
    func text(_ path: String) throws -> String { try #require(release.first { $0.path == path }, "\(path)").text }
    let rows = try text("readings.csv").split(whereSeparator: \.isNewline).filter { $0.contains(",effusion,") }
    #expect(rows.count == 9)
    #expect(rows.count { $0.contains(",not_asked,") } == 4, "\(rows)")
    #expect(rows.count { $0.contains(",not_graded,") } == 0)
    #expect(try text("codebooks/1.yaml") == Self.first)
    #expect(try text("codebook.yaml") == Self.second)
    #expect(
      try text("README.md").contains(
        "version 1, until 2027-01-15: 4 readings are signed under it, and not asked: effusion; the level ‘unclear’ of cyst"
      ))
    // Read back, it says the same.
    let again = try FileStudy(FileStudy.read(Self.second), cases: ["1", "2", "3"].map { "id: \"\($0)\"\n" })
    let cases = try again.at("coordinator") { store in try ["1", "2", "3"].map { try store.caseView($0).patientCase } }
    let outcome = ReleaseReader.read(
      try ReleaseReader.names.map { InputFile(name: $0, bytes: Array(try text($0).utf8)) }, codebook: again.codebook,
      cases: cases)
    let table = try #require(outcome.value, "\(outcome.faults)")
    try again.at("coordinator") { store in
      let wanted = ReadingsImport(
        readings: table.entries.map { .init($0.caseID, $0.reading) }, consensus: table.consensus)
      _ = try store.importReadings(wanted, from: "test")
      let export = try store.export(id: "8c1f2a52-0f3b-4f6e-9a80-000000000002", program: "test", hasNotes: true)
      let second = try #require(ExportFormat.all.first { $0.name == "release" }).files(export)
      let readings = try #require(second.first { $0.path == "readings.csv" }).text
      let rows = readings.split(whereSeparator: \.isNewline).filter { $0.contains(",effusion,") }
      #expect(rows.count { $0.contains(",graded,") } == 5 && !rows.contains { $0.contains(",not_graded,") })
    }
    let long = try files("long").first?.text ?? ""
    #expect(
      long.split(whereSeparator: \.isNewline).count { $0.contains(",effusion,") && $0.contains("not asked") } == 4)
  }

  @Test func minutesSayWhichReadingIsUnderWhich() throws {
    let study = try changed()
    try study.agree("3")
    let text = try study.at("coordinator") { store in
      let words = ConsensusText(codebook: try store.study().codebook, principals: try store.principals())
      return words.minutes(
        try store.consensusTable("3"), study: try store.study(), head: "abc", of: try store.caseView("3"), format: .text
      )
    }
    #expect(text.contains("codebook knee, version 2."), "\(text)")
    #expect(
      text.contains(
        "Signed under version 1 of the codebook: R1; not asked of these: effusion; the level ‘unclear’ of cyst."))
    #expect(text.contains("Signed under version 2 of the codebook: R2, R3."))
    #expect(text.contains("not asked"))
  }

  // MARK: seats that are open

  @Test func anOpenDraftIsAskedAtOnce() throws {
    let study = try study(1)
    let bench = try study.seat("R1", 100, 40)
    bench.press("g3")
    #expect(bench.state.grade(of: "kl")?.value == .level("3"))
    try study.change(to: Self.second)
    bench.idle()
    #expect(bench.state.message?.text == "the codebook is version 2 now: effusion; the level ‘unclear’ of cyst")
    #expect(bench.state.gradedFindings.map(\.id).contains("effusion"))
    #expect(bench.state.missing.map(\.id).contains("effusion"))
    bench.press("⎋i")
    let frame = bench.frame().text
    #expect(frame.contains("knee, Knee, version 2, 0 readings signed under it"), "\(frame)")
    let words = frame.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains("version 1 until 2027-01-15, 0 readings signed under it; not asked of these: effusion; the level"))
  }

  /// What was shown by the version before is not signed by the one after.
  @Test func whatWasShownBeforeIsLookedAtAgain() throws {
    let study = try study(1)
    try study.record("1", by: "R1", Self.grades)
    try study.at("R1") { store in
      let seen = try store.signingSheet("1")
      #expect(seen.obstacles.isEmpty)
      // Only a title is another.
      try study.change(
        to: Self.first.replacing("version: 1", with: "version: 2").replacing("title: grade", with: "title: KL"))
      #expect { try store.sign("1", .baseline, seen: seen) } throws: { error in
        if case StoreError.changedMeanwhile = error { true } else { false }
      }
      _ = try store.sign("1", .baseline, seen: store.signingSheet("1"))
      #expect(try store.caseView("1").reading(of: "R1", .baseline)?.codebook == 2)
    }
  }

  /// A reader who amends takes the reading up again, and is asked for all of it.
  @Test func anAmendmentIsUnderTheNewVersion() throws {
    let study = try changed()
    try study.at("R1") { store in
      let kept = try store.caseView("3").reading(of: "R1", .baseline)
      _ = try store.amend("3", version: kept?.version ?? 1, reason: "looked again")
      #expect(try store.signingSheet("3").missing == ["effusion"])
    }
    try study.record("3", by: "R1", ["effusion=absent"])
    try study.at("R1") { store in
      _ = try store.sign("3", .baseline, seen: store.signingSheet("3"))
      #expect(try store.caseView("3").reading(of: "R1", .baseline)?.codebook == 2)
    }
  }

  @Test func workDoneMeanwhileIsLookedAt() throws {
    let study = try study(1)
    let new = try FileStudy.read(
      Self.second.replacing("id: bursa, title: bursa", with: "id: bursitis, title: bursitis"))
    let seen = try study.at("coordinator") { try $0.codebookChange(to: new) }
    #expect(seen.faults == [])
    try study.record("1", by: "R1", ["kl=4", "bursa=present"])
    #expect { try study.at("coordinator") { try $0.changeCodebook(to: new, seen: seen) } } throws: { error in
      "\(error)".contains("the finding ‘bursa’ is gone")
    }
  }
}
