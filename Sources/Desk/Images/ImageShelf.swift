// Key images of the cases of a study: phantoms, made when they are looked at.

import Interchange
import KeyImages
import ReviewCore
import SampleCases

/// Keeps what the pictures looked at last are made from.
package final class ImageShelf {
  private let study: Study
  private var published: (patientCase: Case, file: CaseFile?)?
  private var drawn: Phantom?

  package init(study: Study) { self.study = study }

  /// Nil where there are none, and where nothing is stated of the examination that could be drawn.
  ///
  /// - Parameter patientCase: as this principal may see it; a withheld examination is not among its own.
  func images(of patientCase: Case, at examination: ExaminationID, slice: Int) throws -> KeyImageSet? {
    try phantom(of: patientCase, at: examination)?.images(slice: slice)
  }

  /// The phantom of an examination, with the same exceptions.
  package func phantom(of patientCase: Case, at examination: ExaminationID) throws -> Phantom? {
    guard patientCase.examination(examination) != nil, let file = try published(patientCase) else { return nil }
    if drawn?.phantom.caseID != patientCase.id || drawn?.phantom.examination != examination {
      let consensus = Consensus(origin: .published, grades: file.published.mapValues { AgreedGrade($0) })
      drawn = PhantomCase(file.patientCase, published: consensus, at: examination).map { Phantom($0) }
    }
    return drawn
  }

  private func published(_ patientCase: Case) throws -> CaseFile? {
    if let published, published.patientCase == patientCase { return published.file }
    let file = try SampleStudies.published(patientCase, in: study, SampleCases.files)
    published = (patientCase, file)
    return file
  }
}
