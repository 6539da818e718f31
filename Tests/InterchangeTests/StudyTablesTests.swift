// The tables of the sample study, and of studies that lack something.

import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

private typealias ID = Codebook.ID

/// The tables of the published study.
func publishedTables() throws -> StudyTables {
  let sample = try SampleStudies.published(SampleCases.files)
  return StudyTables(sample.study, sample.cases.map { TableCase($0, consensus: sample.published[$0.id]) })
}

private func text(_ tables: [Table]) -> String { TableFormat.text.write(tables, { _ in 1 }) }

/// A consensus of a session with these grades at the baseline.
private func session(_ grades: [FindingID: AgreedGrade]) -> Consensus {
  Consensus(
    origin: .session,
    grades: Dictionary(uniqueKeysWithValues: grades.map { (GradeKey(.baseline, $0.key), $0.value) }))
}

private func agreed(_ value: GradeValue) -> AgreedGrade { AgreedGrade(Grade(value), how: .unanimous) }

private func cells(_ table: Table) -> [[String]] {
  table.sections.flatMap(\.rows).map { $0.map { $0.lines.joined(separator: "; ") } }
}

struct StudyTablesTests {
  @Test(arguments: StudyTables.all.map(\.name)) func tablesOfThePaper(_ name: String) throws {
    let tables = try publishedTables()

    let entry = try #require(StudyTables.all.first { $0.name == name })

    let lines = text(entry.make(tables))
    expectGolden(lines, "table-\(name)")
    #expect(lines.split(separator: "\n").filter { $0.count > 80 } == [])
  }

  @Test(arguments: ["markdown", "html", "latex", "csv"]) func otherFormats(_ name: String) throws {
    let tables = try publishedTables()

    let format = try #require(TableFormat.all.first { $0.name == name })

    expectGolden(format.write(StudyTables.all.flatMap { $0.make(tables) }, { _ in 1 }), "tables-\(name)")
  }

  @Test func aCaseOfWhichNothingIsStated() {
    let tables = StudyTables(Study(title: "T"), [TableCase(Case(id: "9"), consensus: nil)])

    let made = StudyTables.all.flatMap { $0.make(tables) }

    let none = "not stated"
    #expect(
      made.prefix(4).map(cells) == [
        [["9", none, none, none, none, none, none]], [["9", "no consensus"]],
        [["9", none, "none", "no consensus", "no consensus", none, "none"]], [],
      ])
    #expect(made[1].notes.contains("No consensus is recorded of case 9; nothing stands in for it."))
    #expect(made[3].notes == ["How the patients were chosen is not stated in this study."])
    #expect(tables.casesWithoutConsensus == ["9"])
  }

  @Test func noneIsToldFromNotStated() {
    let stated = Case(id: "1", biopsies: [], cultures: [], therapy: [])
    let silent = Case(id: "2")
    let tables = StudyTables(Study(title: "T"), [TableCase(stated, consensus: nil), TableCase(silent, consensus: nil)])

    let made = StudyTables.all.filter { ["1", "3"].contains($0.name) }.flatMap { $0.make(tables) }

    #expect(cells(made[0]).map { $0[3...4] } == [["none", "none"], ["not stated", "not stated"]])
    #expect(cells(made[1]).map { $0[1] } == ["none", "not stated"])
    #expect(made[0].notes.contains("Not stated of case 2: biopsies."))
  }

  @Test func gradesOfASession() {
    let grades = session([
      ID.rimSign: agreed(.level("present")), ID.haloSign: AgreedGrade(nil, how: .unresolved),
      ID.t1w: agreed(.notAcquired), ID.disks: agreed(.notAssessable),
    ])
    var study = Study(title: "T")
    study.isIllustrative = true
    let tables = StudyTables(
      study, [TableCase(Case(id: "1"), consensus: grades), TableCase(Case(id: "2"), consensus: session([:]))])

    let table = StudyTables.all[1].make(tables)[0]

    #expect(table.columns.map(\.title) == ["Case", "T1W", "Rim", "Halo", "Disks", "Suggestive of osteomyelitis"])
    let open = "not stated: low T1W, high T2W, high STIR, enhancement"
    #expect(
      cells(table) == [
        ["1", "not acquired", "present", "unresolved", "not assessable", open],
        ["2", "not graded", "not graded", "not graded", "not graded", open],
      ])
    #expect(
      table.notes.suffix(2) == [
        "Grades as the readers agreed on them in consensus.",
        "The readings behind the grades are made up for practice.",
      ])
  }

  @Test func aDerivedChangeIsToldAsSuch() {
    let patient = Case(id: "1", outcome: .worsened, examinations: [Examination(.baseline), Examination("4")])
    let grades = Consensus(
      origin: .session,
      grades: [
        GradeKey("4", ID.foci): agreed(.level("increased")), GradeKey("4", ID.healingEdge): agreed(.level("absent")),
      ])

    let tables = StudyTables(Study(title: "T"), [TableCase(patient, consensus: grades)])

    #expect(
      cells(StudyTables.all[2].make(tables)[0]) == [
        [
          "1", "not stated", "4", "aggravated, derived by the rule", "absent", "worsened", "follow-up under 6 months",
        ]
      ])
    let changes = GroupFigures(tables.study, tables.cases).share("change.aggravated")
    #expect([changes?.count, changes?.total, changes?.missing] == [0, 0, 1])
  }
}

struct ProgramTablesTests {
  /// One decimal in columns of their own, of the shares that the text rounds.
  @Test func summaryForPrograms() throws {
    let tables = try publishedTables()
    let summary = try #require(StudyTables.all.first { $0.name == "summary" })
    let csv = try #require(TableFormat.all.first { $0.name == "csv" })

    let lines = csv.write(summary.make(tables), { _ in 1 }).components(separatedBy: "\r\n")

    #expect(
      lines[0].hasPrefix("Section,Figure,n,of,%,95 % exact low,95 % exact high,95 % Wilson low,95 % Wilson high,"))
    #expect(lines[1] == "Sex,male,5,7,71.4,29.0,96.3,35.9,91.8,0,,,")
    #expect(
      lines.contains { $0.hasPrefix("Means and ranges,\"baseline to follow-up, months, all") && $0.contains(",2,25") })
    #expect(lines.filter { $0.hasPrefix("Note,") }.count == summary.make(tables).flatMap(\.notes).count)
  }

  @Test func coursesAsATable() throws {
    var cases = try publishedTables().cases
    cases[0].consensus?.grades[GradeKey("2", ID.followUpGrade)] = nil
    cases[0].consensus?.grades[GradeKey("2", ID.foci)] = agreed(.level("increased"))
    let tables = StudyTables(try publishedTables().study, cases)
    let csv = try #require(TableFormat.all.first { $0.name == "csv" })

    let lines = tables.courses(in: csv) { _ in 1 }.components(separatedBy: "\r\n")

    #expect(lines[0] == "Case,Patient,Months,Change,Healing edge,Clinical outcome,Flags,Footnotes")
    // A row an examination, the baseline among them, and what was derived is told as such.
    #expect(lines.count { $0.hasPrefix("4,F 46,") } == 4)
    #expect(lines.contains { $0.hasPrefix("1,M 53,2,aggravated (derived)") && $0.contains("derived by the rule") })
    for format in TableFormat.all {
      #expect(tables.courses(in: format) { _ in 1 }.contains("M 53"), "\(format.name)")
    }
  }
}

struct GroupFiguresTests {
  @Test func missingIsNeitherCountedNorInTheDenominator() {
    // given: four cases, of which one has the sign, one has not, one is unresolved and one has no consensus
    let cases = [
      TableCase(Case(id: "1", sex: .male), consensus: session([ID.rimSign: agreed(.level("present"))])),
      TableCase(Case(id: "2"), consensus: session([ID.rimSign: agreed(.level("absent"))])),
      TableCase(Case(id: "3"), consensus: session([ID.rimSign: AgreedGrade(nil, how: .unresolved)])),
      TableCase(Case(id: "4"), consensus: nil),
    ]

    let figures = GroupFigures(Study(title: "T"), cases)

    func counts(_ id: String) -> [Int?] {
      let share = figures.share(id)
      return [share?.count, share?.total, share?.missing]
    }
    #expect(counts("rim_sign.present") == [1, 2, 2])
    #expect(counts("sex.male") == [1, 1, 3])
    #expect(figures.share("rim_sign.present")?.percent == 50)
    let age = figures.measure("age")
    #expect([age?.values.count, age?.missing] == [0, 4])
    #expect(age?.mean == nil)
  }

  @Test func theWholeSpineCountsTowardEachOfItsRegions() {
    let spine = TableCase(Case(id: "1"), consensus: session([ID.involvedBones: agreed(.sites([.wholeSpine]))]))

    let figures = GroupFigures(Study(title: "T"), [spine])

    #expect(Region.allCases.map { figures.share("region.\($0.rawValue)")?.count } == [1, 1, 1, 1, 0, 0, 0, 0])
  }
}

struct VerifyPaperTests {
  @Test func everyFigureOfThePaper() throws {
    let tables = try publishedTables()

    let verification = VerifyPaper(tables.study, tables.cases)

    expectGolden(text([verification.table()]), "verify-paper")
    #expect(verification.checks.filter { $0.verdict == .differs } == [])
    #expect(
      verification.checks.filter { $0.verdict == .notRecomputable }.map(\.figure.published) == [
        "5 (71)", "3 (43)", "1 (14)", "2 days–3 months", "25.9", "6", "7.44–22.89", "13.19", "214, 179, 13",
      ])
  }

  @Test func aCaseThatIsOtherwiseDiffers() throws {
    var tables = try publishedTables().cases
    tables[0].patientCase.age = 54
    tables[0].consensus?.grades[GradeKey(.baseline, ID.rimSign)]?.grade?.value = .level("absent")

    let verification = VerifyPaper(try publishedTables().study, tables)

    let differing = verification.checks.filter { $0.verdict == .differs }
    #expect(
      differing.map { "\($0.figure.label): \($0.figure.published), computed \($0.computed ?? "")" }
        == ["age, mean: 56.6, computed 56.7", "rim sign: 6 (86), computed 5 (71)"])
  }
}
