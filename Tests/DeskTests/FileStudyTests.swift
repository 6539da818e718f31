// Studies whose codebook is a file, from the first key to the export: three readers grade, sign and agree, and tables,
// agreement and exports come of it. The facts are those of each scheme (`SampleCases/codebooks`).

import CaseStore
import Desk
import DeskSupport
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import Testing
import Workstation

@Suite struct FileStudyTests {
  /// The lines of an export, of all its files.
  private func lines(_ study: FileStudy, _ format: String) throws -> [String] {
    guard let format = ExportFormat.all.first(where: { $0.name == format }) else { return [] }
    let files = try study.at("coordinator") { store in
      try format.files(store.export(id: "study", program: "test", hasNotes: true))
    }
    return files.flatMap { $0.text.split(whereSeparator: \.isNewline).map(String.init) }
  }

  /// Enter goes through what is signed page by page, and at its end signs.
  private func sign(_ bench: Workbench) {
    bench.press("S")
    for _ in 0..<5 where bench.state.overlay is SignBox { bench.press("⏎") }
  }

  private func agreement(_ study: FileStudy) throws -> StudyAgreement {
    try study.at("coordinator") { store in
      try StudyAgreement(store.study(), readers: FileStudy.readers, opened: store.openedCases())
    }
  }

  // MARK: SINS

  private static let metastases = """
    id: "1"
    sex: male
    age: 63
    given: {pain: {T12: mechanical, L1: none}}
    baseline: {acquisitions: [{sequence: ct}, {sequence: stir, acquired: no}]}
    """

  @Test func metastasesPlaceByPlace() throws {
    let study = try FileStudy("sins", cases: [Self.metastases, "id: \"2\"\n"])
    let bench = try study.seat("R1")
    // Two places found by their names, then a key a cell.
    bench.press("g⏎t12 l1⏎" + "3142" + "1111")
    let own = bench.state.reading?.values() ?? [:]
    #expect(own["lesions"] == .levels(["T12", "L1"]))
    #expect(own["posterolateral.T12"] == .level("one_side"))
    #expect(own["collapse.L1"] == .level("none"))
    #expect(bench.state.missing.isEmpty)
    // Pain is withheld until the reading is signed, and what hangs on it with it, its bounds too.
    #expect(bench.state.grading.derived.first { $0.finding.id == "sins.T12" }?.words == "withheld")
    sign(bench)
    let view = try bench.store.caseView("1")
    #expect(view.reading(of: "R1", .baseline)?.state.isSigned == true)
    let known = SchemeReading(study.codebook, of: view, by: "R1")?.derived(at: .baseline) ?? []
    #expect(known.first { $0.finding.id == "sins.T12" }?.value == .number(12))
    #expect(known.first { $0.finding.id == "stability.T12" }?.value == .level("indeterminate"))

    // R2 names one place only; R3 both, and grades one otherwise.
    try study.sign(
      "1", by: "R2",
      [
        "lesions=T12", "bone_lesion=T12:lytic", "alignment=T12:normal", "collapse=T12:over_half",
        "posterolateral=T12:one_side",
      ])
    try study.sign(
      "1", by: "R3",
      [
        "lesions=T12,L1", "bone_lesion=T12:mixed,L1:blastic", "alignment=T12:normal,L1:normal",
        "collapse=T12:under_half,L1:none", "posterolateral=T12:none,L1:none",
      ])
    // Places are agreed first; the cells of a place that is not agreed are not asked.
    _ = try study.at("coordinator") { try $0.openForConsensus("1") }
    let before = try study.at("R1") { try $0.consensusTable("1").rows.map(\.key.finding) }
    #expect(before.contains("collapse.L1"))
    let after = try study.at("R1") { store in
      let grade = AgreedGrade(Grade(.levels(["T12"])), rationale: "L1 is a haemangioma")
      _ = try store.consensus("1", .agree(GradeKey(.baseline, "lesions"), grade))
      return try store.consensusTable("1").rows.map(\.key.finding)
    }
    #expect(after == ["lesions", "bone_lesion.T12", "alignment.T12", "collapse.T12", "posterolateral.T12"])
    try study.at("R1") { store in
      for (id, level) in [
        ("bone_lesion.T12", "lytic"), ("collapse.T12", "over_half"), ("posterolateral.T12", "one_side"),
      ] {
        let grade = AgreedGrade(Grade(.level(LevelID(level))), rationale: "looked at together")
        _ = try store.consensus("1", .agree(GradeKey(.baseline, FindingID(id)), grade))
      }
      _ = try store.consensus("1", .takeOver(nil))
    }
    for reader in FileStudy.readers {
      _ = try study.at(reader) { try $0.consensus("1", .confirm($0.consensusTable("1").version)) }
    }
    let recorded = try study.at("coordinator") { try $0.caseView("1").consensus?.values(at: .baseline) ?? [:] }
    #expect(recorded["sins.T12"] == .number(12))
    #expect(recorded["stability.T12"] == .level("indeterminate"))
    #expect(recorded["unstable_levels"] == .number(0))
    #expect(recorded["collapse.L1"] == nil)
  }

  @Test func aCaseWithoutALesionIsAnAnswer() throws {
    let study = try FileStudy("sins", cases: ["id: \"1\"\n"])
    let bench = try study.seat("R1")
    bench.press("g⏎none⏎")
    #expect(bench.state.gradedFindings.map(\.id) == ["lesions"])
    #expect(bench.state.missing.isEmpty)
    sign(bench)
    for reader in ["R2", "R3"] as [PrincipalID] { try study.sign("1", by: reader, ["lesions=none"]) }
    try study.agree("1")
    let recorded = try study.at("coordinator") { try $0.caseView("1").consensus?.values(at: .baseline) ?? [:] }
    #expect(recorded == ["lesions": .levels(["none"]), "unstable_levels": .number(0)])
  }

  // MARK: PI-RADS

  @Test func whatAConditionAsks() throws {
    let study = try FileStudy(
      "pi_rads", cases: ["id: \"1\"\nbaseline: {acquisitions: [{sequence: dce, acquired: no}]}\n"])
    let bench = try study.seat("R1")
    // Two lesions: of the peripheral one with DWI 3 the enhancement is asked, of the other not.
    bench.press("g⏎right mid pzpl left mid tza⏎")
    #expect(bench.state.reading?.values()["lesions"]?.levelIDs.count == 2)
    bench.press("124")
    #expect(bench.state.grade(of: "dwi.right_mid_pzpl")?.value == .level("4"))
    let shown = { bench.state.gradedFindings.map(\.id) }
    #expect(!shown().contains("dce.right_mid_pzpl"))
    bench.press("←3")
    #expect(shown().contains("dce.right_mid_pzpl"))
    bench.press("z" + "2" + "2" + "4")
    #expect(bench.state.grade(of: "dce.right_mid_pzpl")?.value == .notAcquired)
    #expect(!shown().contains("dce.left_mid_tza"))
    #expect(bench.state.missing.isEmpty)
    let derived = Dictionary(
      uniqueKeysWithValues: bench.state.grading.derived.map { ($0.finding.id, $0.value) })
    #expect(derived["category.right_mid_pzpl"] == .level("3"))
    #expect(derived["category.left_mid_tza"] == .level("3"))
    #expect(derived["case_category"] == .level("3"))
  }

  // MARK: Genant

  @Test func numbersAreTypedInPlace() throws {
    let study = try FileStudy("genant", cases: ["id: \"1\"\n"])
    let bench = try study.seat("R1")
    // A digit begins a number; a faulty one is told and stays to be mended.
    bench.press("g3x⏎")
    #expect(bench.state.message?.text.contains("is not a number") == true)
    bench.press("⌫0⏎")
    #expect(bench.state.grade(of: "height_loss.T4")?.value == .number(30))
    // With a loss comes the question for the shape; the rest has none.
    bench.press("2r")
    #expect(bench.state.grade(of: "shape.T4")?.value == .level("biconcave"))
    #expect(bench.state.grade(of: "height_loss.L4")?.value == .number(0))
    #expect(bench.state.grade(of: "height_loss.L4")?.note == "with the rest")
    #expect(bench.state.missing.isEmpty)
    sign(bench)
    let losses = (["T5"] + ["T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4"]).map { "\($0):0" }
    for (reader, first) in [("R2", "28"), ("R3", "30")] as [(PrincipalID, String)] {
      try study.sign(
        "1", by: reader, ["height_loss=T4:\(first),\(losses.joined(separator: ","))", "shape=T4:biconcave"])
    }
    try study.agree("1", ["height_loss.T4=30"])
    let recorded = try study.at("coordinator") { try $0.caseView("1").consensus?.values(at: .baseline) ?? [:] }
    #expect(recorded["grade.T4"] == .level("2"))
    #expect(recorded["fractures"] == .number(1))
    let ratings = try agreement(study).findings
    let loss = ratings.first { $0.finding.id == "height_loss" }
    // All places together, of one patient; then each.
    #expect(loss?.items.first?.units.count == 13)
    #expect(loss?.items.first?.isOfNumbers == true)
    #expect(loss?.items.contains { $0.id == "height_loss.T4" } == true)
    #expect(ratings.contains { $0.finding.id == "grade" })
  }

  @Test func numbersThatAreNearAgree() throws {
    let study = try FileStudy("genant", cases: ["id: \"1\"\n"])
    let rest = (["T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4"]).map { "\($0):0" }
    for (reader, first) in [("R1", "27"), ("R2", "28"), ("R3", "30")] as [(PrincipalID, String)] {
      try study.sign(
        "1", by: reader, ["height_loss=T4:\(first),\(rest.joined(separator: ","))", "shape=T4:wedge"])
    }
    _ = try study.at("coordinator") { try $0.openForConsensus("1") }
    let bench = try study.seat("R1")
    bench.press("c")
    let key = GradeKey(.baseline, "height_loss.T4")
    let row = try #require(bench.state.consensus.table?.row(key))
    // The file lets losses differ by 5 %: the middle one is taken over.
    #expect(row.agreement == .unanimous)
    #expect(row.suggestion?.grade?.value == .number(28))
    #expect(row.suggestion?.how == .unanimous)
    bench.press("y")
    #expect(bench.state.consensus.table?.unsettled.isEmpty == true)
    #expect(bench.frame().text.contains("median 28 %, 27 to 30, which agree within 5"), "\(bench.frame().text)")
    #expect(bench.frame().text.contains("T4: Genant grade: moderate"), "\(bench.frame().text)")
    // Worked out once for what is agreed, and not for each frame.
    let evaluations = bench.state.consensus.evaluations
    bench.press("↓↑")
    _ = bench.frame()
    #expect(bench.state.consensus.evaluations == evaluations && evaluations > 0)
  }

  @Test func cellsAreASheet() throws {
    let study = try FileStudy("lumbar_disks", cases: ["id: \"1\"\n"])
    let bench = try study.seat("R1")
    bench.press("g")
    #expect(bench.frame().text.contains("Pfirrmann"), "\(bench.frame().text)")
    // Down the first column, then back along a row.
    bench.press("2")
    #expect(bench.state.gradedFinding?.id == "modic.L1-L2")
    bench.press("←↓3")
    #expect(bench.state.grade(of: "pfirrmann.L2-L3")?.value == .level("3"))
    #expect(bench.state.gradedFinding?.id == "modic.L2-L3")
    bench.press("→")
    #expect(bench.state.gradedFinding?.id == "pfirrmann.L3-L4")
    bench.press("↑")
    #expect(bench.state.gradedFinding?.id == "pfirrmann.L2-L3")
    bench.press("⇥")
    #expect(bench.state.gradedFinding?.id == "modic.L2-L3")
  }

  // MARK: off the scale

  @Test func levelsHaveKeysAndCodesOfTheirOwn() throws {
    let study = try FileStudy("mski_rads", cases: ["id: \"1\"\n", "id: \"2\"\n"])
    let bench = try study.seat("R1")
    bench.press("g⏎knee⏎0")
    #expect(bench.state.grade(of: "category")?.value == .level("incomplete"))
    // Why it is incomplete is asked then only.
    #expect(bench.state.gradedFindings.map(\.id).contains("missing_series"))
    bench.press("↑9")
    #expect(bench.state.grade(of: "category")?.value == .level("NOS"))
    #expect(!bench.state.gradedFindings.map(\.id).contains("missing_series"))
    let category = try #require(study.codebook["category"])
    #expect(category.code(of: "incomplete") == 0)
    #expect(category.code(of: "NOS") == 9)
    bench.press("↑")
    // Levels taken together, as the file says, are an item of their own.
    for reader in FileStudy.readers { try study.sign("2", by: reader, ["region=knee", "category=IV"]) }
    try study.agree("2")
    let items = try agreement(study).findings.first { $0.finding.id == "category" }?.items.map(\.id) ?? []
    #expect(items.contains("category.bone"), "\(items)")
  }

  // MARK: disks

  @Test func placesOtherThanBones() throws {
    let study = try FileStudy("lumbar_disks", cases: ["id: \"1\"\n"])
    let bench = try study.seat("R1")
    // Pfirrmann and Modic disk by disk; key 1 means Pfirrmann 1, key 0 no Modic change.
    bench.press("g" + "10" + "20" + "30" + "51,2" + "↓↓")
    #expect(bench.state.grade(of: "pfirrmann.L4-L5")?.value == .level("5"))
    #expect(bench.state.grade(of: "modic.L1-L2")?.value == .levels(["0"]))
    #expect(bench.state.grade(of: "modic.L4-L5")?.value == .levels(["1", "2"]))
    let words = [
      "pfirrmann=L1-L2:1,L2-L3:2,L3-L4:3,L4-L5:5,L5-S1:4", "modic=L1-L2:0,L2-L3:0,L3-L4:0,L4-L5:1,2,L5-S1:2",
    ]
    for reader in FileStudy.readers { try study.sign("1", by: reader, words) }
    try study.agree("1")
    let recorded = try study.at("coordinator") { try $0.caseView("1").consensus?.values(at: .baseline) ?? [:] }
    #expect(recorded["highest_pfirrmann"] == .level("5"))
    #expect(recorded["degenerated"] == .number(2))
    #expect(recorded["active"] == .number(1))
    #expect(try lines(study, "long").contains { $0.contains("modic.L4-L5") && $0.contains("1+2") })
    // What nobody named has no row, and what the rules give has one.
    #expect(try lines(study, "long").contains { $0.contains("highest_pfirrmann") && $0.contains(",5,5,") })
    #expect(try !lines(study, "long").contains { $0.contains("not graded") })
    // Every format takes every scale.
    for format in ExportFormat.all where format.name != "anki" {
      #expect(!(try lines(study, format.name)).isEmpty, "\(format.name)")
    }
  }
}
