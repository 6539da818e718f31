// The picture of the lesion that the baseline's grades make.

import Figures
import Grid
import ReviewCore

struct LesionBox {
  /// Rows of the box where nothing says otherwise.
  static let height = 12

  private let appearance: LesionAppearance

  init(_ context: PanelContext) {
    let examination = context.view.patientCase.examination(.baseline)
    let lacking = MRSequence.allCases.filter { examination?.lacks($0) ?? false }
    appearance = LesionAppearance(context.session.codebook, grades: context.baseline, lacking: Set(lacking))
  }

  /// Draws the picture alone, as large as there is room.
  func drawPicture(_ canvas: inout Canvas, _ rect: Rect) {
    LesionPicture(appearance, largest: rect.size).draw(into: &canvas, rect: rect)
  }

  /// Draws title and picture into a box that is there already.
  func draw(_ canvas: inout Canvas, _ rect: Rect) {
    canvas.put(" Lesion as graded ", x: rect.x + 1, y: rect.y, .role(.heading), clip: rect.inset(by: 1, 0))
    drawPicture(&canvas, rect.inset(by: 1, 1))
  }
}
