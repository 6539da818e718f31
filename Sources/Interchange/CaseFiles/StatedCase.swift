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

/// An examination with what the publication grades on it.
struct StatedExamination: Hashable, Sendable {
  /// After the baseline; 0 is the baseline.
  var months: Double {
    get { examination.id.months }
    set { examination.id = ExaminationID(months: newValue) }
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
}

extension StatedCase {
  init(_ patientCase: Case, images: [CaseImageFile] = []) {
    self.patientCase = patientCase
    let first = patientCase.examination(.baseline).map { StatedExamination($0, images) }
    baseline = first == StatedExamination() ? nil : first
    followUps = patientCase.followUps.map { StatedExamination($0, images) }
    course = patientCase.course.mapValues { Grade($0) }
  }

  /// The case with its examinations by months, and the published grades apart.
  var file: CaseFile {
    var whole = patientCase
    let stated = [baseline ?? StatedExamination()] + followUps
    whole.examinations = stated.map(\.whole).sorted { $0.id.months < $1.id.months }
    whole.course = course.mapValues(\.value)
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
