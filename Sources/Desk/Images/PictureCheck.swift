// `endplate check`: the pictures that case files name, as an import would find them.

import Foundation
import Interchange
import KeyImages
import ReviewCore

package enum PictureCheck {
  /// Faults of the pictures, at the line that names them; none of files that name none.
  package static func faults(
    _ files: [InputFile], codebook: Codebook,
    child start: () throws(Failure) -> PictureChild = { () throws(Failure) in try PictureChild() }
  ) -> [Fault] {
    files.flatMap { file -> [Fault] in
      let named = FileCheck.images(file, codebook: codebook)
      guard !named.isEmpty else { return [] }
      let known = Result(catching: start)
      var faults = tooMany(named, file)
      if case .failure(let failure) = known {
        let words = failure.words ?? "endplate-dicom is missing"
        faults.append(Fault(file.name, severity: .warning, "its pictures were not looked into: \(words)"))
      }
      for entry in named where !entry.image.leavesFolder {
        guard let fault = fault(entry.image, beside: file, try? known.get()) else { continue }
        faults.append(
          Fault(
            file.name, at: entry.place, severity: fault.severity,
            "images: ‘\(entry.image.path)’ \(fault.words)"))
      }
      return faults
    }
  }

  private static func tooMany(_ named: [NamedImage], _ file: InputFile) -> [Fault] {
    let most = ImageLimits().perExamination
    return Dictionary(grouping: named, by: \.image.examination).sorted { $0.key.months < $1.key.months }
      .filter { $0.value.count > most }
      .compactMap { examination, images in
        images.dropFirst(most).first.map {
          Fault(
            file.name, at: $0.place, severity: .warning,
            "images: \(examination.title) names \(images.count); a study keeps up to \(most) of an examination, the few that "
              + "matter, unless ‘image_limits’ in its protocol says otherwise")
        }
      }
  }

  private static func fault(
    _ image: CaseImageFile, beside file: InputFile, _ child: PictureChild?
  ) -> (words: String, severity: Fault.Severity)? {
    let picture = PictureFile(image, besides: file.name, of: "")
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: picture.path, isDirectory: &isFolder), !isFolder.boolValue else {
      return ("is not there: put the picture beside this file, or correct its path", .error)
    }
    if let words = picture.outside { return (words, .error) }
    guard let answer = try? child?.reading(picture.path, frame: picture.frame) else { return nil }
    let read: SourcePicture
    switch answer {
    case .success(let picture): read = picture
    case .failure(let refusal): return (refusal.words, .error)
    }
    if read.statedPlane == nil, image.plane == nil {
      return ("does not say in which plane it lies; write ‘plane’ in its series", .error)
    }
    if let timed = read.sequence, timed != image.sequence {
      return (
        "is \(timed.title) by its timing, and stands under \(image.sequence.title); look which is right", .warning
      )
    }
    if read.mayHaveText {
      return (
        "may have text burned into it: look at it with ‘endplate image show’; it is imported with --looked-through",
        .warning
      )
    }
    return nil
  }
}
