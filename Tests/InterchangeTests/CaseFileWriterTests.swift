// Writing a case and reading it back gives the same case.

import Interchange
import ReviewCore
import SampleCases
import Testing

struct CaseFileWriterTests {
  private func roundTrip(_ patientCase: Case) throws -> Outcome<CaseFile> {
    CaseFileReader.read(file(try CaseFileWriter.yaml(patientCase)), origin: .embedded)
  }

  @Test func theSevenCases() throws {
    for patientCase in try SampleStudies.published(SampleCases.files).cases {
      #expect(try roundTrip(patientCase) == Outcome(CaseFile(patientCase)))
    }
  }

  @Test func hardTexts() throws {
    let texts = [
      "no", "null", "~", "012", "a: b", "- a", "#x", "x #y", "@x", "*x", "&x", "!x", "'q'", "\"q\"", "[a", "{a", "%a",
      "x\\n",
      "日本語", "e\u{301}", "🦴", "?", "|", ">", "=", "<<", "1:30", " leading", "trailing ", "`x`", "a,b", "---", "...",
    ]
    let hard = Case(
      id: "h.1", title: "null", sex: .female, age: 0, presentation: Presentation(symptoms: texts),
      originalReport: OriginalReport(misread: false, takenFor: "~"), biopsies: [], cultures: [],
      basisOfDiagnosis: .therapeutic, therapy: texts, outcome: .died,
      examinations: [
        Examination(
          .baseline,
          acquisitions: [Acquisition(.stir, isAcquired: false, remark: "yes"), Acquisition(.t2w, tr: 4900.5)],
          remarks: texts),
        Examination("0.5"), Examination("10.5", remarks: ["x"]),
      ],
      course: [
        Codebook.ID.lesionChanges: .map([.t11: "new", .l2: "decreased"]), Codebook.ID.marrow: .notAssessable,
        Codebook.ID.spread: .level("no"),
      ])
    #expect(try roundTrip(hard) == Outcome(CaseFile(hard)))
    let bare = Case(id: "b", presentation: Presentation(symptoms: []))
    #expect(try roundTrip(bare) == Outcome(CaseFile(bare)))
  }
}
