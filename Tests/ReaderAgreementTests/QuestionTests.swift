// A study's readers against a reference, by subgroup, and with levels taken together.

import Agreement
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import Testing

struct QuestionTests {
  private let study: Study
  private let patients: [CaseID: Case]

  init() throws {
    study = try Practice().study
    func patient(_ id: CaseID, _ sex: Sex?, _ age: Int?, _ result: String?, months: [ExaminationID] = []) -> Case {
      Case(
        id: id, sex: sex, age: age, biopsies: result.map { [Biopsy(.bone, result: $0)] },
        examinations: [Examination(.baseline)] + months.map { Examination($0) })
    }
    patients = Dictionary(
      uniqueKeysWithValues: [
        patient("1", .male, 50, "osteomyelitis", months: ["3"]),
        patient("2", .female, 60, "osteomyelitis", months: ["12"]),
        patient("3", .female, nil, "metastasis"), patient("4", nil, 70, nil),
      ].map { ($0.id, $0) })
  }

  private func rim(_ id: CaseID, _ letters: String, agreed: String? = nil, areLetters: Bool = false) -> OpenedCase {
    func value(_ letter: Character) -> GradeValue { .level(letter == "+" ? "present" : "absent") }
    var entry = opened(id, ID.rimSign, letters.map(value))
    if let agreed = agreed?.first {
      entry.consensus = Consensus(
        origin: .session, grades: [GradeKey(.baseline, ID.rimSign): AgreedGrade(Grade(value(agreed)), how: .majority)])
    }
    if areLetters { entry.names = ReaderNames(shuffled: three) }
    return entry
  }

  private func answer(
    _ reference: String, _ opened: [OpenedCase], named: String? = "rim_sign", positive: String? = nil
  ) throws -> StudyReferenceAnswer {
    try StudyReferenceAnswer(
      study, readers: three, opened: opened, patients: patients, StudyReference(reference), named: named,
      positive: positive)
  }

  @Test func readersAgainstTheConsensus() throws {
    let answer = try answer(
      "consensus",
      [rim("1", "++-", agreed: "+"), rim("2", "-+-", agreed: "-"), rim("3", "---", agreed: "-"), rim("4", "+++")])

    let report = try #require(answer.figures.first?.report)
    #expect(answer.figures.count == 1 && report.positive == "present")
    // Of case 4 nothing was agreed on.
    #expect((report.cases, report.withReference, report.positives) == (4, 3, 1))
    #expect(report.readers.map(\.name) == ["R1", "R2", "R3"])
    #expect(report.readers.map { $0[.sensitivity]?.value } == [1, 1, 0])
    #expect(report.readers.map { $0[.specificity]?.value } == [1, 0.5, 1])
    let tables = ReferenceTables([.init(id: "rim_sign", title: "rim sign", report)], notes: ["Note"], program: "E")
    let text = TableFormat.text.write(tables.tables) { _ in 1 }.split(separator: "\n")
      .map { $0.split(separator: " ").joined(separator: " ") }
    #expect(text.contains("R2 1 2 50.0 1.3–98.7"), "\(text)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(tables.json.utf8)) as? [String: Any])
    let item = try #require((json["items"] as? [[String: Any]])?.first)
    let reader = try #require((item["readers"] as? [[String: Any]])?[1])
    let share = try #require((reader["measures"] as? [String: [String: Any]])?["specificity"])
    #expect(share["value"] as? Double == 0.5 && share["n"] as? Int == 2 && (share["ci95"] as? [Double])?.count == 2)
  }

  @Test func whoseReadersAreLettersIsLeftOut() throws {
    let two = [rim("1", "++-", agreed: "+"), rim("2", "-+-", agreed: "-", areLetters: true)]
    let answer = try answer("consensus", two)
    #expect(answer.figures[0].report.cases == 1 && answer.byLetter == 1)
    let error = #expect(throws: StudyQuestionError.self) { try self.answer("consensus", [two[1]]) }
    #expect(error?.message.contains("are letters") == true)
  }

  @Test func readersAgainstAFactOfTheCases() throws {
    let cases = [rim("1", "++-"), rim("2", "+--"), rim("3", "--+"), rim("4", "+++")]
    let answer = try answer("histology=osteomyelitis", cases)
    let report = try #require(answer.figures.first?.report)
    #expect((report.cases, report.withReference, report.positives) == (4, 3, 2))
    #expect(report.readers.map { $0[.sensitivity]?.value } == [1, 0.5, 0])
    #expect(report.readers.map { $0[.specificity]?.value } == [1, 1, 0])
    // The other way round everything is.
    let turned = try self.answer("histology=osteomyelitis", cases, positive: "absent").figures[0].report
    #expect(turned.readers.map { $0[.sensitivity]?.value } == [0, 0.5, 1])
  }

  @Test(
    "what cannot be asked is said with the cure",
    arguments: [
      ("height", "rim_sign", nil, "there are sex, age, histology"), ("histology", "rim_sign", nil, "is not plain"),
      ("histology=x", "rim_sign", nil, "‘metastasis’, ‘osteomyelitis’"), ("sex=male", nil, nil, "--finding ID"),
      ("consensus", "posterior_elements", nil, "--positive LEVEL"), ("consensus", "rim_sign", "x", "“x”"),
      ("consensus", "t2w", "iso", "“iso”"),
    ] as [(String, String?, String?, String)])
  func faults(reference: String, named: String?, positive: String?, words: String) throws {
    var cases = [rim("1", "++-", agreed: "+"), rim("2", "-+-", agreed: "-"), rim("3", "-+-", agreed: "-")]
    for index in cases.indices {
      for place in cases[index].readings.indices {
        cases[index].readings[place].grades[GradeKey(.baseline, ID.posteriorElements)] = Grade(.level("spared"))
        cases[index].readings[place].grades[GradeKey(.baseline, ID.t2w)] = Grade(.levels(["iso"]))
      }
    }
    do {
      _ = try answer(reference, cases, named: named, positive: positive)
      Issue.record("\(reference) was answered")
    } catch let error as StudyQuestionError {
      #expect(error.message.contains(words), "\(error.message)")
    } catch let error as ReferenceError {
      #expect(error.message.contains(words), "\(error.message)")
    }
  }

  @Test func severalFindingsAreOneTable() throws {
    var cases = [rim("1", "++-", agreed: "+"), rim("2", "-+-", agreed: "-"), rim("3", "---", agreed: "-")]
    for index in cases.indices {
      for place in cases[index].readings.indices {
        cases[index].readings[place].grades[GradeKey(.baseline, ID.haloSign)] = Grade(.level("present"))
      }
      cases[index].consensus?.grades[GradeKey(.baseline, ID.haloSign)] = AgreedGrade(Grade(.level("absent")))
    }
    let found = try answer("consensus", cases, named: nil)
    let entries = found.figures.map { ReferenceTables.Entry(id: $0.item.id, title: $0.item.title, $0.report) }
    let tables = ReferenceTables(entries, notes: ["Note"], program: "E").tables
    #expect(tables.count == 1 && tables[0].sections.count == 2)
    let row = try #require(
      tables[0].sections.first { $0.title?.hasPrefix("rim sign: present in 1 of 3") == true }?.rows[1])
    #expect(row.map(\.lines) == [["R2"], ["100.0"], ["1/1"], ["2.5–100.0"], ["50.0"], ["1/2"], ["1.3–98.7"]])
    let halo = try #require(tables[0].sections.first { $0.title?.hasPrefix("halo") == true }?.rows[0])
    #expect(halo[1].lines == ["not defined"] && halo[2].lines == ["0/0"] && halo[4].lines == ["0.0"])
    #expect(tables[0].notes.contains { $0.contains("--finding ID") } && tables[0].notes.last == "Note")
  }

  // MARK: Subgroups

  @Test func aSubgroupWithoutARatingHasARowThatSaysSo() throws {
    let report = try #require(try Practice().agreement.item("rim_sign")).report(resampling: nil)
    let entries = [
      SubgroupTables.Entry(title: "rim sign", group: "a", report, primaryKey: "gwet_ac.unweighted"),
      SubgroupTables.Entry(title: "rim sign", group: "b", used: "0/0", absence: "no rating"),
    ]
    let table = SubgroupTables.table("T", entries, notes: [])
    #expect(table.sections[0].rows.map(\.count) == [table.columns.count, table.columns.count])
    #expect(table.sections[0].rows[1].map(\.lines[0]).prefix(4) == ["b", "0/0", "", "no rating"])
  }

  private func groups(_ by: String, _ opened: [OpenedCase]) throws -> [String: StudyAgreement] {
    let by = try #require(Subgrouping(by))
    let groups = try StudySubgroup.all(study, readers: three, opened: opened, patients: patients, by: by)
    return Dictionary(uniqueKeysWithValues: groups.map { ($0.name, $0.agreement) })
  }

  @Test func casesAreDividedByWhatIsStatedOfThem() throws {
    let cases = [rim("1", "++-"), rim("2", "+++"), rim("3", "--+"), rim("4", "+++")]
    let bySex = try groups("sex", cases)
    #expect(bySex.mapValues(\.cases) == ["male": 1, "female": 2, "not stated": 1])
    #expect(bySex["female"]?.item("rim_sign")?.lines == ["present present present", "absent absent present"])
    #expect(try groups("age<60", cases).mapValues(\.cases) == ["age < 60": 1, "age >= 60": 2, "not stated": 1])
    #expect(
      try groups("follow-up<6", cases).mapValues(\.cases) == ["follow-up < 6": 1, "follow-up >= 6": 1, "not stated": 2])
    #expect(throws: StudyQuestionError.self) { try groups("age", cases) }
    #expect(throws: StudyQuestionError.self) { try groups("sex<6", cases) }
  }

  @Test func examinationsOfOneCaseFallIntoGroupsOfTheirOwn() throws {
    var entry = opened("1", ID.followUpGrade, [.level("healing"), .level("healing"), nil], at: "3")
    entry.readings += opened("1", ID.followUpGrade, [.level("healed"), .level("healing"), nil], at: "12").readings
    let byMonths = try groups("months<6", [entry])
    #expect(byMonths["months < 6"]?.item("follow_up_grade")?.lines == ["healing healing -"])
    #expect(byMonths["months >= 6"]?.item("follow_up_grade")?.lines == ["healed healing -"])
  }

  // MARK: Levels

  @Test func levelsTakenTogetherAreAnItemOfTheirOwn() throws {
    let cases = [
      opened("1", ID.softTissueInflammation, [.level("none"), .level("limited"), .level("extensive")]),
      opened("2", ID.softTissueInflammation, [.level("extensive"), .level("limited"), nil]),
    ]
    let item = try #require(try StudyAgreement(study, readers: three, opened: cases).item("soft_tissue_inflammation"))

    let collapsed = try item.collapsed(LevelCollapse("any=limited,extensive"))

    #expect(collapsed.id == "soft_tissue_inflammation.collapsed" && collapsed.levels == ["none", "any"])
    #expect(collapsed.lines == ["none any any", "any any -"])
    #expect(isNear(collapsed.report(resampling: nil)["percent_agreement.unweighted"], (1.0 / 3 + 1) / 2))
    #expect(RatingsExport.matrix(collapsed).contains("none,any,any"))
    #expect(throws: LevelCollapseError.self) { try item.collapsed(LevelCollapse("x=lots,none")) }
  }

  @Test func withoutAnOrderWeightsAreLeftOutOfTheNearestKey() throws {
    let item = try #require(try Practice().agreement.item("rim_sign"))
    #expect(item.key(nearest: "gwet_ac.ordinal") == "gwet_ac.unweighted")
    #expect(item.key(nearest: "krippendorff_alpha.ordinal") == "krippendorff_alpha.nominal")
    #expect(item.key(nearest: "unanimous_agreement.complete_cases") == "unanimous_agreement.complete_cases")
  }
}
