// The agreement of a study's readers, as far as the principal may know it: the same for the command and the screen.

import Agreement
import CaseStore
import ReaderAgreement
import ReviewCore

extension StudyStore {
  /// The tables of ratings of the opened cases.
  ///
  /// - Throws: `StoreError`, or `RatingTableError` where the readers' names cannot be told apart.
  package func agreement(_ opened: [OpenedCase]) throws -> StudyAgreement {
    try StudyAgreement(study(), readers: principals().filter { $0.role == .reader }.map(\.id), opened: opened)
  }
}
