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

  /// Images stand beside the acquisition of their series that is in their plane; without one they bring it.
  @Test func imagesComeBackWithTheirSeries() throws {
    let patientCase = Case(
      id: "1",
      examinations: [
        Examination(
          .baseline, acquisitions: [Acquisition(.stir, plane: .axial), Acquisition(.stir, plane: .sagittal)]),
        Examination("5"),
      ])
    let images = [
      CaseImageFile("images/a b.dcm#3", .baseline, .stir, plane: .sagittal),
      CaseImageFile("images/c.png", "5", .t2w, plane: .coronal),
    ]
    let yaml = try CaseFileWriter.yaml(patientCase, images: images)
    let read = try #require(CaseFileReader.read(file(yaml)).value)
    #expect(read.images == images)
    #expect(read.patientCase.examination("5")?.acquisitions == [Acquisition(.t2w, plane: .coronal)])
    #expect(read.images[0].parts == ("images/a b.dcm", 2))
    #expect(CaseImageFile("a#b.dcm", .baseline, .stir).parts == ("a#b.dcm", 0))
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
