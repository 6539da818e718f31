// What a published report states of a patient, from the file and back, and into every text.

import Foundation
import Interchange
import ReviewCore
import Testing

@Suite struct StatedFactsTests {
  private func report(_ extra: String = "") throws -> InputFile {
    let url = Bundle.module.bundleURL.appendingPathComponent("inputs/what-a-report-states.yaml")
    return InputFile(name: "report.yaml", bytes: Array(try Data(contentsOf: url)) + Array(extra.utf8))
  }

  /// A case of a few lines.
  private func read(_ lines: String) -> Outcome<CaseFile> {
    CaseFileReader.read(InputFile(name: "a.yaml", bytes: Array("format: endplate-case/1\nid: a\n\(lines)\n".utf8)))
  }

  @Test func nothingOfTheReportIsLost() throws {
    let outcome = CaseFileReader.read(try report())
    #expect(outcome.faults.isEmpty, "\(outcome.faults)")
    let patient = try #require(outcome.value).patientCase
    #expect(patient.occupation == "teacher" && patient.presentation?.duration == "2 months")
    #expect(patient.presentation?.symptoms.count == 4)
    #expect(
      patient.labs == [
        StatedFact("crp", "64", day: 0), StatedFact("esr", "70", day: 0), StatedFact("wbc", "9.1", day: 0),
        StatedFact("crp", "5", day: 30), StatedFact("esr", "20", day: 30),
      ])
    #expect(patient.serology == [Serology("Wright", titre: "1/640")])
    #expect(patient.biopsies == [] && patient.surgery == [])
    #expect(
      patient.cultures == [
        Culture(.blood, .positive, organism: "Brucella melitensis"),
        Culture(Culture.Specimen(rawValue: "pus"), .negative),
      ])
    #expect(patient.basisOfDiagnosis?.rawValue == "serology" && patient.outcome == .cured)
    #expect(patient.therapy == ["rifampin 600 mg/d, 12 weeks", "doxycycline", "gentamicin 7 days"])
    // Days of the calendar are counted; the second follow-up lies 214 days after the first of January's second.
    #expect(patient.examinations.map(\.id) == [.baseline, "1.5", "7"])
    #expect(patient.examination("7")?.day == 214)
    let baseline = try #require(patient.examination(.baseline))
    #expect(baseline.acquisitions.map(\.sequence.rawValue) == ["t1w", "dwi", "ct"])
    #expect(baseline.acquisitions[1].bValues == [800] && baseline.acquisitions[1].plane == .axial)
    #expect(baseline.remarks == ["epidural collection C5-C6, 5 x 20 mm, cord compression"])
  }

  /// Everything that can be stated, each in every form.
  private static let all = """
    anatomy: {extra: [L6], remark: lumbarised S1}
    occupation: farmer
    labs:
      - {name: CRP, value: "<5", unit: mg/l, day: -3}
      - {months: 1.5, esr: 20}
      - {date: 2020-02-01, wbc: 9.1}
      - {procalcitonin: 0.1}
    serology:
      - {test: Rose Bengal, result: positive, day: 2}
      - {test: Wright, titre: 1/640, months: 3}
    biopsies: [{tissue: disk, result: granuloma, bone: L6}, {tissue: ligamentum flavum, result: normal}]
    cultures: [{specimen: cerebrospinal fluid, result: negative}]
    pathogens: [{species: Brucella melitensis, found: blood culture}, {species: Staphylococcus aureus}]
    basis_of_diagnosis: PCR of tissue
    therapy: none
    surgery: [laminectomy L4, drainage]
    facts: [{contact with sheep: yes, diabetes: no}, {name: weight, value: "62", unit: kg, day: 0}]
    baseline:
      date: 2020-01-02
      acquisitions: [{sequence: dwi, b: [0, 400, 800]}, {sequence: adc}, {sequence: pet, acquired: no}]
      collections:
        - {place: psoas, side: left, level: L4-L6, size: 5 x 20 x 7.5 mm, remark: rim enhances}
        - {place: epidural, size: 2.5 cm}
    follow_ups:
      - {day: 12, collections: []}
      - {date: 2020-08-03}
      - {months: 12}
    """

  @Test func everythingComesBackFromItsOwnFile() throws {
    let outcome = read(Self.all)
    let patient = try #require(outcome.value, "\(outcome.faults)").patientCase
    #expect(outcome.faults.isEmpty, "\(outcome.faults)")
    for given in [patient, patient.withoutDates] {
      let yaml = try CaseFileWriter.yaml(given)
      #expect(CaseFileReader.read(file(yaml)) == Outcome(CaseFile(given)), "\(yaml)")
      #expect(try JSONDecoder().decode(Case.self, from: JSONEncoder().encode(given)) == given)
    }
    #expect(try !CaseFileWriter.yaml(patient.withoutDates).contains("2020"))
    #expect(patient.withoutDates.labs?.map(\.day) == [-3, nil, 30, nil])
    #expect(patient.examinations.map(\.id.rawValue) == ["baseline", "0.39", "7", "12"])
    #expect(patient.examination(.baseline)?.collections?.map(\.size) == [[5, 20, 7.5], [25]])
    #expect(patient.examination("0.39")?.collections == [] && patient.therapy == [])
  }

  @Test func aCaseThatStatesNoneOfItIsKeptAsItAlwaysWas() throws {
    // The document of a case of before has none of the new keys, so that no digest differs.
    let json = String(decoding: try JSONEncoder().encode(Case(id: "1")), as: UTF8.self)
    for key in ["labs", "serology", "occupation", "anatomy", "collections", "day", "bValues", "facts"] {
      #expect(!json.contains("\"\(key)\""), "\(json)")
    }
  }

  @Test(arguments: [
    ("labs: [{day: 0}]", 3, "labs: nothing is named here; write it as {day: 0, crp: 64}"),
    ("labs: [{dday: 0, crp: 1}]", 3, "labs: there is no key ‘dday’; did you mean ‘day’?"),
    ("labs: [{day: 0, months: 1, crp: 1}]", 3, "months: ‘day’ says when it was already; keep one of them"),
    ("labs: [{value: 3, day: 0}]", 3, "labs: ‘value’ stands with ‘name’"),
    ("labs: {crp: 64}", 3, "labs: expected a list"),
    ("labs: [{day: x, crp: 1}]", 3, "day: ‘x’ is not a whole number"),
    (
      "labs: [{date: 2020-01-03, crp: 1}]", 3, "date: the baseline has no date to count from; give it one, or say ‘day’"
    ),
    ("baseline: {date: 2020-02-30}", 3, "date: ‘2020-02-30’ is not a day; write it as 2020-01-02"),
    ("baseline: {date: 2020-02-02}\nfollow_ups:\n  - date: 2020-02-01", 5, "date: it lies -1 days after the baseline"),
    ("follow_ups: [{remarks: [x]}]", 3, "it is not said when it was; give ‘months’, ‘day’ or ‘date’"),
    ("follow_ups:\n  - months: 1\n    day: 3", 5, "day: ‘months’ says when it was already"),
    ("follow_ups:\n  - day: 45\n  - day: 46", 5, "day: there are two examinations at 1.5 months"),
    ("baseline: {acquisitions: [{sequence: dwii}]}", 3, "there is no ‘dwii’; did you mean ‘dwi’?"),
    ("baseline: {acquisitions: [{sequence: dwi, b: high}]}", 3, "b: ‘high’ is not a number"),
    ("baseline: {collections: [{place: psoas, size: large}]}", 3, "size: ‘large’ is not a size; write it as 5 x 20 mm"),
    ("baseline: {collections: [{place: psoas, size: 0 mm}]}", 3, "size: 0 lies outside 0.1 to 2000 mm"),
    ("cultures: [{specimen: blod, result: negative}]", 3, "there is no ‘blod’; did you mean ‘blood’?"),
    ("biopsies: [{tissue: bone, bone: L6, result: x}]", 3, "; a case file declares L6 as"),
    ("anatomy: {extra: [L7]}", 3, "extra: there is no ‘L7’"),
  ])
  func whatCannotBeHeldIsNamed(lines: String, line: Int, words: String) throws {
    let faults = read(lines).faults
    #expect(faults.contains { $0.line == line && $0.message.contains(words) }, "\(faults)")
  }

  @Test func textsAndJSONSayAllOfIt() throws {
    let patient = try #require(read(Self.all).value).patientCase.withoutDates
    var view = CaseView(patientCase: patient, stage: .opened)
    let study = Study(title: "T")
    let lines = Set(CaseText.linear(view, study: study).split(separator: "\n").map(String.init))
    for line in [
      "anatomy: L6; lumbarised S1", "occupation: farmer", "laboratory 1 of 4: day -3: CRP <5 mg/l",
      "laboratory 2 of 4: 1.5 months: esr 20", "laboratory 3 of 4: day 30: wbc 9.1",
      "laboratory 4 of 4: procalcitonin 0.1",
      "serology 1 of 2: Rose Bengal positive, day 2", "serology 2 of 2: Wright 1/640, 3 months",
      "biopsy 2 of 2: ligamentum flavum; normal", "culture: cerebrospinal fluid, negative",
      "pathogen 1 of 2: Brucella melitensis (blood culture)", "basis of diagnosis: PCR of tissue", "therapy: none",
      "surgery 1 of 2: laminectomy L4", "fact 1 of 2: contact with sheep yes, diabetes no",
      "fact 2 of 2: day 0: weight 62 kg",
      "baseline, DWI series: b 0, 400, 800", "baseline, PET series: not acquired",
      "baseline, collection: psoas, left, L4-L6, 5 × 20 × 7.5 mm, rim enhances", "0.39 months, stated as: day 12",
    ] { #expect(lines.contains(line), "\(line)") }
    let json = CaseJSON.text(view, study: study)
    for part in [
      "\"occupation\" : \"farmer\"", "\"titre\" : \"1/640\"", "\"extra\" : [\n        \"L6\"", "\"level\" : \"L4-L6\"",
    ] {
      #expect(json.contains(part), "\(part): \(json)")
    }
    // What nobody stated has no line, nor what is withheld: one would tell that it is stated.
    view.patientCase = Case(id: "1")
    #expect(!CaseText.linear(view, study: study).contains("laboratory"))
    view.withheld = [.labs]
    #expect(!CaseText.linear(view, study: study).contains("laboratory"))
    #expect(CaseJSON.text(view, study: study).contains("\"labs\""))
  }
}
