// The 256 colours of a terminal by number, and the nearest of them to a colour.

package enum TerminalPalette {
  /// The sixteen ANSI colours as xterm has them; every terminal may have others, so they only serve for estimates.
  static let sixteen: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205),
    RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255),
    RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// The steps of the 6×6×6 cube, colours 16…231.
  private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

  package static let all: [RGB] = {
    let cube = (0..<216).map { RGB(steps[$0 / 36], steps[$0 / 6 % 6], steps[$0 % 6]) }
    let ramp = (0..<24).map { step in
      let light = UInt8(8 + 10 * step)
      return RGB(light, light, light)
    }
    return sixteen + cube + ramp
  }()

  /// The thirty greys from black to white: the ramp 232…255 and those of the cube that lie between.
  package static let greys: [UInt8] = [
    16, 232, 233, 234, 235, 236, 237, 238, 239, 240, 59, 241, 242, 243, 244, 102, 245, 246, 247, 248, 145, 249, 250,
    251, 252, 188, 253, 254, 255, 231,
  ]

  /// How bright each of the thirty is, 0…255.
  package static let brightness: [UInt8] = greys.map { all[Int($0)].red }

  private static let fixed: [(index: UInt8, seen: Oklab)] = (16...255).map { ($0, Oklab(all[Int($0)])) }

  /// The colour of 16…255 that looks nearest. The first sixteen are not asked: people set them to what they like.
  package static func nearest(to color: RGB) -> UInt8 {
    let wanted = Oklab(color)
    return fixed.min { $0.seen.distance(wanted) < $1.seen.distance(wanted) }?.index ?? 231
  }
}
