// The key image of a step in a handout: a PNG in the page, and its marks as SVG above it.

import Foundation
import ReviewCore
import TextSafety

/// A picture that was made for a page.
package struct HandoutImage: Hashable, Sendable {
  /// Of the picture as PNG, and its size in pixels.
  package var png: [UInt8]
  package var columns: Int
  package var rows: Int
  /// Height of a pixel against its width.
  package var aspect: Double
  /// What must stand beside it: a phantom says that it is one.
  package var mark: String?

  package init(png: [UInt8], columns: Int, rows: Int, aspect: Double = 1, mark: String? = nil) {
    (self.png, self.columns, self.rows) = (png, columns, rows)
    (self.aspect, self.mark) = (aspect, mark)
  }

  /// - Parameters:
  ///   - isMarked: with the marks, as once the step is revealed.
  ///   - id: of the step, for what is named in the page.
  func figure(_ image: TeachingImage, isMarked: Bool, id: String) -> String {
    let (width, height) = (Double(columns), Double(rows) * aspect)
    let data = Data(png).base64EncodedString()
    let marks = isMarked ? image.marks.map { Self.svg($0, width, height, id: id) }.joined() : ""
    let tip =
      "<defs><marker id=\"tip-\(id)\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"6\" markerHeight=\"6\" "
      + "orient=\"auto-start-reverse\"><path d=\"M0 0 8 4 0 8z\" fill=\"#ffd23f\"/></marker></defs>"
    let picture =
      "<svg viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" aria-label=\"\(Escape.markup(image.alternative))\">"
      + "\(marks.isEmpty ? "" : tip)<image href=\"data:image/png;base64,\(data)\" width=\"\(number(width))\" "
      + "height=\"\(number(height))\" preserveAspectRatio=\"none\"/>\(marks)</svg>\n"
    let caption = [image.words, image.source, mark].compactMap(\.self).joined(separator: ". ")
    return HTML.figure(picture, kind: "image", caption: caption + ".")
  }

  private func number(_ value: Double) -> String { value.decimals(1) }

  private static func svg(_ mark: TeachingImage.Mark, _ width: Double, _ height: Double, id: String) -> String {
    func at(_ percent: Double, _ whole: Double) -> String { (percent / 100 * whole).decimals(1) }
    let line = "fill=\"none\" stroke=\"#ffd23f\" stroke-width=\"\((height / 160).decimals(1))\""
    switch mark.shape {
    case .arrow:
      return "<path d=\"M\(at(mark.toX, width)) \(at(mark.toY, height)) \(at(mark.x, width)) \(at(mark.y, height))\" "
        + "\(line) marker-end=\"url(#tip-\(id))\"/>"
    case .ellipse:
      return "<ellipse cx=\"\(at(mark.x, width))\" cy=\"\(at(mark.y, height))\" "
        + "rx=\"\(at(abs(mark.toX - mark.x), width))\" ry=\"\(at(abs(mark.toY - mark.y), height))\" \(line)/>"
    }
  }
}
