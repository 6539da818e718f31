// What is graded place by place, as a sheet: a row a place, a column a finding, one key a cell.

import Grid
import ReviewCore

/// A row of the list of findings: a finding of its own, or a place with its findings side by side.
enum GradingLine: Hashable, Sendable {
  /// Index in `gradedFindings`.
  case finding(Int)
  case head(PlaceGrid)
  case place(PlaceGrid, row: Int)

  /// Whether the cursor is in it.
  func holds(_ index: Int) -> Bool {
    switch self {
    case .finding(let own): own == index
    case .head: false
    case .place(let grid, let row): grid.rows[row].cells.contains(index)
    }
  }
}

struct PlaceGrid: Hashable, Sendable {
  struct Row: Hashable, Sendable {
    var place: ReviewCore.Cell
    /// Of each column the index in `gradedFindings`; nil where it is not asked.
    var cells: [Int?]
  }

  /// Of each the finding as a whole.
  var columns: [Finding]
  var rows: [Row]

  /// Findings of which at least two are graded at the same places are put side by side.
  ///
  /// - Parameters:
  ///   - graded: what is asked, in the order in which it is graded.
  ///   - codebook: all findings of the examination.
  static func lines(_ graded: [Finding], of codebook: [Finding]) -> [GradingLine] {
    let positions = Dictionary(codebook.enumerated().map { ($1.id, $0) }) { first, _ in first }
    var lines: [GradingLine] = []
    var index = 0
    while index < graded.count {
      let columns = columns(of: graded[index], in: codebook, positions)
      guard columns.count > 1 else {
        lines.append(.finding(index))
        index += 1
        continue
      }
      let ids = columns.compactMap { $0.cell?.finding }
      var grid = PlaceGrid(columns: columns.map(\.whole), rows: [])
      while index < graded.count, let cell = graded[index].cell,
        let column = ids.firstIndex(of: cell.finding)
      {
        if grid.rows.last?.place.place != cell.place {
          let own = Self.columns(of: graded[index], in: codebook, positions)
          guard own.count == ids.count, zip(own, ids).allSatisfy({ $0.cell?.finding == $1 }) else {
            break
          }
          grid.rows.append(Row(place: cell, cells: ids.map { _ in nil }))
        }
        grid.rows[grid.rows.count - 1].cells[column] = index
        index += 1
      }
      lines.append(.head(grid))
      lines += grid.rows.indices.map { .place(grid, row: $0) }
    }
    return lines
  }

  /// The findings that are graded at the place of a cell, as they stand beside each other in the codebook.
  private static func columns(
    of finding: Finding, in codebook: [Finding], _ positions: [FindingID: Int]
  ) -> ArraySlice<Finding> {
    guard let place = finding.cell?.place, let position = positions[finding.id] else { return [] }
    var (first, last) = (position, position)
    while first > 0, codebook[first - 1].cell?.place == place { first -= 1 }
    while last + 1 < codebook.count, codebook[last + 1].cell?.place == place { last += 1 }
    return codebook[first...last]
  }
}

extension State {
  /// Where an arrow leads from the cell under the cursor; nil where it stands on no cell.
  ///
  /// - Parameters:
  ///   - rows: how many rows down, or up.
  ///   - columns: how many cells to the right, or to the left, over the ends of rows.
  func cell(rows: Int, columns: Int) -> Int? {
    guard
      let line = grading.lines.firstIndex(where: { $0.holds(grading.cursor) }),
      case .place(let grid, let row) = grading.lines[line],
      let column = grid.rows[row].cells.firstIndex(of: grading.cursor)
    else { return nil }
    if columns != 0 {
      let cells = grid.rows.flatMap(\.cells).compactMap { $0 }
      guard let here = cells.firstIndex(of: grading.cursor) else { return nil }
      return cells[max(0, min(cells.count - 1, here + columns))]
    }
    // The nearest place at which the finding is asked; out of the sheet, what stands above or below it.
    var next = row + rows
    while grid.rows.indices.contains(next) {
      if let cell = grid.rows[next].cells[column] { return cell }
      next += rows
    }
    let ends = grid.rows.flatMap(\.cells).compactMap { $0 }
    return rows > 0
      ? ends.last.map { min($0 + 1, gradedFindings.count - 1) } : ends.first.map { max(0, $0 - 1) }
  }
}

// MARK: drawn

/// The list with its sheets; returns the rows it took.
func renderLines(_ state: State, _ area: Rect, isNarrow: Bool, _ canvas: inout Canvas) -> Int {
  let lines = state.grading.lines
  let here = lines.firstIndex { $0.holds(state.grading.cursor) } ?? 0
  let height = lines.count > area.height - 1 ? max(1, area.height - 5) : area.height
  let top = max(0, min(here - height / 2, lines.count - height))
  for (row, line) in lines.enumerated().dropFirst(top).prefix(height) {
    let y = area.y + row - top
    switch line {
    case .finding(let index): renderFinding(state, index, area, y: y, isNarrow: isNarrow, &canvas)
    case .head(let grid): renderHead(grid, SheetColumns(grid, area), y, &canvas)
    case .place(let grid, let row):
      renderPlace(state, grid, grid.rows[row], SheetColumns(grid, area), y, &canvas)
    }
  }
  if top > 0 {
    // The names of the columns stay, whatever row is looked at.
    if case .place(let grid, _) = lines[top] {
      renderHead(grid, SheetColumns(grid, area), area.y, &canvas)
    }
    canvas.put("↑", x: area.x, y: area.y, .role(.focus))
  }
  if top + height < lines.count {
    canvas.put("↓", x: area.x, y: area.y + height - 1, .role(.focus))
  }
  return min(lines.count, height)
}

private struct SheetColumns {
  let area: Rect
  let first: Int
  let width: Int

  init(_ grid: PlaceGrid, _ area: Rect) {
    self.area = area
    let longest = grid.rows.map { $0.place.placeTitle.unicodeScalars.count }.max() ?? 0
    let name = max(4, min(longest, area.width / 3))
    first = area.x + 2 + name + 1
    width = max(4, (area.maxX - first) / grid.columns.count)
  }

  var name: Int { first - area.x - 3 }
  func x(_ column: Int) -> Int { first + column * width }

  func clip(_ column: Int, _ y: Int) -> Rect {
    Rect(x: x(column), y: y, width: width - 1, height: 1).intersection(area)
  }
}

private func renderHead(
  _ grid: PlaceGrid, _ columns: SheetColumns, _ y: Int, _ canvas: inout Canvas
) {
  canvas.fill(Rect(x: columns.area.x, y: y, width: columns.area.width - 1, height: 1))
  for (column, finding) in grid.columns.enumerated() {
    canvas.put(
      finding.shortTitle, x: columns.x(column) + 1, y: y, .role(.muted),
      clip: columns.clip(column, y))
  }
}

private func renderPlace(
  _ state: State, _ grid: PlaceGrid, _ row: PlaceGrid.Row, _ columns: SheetColumns, _ y: Int,
  _ canvas: inout Canvas
) {
  let isHere = row.cells.contains(state.grading.cursor)
  canvas.put(
    row.place.placeTitle, x: columns.area.x + 2, y: y, isHere ? .role(.focus, .bold) : .plain,
    clip: Rect(x: columns.area.x + 2, y: y, width: columns.name, height: 1))
  for (column, index) in row.cells.enumerated() {
    guard let index, state.gradedFindings.indices.contains(index) else { continue }
    let finding = state.gradedFindings[index]
    let clip = columns.clip(column, y)
    if index == state.grading.cursor { canvas.put("▸", x: clip.x, y: y, .role(.focus, .bold)) }
    let grade = state.grade(of: finding.id)
    let runs =
      grade.map { cellRuns($0.value, finding, width: clip.width - 1) } ?? [("▁", .role(.muted))]
    let end = clip.x + 1 + canvas.put(runs, x: clip.x + 1, y: y, clip: clip)
    if grade?.note != nil { canvas.put("✎", x: end, y: y, .role(.muted), clip: clip) }
  }
}

/// A value in few columns: its title where that fits, else its key or glyph.
private func cellRuns(_ value: GradeValue, _ finding: Finding, width: Int) -> Line {
  let words = finding.words(value)
  guard value.isAnswer else {
    return [(width >= words.count ? words : finding.glyphs(value), .role(.warning))]
  }
  let style = value.levelIDs.last.flatMap { finding.level($0) }.map(levelStyle) ?? .plain
  return [(width >= words.unicodeScalars.count ? words : finding.glyphs(value), style)]
}
