// Draws a table of counts of two readers, as much of it around the cursor as there is room for.

import Grid
import ReaderAgreement

struct CountsLayout {
  let area: Rect
  let label: Int
  let cell: Int
  /// Levels that are on the screen, in rows and in columns.
  let rows: Range<Int>
  let columns: Range<Int>

  /// Rows of the whole: the column reader, the names of the levels, the counts, their sums.
  var height: Int { rows.isEmpty ? 0 : 3 + rows.count }

  /// Columns that the whole table would like to have.
  static func width(_ state: State) -> Int {
    let table = state.agreement.detail.table
    let longest = table?.levels.map { state.levelTitle($0).count }.max() ?? 0
    return longest + (table?.first.count ?? 0) + 2 + ((table?.levels.count ?? 0) + 1) * (max(5, min(longest, 14)) + 2)
  }

  init(_ state: State, in area: Rect, height: Int) {
    let detail = state.agreement.detail
    let titles = (detail.table?.levels ?? []).map(state.levelTitle)
    let longest = titles.map(\.count).max() ?? 0
    self.area = area
    label = min(longest, max(8, area.width / 3)) + (detail.table?.first.count ?? 0) + 2
    // Names are cut before a column is left out. The sums take a column of their own.
    let room = (area.width - label) / (titles.count + 1)
    cell = max(7, min(max(5, min(longest, 14)) + 2, room))
    columns = Self.window(around: detail.column, of: titles.count, room: max(1, (area.width - label) / cell - 1))
    rows = Self.window(around: detail.row, of: titles.count, room: max(1, height - 3))
  }

  private static func window(around index: Int, of count: Int, room: Int) -> Range<Int> {
    let shown = min(count, room)
    let first = max(0, min(index - shown / 2, count - shown))
    return first..<first + shown
  }
}

func renderCounts(_ state: State, _ layout: CountsLayout, _ canvas: inout Canvas) {
  let detail = state.agreement.detail
  guard let table = detail.table else { return }
  let area = layout.area
  let start = area.x + layout.label
  func put(_ text: String, column: Int, y: Int, _ style: Style) {
    let x = start + column * layout.cell
    let room = Rect(x: x + 1, y: y, width: layout.cell - 1, height: 1).intersection(area)
    canvas.put(text, x: max(room.x, room.maxX - canvas.columns(text)), y: y, style, clip: room)
  }
  let sums = layout.columns.count
  canvas.put(table.second, x: start + 2, y: area.y, Style().with(.bold), clip: area)
  for (place, column) in layout.columns.enumerated() {
    put(state.levelTitle(table.levels[column]), column: place, y: area.y + 1, .role(.muted))
  }
  put("all", column: sums, y: area.y + 1, .role(.muted))
  canvas.put(table.first, x: area.x, y: area.y + 2, Style().with(.bold), clip: area)
  let names = table.first.count + 1
  for (line, row) in layout.rows.enumerated() {
    let y = area.y + 2 + line
    let room = Rect(x: area.x + names, y: y, width: layout.label - names, height: 1)
    canvas.put(state.levelTitle(table.levels[row]), x: room.x, y: y, .role(.muted), clip: room)
    for (place, column) in layout.columns.enumerated() {
      let count = table[row, column].count
      let (text, style) = counted(count, agrees: row == column)
      put(text, column: place, y: y, style)
      if row == detail.row, column == detail.column {
        canvas.restyle(
          Rect(x: start + place * layout.cell + 1, y: y, width: layout.cell - 1, height: 1).intersection(area)
        ) { _ in Style().with(.reverse) }
      }
    }
    put("\(table.levels.indices.reduce(0) { $0 + table[row, $1].count })", column: sums, y: y, .role(.muted))
  }
  let y = area.y + 2 + layout.rows.count
  canvas.put("all", x: area.x + names, y: y, .role(.muted), clip: area)
  for (place, column) in layout.columns.enumerated() {
    put("\(table.levels.indices.reduce(0) { $0 + table[$1, column].count })", column: place, y: y, .role(.muted))
  }
  let all = table.levels.indices.reduce(0) { sum, row in
    sum + table.levels.indices.reduce(0) { $0 + table[row, $1].count }
  }
  put("\(all)", column: sums, y: y, .role(.muted))
}

/// A count with a glyph that says without colour whether the two agree in it.
private func counted(_ count: Int, agrees: Bool) -> (String, Style) {
  if count == 0 { return ("·", .role(.muted)) }
  return agrees ? ("= \(count)", .role(.good)) : ("≠ \(count)", .role(.warning, .bold))
}
