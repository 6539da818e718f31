// Reads a study for the screens, as far as the principal may see it.

import CaseStore
import Figures
import Foundation
import KeyImages
import ReviewCore
import Workstation

struct StudyReader: StudyReading {
  let store: StudyStore
  /// Path of the study file.
  let file: String
  let images: ImageShelf
  /// What this person keeps for themselves.
  let own: LearnerFile

  func overview() throws -> StudyOverview {
    let readers = try store.progress().readers
    let info = try store.info()
    var overview = StudyOverview(
      counts: try store.counts(), signed: readers.reduce(into: [:]) { $0[$1.reader] = $1.signed },
      examinations: info.examinations, file: file)
    overview.signedUnder = info.signedUnder
    overview.assigned = readers.reduce(into: [:]) { $0[$1.reader] = $1.signed + $1.draft + $1.todo }
    return overview
  }

  func progressReport() throws -> ProgressReport {
    ProgressReport(
      progress: try store.progress(), waiting: try store.waitingCases(limit: 200), today: String(Date().utc.prefix(10)))
  }

  func count(_ query: WorklistQuery) throws -> Int { try store.worklist(query, limit: 0).total }

  func index(of id: CaseID, in query: WorklistQuery) throws -> Int? { try store.index(of: id, in: query) }

  func caseView(of id: CaseID) throws -> CaseView { try store.caseView(id) }

  func history(of id: CaseID) throws -> [HistoryLine] {
    try store.history(id).map { HistoryLine(at: $0.isTimed ? String($0.at.utc.dropLast()) : "", event: $0) }
  }

  func courses(_ query: WorklistQuery, offset: Int, limit: Int) throws -> (courses: [Course], total: Int) {
    try store.courses(query, offset: offset, limit: limit)
  }

  func keyImages(
    of patientCase: Case, at examination: ExaminationID, slice: Int?, showing image: KeyImageID?
  ) throws -> KeyImageSet? {
    try images.images(of: patientCase, at: examination, slice: slice, showing: image, in: store)
  }

  func imageOffsets() -> [ImageOffset: Int] { own.imageOffsets() }
}
