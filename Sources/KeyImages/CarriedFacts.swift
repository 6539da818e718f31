// What a PNG of a release carries beside its pixels, so that it is read back as the image that it was: a text in the file
// under the keyword `Endplate`, a line a value, as the child writes what it reads.

import ReviewCore
import TextSafety

extension KeyImage {
  /// The text for one picture. No UID is in it, and no hash of one.
  ///
  /// - Parameter frame: names its frame of reference among the pictures of a release; nil where its file named none.
  package func carried(frame: String?) -> String {
    func numbers(_ name: String, _ values: [Double]) -> [String] {
      values.isEmpty ? [] : ["\(name) \(values.map(\.plain).joined(separator: " "))"]
    }
    func number(_ name: String, _ value: Double?) -> [String] { numbers(name, value.map { [$0] } ?? []) }
    var lines = ["image \(id.rawValue)", "sequence \(sequence.rawValue)"]
    if let plane { lines.append("plane \(plane.rawValue)") }
    if let rowSpacing, let columnSpacing { lines += numbers("spacing", [rowSpacing, columnSpacing]) }
    if aspect != 1 { lines += number("aspect", aspect) }
    lines += numbers("position", position) + numbers("orientation", orientation)
    for window in windows { lines += numbers("window", [window.center, window.width]) }
    lines += number("tr", tr) + number("te", te) + number("ti", ti)
    lines += number("series", series.map(Double.init)) + number("number", self.number.map(Double.init))
    if let frame { lines.append("frame-of-reference \(frame)") }
    return lines.joined(separator: "\n")
  }
}
