// The background that colours are read on.

/// A background as its file says it and as 256 colours show it.
struct Ground {
  let color: RGB
  let nearest: UInt8
  private let shown: RGB

  init(_ color: RGB) {
    self.color = color
    nearest = TerminalPalette.nearest(to: color)
    shown = TerminalPalette.all[Int(nearest)]
  }

  /// The least of the contrasts with all colours, with 256, and with 256 where the background is not painted.
  func contrast(_ other: RGB) -> Double {
    let coarse = TerminalPalette.all[Int(TerminalPalette.nearest(to: other))]
    return min(other.contrast(with: color), coarse.contrast(with: shown), coarse.contrast(with: color))
  }

  /// The colour, or the first on the way to black or white, whichever is further from the background, that has the
  /// contrast. One of the two always has 4.58.
  func readable(_ other: RGB, contrast needed: Double) -> RGB {
    if contrast(other) >= needed { return other }
    let (black, white) = (RGB(0, 0, 0), RGB(255, 255, 255))
    let end = contrast(white) >= contrast(black) ? white : black
    let steps = 32
    return (1...steps).lazy.map { other.mixed(with: end, part: Double($0) / Double(steps)) }
      .first { contrast($0) >= needed } ?? end
  }
}
