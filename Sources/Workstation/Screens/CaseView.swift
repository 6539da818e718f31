// Draws the case screen from its layout.

import Figures
import Grid
import ReviewCore

/// The second head line: which case, and whose grades.
func caseHead(_ context: PanelContext?, columns: Int) -> Line {
  guard let context else { return [("Case", .role(.heading, .bold))] }
  let patientCase = context.view.patientCase
  return fitting(
    [
      HeadPart("", patientCase.id), HeadPart("  \(patientCase.patient)", .plain),
      HeadPart(patientCase.title.map { "  \($0)" } ?? "", .plain),
      HeadPart("   \(context.origin)", .role(.muted), gives: 0),
    ], columns: columns)
}

func renderCase(_ state: State, _ canvas: inout Canvas) {
  guard let context = state.panelContext else { return }
  let layout = CaseLayout(state)
  // All borders before any title, the focused one's last: neighbours share edges.
  for (_, rect) in layout.boxes { canvas.box(rect) }
  if !layout.picture.isEmpty {
    canvas.box(layout.picture)
    LesionBox(context).draw(&canvas, layout.picture)
  }
  for (id, rect) in layout.boxes where id == state.caseScreen.focus { canvas.box(rect, style: .role(.focus)) }
  for (id, rect) in layout.boxes { renderPanel(id, rect, state, context, &canvas) }
  renderSummaries(layout.summaries, focus: state.caseScreen.focus, context, &canvas)
}

private func renderPanel(
  _ id: PanelID, _ rect: Rect, _ state: State, _ context: PanelContext, _ canvas: inout Canvas
) {
  let panel = Panel.of(id)
  let isFocused = id == state.caseScreen.focus
  let digit = panel.digit(context.session.codebook)
  let titles = [panel.title, panel.shortTitle].map { digit == " " ? " \($0) " : " \(digit) \($0) " }
  canvas.put(
    titles.first { canvas.columns($0) <= rect.width - 2 } ?? titles[1], x: rect.x + 1, y: rect.y,
    isFocused ? .role(.focus, .bold) : .role(.heading), clip: rect.inset(by: 1, 0))
  let inside = rect.inset(by: 2, 1)
  let needed = max(inside.height, panel.height(context, inside.width))
  let scroll = isFocused ? min(state.caseScreen.scroll[id] ?? 0, needed - inside.height) : 0
  var sheet = Canvas(size: Size(width: inside.width, height: needed), look: canvas.look, width: canvas.width)
  panel.draw(context, &sheet, sheet.bounds)
  canvas.paste(sheet.grid, from: scroll, into: inside)
  // On the panel's own side border: the lower border may be the upper one of its neighbour.
  let style = Style.role(isFocused ? .focus : .muted)
  if scroll > 0 { canvas.put("↑", x: rect.maxX - 1, y: inside.y, style) }
  if needed - inside.height > scroll { canvas.put("↓", x: rect.maxX - 1, y: inside.maxY - 1, style) }
}

/// A line a panel, with the digit that goes there where one of them has the focus.
func renderSummaries(_ area: Rect, focus: PanelID?, _ context: PanelContext, _ canvas: inout Canvas) {
  guard !area.isEmpty else { return }
  let (titleWidth, margin) = (12, focus == nil ? 0 : 3)
  let panels = focus == nil ? Panel.all(context.session.codebook) : Panel.onScreen(context.session.codebook)
  for (row, panel) in panels.prefix(area.height).enumerated() {
    let y = area.y + row
    let isFocused = panel.id == focus
    let style: Style = isFocused ? .role(.focus, .bold) : .role(.heading)
    let digit = panel.digit(context.session.codebook)
    canvas.put(focus == nil ? "" : "\(isFocused ? "▸" : " ")\(digit) ", x: area.x, y: y, style)
    canvas.put(
      panel.shortTitle, x: area.x + margin, y: y, style,
      clip: Rect(x: area.x + margin, y: y, width: titleWidth, height: 1))
    let x = area.x + margin + 1 + titleWidth
    let clip = Rect(x: area.x, y: y, width: area.width - 1, height: 1)
    canvas.put(
      canvas.cut(panel.summary(context), columns: clip.maxX - x, isList: panel.id == .spine), x: x, y: y, clip: clip)
  }
}

extension ScreenID {
  package static let patientCase = ScreenID("patientCase")
}

extension Screen {
  static let patientCase = Screen(
    .patientCase, "Case", head: { caseHead($0.panelContext, columns: $0.size.width - 2) }, draw: renderCase,
    commands: Commands.patientCase, signs: CourseMark.key.map { ($0.signs, $0.words) })
}
