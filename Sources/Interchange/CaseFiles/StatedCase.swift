// A case as its file states it, before the examinations are put in order.

import ReviewCore

/// A series with the files of its key images.
struct StatedAcquisition: Hashable, Sendable {
  var acquisition = Acquisition(.t1w)
  var images: [String] = []
  /// Where the file names them; nil where it names none.
  var place: FilePosition?
}

/// A key image with the place where a case file names it.
package struct NamedImage: Hashable, Sendable {
  package var image: CaseImageFile
  package var place: FilePosition
}

/// A named value with the place where its day stands.
struct StatedValue: Hashable, Sendable {
  var fact = StatedFact("", "")
  /// Nil where a day of the calendar says it.
  var day: Int? {
    get { fact.date == nil ? fact.day : nil }
    set { fact.day = newValue }
  }
  var place: FilePosition?
}

/// An examination with what the publication grades on it.
struct StatedExamination: Hashable, Sendable {
  /// After the baseline; 0 is the baseline.
  /// Nil where it is stated in days.
  var months: Double? {
    get { examination.day == nil ? examination.id.months : nil }
    set { if let newValue { examination.id = ExaminationID(months: newValue) } }
  }
  /// Days after the baseline; nil where it is stated in months, or a day of the calendar says it.
  var day: Int? {
    get { examination.date == nil ? examination.day : nil }
    set { if let newValue { lie(days: newValue) } }
  }

  /// Puts it some days after the baseline.
  mutating func lie(days: Int) {
    examination.day = days
    examination.id = ExaminationID(months: Self.months(days: days))
  }

  /// As an examination is named: with one decimal from a month on, before that with two.
  static func months(days: Int) -> Double {
    let months = Double(days) / (365.25 / 12)
    let steps = months < 1 ? 100.0 : 10.0
    return (months * steps).rounded() / steps
  }
  /// Without its series, which are `acquisitions`.
  var examination = Examination(.baseline)
  var acquisitions: [StatedAcquisition] = []
  var published: [FindingID: Grade] = [:]
  /// Where the file says when it took place; nil for the baseline, and where it does not.
  var place: FilePosition?
}

struct StatedCase: Sendable {
  var format = CaseSchema.format
  var patientCase = Case(id: "")
  var baseline: StatedExamination?
  var followUps: [StatedExamination] = []
  var course: [FindingID: Grade] = [:]
  var labs: [StatedValue]?
  var facts: [StatedValue]?
}

extension StatedCase {
  init(_ patientCase: Case, images: [CaseImageFile] = []) {
    self.patientCase = patientCase
    let first = patientCase.examination(.baseline).map { StatedExamination($0, images) }
    baseline = first == StatedExamination() ? nil : first
    followUps = patientCase.followUps.map { StatedExamination($0, images) }
    course = patientCase.course.mapValues { Grade($0) }
    labs = patientCase.labs.map { $0.map { StatedValue(fact: $0) } }
    facts = patientCase.facts.map { $0.map { StatedValue(fact: $0) } }
  }

  /// The case with its examinations by months, and the published grades apart.
  var file: CaseFile {
    var whole = patientCase
    let stated = [baseline ?? StatedExamination()] + followUps
    whole.examinations = stated.map(\.whole).sorted { $0.id.months < $1.id.months }
    whole.course = course.mapValues(\.value)
    whole.labs = labs?.map(\.fact)
    whole.facts = facts?.map(\.fact)
    var published: [GradeKey: Grade] = [:]
    for entry in stated {
      for (finding, grade) in entry.published { published[GradeKey(entry.examination.id, finding)] = grade }
    }
    return CaseFile(whole, published: published, images: stated.flatMap(\.images))
  }
}

extension StatedExamination {
  /// With the images of each series beside the first acquisition of it in their plane, or the first at all.
  init(_ examination: Examination, _ images: [CaseImageFile]) {
    self.examination = examination
    self.examination.acquisitions = []
    acquisitions = examination.acquisitions.map { StatedAcquisition(acquisition: $0) }
    for image in images where image.examination == examination.id {
      let of = acquisitions.indices.filter {
        acquisitions[$0].acquisition.sequence == image.sequence && acquisitions[$0].acquisition.isAcquired
      }
      let place = of.first { acquisitions[$0].acquisition.plane == image.plane } ?? of.first
      if place == nil {
        acquisitions.append(StatedAcquisition(acquisition: Acquisition(image.sequence, plane: image.plane)))
      }
      acquisitions[place ?? acquisitions.count - 1].images.append(image.path)
    }
  }

  /// The files of its images with the places where they are named.
  var named: [NamedImage] {
    acquisitions.flatMap { stated in
      stated.images.map {
        NamedImage(
          image: CaseImageFile($0, examination.id, stated.acquisition.sequence, plane: stated.acquisition.plane),
          place: stated.place ?? .start)
      }
    }
  }

  fileprivate var whole: Examination {
    var whole = examination
    whole.acquisitions = acquisitions.map(\.acquisition)
    return whole
  }

  fileprivate var images: [CaseImageFile] { named.map(\.image) }
}
