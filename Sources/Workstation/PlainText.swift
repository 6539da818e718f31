// Screens as plain text of any length, for `show` and `list`.

import Grid
import ReviewCore

/// All panels of a case under each other, each as high as it needs.
package func renderAllPanels(
  _ context: PanelContext, columns: Int, look: Look, width: @escaping ScalarWidth
) -> Grid {
  let inside = columns - 4
  let picture = context.session.codebook.hasPictures ? LesionBox(context) : nil
  let boxes = Panel.all(context.session.codebook).map { (panel: $0, height: $0.height(context, inside) + 2) }
  let height = boxes.reduce(2) { $0 + $1.height - 1 } + (picture == nil ? 0 : LesionBox.height)
  var canvas = Canvas(size: Size(width: columns, height: height), look: look, width: width)
  canvas.put(caseHead(context, columns: columns), x: 0, y: 0)
  var y = 1
  for (panel, height) in boxes {
    let rect = Rect(x: 0, y: y, width: columns, height: height)
    canvas.box(rect)
    panel.draw(context, &canvas, rect.inset(by: 2, 1))
    y += height - 1
  }
  if let picture {
    let rect = Rect(x: 0, y: y, width: columns, height: LesionBox.height)
    canvas.box(rect)
    picture.draw(&canvas, rect)
  }
  y = 1
  for (panel, height) in boxes {
    canvas.put(" \(panel.title) ", x: 1, y: y, .role(.heading))
    y += height - 1
  }
  return canvas.grid
}

/// The worklist's page as lines, two of head first, without the frame of the screen.
package func worklistText(_ state: State, look: Look, width: @escaping ScalarWidth) -> [String] {
  var canvas = Canvas(size: state.size, look: look, width: width)
  canvas.put(worklistHead(state), x: 1, y: 0)
  var bare = state
  bare.worklist.cursor = -1
  renderWorklist(bare, &canvas)
  return (0..<canvas.grid.size.height).map { canvas.grid.line($0) }.filter { !$0.isEmpty }
}
