// The format of a case file: each key once, bound to what it says of the case.

import ReviewCore

package enum CaseSchema {
  package static let format = "endplate-case/1"

  /// Months after the baseline at which an examination may lie.
  static let months: ClosedRange<Double> = 0.01...600
  /// Days after the baseline of an examination that is stated so.
  static let days = 1...18_000

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
      .required("tissue", \.tissue, .openWord, "what was taken"),
      .optional("site", \.site, .text, "where, as stated"),
      .optional("bone", \.bone, .bone, "the same as a bone of the spine map"),
      .optional("guidance", \.guidance, .text, "as `CT`"),
      .required("result", \.result, .text, "histology"),
      .optional("remark", \.remark, .text, "what else is stated of the specimen"),
    ])

  static let culture = Block(
    "culture", { Culture(.bone, .negative) },
    [
      .required("specimen", \.specimen, .openWord, "what was cultured"),
      .required("result", \.result, .word, "what came of it"),
      .optional("organism", \.organism, .text, "what grew, where it is positive"),
    ]
  ) { culture, places, faults in
    guard culture.result == .negative, places[\.result] != nil, let (name, place) = places[\.organism] else { return }
    faults.add(place, "\(name): the culture is negative; delete the organism, or say positive")
  }

  /// When something was, counted from the baseline.
  private static func times<Root>(
    _ day: WritableKeyPath<Root, Int?> & Sendable, _ months: WritableKeyPath<Root, Double?> & Sendable
  ) -> [BlockKey<Root>] {
    [
      .optional("day", day, .whole(-36_500...36_500), "days after the baseline, before it negative"),
      .optional("months", months, .number(-600...600), "the same in months"),
    ]
  }

  /// A time is said once.
  private static func once<Root>(
    _ places: Block<Root>.Places, _ paths: [PartialKeyPath<Root>], _ faults: inout FaultList
  ) {
    let said = paths.compactMap { places[$0] }
    guard said.count > 1 else { return }
    faults.add(said[1].place, "\(said[1].name): ‘\(said[0].name)’ says when it was already; keep one of them")
  }

  static let value = Block(
    "named value", { StatedValue() },
    [
      .required("name", \.fact.name, .text, "what it is, as `crp`"),
      .required("value", \.fact.value, .text, "as stated, a number in digits"),
      .optional("unit", \.fact.unit, .text, "as stated"),
    ] + times(\.day, \.fact.months) + [
      .optional("date", \.fact.date, .date, "the same as a day of the calendar; see the baseline")
    ]
  ) { value, places, faults in
    value.place = places[\.fact.date]?.place
    once(places, [\.day, \.fact.months, \.fact.date], &faults)
  }

  static let serology = Block(
    "serological test", { Serology("") },
    [
      .required("test", \.test, .text, "its name"),
      .optional("titre", \.titre, .text, "as `1/640`"),
      .optional("result", \.result, .word, "what came of it"),
    ] + times(\.day, \.months)
  ) { _, places, faults in
    once(places, [\.day, \.months], &faults)
  }

  static let pathogen = Block(
    "pathogen", { Pathogen("") },
    [
      .required("species", \.species, .text, "as `Brucella melitensis`"),
      .optional("found", \.found, .text, "how it was found, as `blood culture`"),
    ])

  static let anatomy = Block(
    "anatomy", { Anatomy() },
    [
      .usual(
        "extra", \.extra, .extraBones, unless: [], "vertebrae beside the usual ones: `L6`, a transitional segment"),
      .optional("remark", \.remark, .text, "as stated: `lumbarised S1`"),
    ])

  static let collection = Block(
    "fluid collection", { FluidCollection("") },
    [
      .required("place", \.place, .text, "where, as `epidural`"),
      .optional("side", \.side, .openWord, "of the patient"),
      .optional("level", \.level, .text, "as `C5-C6`"),
      .optional("size", \.size, .size, "one to three lengths"),
      .optional("remark", \.remark, .text, "what else is said of it"),
    ])

  private static func acquisition(_ series: [MRSequence]) -> Block<StatedAcquisition> {
    Block(
      "acquisition", { StatedAcquisition() },
      [
        .required(
          "sequence", \.acquisition.sequence, .series(series),
          "the pulse sequence or other images; with a codebook file its series come first"),
        .usual(
          "acquired", \.acquisition.isAcquired, .yesNo, unless: true,
          "`no` says that it was not acquired; left out it was"),
        .optional("plane", \.acquisition.plane, .word, "the plane"),
        .optional("tr", \.acquisition.tr, .number(1...100_000), "repetition time in ms"),
        .optional("te", \.acquisition.te, .number(0.1...10_000), "echo time in ms"),
        .optional("ti", \.acquisition.ti, .number(1...100_000), "inversion time in ms"),
        .optional("b", \.acquisition.bValues, .numbers(0...20_000), "of diffusion: b in s/mm²"),
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
        \.acquisition.bValues, \.images,
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
      .optional(
        "collections", \.examination.collections, .blocks(collection),
        "fluid; an empty list `[]` says that there was none"),
      .usual(
        "published", \.published, .grades(phase), unless: [:], refusal: refusal("published", origin),
        "grades stated by the publication"),
    ]
  }

  private static func baseline(_ origin: CaseFileReader.Origin, _ series: [MRSequence]) -> Block<StatedExamination> {
    let date = BlockKey<StatedExamination>.optional(
      "date", \.examination.date, .date,
      "its day, from which other days are counted; only the times between are kept, unless the study says `keeps_dates`"
    )
    return Block("baseline examination", { StatedExamination() }, [date] + examination(.baseline, origin, series))
  }

  private static func followUp(_ origin: CaseFileReader.Origin, _ series: [MRSequence]) -> Block<StatedExamination> {
    let when: [BlockKey<StatedExamination>] = [
      .optional(
        "months", \.months, .number(Self.months), "months after the baseline, as `5` or `10.5`; or `day`, or `date`"),
      .optional("day", \.day, .whole(Self.days), "the same in days"),
      .optional("date", \.examination.date, .date, "the same as a day of the calendar; see the baseline"),
    ]
    return Block("follow-up examination", { StatedExamination() }, when + examination(.followUp, origin, series)) {
      stated, places, faults in
      let times: [PartialKeyPath<StatedExamination>] = [\.months, \.day, \.examination.date]
      stated.place = times.lazy.compactMap { places[$0]?.place }.first
      once(places, times, &faults)
      if !times.contains(where: places.says) {
        faults.add(
          places.start, "follow-up examination: it is not said when it was; give ‘months’, ‘day’ or ‘date’")
      }
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
        .optional("anatomy", \.patientCase.anatomy, .block(anatomy), "what differs from the usual spine"),
        .optional("occupation", \.patientCase.occupation, .text, "as stated"),
        .optional("presentation", \.patientCase.presentation, .block(presentation), "symptoms"),
        .optional(
          "original_report", \.patientCase.originalReport, .block(originalReport),
          "what the first report made of the images"),
        .optional(
          "labs", \.labs, .facts(value), "laboratory values over time; a name may be any, and a unit is not guessed"),
        .optional("serology", \.patientCase.serology, .blocks(serology), "tests for antibodies"),
        .optional(
          "biopsies", \.patientCase.biopsies, .blocks(biopsy), "tissue taken; an empty list `[]` says that none was"),
        .optional(
          "cultures", \.patientCase.cultures, .blocks(culture),
          "cultures; an empty list `[]` says that there were none"),
        .optional("pathogens", \.patientCase.pathogens, .blocks(pathogen), "what caused the infection"),
        .optional(
          "basis_of_diagnosis", \.patientCase.basisOfDiagnosis, .openWord,
          "on what the diagnosis rests; `therapeutic` is the course under treatment"),
        .optional(
          "therapy", \.patientCase.therapy, .textsOrNone,
          "treatments, with their doses where stated; an empty list `[]` says that there was none"),
        .optional("surgery", \.patientCase.surgery, .textsOrNone, "operations; `none` says that there was none"),
        .optional("outcome", \.patientCase.outcome, .word, "clinical outcome"),
        .optional(
          "facts", \.facts, .facts(value),
          "what else is stated, each under a name of its own, as `{contact with sheep: yes}`"),
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
      countDays(&stated, &faults)
      var seen: Set<ExaminationID> = []
      for followUp in stated.followUps {
        guard let place = followUp.place, !seen.insert(followUp.examination.id).inserted else { continue }
        faults.add(
          place,
          "\(followUp.examination.day == nil ? "months" : "day"): there are two examinations at "
            + "\(followUp.examination.id.title); merge them, or correct one")
      }
      guard !stated.course.isEmpty, stated.followUps.isEmpty, let (name, place) = places[\.course] else { return }
      faults.add(
        place,
        "\(name): it is graded, but there is no follow-up examination; name one under ‘follow_ups’, or delete the grades"
      )
    }
  }
}

extension CaseSchema {
  /// Days of the calendar become days after the baseline.
  private static func countDays(_ stated: inout StatedCase, _ faults: inout FaultList) {
    let start = stated.baseline?.examination.date.flatMap { Day($0) }
    func days(_ date: String?, _ place: FilePosition?) -> Int? {
      guard let day = date.flatMap({ Day($0) }) else { return nil }
      guard let start else {
        faults.add(
          place ?? .start, "date: the baseline has no date to count from; give it one, or say ‘day’ or ‘months’ here")
        return nil
      }
      return day.number - start.number
    }
    for index in stated.followUps.indices {
      let followUp = stated.followUps[index]
      guard let count = days(followUp.examination.date, followUp.place) else { continue }
      if Self.days.contains(count) {
        stated.followUps[index].lie(days: count)
      } else {
        faults.add(
          followUp.place ?? .start,
          "date: it lies \(count) days after the baseline, and a follow-up lies \(Self.days.lowerBound) to \(Self.days.upperBound) "
            + "days after it; correct one of the dates")
      }
    }
    for path in [\StatedCase.labs, \StatedCase.facts] {
      for index in stated[keyPath: path]?.indices ?? 0..<0 {
        guard let value = stated[keyPath: path]?[index], let count = days(value.fact.date, value.place) else {
          continue
        }
        stated[keyPath: path]?[index].fact.day = count
      }
    }
  }
}
