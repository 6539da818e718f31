// Key images as PNG: for a handout, where they are looked at, and for a release, where their values count.

import CPixels
import CaseStore
import Interchange
import KeyImages
import ReviewCore

extension ImageShelf {
  /// The pictures that the steps of a case name, by their places in its script; those that there are.
  package func pictures(of subject: TeachingCase, in store: StudyStore) throws -> [Int: HandoutImage] {
    var pictures: [Int: HandoutImage] = [:]
    for (place, step) in subject.script.steps.enumerated() {
      guard let image = step.image,
        let set = try images(
          of: subject.patientCase, at: step.examination, slice: image.slice.map { $0 - 1 }, in: store),
        let frame = set.frames[image.series], let png = frame.png(image.window)
      else { continue }
      pictures[place] = HandoutImage(
        png: png, columns: frame.columns, rows: frame.rows, aspect: frame.aspect, mark: set.mark)
    }
    return pictures
  }
}

extension StudyStore {
  /// The images of some cases, of examinations that this principal may see, with their stored values.
  package func exportedImages(of cases: [Case]) throws -> [ExportedImage] {
    // A frame of reference is named by its first picture: salted hashes of UIDs stay in the study.
    var frames: [String: KeyImageID] = [:]
    return try cases.flatMap { patientCase in
      try images(of: patientCase.id).compactMap { image in
        let frame = image.frameOfReference.map { name in
          let first = frames[name] ?? image.id
          frames[name] = first
          return first.rawValue
        }
        guard let pixels = try pixels(of: image.id, in: patientCase.id),
          let png = GreyPNG.bytes(
            pixels.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, columns: image.columns, rows: image.rows, each: 2,
            text: image.carried(frame: frame))
        else { return nil }
        return ExportedImage(caseID: patientCase.id, facts: image, png: png)
      }
    }
  }
}

extension ImageFrame {
  /// With a window over its stored values, or its own; nil where memory is missing.
  fileprivate func png(_ window: KeyImage.Window?) -> [UInt8]? {
    let window = window.map { GreyWindow(center: $0.center, width: $0.width) } ?? self.window
    let greys = pixels.map { UInt8(window.brightness(Double($0)) * 255) }
    return GreyPNG.bytes(greys, columns: columns, rows: rows, each: 1)
  }
}

private enum GreyPNG {
  /// - Parameters:
  ///   - each: bytes of a pixel, 1 or 2, the high one first.
  ///   - text: what the file says beside its pixels.
  static func bytes(_ greys: [UInt8], columns: Int, rows: Int, each: UInt32, text: String = "") -> [UInt8]? {
    let room = endplate_pixels_room(UInt32(columns), UInt32(rows)) + 512 + text.utf8.count
    var png = [UInt8](repeating: 0, count: room)
    let size = endplate_pixels_png(greys, UInt32(columns), UInt32(rows), each, text, &png, png.count)
    return size > 0 ? Array(png.prefix(size)) : nil
  }
}
