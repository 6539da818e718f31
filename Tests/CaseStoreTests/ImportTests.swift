// Cases in: all or nothing, and what changed is said.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct ImportTests {
  @Test func casesComeBackAsTheyWere() throws {
    let study = try TestStudy(StudyProtocol(withheld: []), cases: [])
    var steps: [[Int]] = []
    let cases = [Case.sample("10", followUps: [2, 10.5]), .sample("9", age: nil, followUps: [])]
    let report = try study.open("coord").importCases(cases) { steps.append([$0, $1]) }
    #expect(report.entries.map(\.outcome) == [.added, .added])
    #expect(report.summary == "2 added, 0 updated, 0 unchanged")
    #expect(steps == [[2, 2]])
    let reader = try study.open("R1")
    for patientCase in cases { #expect(try reader.caseView(patientCase.id).patientCase == patientCase) }
  }

  @Test func importingAgainSaysWhatChanged() throws {
    let study = try TestStudy()
    let store = try study.open("coord")
    var changed = Case.sample("1", followUps: [5, 12])
    changed.age = 54
    changed.therapy = nil
    changed.examinations[0].acquisitions[0].te = 17
    let report = try store.importCases([changed, .sample("2"), .sample("3")])
    let facts = [
      FieldChange(field: "age", old: "53", new: "54"),
      FieldChange(field: "examinations.12.id", old: nil, new: "12"),
      FieldChange(field: "examinations.baseline.acquisitions.1.te", old: "16", new: "17"),
      FieldChange(field: "therapy.1", old: "antibiotic", new: nil),
    ]
    #expect(
      report.entries == [
        .init(id: "1", outcome: .updated(facts)), .init(id: "2", outcome: .unchanged), .init(id: "3", outcome: .added),
      ])
    #expect(
      facts.map(\.description) == [
        "age: 53 → 54", "12 months: examination added", "baseline, series 1, te: 16 → 17",
        "therapy 1: antibiotic → not stated",
      ])
    #expect(
      FieldChange(field: "examinations.10.5.id", old: "10.5", new: nil).description
        == "10.5 months: examination taken away")
    #expect(
      FieldChange(field: "presentation.symptoms.2", old: "fever", new: "chills").description
        == "symptom 2: fever → chills")
    #expect(try store.caseView("1").patientCase == changed)
    #expect(try store.importCases([changed]).entries == [.init(id: "1", outcome: .unchanged)])
  }

  @Test func oneFaultKeepsEverythingOut() throws {
    let study = try TestStudy()
    let store = try study.open("coord")
    let before = (try store.counts(), try store.info())
    var upsideDown = Case.sample("5", followUps: [12, 5])
    upsideDown.course = ["rim_sign": .level("blue"), "colour": .level("red")]
    let error = storeError {
      try store.importCases([
        .sample("3"), .sample("3"), Case(id: "4", examinations: [Examination("5.0")]), upsideDown, Case(id: "a b"),
      ])
    }
    guard case .badData(let faults)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
    #expect(
      faults.sorted()
        == [
          "case 3 is given twice",
          "case 4: the first examination must be the baseline",
          "case 4: ‘5.0’ is not an examination: write the months after baseline, as 5 or 10.5",
          "case 5: examinations must be in order, each once",
          "case 5: the codebook has no finding ‘colour’",
          "case 5: ‘blue’ is no rim sign",
          "‘a b’ cannot be the id of a case: use 1 to 64 bytes without spaces",
        ].sorted())
    #expect(try (store.counts(), store.info()) == before)
  }

  @Test func onlyTheCoordinatorImports() throws {
    let study = try TestStudy()
    for id in ["R1", "show"] as [PrincipalID] {
      #expect(storeError { try study.open(id).importCases([.sample("3")]) }?.category == .notPermitted)
    }
  }

  @Test func noExaminationComesBetweenTwoThatAreCompared() throws {
    let study = try TestStudy(StudyProtocol(withheld: []), cases: [.sample("1", followUps: [5, 10.5])])
    let (reader, coordinator) = (try study.open("R1"), try study.open("coord"))
    let key = GradeKey("10.5", Codebook.ID.foci, comparator: .previous)
    _ = try reader.record(GradeChange("1", "10.5", grades: [key: Grade(.level("decreased"))]))

    for followUps in [[5, 7, 10.5], [7, 10.5], [10.5]] as [[Double]] {
      let error = storeError { try coordinator.importCases([.sample("1", followUps: followUps)]) }
      #expect(error?.description.contains("10.5 months is compared with 5 months already") == true, "\(followUps)")
    }
    _ = try coordinator.importCases([.sample("1", followUps: [3, 5, 10.5, 12])])
    #expect(try coordinator.caseView("1").patientCase.followUps.count == 4)
  }

  @Test func anExaminationCanGoAgainWhileNobodyHasUsedIt() throws {
    let study = try TestStudy()
    let store = try study.open("coord")
    _ = try store.importCases([.sample("1", followUps: [])])
    #expect(try store.caseView("1").patientCase == .sample("1", followUps: []))
    #expect(try store.info().examinations == 3)
  }
}
