// Draws a picture into cells: half blocks with the terminal's greys, or shading characters where it has few.

import Grid
import KeyImages

package struct ImagePicture {
  private let frame: ImageFrame
  private let crop: ImageCrop
  private let greys: GreyChoice
  /// Steps are mixed, so that a thin line between two greys is seen.
  private let dithers: Bool
  /// Half the greys, while keys wait.
  private let isCoarse: Bool
  /// In place of the picture's own window.
  private let window: GreyWindow?

  package init(
    _ frame: ImageFrame, crop: ImageCrop = ImageCrop(), greys: GreyChoice = GreyChoice(), dithers: Bool = false,
    isCoarse: Bool = false, window: GreyWindow? = nil
  ) {
    self.window = window
    (self.frame, self.crop, self.greys) = (frame, crop, greys)
    (self.dithers, self.isCoarse) = (dithers, isCoarse)
  }

  /// Whether a terminal can show it as a picture at all.
  static func isShown(_ look: Look) -> Bool { look.unicode }

  package func draw(_ canvas: inout Canvas, _ rect: Rect) {
    if canvas.look.colors >= .many {
      drawBlocks(&canvas, rect)
    } else {
      drawShades(&canvas, rect)
    }
  }

  private func drawBlocks(_ canvas: inout Canvas, _ rect: Rect) {
    let isDirect = canvas.look.colors == .direct
    let all = isDirect ? Self.direct : TerminalPalette.brightness
    let numbers = isCoarse ? stride(from: 0, to: all.count, by: 2).map { $0 } : Array(all.indices)
    let steps = GreySteps(numbers.map { all[$0] }, dithers: dithers && !isCoarse && !isDirect)
    let seen = points(rect.width, rect.height * 2, pointHeight: 1)
    let inks: [Ink] = numbers.map { isDirect ? .shade(all[$0]) : .grey(UInt8($0)) }
    for y in 0..<rect.height {
      for x in 0..<rect.width {
        let upper = steps.step(seen[2 * y * rect.width + x], x: x, y: 2 * y)
        let lower = steps.step(seen[(2 * y + 1) * rect.width + x], x: x, y: 2 * y + 1)
        // What is even needs no second colour.
        let ink = upper == lower ? inks[0] : inks[Int(upper)]
        let style = Style(ink, on: inks[Int(lower)])
        canvas.set(rect.x + x, rect.y + y, Cell(upper == lower ? " " : "▀", style))
      }
    }
  }

  /// Brightness of the 64 greys that are used where any can be shown.
  private static let direct: [UInt8] = (0..<64).map { UInt8($0 * 255 / 63) }

  private func drawShades(_ canvas: inout Canvas, _ rect: Rect) {
    let shades = canvas.look.unicode ? [" ", "░", "▒", "▓", "█"] : [" ", ".", "+", "%", "#"]
    let steps = GreySteps([0, 64, 128, 191, 255], dithers: !isCoarse)
    let seen = points(rect.width, rect.height, pointHeight: 2)
    for y in 0..<rect.height {
      for x in 0..<rect.width {
        let step = steps.step(seen[y * rect.width + x], x: x, y: y)
        canvas.set(rect.x + x, rect.y + y, Cell(shades[Int(step)], Style(.grey(29), on: .grey(0))))
      }
    }
  }

  private func points(_ columns: Int, _ rows: Int, pointHeight: Double) -> [Double] {
    frame.seen(
      through: crop, greys.window(window ?? frame.window), columns: columns, rows: rows, pointHeight: pointHeight)
  }
}
