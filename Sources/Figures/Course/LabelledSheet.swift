// An SVG that remembers where its texts are, so that a test can see that none overlap.

package struct LabelledSheet: Sendable {
  /// A text and the box it may take, in pixels.
  package struct Label: Hashable, Sendable {
    package var text: String
    package var box: Box
  }

  package var svg: SVG
  package private(set) var labels: [Label] = []

  init(_ svg: SVG) {
    self.svg = svg
  }

  mutating func write(
    _ text: String, x: Double, y: Double, size: Double, anchor: SVG.Anchor = .start, fill: String = "#222222",
    bold: Bool = false
  ) {
    svg.text(text, x: x, y: y, size: size, anchor: anchor, fill: fill, bold: bold)
    let width = SVG.textWidth(text, size: size, bold: bold)
    let left = anchor == .start ? x : anchor == .middle ? x - width / 2 : x - width
    labels.append(Label(text: text, box: Box(left, y - size * 0.8, width, size * 1.05)))
  }
}
