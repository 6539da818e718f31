// `endplate check`: the pictures that case files name, as an import would find them.

import Foundation
import Interchange
import KeyImages
import ReviewCore
import TextSafety

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
      // Of what may have text the first of a list is named: of a stack all have it.
      var mayHaveText: [FilePosition: [String]] = [:]
      for entry in named where !entry.image.leavesFolder {
        switch finding(entry.image, beside: file, try? known.get()) {
        case .fault(let words, let severity):
          faults.append(
            Fault(file.name, at: entry.place, severity: severity, "images: ‘\(entry.image.path)’ \(words)"))
        case .text: mayHaveText[entry.place, default: []].append(entry.image.path)
        case .nothing: break
        }
      }
      faults += mayHaveText.sorted { $0.key < $1.key }.map { place, paths in
        let others = paths.count == 1 ? "" : " and \((paths.count - 1).counted("other"))"
        return Fault(
          file.name, at: place, severity: .warning,
          "images: ‘\(paths[0])’\(others) may have text burned in: look with ‘endplate image show’, and import with "
            + "--looked-through if nothing says whose they are")
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

  private enum Finding {
    case fault(String, Fault.Severity)
    case text
    case nothing
  }

  private static func finding(
    _ image: CaseImageFile, beside file: InputFile, _ child: PictureChild?
  ) -> Finding {
    let picture = PictureFile(image, besides: file.name, of: "")
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: picture.path, isDirectory: &isFolder), !isFolder.boolValue else {
      return .fault("is not there: put the picture beside this file, or correct its path", .error)
    }
    if let words = picture.outside { return .fault(words, .error) }
    guard let answer = try? child?.reading(picture.path, frame: picture.frame) else { return .nothing }
    switch answer {
    case .failure(let refusal): return .fault(refusal.words, .error)
    case .success(let read):
      if read.statedPlane == nil, image.plane == nil {
        return .fault("does not say in which plane it lies; write ‘plane’ in its series", .error)
      }
      if let timed = read.sequence, timed != image.sequence {
        let words = "is \(timed.title) by its timing, and stands under \(image.sequence.title); look which is right"
        return .fault(words, .warning)
      }
      return read.mayHaveText ? .text : .nothing
    }
  }
}
