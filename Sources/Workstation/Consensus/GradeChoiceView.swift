// Draws the choice of a grade: levels in rows, or bones in rows with what each reader said of them.

import Grid
import ReviewCore

func renderChoice(_ state: State, _ choice: GradeChoice, _ title: String, _ canvas: inout Canvas) {
  let finding = choice.finding
  let who =
    if case .vote(let guest?) = choice.purpose { "\(guest) votes: " } else { choice.isVote ? "Your vote: " : "" }
  if let list = choice.list { return list.draw(who + title, state, &canvas) }
  let rows = choice.rows
  let width = min(78, state.size.width)
  let agreed = choice.agreed.isEmpty ? nil : canvas.list("taken as agreed: \(choice.agreedWords)", columns: width - 4)
  let head = (agreed == nil ? 0 : 1) + (choice.isOfBones && rows > 0 ? 1 : 0)
  let keys = packed(keys(of: choice), columns: width - 4)
  let inside = window(who + title, width: width, height: head + rows + keys.count + 3, state, &canvas)
  let shown = max(1, inside.height - head - keys.count - 1)
  let top = max(0, min(choice.cursor - shown / 2, rows - shown))
  let holdersAt = min(
    inside.width / 2, 4 + (finding.levels.map { canvas.columns(finding.mark($0) + $0.title) }.max() ?? 0) + 6)
  let columns = BoneColumns(inside, readers: state.consensus.table?.columns.count ?? 0)
  if let agreed { canvas.put(agreed, x: inside.x, y: inside.y, .role(.muted), clip: inside) }
  if choice.isOfBones, rows > 0 { drawHeads(state, choice, columns, inside.y + head - 1, &canvas) }
  for row in top..<max(top, min(rows, top + shown)) {
    let y = inside.y + head + row - top
    if row == choice.cursor { canvas.put("▸", x: inside.x, y: y, .role(.focus, .bold)) }
    if choice.isOfBones, choice.items.indices.contains(row) {
      drawBone(choice, choice.items[row], columns, y, &canvas)
    } else if choice.isOfBones {
      drawForm(choice, columns, y, &canvas)
    } else {
      let level = finding.levels[row]
      canvas.put(
        [
          (finding.key(of: level.id).map { "\($0)  " } ?? "   ", .role(.accent)),
          (finding.mark(level) + level.title, levelStyle(level)),
          (choice.levels.contains(level.id) ? " ✓" : "", .role(.good)),
        ], x: inside.x + 2, y: y, clip: inside)
      canvas.put(holders(state, choice.key, level.id), x: inside.x + holdersAt, y: y, .role(.muted), clip: inside)
    }
  }
  if top > 0 { canvas.put("↑", x: inside.maxX - 1, y: inside.y + head, .role(.focus)) }
  if rows > top + shown { canvas.put("↓", x: inside.maxX - 1, y: inside.y + head + shown - 1, .role(.focus)) }
  if choice.isOfBones, rows == 0 {
    canvas.put("no reader named a bone; n none, t types them", x: inside.x, y: inside.y)
  }
  for (line, words) in keys.enumerated() {
    canvas.put(words, x: inside.x, y: inside.maxY - keys.count + line, .role(.muted), clip: inside)
  }
}

/// Who holds a level, in the table below the box: `A, C`.
private func holders(_ state: State, _ key: GradeKey, _ level: LevelID) -> String {
  guard let table = state.consensus.table, let row = table.row(key) else { return "" }
  return zip(table.columns, row.positions).filter { $1?.levelIDs.contains(level) ?? false }.map(\.0.title)
    .joined(separator: ", ")
}

private func keys(of choice: GradeChoice) -> [String] {
  let levels = choice.finding.levels.compactMap { level in
    choice.finding.key(of: level.id).map { "\($0) \(level.title)" }
  }
  let enter = choice.isVote ? "Enter votes so" : "Enter agrees on it"
  let how: [String] =
    switch choice.finding.scale {
    case .choice: ["a digit, or Enter, takes a level"]
    case .set where choice.isOfBones: ["Space yes or no", "r the rest like this one", enter]
    case .set: ["digits choose levels", enter]
    case .number: ["a digit, or Enter, types the number"]
    case .sites:
      ["Space takes a bone in or out", "r the rest like this one"]
        + (choice.asksForm ? ["e run or each"] : []) + [enter]
    case .map: levels + ["Space what the readers said", enter]
    }
  return how + (choice.isOfBones && choice.agreed.isEmpty ? ["n none"] : []) + ["x not assessable", "z not acquired"]
    + (choice.isVote ? ["\(choice.abstaining) abstain"] : []) + [
      "t type it", "u undo", "Esc leave",
    ]
}

/// Parts put into lines, none of them broken.
private func packed(_ parts: [String], columns: Int) -> [String] {
  parts.reduce(into: [String]()) { lines, part in
    if let last = lines.last, last.count + 3 + part.count <= columns {
      lines[lines.count - 1] = last + "   " + part
    } else {
      lines.append(part)
    }
  }
}

private struct BoneColumns {
  let area: Rect
  let bone: Int
  let chosen: Int
  let readers: Int
  let reader: Int

  init(_ area: Rect, readers count: Int) {
    self.area = area
    bone = area.x + 4
    chosen = bone + 21
    readers = chosen + 13
    reader = max(4, (area.maxX - readers) / max(1, count))
  }

  func cell(_ x: Int, _ y: Int, _ width: Int) -> Rect { Rect(x: x, y: y, width: width - 1, height: 1) }
}

private func drawHeads(
  _ state: State, _ choice: GradeChoice, _ columns: BoneColumns, _ y: Int, _ canvas: inout Canvas
) {
  canvas.put(choice.finding.scale == .set ? "place" : "bone", x: columns.bone, y: y, .role(.muted))
  canvas.put(choice.isVote ? "the vote" : "the grade", x: columns.chosen, y: y, .role(.muted))
  for (index, column) in (state.consensus.table?.columns ?? []).enumerated() {
    canvas.put(
      column.title, x: columns.readers + index * columns.reader, y: y, .role(.heading, .bold), clip: columns.area)
  }
}

/// A bone with what is chosen for it, and what each reader said.
private func drawBone(
  _ choice: GradeChoice, _ item: BoneTally.Item, _ columns: BoneColumns, _ y: Int, _ canvas: inout Canvas
) {
  let mark = choice.marks[item.place]
  drawRow(
    item.place.title, isAgreed: item.isAgreed, mark.map { VoteQuestion.words($0, choice.finding) },
    isMuted: mark == .notNamed, readers: item.marks.map { VoteQuestion.words($0, choice.finding) }, columns, y, &canvas)
}

/// Whether the bones are named as one run or each, where readers differ in it.
private func drawForm(_ choice: GradeChoice, _ columns: BoneColumns, _ y: Int, _ canvas: inout Canvas) {
  drawRow(
    "one run, or each", isAgreed: false, choice.form?.title, isMuted: false,
    readers: choice.tally.forms.map { $0?.title ?? "–" }, columns, y, &canvas)
}

private func drawRow(
  _ title: String, isAgreed: Bool, _ chosen: String?, isMuted: Bool, readers: [String], _ columns: BoneColumns,
  _ y: Int, _ canvas: inout Canvas
) {
  canvas.put(isAgreed ? " " : "≠", x: columns.bone - 2, y: y, .role(.warning), clip: columns.area)
  canvas.put(title, x: columns.bone, y: y, clip: columns.cell(columns.bone, y, 21))
  canvas.put(
    chosen ?? "to decide", x: columns.chosen, y: y,
    chosen == nil ? .role(.warning) : isMuted ? .role(.muted) : .role(.focus, .bold),
    clip: columns.cell(columns.chosen, y, 13))
  for (index, words) in readers.enumerated() {
    let x = columns.readers + index * columns.reader
    canvas.put(words, x: x, y: y, .role(.muted), clip: columns.cell(x, y, columns.reader))
  }
}
