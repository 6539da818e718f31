// Key images of the cases of a study: those that it keeps, or else phantoms, made when they are looked at.

import CaseStore
import Interchange
import KeyImages
import ReviewCore
import SampleCases

/// Keeps what the pictures looked at last are made from.
package final class ImageShelf {
  private let study: Study
  private var published: (patientCase: Case, file: CaseFile?)?
  private var drawn: Phantom?
  /// Unpacked, the one looked at last behind: going back and forth between two slices reads nothing.
  private var unpacked: [(id: KeyImageID, pixels: [UInt16])] = []
  private static let kept = 16

  package init(study: Study) { self.study = study }

  /// Nil where there are none, and where nothing is stated of the examination that could be drawn.
  ///
  /// - Parameters:
  ///   - patientCase: as this principal may see it; a withheld examination is not among its own.
  ///   - slice: nil for the one in the middle; where there is no such slice, the last or the first.
  ///   - image: the slice that this one is on comes first, where it is one of them.
  package func images(
    of patientCase: Case, at examination: ExaminationID, slice: Int?, showing image: KeyImageID? = nil,
    in store: StudyStore
  ) throws -> KeyImageSet? {
    guard patientCase.examination(examination) != nil else { return nil }
    let kept = try store.images(of: patientCase.id).filter { $0.examination == examination }
    guard kept.isEmpty else {
      let stack = ImageStack(kept)
      let place = image.flatMap(stack.slice) ?? Self.place(slice ?? stack.middle, of: stack.slices.count)
      return try stack.images(at: examination, slice: place) { image in
        try pixels(of: image.id, patientCase.id, store)
      }
    }
    guard let phantom = try phantom(of: patientCase, at: examination) else { return nil }
    return phantom.images(slice: image.flatMap(phantom.slice) ?? Self.place(slice, of: Phantom.slices))
  }

  private static func place(_ slice: Int?, of count: Int) -> Int { min(count - 1, max(0, slice ?? count / 2)) }

  private func pixels(of image: KeyImageID, _ id: CaseID, _ store: StudyStore) throws -> [UInt16]? {
    if let index = unpacked.firstIndex(where: { $0.id == image }) {
      unpacked.append(unpacked.remove(at: index))
      return unpacked.last?.pixels
    }
    guard let pixels = try store.pixels(of: image, in: id) else { return nil }
    unpacked.append((image, pixels))
    if unpacked.count > Self.kept { unpacked.removeFirst() }
    return pixels
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
