// Draws the atlas: the pages on the left, on the right what the page says and its cases side by side.

import Figures
import Grid
import ReviewCore

/// Where things stand on an atlas page, in rows of its own sheet.
struct AtlasLayout {
  let left: Rect
  let right: Rect
  let lines: [Fact]
  /// Rows of the words above the tiles.
  let wordsHeight: Int
  let tile: Size
  let columns: Int
  let view: AtlasView

  init(_ state: State) {
    let body = state.body
    let (left, rest) = body.splitLeft(body.width < 100 ? 26 : 30)
    self.left = left
    right = Rect(x: rest.x + 1, y: rest.y, width: rest.width - 2, height: rest.height)
    view = AtlasView(state)
    lines = atlasLines(view, state)
    let width = right.width
    wordsHeight = lines.reduce(0) { $0 + $1.rows(width: width) } + 1
    let sequences = state.session.codebook.hasPictures ? view.sequences(state.session.codebook).count : 4
    let wanted = max(16, min(4, sequences) * 8)
    let most = max(1, (width + 1) / (wanted + 1))
    let least = body.height >= 32 ? 10 : 8
    let room = Size(width: width, height: right.height - wordsHeight)
    let cases = view.cases.count
    let cards = (1...most).compactMap { Self.card(room, cases: cases, columns: $0, sequences, least) }
    // As large as all cases have room; where they have none, small ones to be leafed through.
    let largest = cards.max { $0.picture < $1.picture }
    columns = largest?.columns ?? most
    tile = largest?.tile ?? Size(width: max(7, (width + 1) / most - 1), height: least)
  }

  /// Cards side by side, so many that all cases are seen at once; nil where that leaves them less than the least height.
  ///
  /// - Returns: besides the size of one card the cells that each of its pictures has.
  private static func card(
    _ room: Size, cases: Int, columns: Int, _ sequences: Int, _ least: Int
  ) -> (columns: Int, tile: Size, picture: Int)? {
    let rows = max(1, (cases + columns - 1) / columns)
    let width = (room.width + 1) / columns - 1
    let height = room.height / rows - 1
    guard height >= least, width >= 7 else { return nil }
    // A row each for name, label and ground, two for the bones; a picture is not much wider than high.
    let wide = min(width / sequences - 1, 3 * (height - 5))
    let high = min(height - 5, max(4, wide * 2 / 3))
    return (columns, Size(width: width, height: max(least, high + 5)), wide * high)
  }

  var height: Int { wordsHeight + (view.cases.count + columns - 1) / columns * (tile.height + 1) }

  /// The scroll that shows the selected case whole.
  func scrollToSelected(_ state: State) -> Int {
    let top = wordsHeight + state.teaching.atlas.selected / columns * (tile.height + 1)
    let lowest = max(0, top + tile.height - right.height)
    let now = state.teaching.atlas.scroll
    return max(0, min(max(now, lowest), min(top, max(0, height - right.height))))
  }
}

func atlasHead(_ state: State) -> [(String, Style)] {
  let file = state.uncoveredFile.ofPatients
  return [
    ("Atlas", .role(.heading, .bold)), ("  \(file.cases.count) ", .plain),
    (file.cases.count == 1 && file.total == 1 ? "finished case" : "finished cases", .role(.muted)),
    (file.cases.count < file.total ? " of \(file.total)" : "", .role(.muted)),
  ]
}

func renderAtlas(_ state: State, _ canvas: inout Canvas) {
  let layout = AtlasLayout(state)
  renderPages(state, layout.left, &canvas)
  for y in layout.left.y..<layout.left.maxY { canvas.put("│", x: layout.left.maxX - 1, y: y, .role(.border)) }
  let area = layout.right
  var sheet = Canvas(
    size: Size(width: area.width, height: max(area.height, layout.height)), look: canvas.look, width: canvas.width)
  var y = 0
  for line in layout.lines { y += line.draw(&sheet, sheet.bounds, y: y) }
  for (index, entry) in layout.view.cases.enumerated() {
    let rect = Rect(
      x: index % layout.columns * (layout.tile.width + 1),
      y: layout.wordsHeight + index / layout.columns * (layout.tile.height + 1), width: layout.tile.width,
      height: layout.tile.height)
    draw(entry, isSelected: index == state.teaching.atlas.selected, state, layout, into: &sheet, rect)
  }
  let top = max(0, min(state.teaching.atlas.scroll, layout.height - area.height))
  canvas.paste(sheet.grid, from: top, into: area)
  if top > 0 { canvas.put("↑", x: area.maxX, y: area.y, .role(.focus)) }
  if layout.height - top > area.height { canvas.put("↓", x: area.maxX, y: area.maxY - 1, .role(.focus)) }
}

private func renderPages(_ state: State, _ area: Rect, _ canvas: inout Canvas) {
  let pages = AtlasPage.all(state.session.codebook, typed: state.teaching.atlas.typed)
  let top = max(0, state.teaching.atlas.cursor - area.height + 1)
  for (row, page) in pages.dropFirst(top).prefix(area.height).enumerated() {
    let isHere = top + row == state.teaching.atlas.cursor
    let room = Rect(x: area.x, y: area.y + row, width: area.width - 2, height: 1)
    let style: Style = isHere ? .role(.focus, .bold) : page.finding == nil ? .role(.heading) : .plain
    canvas.put((isHere ? "▸" : " ") + page.title, x: area.x + 1, y: room.y, style, clip: room)
  }
}

/// Definition, how often each level occurred, what else shows it.
private func atlasLines(_ view: AtlasView, _ state: State) -> [Fact] {
  let file = view.file
  var lines: [Fact] = [Fact("", view.page.title, .role(.heading, .bold), indent: 0)]
  guard let finding = view.finding else {
    lines.append(.remark("\(view.page.query)"))
    lines.append(
      Fact(
        "", [("\(view.cases.count) of \(file.cases.count) cases", .plain)] + bar(view.cases.count, file.cases.count),
        indent: 0))
    return lines + advice(view)
  }
  lines += [Fact("", finding.definition, indent: 0), .remark(finding.source), .blank]
  for choice in view.choices {
    let (found, total) = choice.cases(file, finding)
    let count = found.count
    let isHere = choice == view.choice
    lines.append(
      Fact(
        "",
        [
          (isHere ? "▸ " : "  ", .role(.focus, .bold)),
          ("\(choice.glyph) \(choice.title)", choice.level.map(levelStyle) ?? .plain),
          ("  \(count) of \(total)", .plain),
        ] + bar(count, total), indent: 0))
  }
  let evidence = view.choice?.level.map { state.session.codebook.evidence(of: finding.id, $0) } ?? []
  for item in evidence {
    lines.append(Fact("", [("• \(item.text) ", .plain), ("(\(item.source))", .role(.muted))], indent: 0))
  }
  return lines + advice(view)
}

/// Where nothing is found: what to do.
private func advice(_ view: AtlasView) -> [Fact] {
  guard view.cases.isEmpty else { return [] }
  let words =
    view.file.cases.isEmpty
    ? "The atlas has the finished cases; there is none yet. A case is finished once its consensus is recorded."
    : view.finding == nil
      ? "No finished case matches. Ask for less with /, for example one of the two signs alone."
      : "No finished case was graded that way. → shows the next level."
  return [.blank, Fact("", words, .role(.warning), indent: 0)]
}

private func bar(_ count: Int, _ total: Int) -> Line {
  guard total > 0, total <= 20 else { return [] }
  return [
    ("  " + String(repeating: "█", count: count), .role(.accent)),
    (String(repeating: "░", count: total - count), .role(.muted)),
  ]
}

/// One case: who, the lesion as graded, and its bones in a line.
private func draw(
  _ entry: TeachingCase, isSelected: Bool, _ state: State, _ layout: AtlasLayout, into sheet: inout Canvas, _ rect: Rect
) {
  let name = state.teaching.isUnknown ? "case ?" : "Case \(entry.id)"
  sheet.put(
    [
      (isSelected ? "▸" : " ", .role(.focus, .bold)), (name, isSelected ? .role(.focus, .bold) : Style().with(.bold)),
      ("  " + entry.patientCase.patient, .plain),
    ], x: rect.x, y: rect.y, clip: rect)
  guard state.session.codebook.hasPictures else { return drawGrades(entry, state, into: &sheet, rect) }
  let room = max(1, (rect.width + 1) / 8)
  let bones = state.session.codebook.bones.flatMap { state.session.codebook[$0] }
    .flatMap { finding in entry.values()[finding.id].map(finding.words) }
  let words = state.teaching.isUnknown ? [] : sheet.wrapped(bones ?? "bones not stated", columns: rect.width)
  let shown = min(words.count, 2)
  let picture = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1 - max(1, shown))
  let lesion = LesionPicture(
    LesionAppearance(state.session.codebook, grades: entry.values()),
    sequences: Array(layout.view.sequences(state.session.codebook).prefix(room)), largest: picture.size)
  lesion.draw(into: &sheet, rect: picture)
  let below = picture.y + lesion.rows(in: picture, sheet.look)
  for (row, line) in words.prefix(shown).enumerated() {
    let isCut = row == shown - 1 && words.count > shown
    sheet.put(isCut ? line + " …" : line, x: rect.x, y: below + row, .role(.muted), clip: rect)
  }
}

/// What was agreed on of the whole case, as far as there is room.
private func drawGrades(_ entry: TeachingCase, _ state: State, into sheet: inout Canvas, _ rect: Rect) {
  let values = entry.values()
  let graded = state.session.codebook.findings.filter { $0.cell == nil && values[$0.id] != nil }
  for (row, finding) in graded.prefix(rect.height - 1).enumerated() {
    let value = values[finding.id].map { valueRuns($0, finding) } ?? []
    sheet.put(
      [(finding.shortTitle + " ", .role(.muted))] + value, x: rect.x + 1, y: rect.y + 1 + row,
      clip: Rect(x: rect.x, y: rect.y, width: rect.width, height: rect.height))
  }
}

extension ScreenID {
  package static let atlas = ScreenID("atlas")
}

extension Screen {
  static let atlas = Screen(
    .atlas, "Atlas", head: atlasHead, draw: renderAtlas, load: loadTeachingFile, commands: Commands.atlas,
    doors: [Commands.openAtlas])
}
