// Beside a wide worklist: the case under the cursor, as its own screen would show it.

import Figures
import Grid
import ReviewCore

/// The case that is shown beside the list.
package struct WorklistPreview: ScreenState {
  package var view: CaseView?
  /// The row it was asked for. A row that reads otherwise is asked for again.
  var asked: WorklistRow?

  package init() {}
}

extension Request {
  /// A case for the preview, if the cursor still stands on it.
  fileprivate static func preview(of row: WorklistRow) -> Request {
    Request("preview", of: row) { study in
      let view = try study.caseView(of: row.id)
      return { state in
        if state[WorklistPreview.self].asked == row { state[WorklistPreview.self].view = view }
        return []
      }
    }
  }
}

extension State {
  /// The list, and what is left for the case beside it: nothing on screens that the list needs.
  package var worklistParts: (list: Rect, preview: Rect) {
    guard body.width >= 118, body.height >= 24 else {
      return (body, Rect(x: body.maxX, y: body.y, width: 0, height: 0))
    }
    let preview = body.width < 150 ? 42 : body.width * 52 / 100
    let (list, rest) = body.splitLeft(body.width - preview)
    return (list, rest)
  }

  /// Asks for the case under the cursor, where there is room to show it.
  mutating func settlePreview() -> [Effect] {
    guard screen == .worklist, !worklistParts.preview.isEmpty, let row = worklist.row, !isHidden(row.id) else {
      return []
    }
    guard self[WorklistPreview.self].asked != row else { return [] }
    self[WorklistPreview.self].asked = row
    return [.ask(.preview(of: row))]
  }

  /// What was asked for may have changed since.
  mutating func forgetPreview() { self[WorklistPreview.self].asked = nil }
}

func renderPreview(_ state: State, _ area: Rect, _ canvas: inout Canvas) {
  guard !area.isEmpty else { return }
  for y in area.y..<area.maxY { canvas.put("│", x: area.x, y: y, .role(.border)) }
  guard let row = state.worklist.row, let view = state[WorklistPreview.self].view, view.id == row.id,
    !state.isHidden(row.id)
  else { return }
  let context = PanelContext(
    session: state.session, view: view, selected: view.patientCase.examinations.last?.id ?? .baseline)
  let inside = Rect(x: area.x + 2, y: area.y, width: area.width - 3, height: area.height)
  canvas.put(
    canvas.cut(caseHead(context, columns: inside.width), columns: inside.width), x: inside.x, y: inside.y,
    clip: inside.splitTop(1).top)
  let rest = inside.splitTop(2).rest
  if rest.width < 80 { renderNarrow(context, rest, &canvas) } else { renderWide(context, rest, &canvas) }
}

/// A line a panel, the lesion, and the bones in what is left.
private func renderNarrow(_ context: PanelContext, _ area: Rect, _ canvas: inout Canvas) {
  let (lines, rest) = area.splitTop(Panel.all(context.session.codebook).count)
  renderSummaries(lines, focus: nil, context, &canvas)
  guard context.session.codebook.hasPictures else {
    _ = renderSections([.findings, .derived], context, rest.splitTop(1).rest, &canvas)
    return
  }
  let (_, pictures) = rest.splitTop(1)
  let (lesion, below) = pictures.splitTop(9)
  if lesion.height >= 5 { LesionBox(context).drawPicture(&canvas, lesion) }
  let map = below.splitTop(1).rest
  if map.height >= 5 { context.spineMap.draw(into: &canvas, rect: map) }
}

/// Two columns of panels: what was found, and what it looks like.
private func renderWide(_ context: PanelContext, _ area: Rect, _ canvas: inout Canvas) {
  let (left, right) = area.splitLeft(area.width / 2)
  let words = Rect(x: left.x, y: left.y, width: left.width - 2, height: left.height)
  guard context.session.codebook.hasPictures else {
    _ = renderSections([.findings], context, words, &canvas)
    _ = renderSections([.derived, .clinical, .readers, .examinations], context, right, &canvas)
    return
  }
  _ = renderSections([.clinical, .signal, .enhancement, .rim, .halo, .softTissue, .readers], context, words, &canvas)
  canvas.put("Lesion as graded", x: right.x, y: right.y, .role(.heading), clip: right)
  let (lesion, below) = right.splitTop(1).rest.splitTop(min(22, right.height * 2 / 5))
  LesionBox(context).drawPicture(&canvas, lesion)
  _ = renderSections([.spine, .followUp], context, below.splitTop(1).rest, &canvas)
}

/// Panels under each other without boxes, as far as there is room; returns what is left.
func renderSections(_ ids: [PanelID], _ context: PanelContext, _ area: Rect, _ canvas: inout Canvas) -> Rect {
  var rest = area
  for id in ids where rest.height > 1 {
    let panel = Panel.of(id)
    canvas.put(panel.title, x: rest.x, y: rest.y, .role(.heading), clip: rest.splitTop(1).top)
    let (inside, below) = rest.splitTop(1).rest.splitTop(panel.height(context, rest.width))
    panel.draw(context, &canvas, inside)
    rest = below.splitTop(1).rest
  }
  return rest
}
