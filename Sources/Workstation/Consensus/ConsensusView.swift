// Draws the consensus screen: findings in rows, readers in columns, and below them what is known of the one under the
// cursor.

import Figures
import Grid
import ReviewCore

func consensusHead(_ state: State) -> Line {
  let consensus = state.consensus
  guard let id = consensus.caseID else { return [("Consensus", .role(.heading, .bold))] }
  let title = HeadPart(state.isJoint ? "Joint reading of" : "Consensus", id)
  let patient = HeadPart(consensus.view.map { "  \($0.patientCase.patient)" } ?? "", .plain, gives: 5)
  guard let table = consensus.table else { return [title.run, patient.run, ("  not open", .role(.muted))] }
  let (open, isDone) = (table.unsettled.count, table.stage == .recorded)
  let style = Style.role(isDone ? .good : .muted)
  return fitting(
    [
      title, patient,
      // The list of a joint reading is of one examination, and nobody differs before it.
      HeadPart(state.isJoint ? "  \(state.grading.examination.title)" : "", .plain),
      HeadPart("  version \(table.versionTitle)", style, gives: 3),
      // That all is done is no small thing.
      HeadPart((isDone ? "  " : " ") + table.stage.title, style, gives: isDone ? nil : 1),
      HeadPart(state.isJoint ? "" : "  disputed \(table.disputed.count)", .plain, gives: 2),
      HeadPart("  open \(open)", .role(open == 0 ? .good : .warning)),
    ] + presence(state), columns: state.size.width - 2)
}

/// Who is here, who leads, and whether this seat looks around alone.
private func presence(_ state: State) -> [HeadPart] {
  guard let room = state.consensus.room, state.consensus.isShared else { return [] }
  // People, not seats: who sits at two is one.
  let leader = room.hostName
  let people = room.members.map(\.principal).reduce(into: [PrincipalID]()) { if !$0.contains($1) { $0.append($1) } }
  let names = people.map { $0.rawValue + ($0 == leader ? " leads" : "") }
  let short = leader.map { "\($0) leads" + (people.count > 1 ? " +\(people.count - 1)" : "") } ?? "\(people.count) here"
  let alone = !state.consensus.isFollowing ? "  on your own" : ""
  return [
    HeadPart("  \(names.joined(separator: ", "))", .role(.accent), short: "  \(short)", gives: 4),
    HeadPart(alone, .role(.warning)),
  ]
}

/// What findings are called in the list, and in the boxes over it: each by its title where all its rows have room for that,
/// else by its short name.
func consensusNames(_ state: State) -> [FindingID: String] {
  let isWide = state.isJoint ? gradingColumns(state).left.width >= 42 : Columns.isWide(state.size.width - 2)
  let room = state.isJoint ? findingColumns(isNarrow: false) - 7 : Columns.titles(state.size.width - 2)
  var longest: [FindingID: Int] = [:]
  for row in state.consensus.table?.rows ?? [] {
    let when = state.isJoint ? 0 : months(row.key, state, isWide: isWide).count
    longest[row.key.finding] = max(longest[row.key.finding] ?? 0, when)
  }
  return longest.reduce(into: [:]) { names, entry in
    guard let finding = state.session.codebook[entry.key] else { return }
    let fits = isWide && finding.title.count + entry.value <= room
    names[entry.key] = fits ? finding.title : finding.shortTitle
  }
}

/// Where the columns begin: each takes what stands in it, and where that is too much the widest give.
private struct Columns {
  static func isWide(_ width: Int) -> Bool { width >= 110 }
  /// Columns of the findings' names.
  static func titles(_ width: Int) -> Int { width >= 150 ? 48 : isWide(width) ? 35 : 17 }

  /// Below these a column has no room for words.
  private static let (leastReader, leastConsensus) = (10, 11)

  let isWide: Bool
  /// Grades are told by their glyphs, and in words below the list: a column has no room for words.
  let isOfGlyphs: Bool
  let title: Int
  /// One for each reader.
  let readers: [Int]
  let agreement: Int
  let consensus: Int
  let how: Int?
  let end: Int

  init(_ state: State, _ table: ConsensusTable, _ names: [FindingID: String], _ area: Rect, _ canvas: Canvas) {
    isWide = Self.isWide(area.width)
    title = area.x + 3
    end = area.maxX
    let needs = Needs(state, table, names, isWide: isWide, canvas)
    let first = title + min(needs.title, Self.titles(area.width)) + 1
    let how = isWide ? 11 : 0
    let count = table.columns.count
    let room = end - first - needs.agreement - how
    var widths = Self.widths(needs.readers + [needs.consensus], in: room)
    if widths[count] < Self.leastConsensus {
      widths = Self.widths(needs.readers, in: room - Self.leastConsensus) + [Self.leastConsensus]
    }
    isOfGlyphs = zip(widths, needs.readers).contains { $0 < min($1, Self.leastReader) }
    if isOfGlyphs {
      let reader = max(4, min(Self.leastReader, (room - needs.consensus) / max(1, count)))
      widths = [Int](repeating: reader, count: count) + [room - count * reader]
    }
    readers = widths.prefix(count).reduce(into: [first]) { $0.append(($0.last ?? first) + $1) }
    agreement = readers.last ?? first
    consensus = agreement + needs.agreement
    self.how = isWide ? end - how : nil
  }

  /// What is left over goes to all alike.
  private static func widths(_ needs: [Int], in room: Int) -> [Int] {
    let spare = room - needs.reduce(0, +)
    if spare >= 0 { return needs.map { $0 + spare / max(1, needs.count) } }
    var most = needs.max() ?? 0
    while most > 4, needs.reduce(0, { $0 + min($1, most) }) > room { most -= 1 }
    var left = room - needs.reduce(0) { $0 + min($1, most) }
    // What is agreed comes last, and first in this.
    return needs.reversed().map { need in
      guard need > most, left > 0 else { return min(need, most) }
      left -= 1
      return most + 1
    }
    .reversed()
  }

  func reader(_ index: Int, _ y: Int) -> Rect { cell(readers[index], readers[index + 1], y) }

  func cell(_ x: Int, _ next: Int, _ y: Int) -> Rect { Rect(x: x, y: y, width: next - x - 1, height: 1) }
}

/// The widest of what stands in each column, with a blank after it.
private struct Needs {
  /// A list says how many more there are where it is cut.
  private static let list = 13

  var title = 7
  var readers: [Int]
  var agreement = 10
  var consensus = 11

  init(_ state: State, _ table: ConsensusTable, _ names: [FindingID: String], isWide: Bool, _ canvas: Canvas) {
    readers = [Int](repeating: 4, count: table.columns.count)
    for row in table.rows {
      guard let finding = state.session.codebook[row.key.finding] else { continue }
      func width(_ value: GradeValue?) -> Int {
        let width = cell(value, finding).reduce(0) { $0 + canvas.columns($1.0) }
        return (finding.isOfPlaces ? min(width, Self.list) : width) + 1
      }
      let name = (names[finding.id] ?? finding.shortTitle) + months(row.key, state, isWide: isWide)
      title = max(title, canvas.columns(name))
      agreement = max(agreement, row.agreement.title.count + 1)
      for (index, grade) in row.grades.enumerated() {
        let now = row.positions[index]
        let marks = (now == grade?.value ? 0 : 1) + (grade?.note == nil ? 0 : 1)
        let words = row.asked[index] || now != nil ? width(now ?? grade?.value) : 10
        readers[index] = max(readers[index], words + marks)
      }
      // As wide as what may be agreed, so that nothing moves when it is.
      let agreed = (row.positions + [row.decision?.grade?.value]).map(width).max() ?? 0
      consensus = max(consensus, agreed + 2)
    }
  }
}

func renderConsensus(_ state: State, _ canvas: inout Canvas) {
  let area = state.body.inset(by: 1, 0)
  guard let table = state.consensus.table else {
    renderClosed(state, area, &canvas)
    return
  }
  if state.isJoint { return renderGrading(state, &canvas) }
  let detail = detailHeight(state, area)
  let rows = state.consensus.rows
  let names = consensusNames(state)
  let columns = Columns(state, table, names, area, canvas)
  drawHeads(table, columns, area.y, &canvas)
  let height = max(1, area.height - detail - 1)
  let top = max(0, min(state.consensus.index - height / 2, rows.count - height))
  for (line, row) in rows.dropFirst(top).prefix(height).enumerated() {
    drawRow(state, table, row, names, columns, area.y + 1 + line, isHere: top + line == state.consensus.index, &canvas)
  }
  if top > 0 { canvas.put("↑", x: area.maxX - 1, y: area.y, .role(.focus)) }
  if rows.count > top + height { canvas.put("↓", x: area.maxX - 1, y: area.y + height, .role(.focus)) }
  if let row = state.consensus.row {
    renderDetail(state, table, row, Rect(x: area.x, y: area.maxY - detail, width: area.width, height: detail), &canvas)
  }
}

/// Before it is open: who has signed.
private func renderClosed(_ state: State, _ area: Rect, _ canvas: inout Canvas) {
  guard let view = state.consensus.view else { return }
  canvas.put("Case \(view.id) is \(view.stage.title).", x: area.x + 1, y: area.y)
  for (line, signature) in view.signatures.enumerated() {
    canvas.put(
      "\(signature.reader)  \(signature.isSigned ? "✓ signed" : "not signed yet")", x: area.x + 1, y: area.y + 2 + line,
      .role(signature.isSigned ? .good : .muted), clip: area)
  }
  let isJoint = state.session.study.studyProtocol.mode == .joint
  let hint =
    view.stage == .ready
    ? isJoint
      ? "O opens it: its readers grade it together."
      : "O opens it: its readings become visible and can no longer change."
    : "It can be opened once all its readers have signed."
  canvas.put(hint, x: area.x + 1, y: area.y + 3 + view.signatures.count, clip: area)
}

private func drawHeads(_ table: ConsensusTable, _ columns: Columns, _ y: Int, _ canvas: inout Canvas) {
  canvas.put("finding", x: columns.title, y: y, .role(.muted))
  for (index, column) in table.columns.enumerated() {
    let room = columns.reader(index, y)
    canvas.put(column.title, x: room.x, y: y, .role(.heading, .bold), clip: room)
  }
  canvas.put("agreement", x: columns.agreement, y: y, .role(.muted))
  canvas.put("consensus", x: columns.consensus, y: y, .role(.muted))
  if let how = columns.how { canvas.put("how", x: how, y: y, .role(.muted)) }
}

private func drawRow(
  _ state: State, _ table: ConsensusTable, _ row: ConsensusRow, _ names: [FindingID: String], _ columns: Columns,
  _ y: Int, isHere: Bool, _ canvas: inout Canvas
) {
  guard let finding = state.session.codebook[row.key.finding] else { return }
  canvas.put(isHere ? "▸" : " ", x: columns.title - 3, y: y, .role(.focus, .bold))
  canvas.put(row.isDisputed ? "≠" : " ", x: columns.title - 2, y: y, .role(.warning))
  let place = columns.cell(columns.title, columns.readers[0], y)
  // Which examination it is is never cut.
  let when = months(row.key, state, isWide: columns.isWide)
  let name = names[row.key.finding] ?? finding.shortTitle
  let fits = canvas.columns(name + when) <= place.width
  canvas.put(
    name + (fits ? when : when.replacing(" mo", with: "")), x: columns.title, y: y,
    isHere ? .role(.focus, .bold) : .plain, clip: place)
  for (index, grade) in row.grades.enumerated() {
    let room = columns.reader(index, y)
    // Who holds something else after a vote is shown with it.
    let now = row.positions[index] == grade?.value ? nil : row.positions[index]
    let marks: (before: Line, after: Line) = (
      now == nil ? [] : [("»", .role(.warning))], grade?.note == nil ? [] : [("✎", .role(.muted))]
    )
    let wide = room.width - marks.before.count - marks.after.count
    var runs: Line = [(columns.isOfGlyphs ? "∅" : "not asked", .role(.muted))]
    if row.asked[index] || now != nil {
      let value = now ?? grade?.value
      runs = columns.isOfGlyphs ? glyphCell(value, finding) : cell(value, finding, columns: wide, canvas)
    }
    canvas.put(marks.before + runs + marks.after, x: room.x, y: y, clip: room)
  }
  canvas.put(
    row.agreement.title, x: columns.agreement, y: y, .role(row.isDisputed ? .warning : .good),
    clip: columns.cell(columns.agreement, columns.consensus, y))
  let settled = columns.cell(columns.consensus, columns.how ?? columns.end + 1, y)
  let words = outcome(row, finding) { cell($0, $1, columns: settled.width - 2, canvas) }
  canvas.put(words, x: columns.consensus, y: y, clip: settled)
  if let how = columns.how, let decision = row.decision {
    canvas.put(
      table.words(decision.how) ?? "", x: how, y: y, .role(.muted), clip: columns.cell(how, columns.end + 1, y))
  }
}

/// The examination of a row: `8 mo`, and against another than the baseline `8 vs 3 mo`, or where that has no room `8 mo*`.
private func months(_ key: GradeKey, _ state: State, isWide: Bool) -> String {
  guard !key.examination.isBaseline else { return "" }
  guard key.comparator == .previous else { return " \(key.examination) mo" }
  guard isWide, let before = state.consensus.view?.patientCase.followUp(before: key.examination) else {
    return " \(key.examination) mo*"
  }
  return " \(key.examination) vs \(before) mo"
}

private func glyphCell(_ value: GradeValue?, _ finding: Finding) -> Line {
  // As on the grading screen: a dash would look like the glyph of a low signal, a question mark like an answer.
  guard let value else { return [("▁", .role(.muted))] }
  return [(finding.glyphs(value), value.isAnswer ? value.levelIDs.last.map(levelStyle) ?? .plain : .role(.warning))]
}

private func cell(_ value: GradeValue?, _ finding: Finding) -> Line {
  guard let value else { return [("–", .role(.muted))] }
  guard value.isAnswer else { return [(finding.words(value), .role(.warning))] }
  return [(finding.words(value).replacing(" + ", with: "+"), value.levelIDs.last.map(levelStyle) ?? .plain)]
}

/// The same in some columns: of bones and places as many as have room, and how many more there are; changes per bone by their
/// glyphs where their words have none.
private func cell(_ value: GradeValue?, _ finding: Finding, columns room: Int, _ canvas: Canvas) -> Line {
  let runs = cell(value, finding)
  guard finding.isOfPlaces, let value, value.isAnswer, let (words, style) = runs.first,
    canvas.columns(words) > room
  else { return runs }
  if case .map(let changes) = value {
    let short = changes.sorted { $0.key < $1.key }.map { "\(finding.level($1)?.glyph ?? "?")\($0.title)" }
    return [(canvas.list(short.joined(separator: ", "), columns: room), style)]
  }
  return [(canvas.list(finding.ranged(value), columns: room), style)]
}

/// The vote that goes on, else the agreed grade.
func outcome(
  _ row: ConsensusRow, _ finding: Finding, _ cell: (GradeValue?, Finding) -> Line = { cell($0, $1) }
) -> Line {
  if let vote = row.vote, vote.isOpen {
    return [("… vote \(vote.voted.count)/\(vote.voted.count + vote.waiting.count)", .role(.focus, .bold))]
  }
  guard let decision = row.decision else { return [("–", .role(.muted))] }
  guard let grade = decision.grade else { return [("unresolved", .role(.warning))] }
  // Another grade than the rule's or the last vote's: below the list it says which.
  if row.rule?.overruled != nil || row.outvoted != nil {
    return [("! ", .role(.warning, .bold))] + cell(grade.value, finding)
  }
  return [("✓ ", .role(.good))] + cell(grade.value, finding)
}

extension ScreenID {
  package static let consensus = ScreenID("consensus")
}

extension Screen {
  static let consensus = Screen(
    .consensus, "Consensus", head: consensusHead, draw: renderConsensus,
    load: { state in state.consensus.caseID.map { [.session(.load($0))] } ?? [] }, over: layersOfConsensus,
    commands: Commands.consensus,
    signs: [
      ("≠", "the readers differ"), ("»", "voted last, where it is not what was signed"),
      ("✎", "the reader wrote a note; below the list"), ("*", "against the previous examination, not the baseline"),
      ("∅", "not asked: signed before the codebook had it"), ("▁ –", "not graded"), ("✓", "agreed"),
      ("!", "agreed, but not the rule's or the last vote's grade"), ("…", "a vote is open: how many have voted"),
      ("T5–L5 each", "vertebrae named one by one; T5–L5 is an extent as stated"),
      ("same bones", "the readers differ only in how they state them"),
      ("1/3 bones", "bones that all agree on, of those that anybody named"),
      ("24", "in narrow columns how many bones or places"),
      ("T5, T7 +3", "the first of a list, and how many more"),
      ("↑ ↓", "at the right edge: there is more above, below"),
    ],
    reopen: { state, place, _ in Commands.holdsSessions(state) ? place.session.map { state.reopen($0) } : nil })
}
