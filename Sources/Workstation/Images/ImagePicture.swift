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
  static func isShown(_ look: Look) -> Bool { look.showsPictures }

  package func draw(_ canvas: inout Canvas, _ rect: Rect) {
    let window = greys.window(of: frame, chosen: window)
    if canvas.look.colors >= .many {
      SeenPicture(frame, crop: crop, window: window, size: rect.size)
        .draw(&canvas, x: rect.x, y: rect.y, dithers: dithers, isCoarse: isCoarse)
    } else {
      let cells = frame.seen(through: crop, window, columns: rect.width, rows: rect.height, pointHeight: 2)
      SeenPicture.drawShades(cells, &canvas, rect, isCoarse: isCoarse)
    }
  }
}

extension Look {
  /// Whether pictures can be shown: without blocks and shades they are told in words.
  package var showsPictures: Bool { unicode }
}
