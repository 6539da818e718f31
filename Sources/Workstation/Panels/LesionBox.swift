// The picture of the lesion that the baseline's grades make.

import Figures
import Grid
import ReviewCore

struct LesionBox {
  /// Rows of the box where nothing says otherwise.
  static let height = 12

  private let picture: LesionPicture

  init(_ context: PanelContext) {
    let examination = context.view.patientCase.examination(.baseline)
    let lacking = MRSequence.allCases.filter { examination?.lacks($0) ?? false }
    picture = LesionPicture(LesionAppearance(grades: context.baseline, lacking: Set(lacking)))
  }

  /// Draws title and picture into a box that is there already.
  func draw(_ canvas: inout Canvas, _ rect: Rect) {
    canvas.put(" Lesion as graded ", x: rect.x + 1, y: rect.y, .role(.heading), clip: rect.inset(by: 1, 0))
    picture.draw(into: &canvas, rect: rect.inset(by: 2, 1))
  }
}
