// Draws the cases in a cell of a table of counts, with what each reader said.

import Grid
import ReaderAgreement

func agreementCasesHead(_ state: State) -> Line {
  let detail = state.agreement.detail
  guard let table = detail.table, let item = detail.item, table.levels.indices.contains(detail.row),
    table.levels.indices.contains(detail.column)
  else { return [("Cases", .role(.heading, .bold))] }
  let (row, column) = (state.levelTitle(table.levels[detail.row]), state.levelTitle(table.levels[detail.column]))
  return [
    (item.title, .role(.heading, .bold)), ("  \(table.first) ", .role(.muted)), (row, .plain),
    ("  \(table.second) ", .role(.muted)), (column, .plain),
    ("  \(detail.units.count) ", .plain), (detail.units.count == 1 ? "examination" : "examinations", .role(.muted)),
  ]
}

func renderAgreementCases(_ state: State, _ canvas: inout Canvas) {
  let detail = state.agreement.detail
  guard let item = detail.item else { return renderAgreement(state, &canvas) }
  let body = state.body
  let first = 24
  let width = max(8, min(24, (body.width - first - 2) / max(1, item.columns.count)))
  canvas.put("case", x: 2, y: body.y, .role(.muted))
  for (index, reader) in item.columns.enumerated() {
    canvas.put(reader, x: first + index * width, y: body.y, .role(.muted), clip: body)
  }
  let rows = max(1, body.height - 1)
  let top = max(0, detail.selected - rows + 1)
  for (line, unit) in detail.units.dropFirst(top).prefix(rows).enumerated() {
    let y = body.y + 1 + line
    canvas.put(unit.title, x: 2, y: y, clip: Rect(x: 2, y: y, width: first - 3, height: 1))
    let ratings = detail.ratings(of: unit)
    for (index, rating) in ratings.enumerated() {
      let room = Rect(x: first + index * width, y: y, width: width - 1, height: 1).intersection(body)
      canvas.put(
        rating.map(state.levelTitle) ?? "–", x: room.x, y: y, rating == nil ? .role(.muted) : .plain, clip: room)
    }
    if top + line == detail.selected {
      canvas.put("▸", x: 0, y: y)
      canvas.restyle(Rect(x: 0, y: y, width: body.width, height: 1)) { _ in Style().with(.reverse) }
    }
  }
}

extension ScreenID {
  package static let agreementCases = ScreenID("agreementCases")
}

extension Screen {
  static let agreementCases = Screen(
    .agreementCases, "Cases in a cell", head: agreementCasesHead, draw: renderAgreementCases,
    load: { _ in [.loadAgreement] }, commands: Commands.agreementCases)
}
