// Picture files into what a study keeps of them: by the child, one after another.

import CaseStore
import Foundation
import Interchange
import KeyImages
import ReviewCore
import TextSafety

/// A picture file, and what a person or a case file says of it.
package struct PictureFile: Sendable {
  package var path: String
  /// From 0.
  package var frame: Int
  package var caseID: CaseID
  package var examination: ExaminationID
  /// Nil for what its timing says.
  package var sequence: MRSequence?
  /// For one whose header does not say.
  package var plane: Plane?
  /// Of the case file that names it: a link that leads out of it is not followed. Nil where a person names the file.
  private var folder: String?

  package init(
    _ path: String, frame: Int = 0, of caseID: CaseID, at examination: ExaminationID, as sequence: MRSequence? = nil,
    plane: Plane? = nil
  ) {
    (self.path, self.frame, self.caseID) = (path, frame, caseID)
    (self.examination, self.sequence, self.plane) = (examination, sequence, plane)
  }

  /// - Parameter path: of the case file that names it.
  init(_ image: CaseImageFile, besides path: String, of caseID: CaseID) {
    let folder = path.folderOfPath
    let (name, frame) = image.parts
    let isWhole = name.hasPrefix("/") || folder.isEmpty
    self.init(
      isWhole ? name : "\(folder)/\(name)", frame: frame, of: caseID, at: image.examination, as: image.sequence,
      plane: image.plane)
    self.folder = folder.isEmpty ? "." : folder
  }

  /// Why it cannot be what was said of it: a header measures its plane, and people name another by mistake. A case file says
  /// the plane of a series, of which single pictures may lie otherwise.
  func contradicts(_ picture: SourcePicture) -> String? {
    guard folder == nil, let plane, let stated = picture.statedPlane, stated != plane else { return nil }
    return "is \(stated.rawValue) by its header, and \(plane.rawValue) was said; correct that, or leave it out"
  }

  /// Why it may not be read, if a link leads elsewhere.
  var outside: String? {
    guard let folder else { return nil }
    let whole = URL(filePath: folder).resolvingSymlinksInPath().path
    let real = URL(filePath: path).resolvingSymlinksInPath().path
    return real.hasPrefix(whole == "/" ? whole : whole + "/")
      ? nil : "is a link that leads out of the folder of the case file; put the picture itself there"
  }
}

extension PictureChild {
  /// Reads files; every one that is refused is told.
  ///
  /// - Parameters:
  ///   - refused: called for each.
  ///   - noted: called where a person and a header say different things, and the person is believed.
  package func newImages(
    _ files: [PictureFile], refused: (Failure) -> Void, noted: (String) -> Void = { _ in }
  ) throws(Failure) -> [NewKeyImage] {
    var images: [NewKeyImage] = []
    for file in files {
      do throws(Failure) {
        images.append(try newImage(file, noted))
      } catch {
        // Where the child itself is missing, no other file will be read.
        guard error.code != .cannotShow else { throw error }
        refused(error)
      }
    }
    return images
  }

  private func newImage(_ file: PictureFile, _ noted: (String) -> Void) throws(Failure) -> NewKeyImage {
    if let words = file.outside { throw Failure(.badData, "\(file.path): \(words)") }
    let picture = try read(file.path, frame: file.frame)
    if let words = file.contradicts(picture) { throw Failure(.badData, "\(file.path): \(words)") }
    guard let (facts, pixels) = picture.kept(at: file.examination, as: file.sequence, plane: file.plane),
      facts.plane != nil
    else {
      let isPlaced = picture.statedPlane ?? file.plane != nil
      let isOfSeries = picture.sequence ?? file.sequence != nil
      let unsaid = [
        isOfSeries ? nil : "of which series it is (--series)", isPlaced ? nil : "in which plane it lies (--plane)",
      ].compactMap(\.self)
      throw Failure(.badData, "\(file.path): does not say \(unsaid.joined(separator: ", nor ")); name it")
    }
    if let timed = picture.sequence, timed != facts.sequence {
      noted("\(file.path): is \(timed.title) by its timing, and is kept as \(facts.sequence.title), as was said")
    }
    return NewKeyImage(
      file.caseID, facts, pixels: pixels, instanceUID: picture.instanceUID,
      frameOfReferenceUID: picture.frameOfReferenceUID, mayHaveText: picture.mayHaveText, name: file.path)
  }
}

extension CaseFile {
  /// The files of its key images.
  ///
  /// - Parameter path: of the case file itself.
  package func pictures(besides path: String) -> [PictureFile] {
    images.map { PictureFile($0, besides: path, of: patientCase.id) }
  }
}
