// The format of a case file, as a table.

import ReviewCore

package enum CaseSchema {
  package static let format = "endplate-case/1"

  /// Months after the baseline at which an examination may lie.
  static let months: ClosedRange<Double> = 0.1...600

  static let presentation = Schema(
    "presentation",
    [
      SchemaKey("symptoms", .list(.text), "what brought the patient"),
      SchemaKey("duration", .text, "how long, with its unit, as `5 days`"),
    ])

  static let originalReport = Schema(
    "original report",
    [
      SchemaKey("misread", .yesNo, required: true, "whether the first report had misread the images"),
      SchemaKey("taken_for", .text, "what it took them for"),
    ])

  static let biopsy = Schema(
    "biopsy",
    [
      SchemaKey("tissue", .word(Biopsy.Tissue.allCases.map(\.rawValue)), required: true, "what was taken"),
      SchemaKey("site", .text, "where, as stated"),
      SchemaKey("bone", .bone, "the same as a bone of the spine map"),
      SchemaKey("guidance", .text, "as `CT`"),
      SchemaKey("result", .text, required: true, "histology"),
      SchemaKey("remark", .text, "what else is stated of the specimen"),
    ])

  static let culture = Schema(
    "culture",
    [
      SchemaKey("specimen", .word(Culture.Specimen.allCases.map(\.rawValue)), required: true, "what was cultured"),
      SchemaKey("result", .word(Culture.Result.allCases.map(\.rawValue)), required: true, "what came of it"),
      SchemaKey("organism", .text, "what grew, where it is positive"),
    ])

  static let acquisition = Schema(
    "acquisition",
    [
      SchemaKey("sequence", .word(MRSequence.allCases.map(\.rawValue)), required: true, "the pulse sequence"),
      SchemaKey("acquired", .yesNo, "`no` says that it was not acquired; left out it was"),
      SchemaKey("plane", .word(Plane.allCases.map(\.rawValue)), "the plane"),
      SchemaKey("tr", .number(1...100_000), "repetition time in ms"),
      SchemaKey("te", .number(0.1...10_000), "echo time in ms"),
      SchemaKey("ti", .number(1...100_000), "inversion time in ms"),
      SchemaKey("fat_suppressed", .yesNo, "whether fat was suppressed"),
      SchemaKey("figure", .text, "the figure of a publication that shows it"),
      SchemaKey("remark", .text, "what is said of these images"),
    ])

  private static let examinationKeys = [
    SchemaKey("acquisitions", .list(.record(acquisition)), "its series"),
    SchemaKey("remarks", .list(.text), "what is said of the examination as a whole"),
  ]

  /// Why a case file cannot bring the grades of a publication. The case itself is taken, to be graded afresh.
  private static let refusal =
    "‘published’ grades are left out: they come with the embedded sample study only; record grades with "
    + "‘endplate grade’ or in a consensus session"

  private static func published(_ phase: Phase, _ origin: CaseFileReader.Origin) -> SchemaKey {
    SchemaKey(
      "published", .grades(phase), refusal: origin == .embedded ? nil : refusal, leftOut: true,
      "grades stated by the publication")
  }

  static func schema(_ origin: CaseFileReader.Origin) -> Schema {
    let baseline = Schema("baseline examination", examinationKeys + [published(.baseline, origin)])
    let followUp = Schema(
      "follow-up examination",
      [SchemaKey("months", .number(months), required: true, "months after the baseline, as `5` or `10.5`")]
        + examinationKeys + [published(.followUp, origin)])
    return Schema(
      "case",
      [
        SchemaKey("format", .word([format]), required: true, "names the format and its version"),
        SchemaKey("id", .identifier, required: true, "names the case in the study, as `7`"),
        SchemaKey("title", .text, "a short title; withheld while reading if the protocol says so"),
        SchemaKey("sex", .word(Sex.allCases.map(\.rawValue)), "the patient's sex"),
        SchemaKey("age", .whole(0...130), "in years, at the baseline"),
        SchemaKey("presentation", .record(presentation), "symptoms"),
        SchemaKey("original_report", .record(originalReport), "what the first report made of the images"),
        SchemaKey("biopsies", .list(.record(biopsy)), "tissue taken; an empty list `[]` says that none was"),
        SchemaKey("cultures", .list(.record(culture)), "cultures; an empty list `[]` says that there were none"),
        SchemaKey(
          "basis_of_diagnosis", .word(BasisOfDiagnosis.allCases.map(\.rawValue)),
          "on what the diagnosis rests; `therapeutic` is the course under treatment"),
        SchemaKey("therapy", .list(.text), "treatments; an empty list `[]` says that there was none"),
        SchemaKey("outcome", .word(ClinicalOutcome.allCases.map(\.rawValue)), "clinical outcome"),
        SchemaKey("baseline", .record(baseline), "the first examination"),
        SchemaKey("follow_ups", .list(.record(followUp)), "the later examinations"),
        SchemaKey("course", .grades(.followUp), "what is stated of the follow-up without naming the examination"),
      ])
  }
}
