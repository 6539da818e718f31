// The lesion picture as SVG: the geometry of the terminal's picture, drawn with smooth edges.

import ReviewCore

extension LesionPicture {
  private static let tile = Box(0, 0, 30, 28)
  private static let scale = 5.0

  /// One picture a sequence, side by side, each under its label. Ids inside begin with `id`, so that several pictures
  /// can stand in one HTML page.
  ///
  /// - Parameter alternative: the picture in words, where its own words would name what is still to be graded.
  package func svg(id: String = "lesion", alternative: String? = nil) -> String {
    let (wide, high) = (Self.tile.width * Self.scale, Self.tile.height * Self.scale)
    let gap = 12.0
    var svg = SVG(
      width: Double(sequences.count) * (wide + gap) - (sequences.isEmpty ? 0 : gap), height: high + 22,
      title: "Lesion picture", description: alternative ?? textAlternative)
    for (index, sequence) in sequences.enumerated() {
      let x = Double(index) * (wide + gap)
      let words = "\(sequence.shortTitle) \(appearance.inside(on: sequence))"
      let fits = SVG.textWidth(words, size: 12, bold: true) <= wide
      let glyphs = "\(sequence.shortTitle) \(appearance.glyphs(on: sequence))"
      let label = unnamed.contains(sequence) ? sequence.shortTitle : fits ? words : glyphs
      svg.text(label, x: x, y: 14, size: 12, bold: true)
      let frame = Box(x, 22, wide, high)
      if appearance.core(on: sequence) == .notAcquired {
        svg.rect(frame, fill: "#f4f4f4", stroke: "#999999")
        svg.text("not acquired", x: frame.centre.x, y: frame.centre.y + 4, size: 13, anchor: .middle, fill: "#555555")
      } else {
        draw(sequence, into: &svg, frame: frame, id: "\(id)-\(sequence.rawValue)")
      }
    }
    return svg.text
  }

  private func draw(_ sequence: MRSequence, into svg: inout SVG, frame: Box, id: String) {
    let scene = LesionScene(
      appearance, sequence: sequence, width: Int(Self.tile.width), height: Int(Self.tile.height))
    func color(_ material: Material) -> String { Self.color(material.grey(on: sequence)) }
    func placed(_ box: Box) -> Box {
      Box(frame.x + box.x * Self.scale, frame.y + box.y * Self.scale, box.width * Self.scale, box.height * Self.scale)
    }
    for (index, shape) in scene.shapes.enumerated() {
      let part = "\(id)-\(index)"
      if let clip = shape.clip { svg.clipEllipse(id: part, placed(clip)) }
      var fill = "none"
      var stroke: String?
      switch shape.fill {
      case .solid(let material): fill = color(material)
      case .hatched(let one, let other):
        svg.hatch(id: part, color(one), color(other))
        fill = "url(#\(part))"
      case .dotted(let material): stroke = color(material)
      }
      let box = placed(shape.box)
      let clip = shape.clip == nil ? nil : part
      switch shape.outline {
      case .rect: svg.rect(box, fill: fill, stroke: stroke, clip: clip)
      case .ellipse: svg.ellipse(box, fill: fill, stroke: stroke, dashed: stroke != nil, clip: clip)
      }
    }
    if appearance.core(on: sequence) == .notGraded {
      let (x, y) = placed(scene.asked).centre
      svg.text("?", x: x, y: y + 8, size: 24, anchor: .middle, fill: "#000000", bold: true)
    }
  }

  /// `#808080` of a grey from 0 to 29.
  private static func color(_ grey: UInt8) -> String {
    let value = Int((Double(grey) * 255 / 29).rounded())
    let digits = Array("0123456789abcdef")
    return "#" + String(repeating: "\(digits[value / 16])\(digits[value % 16])", count: 3)
  }
}
