// The practice study: complete, labelled as made up, and worth discussing.

import Interchange
import ReviewCore
import SampleCases
import Testing

private typealias ID = Codebook.ID

struct PracticeTests {
  private let sample: SampleStudy

  init() throws { sample = try SampleStudies.practice(SampleCases.files) }

  private func signed(_ id: CaseID) -> Set<String> {
    Set(
      sample.readings.filter { $0.caseID == id && $0.reading.state.isSigned }.map {
        "\($0.reading.reader) \($0.reading.examination)"
      })
  }

  @Test func whoHasReadWhat() {
    let all = ["R1", "R2", "R3"]
    func everybody(_ readers: [String], _ examinations: [String]) -> Set<String> {
      Set(readers.flatMap { reader in examinations.map { "\(reader) \($0)" } })
    }
    #expect(signed("1") == everybody(all, ["baseline", "2"]))
    #expect(signed("4") == everybody(all, ["baseline", "3", "8", "12"]))
    #expect(signed("6") == everybody(all, ["baseline", "6.5"]))
    #expect(signed("3") == everybody(["R2", "R3"], ["baseline", "4"]))
    #expect(signed("7") == everybody(["R2", "R3"], ["baseline", "7"]))
    let drafts = sample.readings.filter { !$0.reading.state.isSigned }
    #expect(drafts.map { "\($0.caseID) \($0.reading.reader) \($0.reading.grades.count)" } == ["3 R1 5"])
    #expect(Set(sample.readings.map(\.caseID)) == ["1", "3", "4", "6", "7"])
  }

  @Test func signedReadingsAreComplete() {
    for entry in sample.readings where entry.reading.state.isSigned {
      let findings = sample.study.codebook.findings(at: entry.reading.examination).map(\.id)
      #expect(Set(entry.reading.values().keys) == Set(findings), "case \(entry.caseID), \(entry.reading.reader)")
    }
  }

  @Test func labelledAndNamedNeutrally() {
    #expect(sample.study.isIllustrative)
    #expect(sample.study.studyProtocol.mode == .independent)
    #expect(sample.study.studyProtocol.withheld == Set(Withheld.allCases))
    #expect(sample.principals.filter { $0.role == .reader }.map(\.name) == ["R1", "R2", "R3"])
    #expect(sample.published.isEmpty)
    #expect(sample.study.population.map(\.count) == [214, 179, 13, 7])
    #expect(sample.study.studyProtocol.ranges.count == 4)
  }

  @Test func nothingOfThePublicationGivesTheAnswer() {
    #expect(sample.cases.map(\.id) == (1...7).map { CaseID("\($0)") })
    #expect(sample.cases.allSatisfy { $0.course.isEmpty })
    let examinations = sample.cases.flatMap(\.examinations)
    #expect(examinations.allSatisfy { $0.remarks.isEmpty && $0.acquisitions.allSatisfy { $0.remark == nil } })
    #expect(examinations.flatMap(\.acquisitions).count == 9)
  }

  @Test func disagreementsWorthDiscussing() {
    func differing(_ id: CaseID, _ examination: ExaminationID) -> Set<FindingID> {
      let readings = sample.readings.filter { $0.caseID == id && $0.reading.examination == examination }.map {
        $0.reading.values()
      }
      return Set(
        sample.study.codebook.findings.map(\.id).filter { finding in Set(readings.map { $0[finding] }).count > 1 })
    }
    #expect(differing("1", .baseline) == [ID.t2w, ID.rimSign, ID.softTissueInflammation, ID.impression])
    #expect(
      differing("4", .baseline) == [
        ID.involvedBones, ID.t2w, ID.enhancement, ID.rimSign, ID.softTissueInflammation, ID.impression,
      ])
    #expect(
      differing("6", .baseline) == [
        ID.involvedBones, ID.posteriorElements, ID.t2w, ID.enhancement, ID.softTissueInflammation, ID.impression,
      ])
    #expect(differing("1", "2").contains(ID.followUpGrade))
    #expect(differing("4", "3").contains(ID.followUpGrade))
    #expect(differing("6", "6.5").contains(ID.followUpGrade))
  }

  /// One reader overrules the rule and says why; all other grades are the rule's.
  @Test func gradesFollowTheRuleButOne() {
    var overruled: [String] = []
    for entry in sample.readings where !entry.reading.examination.isBaseline {
      let values = entry.reading.values()
      let given = values[ID.followUpGrade]?.levelIDs.first
      let patient = Case(
        id: entry.caseID, examinations: [.baseline, entry.reading.examination].map { Examination($0) })
      let outcome = sample.study.codebook.suggestion(at: entry.reading.examination, of: patient) {
        $1 == .previous ? [:] : $0.isBaseline ? [ID.softTissueAbscess: .level("absent")] : values
      }
      guard let derived = outcome?.grade, given != derived.level else { continue }
      let note = entry.reading.grades[GradeKey(entry.reading.examination, ID.followUpGrade)]?.note
      overruled.append("\(entry.caseID) \(entry.reading.reader) \(note == nil ? "silently" : "with a reason")")
    }
    #expect(overruled == ["6 R2 with a reason"])
  }

  @Test func noConsistencyWarnings() throws {
    for entry in sample.readings {
      let patient = try #require(sample.cases.first { $0.id == entry.caseID })
      let examination = try #require(patient.examination(entry.reading.examination))
      let baseline = sample.readings.first {
        $0.caseID == entry.caseID && $0.reading.reader == entry.reading.reader && $0.reading.examination == .baseline
      }
      let warnings = sample.study.codebook.warnings(
        at: examination, of: CaseView(patientCase: patient, stage: .reading), studyProtocol: sample.study.studyProtocol,
        grades: entry.reading.grades
      ) { id, comparator in
        if comparator == .previous { return [:] }
        if id == examination.id { return entry.reading.values() }
        return id.isBaseline ? baseline?.reading.values() ?? [:] : [:]
      }
      #expect(warnings == [], "case \(entry.caseID), \(entry.reading.reader), \(entry.reading.examination)")
    }
  }
}
