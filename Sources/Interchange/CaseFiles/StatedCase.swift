// A case as its file states it, before the examinations are put in order.

import ReviewCore

/// An examination with what the publication grades on it.
struct StatedExamination: Hashable, Sendable {
  /// After the baseline; 0 is the baseline.
  var months: Double {
    get { examination.id.months }
    set { examination.id = ExaminationID(months: newValue) }
  }
  var examination = Examination(.baseline)
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
  init(_ patientCase: Case) {
    self.patientCase = patientCase
    let first = patientCase.examination(.baseline).map { StatedExamination(examination: $0) }
    baseline = first == StatedExamination() ? nil : first
    followUps = patientCase.followUps.map { StatedExamination(examination: $0) }
    course = patientCase.course.mapValues { Grade($0) }
  }

  /// The case with its examinations by months, and the published grades apart.
  var file: CaseFile {
    var whole = patientCase
    let stated = [baseline ?? StatedExamination()] + followUps
    whole.examinations = stated.map(\.examination).sorted { $0.id.months < $1.id.months }
    whole.course = course.mapValues(\.value)
    var published: [GradeKey: Grade] = [:]
    for entry in stated {
      for (finding, grade) in entry.published { published[GradeKey(entry.examination.id, finding)] = grade }
    }
    return CaseFile(whole, published: published)
  }
}
