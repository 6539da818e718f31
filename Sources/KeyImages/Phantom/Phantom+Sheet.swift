// A slice of a phantom as the child that writes files takes it.

import Foundation
import ReviewCore

extension Phantom {
  /// Where the first pixel of a slice lies, in DICOM's LPS.
  package func origin(slice: Int) -> [Double] {
    let (field, step) = (anatomy.spine.field, anatomy.spine.field / Double(Self.side))
    return [
      Self.position(slice), anatomy.spine.centerY - field / 2 + step / 2, anatomy.spine.centerZ + field / 2 - step / 2,
    ]
  }

  /// In every study that shows the same case.
  func id(_ sequence: MRSequence, slice: Int) -> KeyImageID {
    KeyImageID("phantom-\(phantom.examination)-\(sequence.rawValue)-\(slice + 1)")
  }

  /// The slice that an image is on; nil where it is of another examination.
  package func slice(of image: KeyImageID) -> Int? {
    (0..<Self.slices).first { slice in MRSequence.allCases.contains { id($0, slice: slice) == image } }
  }

  static func number(_ sequence: MRSequence) -> Int { (MRSequence.allCases.firstIndex(of: sequence) ?? 0) + 1 }

  func geometry(slice: Int) -> ImageGeometry? {
    let step = anatomy.spine.field / Double(Self.side)
    return ImageGeometry(
      position: origin(slice: slice), orientation: [0, 1, 0, 0, 0, -1], rowSpacing: step, columnSpacing: step,
      frameOfReference: "phantom")
  }

  /// Lines of `name value…`, then `pixels` and the stored values.
  package func sheet(_ sequence: MRSequence, _ frame: ImageFrame, slice: Int) -> [UInt8] {
    func numbers(_ values: [Double]) -> String { values.map { String(format: "%.6g", $0) }.joined(separator: " ") }
    let name = "\(phantom.caseID) \(phantom.examination)"
    var lines = [
      "rows \(frame.rows)", "columns \(frame.columns)", "spacing \(numbers([frame.spacing, frame.spacing]))",
      "position \(numbers(origin(slice: slice)))", "orientation 0 1 0 0 0 -1", "thickness 4",
      "window \(numbers([frame.window.center.rounded(), frame.window.width.rounded()]))",
      "series \(Self.number(sequence))", "number \(slice + 1)", "patient PHANTOM-\(phantom.caseID)",
      "study-uid \(Self.uid(name))", "series-uid \(Self.uid("\(name) \(sequence)"))",
      "instance-uid \(Self.uid("\(name) \(sequence) \(slice)"))", "frame-uid \(Self.uid("\(phantom.caseID) frame"))",
      "description \(sequence.title) phantom", "mark \(Self.mark)", "kind \(sequence == .stir ? "IR" : "SE")",
    ]
    let timing = Timing.of(sequence)
    lines += ["tr \(numbers([timing.tr]))", "te \(numbers([timing.te]))"]
    if let ti = timing.ti { lines.append("ti \(numbers([ti]))") }
    if sequence == .contrastEnhancedT1W { lines.append("contrast drawn") }
    return Array((lines.joined(separator: "\n") + "\npixels\n").utf8)
      + frame.pixels.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  /// A UID that the same name always has, under the root for UUIDs (DICOM PS3.5 B.2).
  private static func uid(_ name: String) -> String {
    let lattice = Lattice("endplate phantom \(name)")
    return "2.25." + (1...2).map { String(1_000_000_000 + Int(lattice.value($0, 0) * 8e9)) }.joined()
  }
}
