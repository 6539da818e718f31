// A picture as it is seen at a size, so that it need not be looked at again for every frame.

import Grid
import KeyImages

/// Brightness of each half cell, as a part of a picture through a window gives it.
package struct SeenPicture: Hashable, Sendable {
  package let size: Size
  /// Row by row, two rows to a cell.
  private let points: [Double]

  package init(_ frame: ImageFrame, crop: ImageCrop, window: GreyWindow, size: Size) {
    self.size = size
    points = frame.seen(through: crop, window, columns: size.width, rows: 2 * size.height)
  }

  /// - Parameters:
  ///   - dithers: steps are mixed, so that a thin line between two greys is seen.
  ///   - isCoarse: half the greys, for fewer bytes.
  package func draw(_ canvas: inout Canvas, x: Int, y: Int, dithers: Bool = false, isCoarse: Bool = false) {
    guard !points.isEmpty else { return }
    let rect = Rect(x: x, y: y, width: size.width, height: size.height)
    if canvas.look.colors >= .many {
      drawBlocks(&canvas, rect, dithers: dithers, isCoarse: isCoarse)
    } else {
      let means = (0..<rect.width * rect.height).map { cell in
        let (row, column) = (cell / rect.width, cell % rect.width)
        return (points[2 * row * rect.width + column] + points[(2 * row + 1) * rect.width + column]) / 2
      }
      Self.drawShades(means, &canvas, rect, isCoarse: isCoarse)
    }
  }

  private func drawBlocks(_ canvas: inout Canvas, _ rect: Rect, dithers: Bool, isCoarse: Bool) {
    let isDirect = canvas.look.colors == .direct
    let all = isDirect ? Self.direct : TerminalPalette.brightness
    let numbers = isCoarse ? stride(from: 0, to: all.count, by: 2).map { $0 } : Array(all.indices)
    let steps = GreySteps(numbers.map { all[$0] }, dithers: dithers && !isCoarse && !isDirect)
    let inks: [Ink] = numbers.map { isDirect ? .shade(all[$0]) : .grey(UInt8($0)) }
    for y in 0..<rect.height {
      for x in 0..<rect.width {
        let upper = steps.step(points[2 * y * rect.width + x], x: x, y: 2 * y)
        let lower = steps.step(points[(2 * y + 1) * rect.width + x], x: x, y: 2 * y + 1)
        // What is even needs no second colour.
        let ink = upper == lower ? inks[0] : inks[Int(upper)]
        let style = Style(ink, on: inks[Int(lower)])
        canvas.set(rect.x + x, rect.y + y, Cell(upper == lower ? " " : "▀", style))
      }
    }
  }

  /// Brightness of the 64 greys that are used where any can be shown.
  private static let direct: [UInt8] = (0..<64).map { UInt8($0 * 255 / 63) }

  /// - Parameter brightness: of whole cells.
  static func drawShades(_ brightness: [Double], _ canvas: inout Canvas, _ rect: Rect, isCoarse: Bool) {
    let shades = canvas.look.unicode ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "%", "#"]
    let steps = GreySteps([0, 64, 128, 191, 255], dithers: !isCoarse)
    for y in 0..<rect.height {
      for x in 0..<rect.width {
        let step = steps.step(brightness[y * rect.width + x], x: x, y: y)
        canvas.set(rect.x + x, rect.y + y, Cell(shades[Int(step)], Style(.grey(29), on: .grey(0))))
      }
    }
  }
}
