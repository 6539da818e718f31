// Writes SVG: a few elements, text escaped, nothing from elsewhere.

import TextSafety

/// An SVG picture being written. Lengths are CSS pixels, numbers are rounded to hundredths.
package struct SVG: Sendable {
  package enum Anchor: String, Sendable { case start, middle, end }

  package let width: Double
  package let height: Double
  private var defs = ""
  private var elements = ""
  private let title: String
  private let description: String

  /// - Parameters:
  ///   - title: what it is, in a few words.
  ///   - description: what it shows, for people who cannot see it.
  package init(width: Double, height: Double, title: String, description: String) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  /// The picture as a document of its own; inside an HTML page it can stand as it is.
  package var text: String {
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    let view = "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
    return """
      <svg xmlns="http://www.w3.org/2000/svg" \(size) \(view) role="img" font-family="\(Self.font)">
      <title>\(Escape.markup(title))</title>
      <desc>\(Escape.markup(description))</desc>
      \(defs.isEmpty ? "" : "<defs>\n\(defs)</defs>\n")\(elements)</svg>

      """
  }

  package static let font = "Helvetica, Arial, 'DejaVu Sans', sans-serif"

  package mutating func rect(_ box: Box, fill: String, stroke: String? = nil, clip: String? = nil) {
    element(
      "rect",
      [("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)],
      fill: fill, stroke: stroke, clip: clip)
  }

  package mutating func ellipse(
    _ box: Box, fill: String, stroke: String? = nil, dashed: Bool = false, clip: String? = nil
  ) {
    element(
      "ellipse",
      [("cx", box.centre.x), ("cy", box.centre.y), ("rx", box.width / 2), ("ry", box.height / 2)],
      fill: fill, stroke: stroke, dash: dashed ? "2 2" : nil, clip: clip)
  }

  package mutating func line(
    from a: (x: Double, y: Double), to b: (x: Double, y: Double), stroke: String, width: Double = 1, dash: String? = nil
  ) {
    element(
      "line", [("x1", a.x), ("y1", a.y), ("x2", b.x), ("y2", b.y), ("stroke-width", width)], fill: "none",
      stroke: stroke, dash: dash)
  }

  package mutating func polygon(_ points: [(x: Double, y: Double)], fill: String, stroke: String? = nil) {
    let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    elements += "<polygon points=\"\(list)\" fill=\"\(fill)\"\(Self.attribute("stroke", stroke))/>\n"
  }

  package mutating func text(
    _ text: String, x: Double, y: Double, size: Double, anchor: Anchor = .start, fill: String = "#222222",
    bold: Bool = false
  ) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\""
    let look = (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"") + (bold ? " font-weight=\"bold\"" : "")
    elements += "<text \(place)\(look) fill=\"\(fill)\">\(Escape.markup(text))</text>\n"
  }

  /// An ellipse to cut others to. `id` must be unique on the page.
  package mutating func clipEllipse(id: String, _ box: Box) {
    let (x, y) = box.centre
    defs +=
      "<clipPath id=\"\(id)\"><ellipse cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\""
      + " rx=\"\(Self.number(box.width / 2))\" ry=\"\(Self.number(box.height / 2))\"/></clipPath>\n"
  }

  /// Diagonal stripes to fill with. `id` must be unique on the page.
  package mutating func hatch(id: String, _ one: String, _ other: String) {
    defs +=
      "<pattern id=\"\(id)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\""
      + " patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"\(one)\"/>"
      + "<rect width=\"3\" height=\"6\" fill=\"\(other)\"/></pattern>\n"
  }

  private mutating func element(
    _ name: String, _ numbers: [(String, Double)], fill: String, stroke: String?, dash: String? = nil,
    clip: String? = nil
  ) {
    let places = numbers.map { " \($0)=\"\(Self.number($1))\"" }.joined()
    elements +=
      "<\(name)\(places) fill=\"\(fill)\"\(Self.attribute("stroke", stroke))"
      + "\(Self.attribute("stroke-dasharray", dash))\(Self.attribute("clip-path", clip.map { "url(#\($0))" }))/>\n"
  }

  private static func attribute(_ name: String, _ value: String?) -> String { value.map { " \(name)=\"\($0)\"" } ?? "" }

  /// `12`, `12.5`, `12.35`.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let fraction = part == 0 ? "" : part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
    return (hundredths < 0 ? "-" : "") + "\(whole)\(fraction)"
  }

  /// How wide a text may get in common sans-serif faces; rather too much than too little.
  package static func textWidth(_ text: String, size: Double, bold: Bool = false) -> Double {
    let ems = text.unicodeScalars.reduce(0.0) { sum, scalar in
      switch scalar {
      case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ": sum + 0.4
      case "m", "w", "M", "W", "@", "%", "—": sum + 1.0
      case "A"..."Z": sum + 0.8
      default: sum + (scalar.value < 0x2E80 ? 0.65 : 1.05)
      }
    }
    return ems * size * (bold ? 1.12 : 1)
  }
}
