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
  /// - Parameter refused: called with words for each.
  package func newImages(_ files: [PictureFile], refused: (String) -> Void) throws(Failure) -> [NewKeyImage] {
    var images: [NewKeyImage] = []
    for file in files {
      do throws(Failure) {
        images.append(try newImage(file))
      } catch {
        // Where the child itself is missing, no other file will be read.
        guard error.code == .badData, let words = error.words else { throw error }
        refused(words)
      }
    }
    return images
  }

  private func newImage(_ file: PictureFile) throws(Failure) -> NewKeyImage {
    if let words = file.outside { throw Failure(.badData, "\(file.path): \(words)") }
    let picture = try read(file.path, frame: file.frame)
    guard let (facts, pixels) = picture.kept(at: file.examination, as: file.sequence, plane: file.plane) else {
      throw Failure(.badData, "\(file.path): does not say by its timing of which series it is; name it with --series")
    }
    guard facts.plane != nil else {
      throw Failure(.badData, "\(file.path): does not say in which plane it lies; name it with --plane")
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
