// The sample study against a table of the publication's facts, written down independently of the case files.

import Interchange
import ReviewCore
import SampleCases
import Testing

private typealias ID = Codebook.ID

/// One row of the publication's three tables, in the canonical words of grades.
private struct Row: Sendable, CustomTestStringConvertible {
  var id: CaseID
  var patient: String
  var bones: String
  var lesions: String
  var t2w: String
  var enhancement: String
  var rim: String
  var softTissue: String
  var posterior: String
  var biopsies: [Biopsy]
  var cultures: [Culture]
  var basis: BasisOfDiagnosis = .histology
  var therapy: [String]
  var months: [Double]
  var outcome: ClinicalOutcome = .improved

  var testDescription: String { "case \(id)" }
}

private func boneBiopsy(_ bone: Bone, site: String? = nil, _ result: String = "chronic osteomyelitis") -> Biopsy {
  Biopsy(
    .bone, site: site ?? bone.rawValue, bone: bone, guidance: "CT", result: result, remark: "no sign of malignancy")
}

private let negative = [Culture(.bone, .negative), Culture(.blood, .negative)]
private let antiTB = ["antibiotic", "anti-tuberculous"]
private let girdles = "pelvic_girdle_left,pelvic_girdle_right"

private let rows: [Row] = [
  Row(
    id: "1", patient: "M 53", bones: "L5", lesions: "solitary", t2w: "iso,hyper", enhancement: "global",
    rim: "present", softTissue: "limited", posterior: "spared", biopsies: [boneBiopsy(.l5)],
    cultures: [
      Culture(.bone, .positive, organism: "gram-positive cocci"),
      Culture(.blood, .positive, organism: "Staphylococcus aureus"),
    ], therapy: ["antibiotic"], months: [2]),
  Row(
    id: "2", patient: "M 42", bones: "S1", lesions: "solitary", t2w: "hyper", enhancement: "global", rim: "present",
    softTissue: "limited", posterior: "spared", biopsies: [boneBiopsy(.s1, site: "S1 upper endplate")],
    cultures: negative, therapy: ["surgical debridement", "antibiotic"], months: [5]),
  Row(
    id: "3", patient: "M 80", bones: "T10,L1,upper_sacrum", lesions: "multiple", t2w: "hyper", enhancement: "global",
    rim: "present", softTissue: "limited", posterior: "spared", biopsies: [boneBiopsy(.l1)], cultures: negative,
    therapy: ["antibiotic"], months: [4]),
  Row(
    id: "4", patient: "F 46", bones: "T5-L5,upper_sacrum,\(girdles)", lesions: "multiple", t2w: "iso,hyper",
    enhancement: "marginal,global", rim: "absent", softTissue: "limited", posterior: "spared",
    biopsies: [boneBiopsy(.t11)],
    cultures: [Culture(.bone, .negative), Culture(.blood, .positive, organism: "Salmonella")],
    therapy: ["antibiotic"], months: [3, 8, 12]),
  Row(
    id: "5", patient: "M 56", bones: "whole_spine,ribs_left,ribs_right", lesions: "multiple", t2w: "iso,hyper",
    enhancement: "global", rim: "present", softTissue: "none", posterior: "involved", biopsies: [boneBiopsy(.t11)],
    cultures: negative, therapy: antiTB, months: [5, 10.5, 25], outcome: .cured),
  Row(
    id: "6", patient: "F 53", bones: "whole_spine", lesions: "multiple", t2w: "iso,hyper",
    enhancement: "marginal,global", rim: "present", softTissue: "limited", posterior: "involved",
    biopsies: [boneBiopsy(.l3), Biopsy(.skin, site: "shoulder", result: "mycobacterial infection")],
    cultures: negative, therapy: antiTB, months: [6.5]),
  Row(
    id: "7", patient: "M 66",
    bones: "whole_spine,\(girdles),ribs_left,ribs_right,sternum,pectoral_girdle_left,pectoral_girdle_right",
    lesions: "multiple", t2w: "iso,hyper", enhancement: "marginal,global", rim: "present", softTissue: "limited",
    posterior: "involved",
    biopsies: [
      boneBiopsy(.l3, "chronic fibrosis"), Biopsy(.lymphNode, site: "neck", result: "mycobacterial infection"),
    ], cultures: negative, basis: .therapeutic, therapy: antiTB, months: [7]),
]

struct PublishedFactsTests {
  private let sample: SampleStudy

  init() throws { sample = try SampleStudies.published(SampleCases.files) }

  private func values(_ id: CaseID, _ examination: ExaminationID = .baseline) -> [FindingID: String] {
    (sample.published[id]?.values(at: examination) ?? [:]).mapValues(\.text)
  }

  @Test(arguments: rows) private func everyFactOfTheTables(_ row: Row) throws {
    let found = try #require(sample.cases.first { $0.id == row.id })
    #expect(found.patient == row.patient)
    #expect(found.originalReport == OriginalReport(misread: true))
    #expect(found.biopsies == row.biopsies)
    #expect(found.cultures == row.cultures)
    #expect(found.basisOfDiagnosis == row.basis)
    #expect(found.therapy == row.therapy)
    #expect(found.outcome == row.outcome)
    #expect(found.followUps.map(\.id.months) == row.months)
    #expect(found.course == [ID.healingEdge: .level("present")])
    #expect(
      values(row.id) == [
        ID.involvedBones: row.bones, ID.posteriorElements: row.posterior, ID.lesionNumber: row.lesions,
        ID.t1w: "hypo", ID.t2w: row.t2w, ID.stir: "hyper", ID.enhancement: row.enhancement, ID.rimSign: row.rim,
        ID.haloSign: "present", ID.disks: "preserved", ID.softTissueInflammation: row.softTissue,
        ID.softTissueAbscess: "absent",
      ])
  }

  @Test func onlyWhatIsStatedOfFollowUps() {
    var stated: [CaseID: [ExaminationID: [FindingID: String]]] = [:]
    for patient in sample.cases {
      for followUp in patient.followUps {
        stated[patient.id, default: [:]][followUp.id] = values(patient.id, followUp.id)
      }
    }
    let healing = [ID.followUpGrade: "healing"]
    #expect(
      stated == [
        "1": ["2": healing], "2": ["5": healing], "3": ["4": healing],
        "4": [
          "3": [:], "8": [:],
          "12": [
            ID.foci: "decreased", ID.marrow: "partial", ID.healingEdge: "present", ID.followUpGrade: "healing",
          ],
        ],
        "5": [
          "5": [ID.lesionChanges: "T11:increased,L1:increased,L2:decreased,L3:increased,L4:new"], "10.5": [:],
          "25": [ID.marrow: "almost_complete", ID.followUpGrade: "healing"],
        ],
        "6": ["6.5": healing], "7": ["7": healing],
      ])
  }

  @Test func presentationsOfThreePatientsOnly() {
    #expect(
      Dictionary(uniqueKeysWithValues: sample.cases.map { ($0.id, $0.presentation) }) == [
        "1": nil, "2": Presentation(symptoms: ["low-back pain", "fever"], duration: "5 days"), "3": nil,
        "4": Presentation(symptoms: ["fever"], duration: "2 days"),
        "5": Presentation(symptoms: ["fever"], duration: "1 week"), "6": nil, "7": nil,
      ])
  }

  @Test func figuresWithTheirAcquisitions() {
    var figures: [String] = []
    for patient in sample.cases {
      for examination in patient.examinations {
        for image in examination.acquisitions {
          let plane = image.plane?.rawValue ?? "?"
          let fat = image.fatSuppressed == true ? " fat-suppressed" : ""
          figures.append(
            "\(image.figure ?? "?") case \(patient.id) \(examination.id) \(plane) \(image.sequence.title)\(fat) "
              + (image.timing ?? "?"))
        }
      }
    }
    #expect(
      figures == [
        "1A case 2 baseline axial T1W 600/16", "1B case 2 baseline axial T2W 4900/111",
        "2A case 4 baseline sagittal T1W 550/12", "2B case 4 baseline sagittal STIR 3130/65/160",
        "2C case 4 12 sagittal T1W 550/12", "3A case 5 baseline sagittal T1W 550/12",
        "3B case 5 baseline sagittal CE T1W fat-suppressed 700/12",
        "3C case 5 5 sagittal CE T1W fat-suppressed 700/12", "3D case 5 25 sagittal T1W 700/12",
      ])
    let warnings = sample.cases.flatMap { patient in
      patient.examinations.flatMap { examination in
        sample.study.codebook.warnings(
          at: examination, of: CaseView(patientCase: patient, stage: .published),
          studyProtocol: sample.study.studyProtocol,
          grades: sample.published[patient.id]?.grades.compactMapValues(\.grade) ?? [:]
        ) { sample.published[patient.id]?.values(at: $0, comparator: $1) ?? [:] }
      }
    }
    #expect(warnings.isEmpty)
  }

  @Test func whatTheFiguresAdd() throws {
    func grade(_ id: CaseID, _ finding: FindingID, _ examination: ExaminationID = .baseline) -> Grade? {
      sample.published[id]?.grades[GradeKey(examination, finding)]?.grade
    }
    #expect(grade("5", ID.rimSign)?.bone == .t11)
    #expect(grade("2", ID.rimSign)?.bone == .s1)
    #expect(grade("2", ID.haloSign)?.bone == .s1)
    #expect(try #require(grade("4", ID.softTissueInflammation)?.note).contains("figure 2"))
    #expect(try #require(grade("4", ID.healingEdge, "12")?.note).contains("lower endplate of L5"))
    #expect(try #require(grade("4", ID.haloSign)?.note).contains("some"))
  }

  @Test func caseFiveAtFiveMonthsIsDerivedAggravatedMixed() throws {
    let patient = try #require(sample.cases.first { $0.id == "5" })
    let outcome = sample.study.codebook.suggestion(at: "5", of: patient) {
      sample.published["5"]?.values(at: $0, comparator: $1) ?? [:]
    }
    let grade = try #require(outcome?.grade)
    #expect(grade.title == "aggravated (mixed)")
    #expect(grade.reasons == ["increased in T11, L1, L3", "new in L4", "but decreased in L2"])
  }

  @Test func populationAndProtocol() {
    let study = sample.study
    #expect(study.population.map(\.count) == [214, 179, 13, 7])
    #expect(study.population.map { $0.excluded.map(\.count) } == [[35], [35, 131], [6], []])
    #expect(study.population[2].excluded.first?.details.map(\.count) == [5, 1])
    #expect(
      study.studyProtocol.ranges == [
        SequenceRange(.t1w, tr: 500...700, te: 10...17), SequenceRange(.t2w, tr: 3000...5000, te: 94...128),
        SequenceRange(.stir, tr: 3000...6500, te: 27...82, ti: 150...170),
        SequenceRange(.contrastEnhancedT1W, tr: 500...700, te: 10...17),
      ])
    #expect(study.studyProtocol.mode == .joint)
    #expect(study.studyProtocol.readersPerCase == 3)
    let imaging = study.studyProtocol.imaging.joined(separator: "; ")
    let facts = [
      "1.5 T", "Siemens Magnetom Vision", "Sonata", "GE Signa Excite", "gadopentetate dimeglumine", "0.1 mmol",
      "coronal", "sagittal", "axial", "September 2000 to August 2007", "three musculoskeletal radiologists",
      "in consensus", "with and without fat suppression",
    ]
    #expect(facts.filter { !imaging.contains($0) } == [])
    #expect(sample.readings.isEmpty)
    #expect(study.isIllustrative == false)
  }

  @Test func groupFigures() {
    let baselines = sample.cases.map { sample.published[$0.id]?.values(at: .baseline) ?? [:] }
    func count(_ finding: FindingID, _ text: String) -> Int { baselines.count { $0[finding]?.text == text } }
    func count(_ region: Region) -> Int { baselines.count { $0[ID.involvedBones]?.regions.contains(region) ?? false } }
    #expect(Region.allCases.map(count) == [3, 5, 6, 6, 2, 2, 1, 1])
    #expect([count(ID.lesionNumber, "solitary"), count(ID.lesionNumber, "multiple")] == [2, 5])
    #expect(count(ID.posteriorElements, "involved") == 3)
    #expect([count(ID.t1w, "hypo"), count(ID.stir, "hyper"), count(ID.disks, "preserved")] == [7, 7, 7])
    #expect([count(ID.t2w, "iso,hyper"), count(ID.t2w, "hyper")] == [5, 2])
    #expect([count(ID.enhancement, "marginal,global"), count(ID.enhancement, "global")] == [3, 4])
    #expect([count(ID.rimSign, "present"), count(ID.haloSign, "present")] == [6, 7])
    #expect(count(ID.softTissueInflammation, "limited") == 6)
    #expect(count(ID.softTissueAbscess, "present") == 0)

    let cases = sample.cases
    let histology = cases.flatMap { $0.biopsies ?? [] }.filter { $0.tissue == .bone }.map(\.result)
    #expect(histology.count { $0.contains("osteomyelitis") } == 6)
    #expect(histology.count { $0.contains("fibrosis") } == 1)
    let positive = cases.flatMap { $0.cultures ?? [] }.filter { $0.result == .positive }.map(\.specimen)
    #expect([positive.count { $0 == .bone }, positive.count { $0 == .blood }] == [1, 2])
    #expect([cases.count { $0.sex == .male }, cases.count { $0.sex == .female }] == [5, 2])
    let ages = cases.compactMap(\.age)
    #expect((Double(ages.reduce(0, +)) / 7 * 10).rounded() / 10 == 56.6)
    #expect([ages.min(), ages.max()] == [42, 80])
    #expect([cases.count { $0.followUps.count == 1 }, cases.count { $0.followUps.count == 3 }] == [5, 2])
    let months = cases.flatMap { $0.followUps.map(\.id.months) }
    #expect([months.min(), months.max(), months.reduce(0, +) / Double(months.count)] == [2, 25, 8])
    #expect(cases.count { ($0.followUps.last?.id.months ?? 0) < 6 } == 3)
    #expect([cases.count { $0.outcome == .improved }, cases.count { $0.outcome == .cured }] == [6, 1])
  }
}
