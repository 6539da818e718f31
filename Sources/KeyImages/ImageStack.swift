// The images that a study keeps of an examination, put side by side where they show the same place.

import ReviewCore
import TextSafety

package struct ImageStack: Hashable, Sendable {
  /// What is shown at one place: at most one image of each series.
  package struct Slice: Hashable, Sendable {
    package fileprivate(set) var images: [MRSequence: KeyImage] = [:]
    /// Along the normal of its plane, in millimetres; nil where the files do not say.
    fileprivate(set) var place: Double?
    fileprivate(set) var plane: Plane?
  }

  package let slices: [Slice]
  /// The one in the middle of the plane that comes first.
  package let middle: Int
  /// Those of which there is an image, in the order of a protocol.
  package let series: [MRSequence]

  /// Images of a case as a person looks for them: by examination as they come, then series by series along the patient.
  package static func inOrder(_ images: [KeyImage]) -> [KeyImage] {
    var examinations: [ExaminationID] = []
    for image in images where !examinations.contains(image.examination) { examinations.append(image.examination) }
    return examinations.flatMap { examination in
      let stack = ImageStack(images.filter { $0.examination == examination })
      return stack.series.flatMap { series in stack.slices.compactMap { $0.images[series] } }
    }
  }

  /// - Parameter images: of one examination. Of those in the sagittal plane, by position in the patient from the right;
  ///   then other planes; then, in the order in which they were added, those whose files do not say where they lie.
  package init(_ images: [KeyImage]) {
    let found = Set(images.map(\.sequence))
    let known = MRSequence.allCases.filter(found.contains)
    series = known + found.subtracting(known).sorted { $0.rawValue < $1.rawValue }
    var planes: [(normal: ImageGeometry, images: [KeyImage])] = []
    var unplaced: [KeyImage] = []
    for image in images {
      guard let geometry = image.geometry else {
        unplaced.append(image)
        continue
      }
      let known = planes.firstIndex { $0.normal.isParallel(to: geometry) }
      if let known { planes[known].images.append(image) } else { planes.append((geometry, [image])) }
    }
    let ordered = planes.enumerated().sorted { a, b in
      let (x, y) = (a.element.images, b.element.images)
      let (first, second) = (x.first?.plane == .sagittal, y.first?.plane == .sagittal)
      return first != second ? first : (y.count, a.offset) < (x.count, b.offset)
    }
    let placed = ordered.map { Self.slices($0.element.images, along: $0.element.normal.normal) }
    slices = placed.flatMap(\.self) + Self.inTurn(unplaced)
    middle = (placed.first ?? slices).count / 2
  }

  /// Series are often taken some millimetres off each other: what lies within half a gap is the same place.
  private static func slices(_ images: [KeyImage], along normal: PatientPoint) -> [Slice] {
    let placed = images.map { image in (place: image.origin.dot(normal), image: image) }.sorted { $0.place < $1.place }
    var gap = 6.0
    for (sequence, of) in Dictionary(grouping: placed, by: \.image.sequence) where !sequence.rawValue.isEmpty {
      for (one, next) in zip(of, of.dropFirst()) where next.place - one.place > 0.1 {
        gap = min(gap, next.place - one.place)
      }
    }
    var slices: [Slice] = []
    for (place, image) in placed {
      let isNear = slices.last?.place.map { place - $0 < gap / 2 } ?? false
      if !isNear || slices.last?.images[image.sequence] != nil {
        slices.append(Slice(place: place, plane: image.plane))
      }
      slices[slices.count - 1].images[image.sequence] = image
    }
    return slices
  }

  private static func inTurn(_ images: [KeyImage]) -> [Slice] {
    var slices: [Slice] = []
    for (sequence, of) in Dictionary(grouping: images, by: \.sequence) {
      for (turn, image) in of.enumerated() {
        if turn == slices.count { slices.append(Slice(plane: image.plane)) }
        slices[turn].images[sequence] = image
      }
    }
    return slices
  }

  /// The slice that an image is on; nil where it is none of these.
  package func slice(of image: KeyImageID) -> Int? {
    slices.firstIndex { $0.images.values.contains { $0.id == image } }
  }

  /// What is shown at one place, once the pixels are there.
  ///
  /// - Returns: nil for a slice that there is not.
  package func images(
    at examination: ExaminationID, slice: Int, pixels: (KeyImage) throws -> [UInt16]?
  ) rethrows -> KeyImageSet? {
    guard slices.indices.contains(slice) else { return nil }
    let shown = slices[slice]
    var frames: [MRSequence: ImageFrame] = [:]
    for (sequence, image) in shown.images {
      if let values = try pixels(image), values.count == image.columns * image.rows {
        frames[sequence] = image.frame(values)
      }
    }
    let words = series.compactMap { shown.images[$0]?.words }
    return KeyImageSet(
      examination: examination, slice: slice, slices: slices.count, place: shown.title, frames: frames,
      series: series, words: words, mark: nil)
  }
}

extension ImageStack.Slice {
  /// `sagittal, at 5 mm`.
  fileprivate var title: String {
    let plane = plane?.rawValue ?? "plane not stated"
    guard let place else { return plane }
    return "\(plane), at \(place.decimals(0)) mm"
  }
}

extension ImageGeometry {
  /// Within 5°, and comparable at all.
  fileprivate func isParallel(to other: ImageGeometry) -> Bool {
    frameOfReference == other.frameOfReference && normal.dot(other.normal) > 0.996
  }
}

extension KeyImage {
  /// Nil where its file does not say where it lies.
  package var geometry: ImageGeometry? {
    guard let rowSpacing, let columnSpacing else { return nil }
    return ImageGeometry(
      position: position, orientation: orientation, rowSpacing: rowSpacing, columnSpacing: columnSpacing,
      frameOfReference: frameOfReference)
  }

  fileprivate var origin: PatientPoint {
    position.count == 3 ? PatientPoint(position[0], position[1], position[2]) : PatientPoint(0, 0, 0)
  }

  package func frame(_ pixels: [UInt16]) -> ImageFrame {
    let top = Double(pixels.max() ?? 1)
    let windows = windows.map { GreyWindow(center: $0.center, width: $0.width) }
    return ImageFrame(
      columns: columns, rows: rows, pixels: pixels, spacing: rowSpacing ?? 0, position: 0,
      window: windows.first ?? GreyWindow(center: top / 2, width: max(1, top)),
      otherWindows: Array(windows.dropFirst()),
      aspect: aspect, id: id, geometry: geometry, reference: reference)
  }

  /// Series and image as their file numbers them.
  package var reference: ImageReference? {
    guard let series, let number else { return nil }
    return ImageReference("\(series)/\(number)")
  }

  /// `STIR, sagittal, 192 × 96, 3000/60/150`: what somebody is told who cannot see it.
  package var words: String {
    let timing = [tr, te, ti].compactMap { $0?.plain }.joined(separator: "/")
    let parts = [sequence.title, plane?.rawValue ?? "plane not stated", "\(columns) × \(rows)", timing]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
