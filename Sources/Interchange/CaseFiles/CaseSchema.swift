// The format of a case file: each key once, bound to what it says of the case.

import ReviewCore

package enum CaseSchema {
  package static let format = "endplate-case/1"

  /// Months after the baseline at which an examination may lie.
  static let months: ClosedRange<Double> = 0.1...600

  static let presentation = Block(
    "presentation", { Presentation(symptoms: []) },
    [
      .usual("symptoms", \.symptoms, .texts, unless: [], "what brought the patient"),
      .optional("duration", \.duration, .text, "how long, with its unit, as `5 days`"),
    ])

  static let originalReport = Block(
    "original report", { OriginalReport(misread: false) },
    [
      .required("misread", \.misread, .yesNo, "whether the first report had misread the images"),
      .optional("taken_for", \.takenFor, .text, "what it took them for"),
    ])

  static let biopsy = Block(
    "biopsy", { Biopsy(.bone, result: "") },
    [
      .required("tissue", \.tissue, .word, "what was taken"),
      .optional("site", \.site, .text, "where, as stated"),
      .optional("bone", \.bone, .bone, "the same as a bone of the spine map"),
      .optional("guidance", \.guidance, .text, "as `CT`"),
      .required("result", \.result, .text, "histology"),
      .optional("remark", \.remark, .text, "what else is stated of the specimen"),
    ])

  static let culture = Block(
    "culture", { Culture(.bone, .negative) },
    [
      .required("specimen", \.specimen, .word, "what was cultured"),
      .required("result", \.result, .word, "what came of it"),
      .optional("organism", \.organism, .text, "what grew, where it is positive"),
    ]
  ) { culture, places, faults in
    guard culture.result == .negative, places[\.result] != nil, let (name, place) = places[\.organism] else { return }
    faults.add(place, "\(name): the culture is negative; delete the organism, or say positive")
  }

  private static func acquisition(_ series: [MRSequence]) -> Block<StatedAcquisition> {
    Block(
      "acquisition", { StatedAcquisition() },
      [
        .required(
          "sequence", \.acquisition.sequence, .series(series),
          "the pulse sequence; with a codebook file one of its series"),
        .usual(
          "acquired", \.acquisition.isAcquired, .yesNo, unless: true,
          "`no` says that it was not acquired; left out it was"),
        .optional("plane", \.acquisition.plane, .word, "the plane"),
        .optional("tr", \.acquisition.tr, .number(1...100_000), "repetition time in ms"),
        .optional("te", \.acquisition.te, .number(0.1...10_000), "echo time in ms"),
        .optional("ti", \.acquisition.ti, .number(1...100_000), "inversion time in ms"),
        .optional("fat_suppressed", \.acquisition.fatSuppressed, .yesNo, "whether fat was suppressed"),
        .optional("figure", \.acquisition.figure, .text, "the figure of a publication that shows it"),
        .optional("remark", \.acquisition.remark, .text, "what is said of these images"),
        .usual(
          "images", \.images, .texts, unless: [],
          "key images: DICOM or PNG files, by their paths from this file; `stack.dcm#3` is the third of a stack"),
      ]
    ) { stated, places, faults in
      stated.place = places[\.images]?.place
      for path in stated.images where CaseImageFile.leavesFolder(path) {
        guard let (name, place) = places[\.images] else { break }
        faults.add(place, "\(name): ‘\(path)’ leads out of the folder of this file; put the picture beside it")
      }
      guard !stated.acquisition.isAcquired else { return }
      let times: [PartialKeyPath<StatedAcquisition>] = [
        \.acquisition.plane, \.acquisition.tr, \.acquisition.te, \.acquisition.ti, \.acquisition.fatSuppressed,
        \.images,
      ]
      guard let (name, place) = times.lazy.compactMap({ places[$0] }).first else { return }
      faults.add(place, "\(name): the sequence was not acquired; delete ‘\(name)’, or ‘acquired: no’")
    }
  }

  /// Why a case file cannot bring the grades of a publication. The case itself is taken, to be graded afresh.
  private static func refusal(_ key: String, _ origin: CaseFileReader.Origin) -> String? {
    origin == .embedded
      ? nil
      : "‘\(key)’ grades are left out: they come with the embedded sample study only; record grades with "
        + "‘endplate grade’ or in a consensus session"
  }

  private static func examination(
    _ phase: Phase, _ origin: CaseFileReader.Origin, _ series: [MRSequence]
  ) -> [BlockKey<StatedExamination>] {
    [
      .usual("acquisitions", \.acquisitions, .blocks(acquisition(series)), unless: [], "its series"),
      .usual(
        "remarks", \.examination.remarks, .texts, unless: [], "what is said of the examination as a whole"),
      .usual(
        "published", \.published, .grades(phase), unless: [:], refusal: refusal("published", origin),
        "grades stated by the publication"),
    ]
  }

  private static func baseline(_ origin: CaseFileReader.Origin, _ series: [MRSequence]) -> Block<StatedExamination> {
    Block("baseline examination", { StatedExamination() }, examination(.baseline, origin, series))
  }

  private static func followUp(_ origin: CaseFileReader.Origin, _ series: [MRSequence]) -> Block<StatedExamination> {
    let months = BlockKey<StatedExamination>.required(
      "months", \.months, .number(Self.months), "months after the baseline, as `5` or `10.5`")
    return Block("follow-up examination", { StatedExamination() }, [months] + examination(.followUp, origin, series)) {
      stated, places, _ in
      stated.place = places[\.months]?.place
    }
  }

  /// - Parameter series: those that the study's codebook reads.
  static func file(
    _ origin: CaseFileReader.Origin, series: [MRSequence] = MRSequence.allCases
  ) -> Block<StatedCase> {
    Block(
      "case", { StatedCase() },
      [
        .required("format", \.format, .onlyWord(format), "names the format and its version"),
        .required("id", \.patientCase.id, .identifier, "names the case in the study, as `7`"),
        .optional(
          "title", \.patientCase.title, .text, "a short title; withheld while reading if the protocol says so"),
        .optional("sex", \.patientCase.sex, .word, "the patient's sex"),
        .optional("age", \.patientCase.age, .whole(0...130), "in years, at the baseline"),
        .optional("presentation", \.patientCase.presentation, .block(presentation), "symptoms"),
        .optional(
          "original_report", \.patientCase.originalReport, .block(originalReport),
          "what the first report made of the images"),
        .optional(
          "biopsies", \.patientCase.biopsies, .blocks(biopsy), "tissue taken; an empty list `[]` says that none was"),
        .optional(
          "cultures", \.patientCase.cultures, .blocks(culture),
          "cultures; an empty list `[]` says that there were none"),
        .optional(
          "basis_of_diagnosis", \.patientCase.basisOfDiagnosis, .word,
          "on what the diagnosis rests; `therapeutic` is the course under treatment"),
        .optional(
          "therapy", \.patientCase.therapy, .texts, "treatments; an empty list `[]` says that there was none"),
        .optional("outcome", \.patientCase.outcome, .word, "clinical outcome"),
        .optional("baseline", \.baseline, .block(baseline(origin, series)), "the first examination"),
        .usual("follow_ups", \.followUps, .blocks(followUp(origin, series)), unless: [], "the later examinations"),
        .optional(
          "given", \.patientCase.given, .given,
          "facts that the study's codebook file declares, as `pain: {T12: mechanical}`"),
        .usual(
          "course", \.course, .grades(.followUp), unless: [:], refusal: refusal("course", origin),
          "what is stated of the follow-up without naming the examination"),
      ]
    ) { stated, places, faults in
      var seen: Set<ExaminationID> = []
      for followUp in stated.followUps {
        guard let place = followUp.place, !seen.insert(followUp.examination.id).inserted else { continue }
        faults.add(
          place, "months: there are two examinations at \(followUp.examination.id.title); merge them, or correct one")
      }
      guard !stated.course.isEmpty, stated.followUps.isEmpty, let (name, place) = places[\.course] else { return }
      faults.add(
        place,
        "\(name): it is graded, but there is no follow-up examination; name one under ‘follow_ups’, or delete the grades"
      )
    }
  }
}
