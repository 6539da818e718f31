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
  let isWide = state.isJoint ? gradingColumns(state).left.width >= 42 : ConsensusColumns.isWide(state.size.width - 2)
  let room = state.isJoint ? findingColumns(isNarrow: false) - 7 : ConsensusColumns.titles(state.size.width - 2)
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
  let columns = ConsensusColumns(state, table, names, area, canvas)
  drawHeads(table, columns, area.y, &canvas)
  let height = max(1, area.height - detail - 1)
  let top = max(0, min(state.consensus.index - height / 2, rows.count - height))
  for (line, row) in rows.dropFirst(top).prefix(height).enumerated() {
    drawRow(state, table, row, names, columns, area.y + 1 + line, isHere: top + line == state.consensus.index, &canvas)
  }
  if top > 0 { canvas.put("↑", x: area.maxX, y: area.y, .role(.focus)) }
  if rows.count > top + height { canvas.put("↓", x: area.maxX, y: area.y + height, .role(.focus)) }
  if let row = state.consensus.row, let finding = state.session.codebook[row.key.finding] {
    renderDetail(
      state, table, row, finding, Rect(x: area.x, y: area.maxY - detail, width: area.width, height: detail),
      agreement: columns.isTight, grades: columns.cut(row, finding, canvas), &canvas)
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

private func drawHeads(_ table: ConsensusTable, _ columns: ConsensusColumns, _ y: Int, _ canvas: inout Canvas) {
  canvas.put("finding", x: columns.title, y: y, .role(.muted))
  for (index, column) in table.columns.enumerated() {
    let room = columns.reader(index, y)
    canvas.put(column.title, x: room.x, y: y, .role(.heading, .bold), clip: room)
  }
  canvas.put(columns.isTight ? "alike" : "agreement", x: columns.agreement, y: y, .role(.muted))
  // Over the words, behind their sign, where the head before it is longer than its column.
  canvas.put("consensus", x: columns.consensus + (columns.isTight ? 2 : 0), y: y, .role(.muted))
  if let how = columns.how { canvas.put("how", x: how, y: y, .role(.muted)) }
}

private func drawRow(
  _ state: State, _ table: ConsensusTable, _ row: ConsensusRow, _ names: [FindingID: String],
  _ columns: ConsensusColumns,
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
    name + (fits ? when : shortened(when)), x: columns.title, y: y,
    isHere ? .role(.focus, .bold) : .plain, clip: place)
  for index in row.grades.indices {
    let room = columns.reader(index, y)
    let runs = ReaderCell(row, index).runs(finding, in: columns, room.width, canvas)
    canvas.put(runs, x: room.x, y: y, clip: room)
  }
  canvas.put(
    columns.isTight ? row.agreement.shortTitle : row.agreement.title, x: columns.agreement, y: y,
    .role(row.isDisputed ? .warning : .good), clip: columns.cell(columns.agreement, columns.consensus, y))
  let settled = columns.cell(columns.consensus, columns.how ?? columns.end + 1, y)
  let words = outcome(row, finding) { cell($0, $1, columns: settled.width - 2, canvas) }
  canvas.put(words, x: columns.consensus, y: y, clip: settled)
  if let how = columns.how, let decision = row.decision {
    canvas.put(
      table.words(decision.how) ?? "", x: how, y: y, .role(.muted), clip: columns.cell(how, columns.end + 1, y))
  }
}

/// The vote that goes on, else the agreed grade.
func outcome(
  _ row: ConsensusRow, _ finding: Finding, _ cell: (GradeValue?, Finding) -> Line = { cell($0, $1) }
) -> Line {
  if let vote = row.vote, vote.isOpen {
    return [("☐ vote \(vote.voted.count)/\(vote.voted.count + vote.waiting.count)", .role(.focus, .bold))]
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
      ("!", "agreed, but not the rule's or the last vote's grade"), ("☐", "a vote is open: how many have voted"),
      ("…", "cut for want of room; below the list it is whole"),
      ("T5–L5 each", "vertebrae named one by one; T5–L5 is an extent as stated"),
      ("same bones", "the readers differ only in how they state them"),
      ("1/3 bones", "bones that all agree on, of those that anybody named"),
      ("2/3 all no", "in narrow columns how many readers graded alike; below the list in words"),
      ("24", "in narrow columns how many bones or places"),
      ("T5, T7 +3", "the first of a list, and how many more"),
      ("↑ ↓", "at the right edge: there is more above, below"),
    ],
    reopen: { state, place, _ in Commands.holdsSessions(state) ? place.session.map { state.reopen($0) } : nil })
}
