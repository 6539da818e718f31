// Each codebook that comes with the program, from three readers' signatures to the tables, agreement, consensus and exports.
// `FileStudyTests` walks the same codebooks by keys.

import CaseStore
import Desk
import DeskSupport
import Interchange
import ReaderAgreement
import ReviewCore
import Testing
import Workstation

@Suite struct SampleCodebookTests {
  // MARK: what comes of a study

  private func table(_ study: FileStudy, _ name: String) throws -> [String] {
    let entry = try #require(StudyTables.all.first { $0.name == name })
    let tables = try study.at("coordinator") { try $0.tables() }
    let csv = try #require(TableFormat.all.first { $0.name == "csv" })
    return csv.write(entry.make(tables)) { _ in 1 }.split(whereSeparator: \.isNewline).map(String.init)
  }

  private func row(_ study: FileStudy, _ name: String, _ id: String) throws -> String {
    try table(study, name).first { $0.hasPrefix("\(id),") } ?? ""
  }

  private func agreement(_ study: FileStudy) throws -> [FindingID: FindingRatings] {
    let all = try study.at("coordinator") { store in
      try StudyAgreement(store.study(), readers: FileStudy.readers, opened: store.openedCases()).findings
    }
    return Dictionary(all.map { ($0.finding.id, $0) }) { first, _ in first }
  }

  private func recorded(_ study: FileStudy, _ id: CaseID) throws -> [FindingID: GradeValue] {
    try study.at("coordinator") { try $0.caseView(id).consensus?.values(at: .baseline) ?? [:] }
  }

  /// Tables 1 to 3 have a row a case, every format of exports takes the study, and a release makes it again.
  private func finish(_ study: FileStudy, _ ids: [String]) throws {
    for name in ["1", "2", "3"] {
      let rows = try table(study, name)
      for id in ids { #expect(rows.contains { $0.hasPrefix("\(id),") }, "table \(name): \(rows)") }
    }
    func files(_ format: ExportFormat, _ study: FileStudy) throws -> [ExportedFile] {
      try study.at("coordinator") {
        try format.files($0.export(id: "8c1f2a52-0f3b-4f6e-9a80-000000000001", program: "test", hasNotes: true))
      }
    }
    for format in ExportFormat.all where format.name != "anki" {
      let written = try files(format, study)
      #expect(!written.isEmpty && written.allSatisfy { !$0.bytes.isEmpty }, "\(format.name)")
    }
    let release = try #require(ExportFormat.all.first { $0.name == "release" })
    let first = try files(release, study)
    func input(_ name: String) throws -> InputFile {
      InputFile(name: name, bytes: try #require(first.first { $0.path == name }).bytes)
    }
    let again = try FileStudy(
      FileStudy.read(String(decoding: input("codebook.yaml").bytes, as: UTF8.self)),
      cases: ids.map { id in
        let text = first.first { $0.path == "cases/\(id).yaml" }?.text ?? ""
        return text.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
      })
    let cases = try again.at("coordinator") { store in try ids.map { try store.caseView(CaseID($0)).patientCase } }
    let read = ReleaseReader.read(try ReleaseReader.names.map(input), codebook: again.codebook, cases: cases)
    let readings = try #require(read.value, "\(read.faults)")
    try again.at("coordinator") { store in
      let wanted = ReadingsImport(
        readings: readings.entries.map { .init($0.caseID, $0.reading) }, consensus: readings.consensus)
      _ = try store.importReadings(wanted, from: "test")
    }
    let second = try files(release, again)
    for path in ["readings.csv", "consensus.csv"] {
      #expect(first.first { $0.path == path }?.text == second.first { $0.path == path }?.text, "\(path)")
    }
  }

  /// The grades of several places, `T12:lytic,L1:mixed`.
  private func cells(_ finding: String, _ places: [(String, String)]) -> String {
    "\(finding)=" + places.map { "\($0):\($1)" }.joined(separator: ",")
  }

  // MARK: SINS

  /// Readers who name different lesions, a case without one, a fact that is withheld, a series that was not acquired.
  @Test func spinalInstability() throws {
    let study = try FileStudy(
      "sins",
      cases: [
        """
        id: "1"
        given: {pain: {T12: mechanical, L1: none, L3: none}}
        baseline: {acquisitions: [{sequence: ct}, {sequence: stir, acquired: no}]}

        """, "id: \"2\"\n",
      ])
    func words(_ lesions: [(place: String, bone: String, collapse: String, posterolateral: String)]) -> [String] {
      [
        "lesions=" + lesions.map(\.place).joined(separator: ","),
        cells("bone_lesion", lesions.map { ($0.place, $0.bone) }),
        cells("alignment", lesions.map { ($0.place, "normal") }),
        cells("collapse", lesions.map { ($0.place, $0.collapse) }),
        cells("posterolateral", lesions.map { ($0.place, $0.posterolateral) }),
      ]
    }
    let t12 = (place: "T12", bone: "lytic", collapse: "over_half", posterolateral: "one_side")
    let l1 = (place: "L1", bone: "blastic", collapse: "none", posterolateral: "none")
    let l3 = (place: "L3", bone: "blastic", collapse: "none", posterolateral: "none")
    try study.record("1", by: "R1", words([t12, l1]))
    // Withheld: the sum tells nothing of it, its bounds neither.
    let before = try study.at("R1") { store in
      let view = try store.caseView("1")
      return try #require(SchemeReading(study.codebook, of: view, by: "R1")).derived(at: .baseline)
    }
    #expect(before.first { $0.finding.id == "sins.T12" }?.words == "withheld")
    try study.sign("1", by: "R1", words([t12, l1]))
    try study.sign("1", by: "R2", words([t12]))
    try study.sign("1", by: "R3", words([t12, l3]))
    for reader in FileStudy.readers { try study.sign("2", by: reader, ["lesions=none"]) }

    try study.agree(
      "1",
      ["lesions=T12,L1"] + [
        "bone_lesion.L1=blastic", "alignment.L1=normal", "collapse.L1=none", "posterolateral.L1=none",
      ])
    try study.agree("2")
    let first = try recorded(study, "1")
    // T12: 3 + 3 + 2 + 0 + 3 + 1; L1: 3 + 0 + 0 + 0 + 0 + 0.
    #expect(first["sins.T12"] == .number(12) && first["stability.T12"] == .level("indeterminate"))
    #expect(first["sins.L1"] == .number(3) && first["stability.L1"] == .level("stable"))
    #expect(first["collapse.L3"] == nil && first["sins.L3"] == nil)
    #expect(try recorded(study, "2") == ["lesions": .levels(["none"]), "unstable_levels": .number(0)])

    // Places that only one named are rated by nobody else, and counted as such; each place is an item of its own.
    let ratings = try agreement(study)
    let collapse = try #require(ratings["collapse"])
    #expect(collapse.items.first?.units.map(\.title).sorted() == ["1, L1", "1, L3", "1, T12"])
    #expect([collapse.exclusions.ratings, collapse.exclusions.notGraded, collapse.exclusions.used] == [9, 4, 5])
    #expect(collapse.items.map(\.id).filter { $0.hasPrefix("collapse.") && !$0.hasSuffix("all_levels") }.count >= 3)
    #expect(ratings["sins"]?.items.first?.isOfNumbers == true)
    #expect(ratings["lesions"]?.items.first?.isSetValued == true)
    #expect(try row(study, "2", "1").contains("T12 12"))
    #expect(try row(study, "2", "2").contains("none"))
    try finish(study, ["1", "2"])
  }

  // MARK: Genant

  /// Two vertebrae of which one satisfies the condition, numbers that are near, a question that one reader was not asked.
  @Test func vertebralFractures() throws {
    let study = try FileStudy(
      "genant", cases: ["id: \"1\"\nbaseline: {acquisitions: [{sequence: t1w, acquired: no}]}\n", "id: \"2\"\n"])
    let all = ["T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4"]
    func losses(_ some: [String: String]) -> String { cells("height_loss", all.map { ($0, some[$0] ?? "0") }) }
    // L1 lies around the edge of 20 %: R3 is not asked for its shape.
    try study.sign("1", by: "R1", [losses(["T8": "42", "L1": "21"]), "shape=T8:crush,L1:wedge"])
    try study.sign("1", by: "R2", [losses(["T8": "44", "L1": "20"]), "shape=T8:crush,L1:wedge"])
    try study.sign("1", by: "R3", [losses(["T8": "45", "L1": "18"]), "shape=T8:crush"])
    for reader in FileStudy.readers { try study.sign("2", by: reader, [losses([:])]) }
    try study.agree("1", ["shape.L1=wedge"])
    try study.agree("2")
    let first = try recorded(study, "1")
    // The middle ones of numbers that agree within 5 %.
    #expect(first["height_loss.T8"] == .number(44) && first["height_loss.L1"] == .number(20))
    #expect(first["grade.T8"] == .level("3") && first["grade.L1"] == .level("1") && first["grade.T4"] == .level("0"))
    #expect(first["fractures"] == .number(2) && first["highest_grade"] == .number(3))
    let second = try recorded(study, "2")
    #expect(second["fractures"] == .number(0) && second["highest_grade"] == .number(0))

    let ratings = try agreement(study)
    #expect(ratings["height_loss"]?.items.first?.units.count == 26)
    let shape = try #require(ratings["shape"])
    #expect(shape.items.first?.units.map(\.title) == ["1, T8", "1, L1"])
    #expect([shape.exclusions.used, shape.exclusions.notGraded] == [5, 1])
    #expect(shape.items.contains { $0.id == "shape.L1" } && shape.items.contains { $0.id == "shape.crushed" })
    #expect(try row(study, "2", "1").contains("T8 crush, L1 wedge"))
    try finish(study, ["1", "2"])
  }

  // MARK: lumbar disks

  /// Sets place by place, a series that was not acquired, and what a check warns of.
  @Test func lumbarDisks() throws {
    let study = try FileStudy(
      "lumbar_disks", cases: ["id: \"1\"\n", "id: \"2\"\nbaseline: {acquisitions: [{sequence: t1w, acquired: no}]}\n"])
    let disks = ["L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"]
    func words(_ grades: [String], _ modic: [String]) -> [String] {
      [cells("pfirrmann", Array(zip(disks, grades))), cells("modic", Array(zip(disks, modic)))]
    }
    let none = ["0", "0", "0", "0", "0"]
    try study.sign("1", by: "R1", words(["1", "2", "3", "5", "4"], ["0", "0", "0", "1,2", "2"]))
    try study.sign("1", by: "R2", words(["1", "2", "3", "5", "4"], ["0", "0", "0", "1", "2"]))
    try study.sign("1", by: "R3", words(["1", "2", "2", "5", "4"], ["0", "0", "0", "1,2", "2"]))
    for reader in FileStudy.readers {
      try study.sign("2", by: reader, words(["1", "1", "1", "1", "1"], none.map { _ in "not-acquired" }))
    }
    try study.agree("1", ["pfirrmann.L3-L4=3", "modic.L4-L5=1,2"])
    try study.agree("2")
    let first = try recorded(study, "1")
    #expect(
      first["highest_pfirrmann"] == .level("5") && first["degenerated"] == .number(2) && first["active"] == .number(1))
    // No Modic change can be counted where none could be seen; there is no disk of grade 4 or 5.
    let second = try recorded(study, "2")
    #expect(second["degenerated"] == .number(0) && second["active"] == nil)
    #expect(try row(study, "2", "2").contains("not decided"))

    let ratings = try agreement(study)
    let modic = try #require(ratings["modic"])
    #expect([modic.exclusions.ratings, modic.exclusions.notAcquired, modic.exclusions.used] == [30, 15, 15])
    #expect(ratings["pfirrmann"]?.items.first?.units.count == 10)
    #expect(ratings["pfirrmann"]?.items.contains { $0.id == "pfirrmann.dichotomy" } == true)
    #expect(ratings["pfirrmann"]?.items.contains { $0.id == "pfirrmann.L3-L4" } == true)
    try finish(study, ["1", "2"])
  }

  // MARK: PI-RADS

  /// Two lesions of which one satisfies the condition for what is asked then, readers who name different ones, DCE not acquired,
  /// and a case without a lesion.
  @Test func prostate() throws {
    let study = try FileStudy(
      "pi_rads", cases: ["id: \"1\"\n", "id: \"2\"\nbaseline: {acquisitions: [{sequence: dce, acquired: no}]}\n"])
    let (peripheral, transition, third) = ("right_mid_pzpl", "left_mid_tza", "left_apex_pza")
    func words(_ lesions: [(place: String, zone: String, t2w: String, dwi: String)], dce: String? = nil) -> [String] {
      [
        "lesions=" + lesions.map(\.place).joined(separator: ","), cells("zone", lesions.map { ($0.place, $0.zone) }),
        cells("t2w", lesions.map { ($0.place, $0.t2w) }), cells("dwi", lesions.map { ($0.place, $0.dwi) }),
      ] + (dce.map { ["dce=\(peripheral):\($0)"] } ?? [])
    }
    let one = (place: peripheral, zone: "peripheral", t2w: "2", dwi: "3")
    let two = (place: transition, zone: "transition", t2w: "2", dwi: "4")
    try study.sign("1", by: "R1", words([one, two], dce: "positive"))
    try study.sign("1", by: "R2", words([one, two], dce: "positive"))
    try study.sign(
      "1", by: "R3", words([one, (place: third, zone: "peripheral", t2w: "1", dwi: "1")], dce: "positive"))
    for reader in FileStudy.readers { try study.sign("2", by: reader, ["lesions=none"]) }
    try study.agree(
      "1",
      [
        "lesions=\(peripheral),\(transition)", "zone.\(transition)=transition", "t2w.\(transition)=2",
        "dwi.\(transition)=4",
      ])
    try study.agree("2")
    let first = try recorded(study, "1")
    #expect(first[FindingID("category.\(peripheral)")] == .level("4"), "DWI 3 with early enhancement")
    #expect(first[FindingID("category.\(transition)")] == .level("3"), "T2W 2 with DWI 4")
    #expect(first[FindingID("dce.\(transition)")] == nil && first["case_category"] == .level("4"))
    #expect(try recorded(study, "2")["case_category"] == .level("1"))

    let ratings = try agreement(study)
    let dwi = try #require(ratings["dwi"])
    #expect(dwi.items.first?.units.count == 3)
    #expect([dwi.exclusions.ratings, dwi.exclusions.notGraded, dwi.exclusions.used] == [9, 3, 6])
    #expect(ratings["dce"]?.items.first?.units.map(\.title) == ["1, right mid PZpl"])
    #expect(ratings["case_category"]?.items.first?.units.count == 2)
    #expect(try row(study, "2", "1").contains("right mid PZpl positive"))
    try finish(study, ["1", "2"])
  }

  // MARK: MSKI-RADS

  /// Levels off the scale, what is asked for one of them only, levels taken together, a series that was not acquired.
  @Test func infectionOfAnExtremity() throws {
    let study = try FileStudy(
      "mski_rads",
      cases: [
        "id: \"1\"\n", "id: \"2\"\nbaseline: {acquisitions: [{sequence: ce_t1w, acquired: no}]}\n", "id: \"3\"\n",
      ])
    for (reader, category) in [("R1", "V"), ("R2", "IV"), ("R3", "V")] as [(PrincipalID, String)] {
      try study.sign("1", by: reader, ["region=foot", "category=\(category)"])
    }
    for reader in FileStudy.readers {
      try study.sign("2", by: reader, ["region=knee", "category=incomplete", "missing_series=contrast_missing"])
    }
    for (reader, category) in [("R1", "NOS"), ("R2", "I"), ("R3", "NOS")] as [(PrincipalID, String)] {
      try study.sign("3", by: reader, ["region=knee", "category=\(category)"])
    }
    try study.agree("1", ["category=V"])
    try study.agree("2")
    try study.agree("3", ["category=NOS"])
    #expect(try recorded(study, "1")["bone_infection"] == .level("likely"))
    #expect(try recorded(study, "2")["bone_infection"] == .level("possible"))
    #expect(try recorded(study, "2")["missing_series"] == .levels(["contrast_missing"]))
    #expect(try recorded(study, "3")["bone_infection"] == .level("no"))

    let ratings = try agreement(study)
    let category = try #require(ratings["category"])
    // What stands off the scale has no place in the order, and one among all levels.
    #expect(category.items.map(\.id).prefix(3) == ["category", "category.all_levels", "category.bone"])
    #expect(category.items[0].levels == ["I", "II", "III", "IV", "V", "VI"])
    #expect(category.items[1].cells[2] == ["NOS", "I", "NOS"])
    #expect(ratings["missing_series"]?.items.first?.units.map(\.caseID).contains("2") == true)
    #expect(try row(study, "2", "2").contains("0: incomplete"))
    #expect(try row(study, "2", "3").contains("NOS"))
    try finish(study, ["1", "2", "3"])
  }
}
