// A case line by line, and the worklist as JSON.

import Foundation
import Interchange
import ReviewCore
import SampleCases
import Testing

struct CaseTextTests {
  private func lines(_ view: CaseView, _ study: Study, _ examination: ExaminationID? = nil) -> [String] {
    CaseText.linear(view, study: study, examination: examination).split(separator: "\n").map(String.init)
  }

  @Test func aPublishedCase() throws {
    let sample = try SampleStudies.published(SampleCases.files)
    let patient = try #require(sample.cases.first { $0.id == "5" })
    let view = CaseView(patientCase: patient, stage: .published, consensus: sample.published["5"])
    let shown = lines(view, sample.study)
    let expected = [
      "study: Vertebral osteomyelitis that was read as metastases",
      "case: 5",
      "sex: male",
      "age: 56 years",
      "symptoms: fever",
      "duration of symptoms: 1 week",
      "original report: misread",
      "biopsy: bone, T11, CT-guided; chronic osteomyelitis, no sign of malignancy",
      "culture 1 of 2: bone, negative",
      "culture 2 of 2: blood, negative",
      "basis of diagnosis: histology",
      "therapy: antibiotic, anti-tuberculous",
      "clinical outcome: cured",
      "examinations: baseline, 5 months, 10.5 months, 25 months",
      "baseline, CE T1W series: sagittal, fat-suppressed, TR/TE 700/12 ms, figure 3B, global enhancement; "
        + "no paraspinal or epidural inflammation",
      "baseline, published, involved bones: whole spine, both ribs",
      "baseline, published, T2W signal: iso + hyper",
      "baseline, published, rim sign: present, in T11",
      "baseline, published, impression: not stated",
      "baseline, derived from published, suggestive of osteomyelitis: met: low T1W met, high T2W met, high STIR met, "
        + "enhancement met",
      "5 months, published, sequential change: not stated",
      "5 months, derived from published by the rule, sequential change: aggravated (mixed): increased in T11, L1, L3, "
        + "new in L4, but decreased in L2",
      "10.5 months, acquisitions: not stated",
      "25 months, published, sequential change: healing (almost healed)",
      "follow-up, healing edge: present, the examination is not stated",
    ]
    #expect(expected.filter { !shown.contains($0) } == [])
    #expect(shown.allSatisfy { $0.contains(": ") })
    #expect(!shown.contains { $0.hasPrefix("10.5 months, derived") || $0.hasPrefix("flag") })
    #expect(lines(view, sample.study, "10.5").filter { $0.hasPrefix("baseline,") || $0.hasPrefix("follow-up,") } == [])
  }

  @Test func aCaseBeingRead() {
    let study = Study(title: "Telling", neutralTitle: "Neutral", isIllustrative: true)
    let patient = Case(id: "9", sex: .female, presentation: Presentation(symptoms: ["a\u{1B}[2J"]))
    let reading = Reading(
      reader: "R1", examination: .baseline, state: .draft,
      grades: [
        GradeKey(.baseline, Codebook.ID.rimSign): Grade(
          .level("present"), note: "faint", image: ImageReference(series: 4, slice: 12), bone: .l3)
      ])
    let view = CaseView(
      patientCase: patient, withheld: Set(Withheld.allCases), stage: .reading, readings: [reading],
      signatures: [SignatureState("R1", isSigned: false), SignatureState("R2", isSigned: true)])
    let shown = lines(view, study)
    #expect(
      Array(shown.prefix(19)) == [
        "study: Neutral",
        "readings: made up for practice",
        "case: 9",
        "title: withheld until you have signed all examinations",
        "sex: female",
        "age: not stated",
        "symptoms: a\u{FFFD}[2J",
        "duration of symptoms: not stated",
        "original report: withheld until you have signed all examinations",
        "biopsy: withheld until you have signed all examinations",
        "culture: withheld until you have signed all examinations",
        "basis of diagnosis: withheld until you have signed all examinations",
        "therapy: withheld until you have signed all examinations",
        "clinical outcome: withheld until you have signed all examinations",
        "stage: reading",
        "reading of R1: not signed",
        "reading of R2: signed",
        "examinations: baseline",
        "later examinations: withheld until you have signed the baseline",
      ])
    #expect(shown.contains("baseline, R1 (draft), rim sign: present, in L3, image 4/12, note: faint"))
    #expect(shown.contains("baseline, R1 (draft), halo sign: not graded"))
  }

  @Test func worklistAsJSON() throws {
    let page = WorklistPage(
      rows: [
        WorklistRow(
          id: "5", position: 2, sex: .male, age: 56, bones: .sites([.wholeSpine, .bone(.ribsLeft)]),
          lesions: .level("multiple"), own: .draft(graded: 3, of: 13), signed: 1, required: 3, stage: .inDiscussion,
          followUps: [5, 10.5], flags: [.shortFollowUp, .abscess])
      ], total: 7)
    #expect(
      try WorklistJSON.text(page, study: "S") == """
        {
          "cases" : [
            {
              "age" : 56,
              "bones" : [
                "whole_spine",
                "ribs_left"
              ],
              "damaged" : false,
              "flags" : [
                "abscess",
                "short-follow-up"
              ],
              "follow_ups" : [
                5,
                10.5
              ],
              "graded" : 3,
              "id" : "5",
              "lesions" : "multiple",
              "of" : 13,
              "position" : 2,
              "required" : 3,
              "sex" : "male",
              "signed" : 1,
              "stage" : "in_discussion",
              "state" : "draft",
              "title" : null
            }
          ],
          "constructed" : false,
          "format" : "endplate-worklist/1",
          "study" : "S",
          "total" : 7
        }

        """)
  }

  @Test func theDescriptionNamesEveryKey() {
    let text = FormatDescription.caseFile
    for key in [
      "format", "id", "presentation", "taken_for", "guidance", "organism", "fat_suppressed", "months", "course",
    ] {
      #expect(text.contains("| `\(key)`"), "\(key)")
    }
    #expect(text.contains("| `sex` | `male`, `female` | the patient's sex |"))
    #expect(text.contains("| `baseline` | [baseline examination](#baseline-examination) |"))
    #expect(FormatDescription.studyFile.contains("| `tr` (required) | range, as `500-700` |"))
  }
}
