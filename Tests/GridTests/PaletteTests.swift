// Colours as numbers of a terminal, and as eyes see them.

import Grid
import Testing

@Suite struct PaletteTests {
  @Test(arguments: [
    ("000000", UInt8(16)), ("ffffff", 231), ("5f87af", 67), ("ff0000", 196), ("080808", 232), ("eeeeee", 255),
    ("5f5f5f", 59), ("d70001", 160),
    // gruvbox's red and yellow: by ΔE*ab of 1976 the red would be the dark 160.
    ("fb4934", 203), ("fabd2f", 214),
  ])
  func theNearestOfTheFixedColoursIsFound(hex: String, expected: UInt8) throws {
    let color = try #require(RGB(hex: hex))
    let nearest = TerminalPalette.nearest(to: color)
    #expect(TerminalPalette.all[Int(nearest)] == TerminalPalette.all[Int(expected)])
  }

  @Test func theGreysRiseFromBlackToWhite() {
    let levels = TerminalPalette.greys.map { TerminalPalette.all[Int($0)] }
    #expect(levels.count == 30)
    #expect(levels.allSatisfy { $0.red == $0.green && $0.green == $0.blue })
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0.red < $1.red })
    #expect(levels.first == RGB(0, 0, 0))
    #expect(levels.last == RGB(255, 255, 255))
  }

  @Test(arguments: [
    ("1a2B3c", true), ("#1a2b3c", true), ("1a2b3", false), ("1a2b3g", false), ("+12345", false), ("", false),
  ])
  func onlySixHexadecimalDigitsAreAColour(text: String, isColor: Bool) {
    #expect(RGB(hex: text)?.hex == (isColor ? "#1a2b3c" : nil))
  }

  /// Values of the WCAG 2.1 formula: black on white is 21, #767676 on white the well-known lightest grey that passes.
  @Test func contrastIsThatOfWCAG() throws {
    let white = RGB(255, 255, 255)
    #expect(abs(white.contrast(with: RGB(0, 0, 0)) - 21) < 1e-9)
    #expect(abs(white.contrast(with: RGB(0x76, 0x76, 0x76)) - 4.54) < 0.005)
    #expect(white.contrast(with: RGB(0x77, 0x77, 0x77)) < 4.5)
    #expect(white.contrast(with: white) == 1)
  }

  @Test func redAndGreenApproachInDeuteranopiaAndYellowAndWhiteInTritanopia() {
    let (red, green) = (RGB(205, 60, 60), RGB(110, 130, 20))
    #expect(ColorVision.deuteranopia.difference(red, green) < ColorVision.normal.difference(red, green) / 2)
    let (yellow, white) = (RGB(255, 255, 95), RGB(238, 238, 238))
    #expect(ColorVision.tritanopia.difference(yellow, white) < ColorVision.normal.difference(yellow, white) / 2)
    for vision in ColorVision.allCases { #expect(vision.difference(red, red) == 0) }
  }
}
