// What a stranger reads of a study whose codebook is a file: facts, sheets, tables, keys, and its release read back.

import CaseStore
import Desk
import DeskSupport
import Interchange
import ReviewCore
import SampleCases
import Testing
import Workstation

@Suite struct FileStudyTextTests {
  private static let cases = [
    """
    id: "1"
    given: {pain: {T12: mechanical, L1: none}}
    baseline: {acquisitions: [{sequence: ct}, {sequence: t1w, acquired: no}]}
    """, "id: \"2\"\n",
  ]
  private static let cells = [
    "lesions=T12", "bone_lesion=T12:lytic", "alignment=T12:normal", "collapse=T12:over_half",
    "posterolateral=T12:one_side",
  ]

  /// Two cases of which all three readers say the same; of the second nobody stated the pain.
  private func agreed() throws -> FileStudy {
    let study = try FileStudy("sins", cases: Self.cases)
    for id in ["1", "2"] as [CaseID] {
      for reader in FileStudy.readers { try study.sign(id, by: reader, Self.cells) }
      try study.agree(id)
    }
    return study
  }

  private func release(_ study: FileStudy) throws -> [ExportedFile] {
    let format = try #require(ExportFormat.all.first { $0.name == "release" })
    return try study.at("coordinator") {
      try format.files($0.export(id: "study", program: "test", hasNotes: true))
    }
  }

  @Test func aReleaseMakesTheStudyAgain() throws {
    let files = try release(agreed())
    func file(_ path: String) throws -> InputFile {
      let text = try #require(files.first { $0.path == path }, "\(path)").text
      return InputFile(name: path, bytes: Array(text.utf8))
    }
    // Its codebook is the file, letter by letter.
    let codebook = try file("codebook.yaml")
    #expect(codebook.bytes == SampleCases.codebooks.first { $0.name == "sins.yaml" }?.bytes)
    let again = try FileStudy("sins", cases: Self.cases)
    let read = try #require(CodebookReader.codebook(codebook).value)
    #expect(read == again.codebook)
    let cases = CaseFileReader.read(
      files.filter { $0.path.hasPrefix("cases/") }.map {
        InputFile(name: $0.path, bytes: Array($0.text.utf8))
      },
      codebook: read)
    let known = try #require(cases.value, "\(cases.faults)").map(\.patientCase)
    // What the rules made of the grades is in it, and made again.
    #expect(files.first { $0.path == "consensus.csv" }?.text.contains("sins.T12") == true)
    let outcome = ReleaseReader.read(
      try ReleaseReader.names.map(file), codebook: read, cases: known)
    let table = try #require(outcome.value, "\(outcome.faults)")
    try again.at("coordinator") { store in
      let wanted = ReadingsImport(
        readings: table.entries.map { .init($0.caseID, $0.reading) }, consensus: table.consensus)
      #expect(try store.faults(of: wanted).map(\.words) == [])
      _ = try store.importReadings(wanted, from: "test")
    }
    let second = try release(again)
    for path in ["readings.csv", "consensus.csv", "cases.csv", "codebook.csv", "codebook.yaml"] {
      #expect(
        files.first { $0.path == path }?.text == second.first { $0.path == path }?.text, "\(path)")
    }
    #expect(
      files.first { $0.path == "cases.csv" }?.text.contains("T12:mechanical; L1:none") == true)
  }

  @Test func aWideTableIsReadBack() throws {
    let study = try agreed()
    let format = try #require(ExportFormat.all.first { $0.name == "wide" })
    let file = try study.at("coordinator") {
      try format.files($0.export(id: "study", program: "test", hasNotes: false))[0]
    }
    let table = InputFile(name: file.path, bytes: Array(file.text.utf8))
    let map = try #require(ReadingsTable.header(table).flatMap(ReadingsMap.own(header:)))
    let cases = try study.at("coordinator") { store in
      try ["1", "2"].map { try store.caseView($0).patientCase }
    }
    let outcome = ReadingsTable.read(table, map: map, codebook: study.codebook, cases: cases)
    let read = try #require(outcome.value, "\(outcome.faults)")
    let first = read.entries.first { $0.caseID == "1" && $0.reading.reader == "R1" }?.reading
    #expect(first?.values()["collapse.T12"] == .level("over_half"))
    #expect(first?.values()["sins.T12"] == nil)
  }

  @Test func givenFactsAreShownOnceTheyMayBe() throws {
    let study = try FileStudy("sins", cases: Self.cases)
    func shown(_ reader: PrincipalID) throws -> String {
      try study.at(reader) { try CaseText.linear($0.caseView("1"), study: $0.study()) }
    }
    #expect(try shown("R1").contains("pain: withheld until you have signed all examinations\n"))
    let bench = try study.seat("R1", 120, 40)
    bench.press("⏎")
    // All that is withheld together, and until when once.
    let text = bench.frame().text
    #expect(text.ranges(of: "withheld until you have signed all").count == 1 && text.contains("│ pain  "), "\(text)")
    try study.sign("1", by: "R1", Self.cells)
    #expect(try shown("R1").contains("pain: T12 mechanical, L1 none\n"))
    #expect(try shown("coordinator").contains("pain: T12 mechanical, L1 none\n"))
    // T1W, which lesions are read on too, was not acquired, but CT was: nothing to tell of.
    #expect(try !shown("R1").contains("warning"))
  }

  @Test func whatIsNotAskedAnyMoreIsNotSigned() throws {
    let study = try FileStudy("sins", cases: Self.cases)
    try study.record(
      "1", by: "R1",
      Self.cells.map { $0.hasPrefix("lesions") ? "lesions=T12,L1" : $0 } + [
        "collapse=L1:none", "bone_lesion=L1:lytic",
      ])
    try study.record("1", by: "R1", ["lesions=T12"])
    let lines = try study.at("R1") { try signingText($0.signingSheet("1"), study.codebook) }
    #expect(!lines.contains { $0.contains("L1") }, "\(lines)")
    #expect(lines.contains("2 answers are not asked any more, and count nowhere"))
    #expect(lines.contains("T12: collapse of the body: loss of more than 50 %"))
  }

  @Test func aSumThatIsOpenIsNotDecided() throws {
    let tables = try agreed().at("coordinator") { try $0.tables() }
    func text(_ name: String) throws -> String {
      let entry = try #require(StudyTables.all.first { $0.name == name })
      return try #require(TableFormat.all.first { $0.name == "csv" }).write(entry.make(tables)) {
        _ in 1
      }
    }
    let findings = try text("2")
    let second = findings.split(whereSeparator: \.isNewline).first { $0.hasPrefix("2,") }
    #expect(second?.contains("not decided") == true, "\(findings)")
    #expect(try !text("2").contains("not graded"))
    // What is of the built-in codebook only has no column here.
    #expect(try !text("3").contains("Healing edge"))
    #expect(try !text("summary").contains("blood culture"))
  }

  @Test func keysAreTheCodebooksOwn() throws {
    let study = try FileStudy("sins", cases: Self.cases)
    let bench = try study.seat("R1", 120, 60)
    bench.press("g?")
    let help = bench.frame().text
    for words in [
      "choose bones by name", "say in which bone", "accept the rule's",
      "compare with",
    ] {
      #expect(!help.contains(words), "\(words)")
    }
    #expect(help.contains("choose from a list, or type the number"))
    #expect(help.contains("answer this finding at the places that are left"))
  }

  @Test func aSessionChoosesPlacesAsGradingDoes() throws {
    let study = try FileStudy("sins", cases: Self.cases)
    for reader in ["R1", "R2"] as [PrincipalID] { try study.sign("1", by: reader, Self.cells) }
    let more = ["bone_lesion", "alignment", "collapse", "posterolateral"].map { id in
      id + "=L1:" + (id == "bone_lesion" ? "lytic" : id == "alignment" ? "normal" : "none")
    }
    try study.sign("1", by: "R3", Self.cells.map { $0 == "lesions=T12" ? "lesions=T12,L1" : $0 } + more)
    _ = try study.at("coordinator") { try $0.openForConsensus("1") }
    let bench = try study.seat("R1")
    bench.press("c")
    #expect(bench.state.consensus.row?.key.finding == "lesions")
    bench.press("et12 l1⏎")
    let row = try #require(bench.state.consensus.table?.row(GradeKey(.baseline, "lesions")))
    #expect(row.decision?.grade?.value == .levels(["T12", "L1"]))
    // What is no place stands below them, and abstaining where it is a vote.
    func answer(_ purpose: GradeChoice.Purpose, _ typed: String) throws -> GradeChoice.Answer {
      var choice = GradeChoice(purpose, row, try #require(study.codebook["lesions"]))
      for character in typed {
        guard case .open(let next) = choice.answer(to: .character(character)) else { continue }
        choice = next
      }
      return choice.answer(to: .enter)
    }
    #expect(try answer(.agree, "not assess") == .value(.notAssessable))
    #expect(try answer(.agree, "s2") == .value(.levels(["S2"])))
    guard case .refused = try answer(.agree, "abst") else {
      Issue.record("nobody abstains from what is agreed")
      return
    }
    // A vote is on L1, of which one reader says something else; T12 is taken as agreed.
    #expect(try answer(.vote(as: nil), " ") == .value(.levels(["T12", "L1"])))
    #expect(try answer(.vote(as: nil), "  ") == .value(.levels(["T12"])))
    guard case .told(_, let words) = try answer(.vote(as: nil), "") else {
      Issue.record("nothing is said of L1 yet")
      return
    }
    #expect(words == "decide on L1 first")
    let vote = GradeChoice(.vote(as: nil), row, try #require(study.codebook["lesions"]))
    #expect(vote.answer(to: .character("0")) == .value(nil))
  }

  @Test func zeroIsALevelWhereACodebookSaysSo() throws {
    let study = try FileStudy("mski_rads", cases: ["id: \"1\"\n"])
    for reader in FileStudy.readers {
      try study.sign("1", by: reader, ["region=knee", "category=II"])
    }
    _ = try study.at("coordinator") { try $0.openForConsensus("1") }
    let row = try #require(
      study.at("R1") { try $0.consensusTable("1").row(GradeKey(.baseline, "category")) })
    let choice = GradeChoice(.vote(as: nil), row, try #require(study.codebook["category"]))
    #expect(choice.answer(to: .character("0")) == .value(.level("incomplete")))
    #expect(choice.answer(to: .character("a")) == .value(nil))
    #expect(choice.keys.contains { $0 == ("0", "0: incomplete") })
    #expect(choice.keys.contains { $0.key == "a" })
  }

  @Test func panelsCriteriaFlagsAndEvidenceAreTheFiles() throws {
    let study = try FileStudy("vertebral_osteomyelitis", cases: ["id: \"1\"\n"])
    try study.record(
      "1", by: "R1",
      ["t1w=hypo", "t2w=hyper", "stir=hyper", "enhancement=global", "soft_tissue_abscess=present", "rim_sign=present"])
    let linear = try study.at("R1") { try CaseText.linear($0.caseView("1"), study: $0.study()) }
    #expect(
      linear.contains(
        "derived from R1 (draft), suggestive of osteomyelitis: met: low T1W met, high T2W met, high STIR met, enhancement met"
      ), "\(linear)")
    let bench = try study.seat("R1", 120, 40)
    bench.press("⏎")
    let frame = bench.frame().text
    for words in ["Signal against normal marrow", "Disks and soft tissue", "Rim sign"] {
      #expect(frame.contains(words), "\(words)\n\(frame)")
    }
    #expect(study.codebook.evidence(of: "rim_sign", "present").count == 2)
    #expect(study.codebook.pages.contains { $0.title == "Halo but no rim" })
  }
}
