// Draws the dialogs of a consensus session.

import Grid
import ReviewCore

func renderSessionDialog(_ state: State, _ dialog: SessionDialog, _ canvas: inout Canvas) {
  if dialog.coversAll { canvas.fill(Rect(state.size)) }
  let codebook = state.session.codebook
  func title(_ key: GradeKey) -> String { state.consensus.table?.row(key)?.title ?? key.finding.rawValue }
  switch dialog {
  case .choose(let choice): renderChoice(state, choice, title(choice.key), &canvas)
  case .cause(let key):
    let lines = DiscrepancyCause.allCases.enumerated().map { "\($0 + 1)  \($1.title)" }
    list("Why the readers differed: \(title(key))", lines + ["0  none", "", "Esc leaves it as it was"], state, &canvas)
  case .who(let readers):
    let lines = readers.enumerated().map { "\($0 + 1)  \($1)" }
    list("Who is absent?", lines + ["", "Esc leaves it as it was"], state, &canvas)
  case .text(let purpose, let editor):
    renderText(state, purpose, editor, purpose.title(codebook, title), &canvas)
  case .confirm(let guest):
    let reader = guest ?? state.session.principal.id
    let table = state.consensus.table
    list(
      "Confirm",
      [
        "\(reader), this is version \(table?.version.description ?? "") of the consensus of case "
          + "\(table?.caseID.rawValue ?? "").",
        "\(table?.rows.count ?? 0) findings, \(table?.unsettled.count ?? 0) of them not settled, "
          + "\(table?.rows.count { $0.decision?.how == .unresolved } ?? 0) left unresolved.",
        "", "Enter confirms it as your own   D dissents   Esc goes back",
      ], state, &canvas)
  case .curtain(let reader):
    let deed =
      switch state.consensus.turns?.deed {
      case .vote(let key): "votes on \(title(key)) now"
      case .confirm, nil: "confirms now"
      }
    list(
      "\(reader) \(deed)",
      [
        "The others look away.", "", "Enter when only \(reader) sees this screen   Esc ends the turns",
      ], state, &canvas)
  }
}

private func list(_ title: String, _ lines: [String], _ state: State, _ canvas: inout Canvas) {
  let inside = window(title, width: 74, height: lines.count + 2, state, &canvas)
  for (row, line) in lines.prefix(inside.height).enumerated() {
    canvas.put(line, x: inside.x, y: inside.y + row, clip: inside)
  }
}

private func renderText(
  _ state: State, _ purpose: SessionDialog.Purpose, _ editor: LineEditor, _ title: String, _ canvas: inout Canvas
) {
  let inside = window(title, width: 74, height: 4, state, &canvas)
  let isSecret = if case .passphrase = purpose { true } else { false }
  let shown = isSecret ? LineEditor(String(repeating: "*", count: editor.characters.count)) : editor
  renderEditor(shown, prompt: "", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  canvas.put("Enter goes on   Esc leaves it as it was", x: inside.x, y: inside.y + 1, .role(.muted), clip: inside)
}

extension SessionDialog.Purpose {
  func title(_ codebook: Codebook, _ name: (GradeKey) -> String) -> String {
    switch self {
    case .note(let key): "Note on \(name(key))"
    case .rationale(let key, let grade):
      "Why \(grade.grade.flatMap { codebook[key.finding]?.words($0.value) } ?? "unresolved"): \(name(key))"
    case .dissent(let guest): "Why \(guest?.rawValue ?? "you") dissent\(guest == nil ? "" : "s")"
    case .absent(let reader): "Why \(reader) is absent"
    case .reopen: "Why the consensus is reopened"
    case .value(let choice): "\(choice.finding.title): type it, as \(choice.isOfBones ? "T10,L1" : "hyper")"
    case .passphrase(let reader): "Passphrase of \(reader)"
    }
  }
}

private func renderChoice(_ state: State, _ choice: GradeChoice, _ title: String, _ canvas: inout Canvas) {
  let finding = choice.finding
  let who =
    if case .vote(let guest?) = choice.purpose { "\(guest) votes: " } else { choice.isVote ? "Your vote: " : "" }
  let rows = choice.isOfBones ? choice.items.count : finding.levels.count
  let inside = window(who + title, width: 74, height: rows + 5, state, &canvas)
  let shown = max(1, inside.height - 3)
  let top = max(0, choice.cursor - shown + 1)
  for row in top..<max(top, min(rows, top + shown)) {
    let y = inside.y + row - top
    if choice.isOfBones {
      drawBone(choice, choice.items[row], at: Position(x: inside.x, y: y), state, inside, &canvas)
    } else {
      let level = finding.levels[row]
      canvas.put(
        [
          ("\(row + 1)  ", .role(.accent)), ("\(level.glyph) \(level.title)", levelStyle(level.id)),
          (choice.levels.contains(level.id) ? " ✓" : "", .role(.good)),
        ], x: inside.x + 2, y: y, clip: inside)
    }
    if row == choice.cursor, finding.scale != .choice { canvas.put("▸", x: inside.x, y: y, .role(.focus, .bold)) }
  }
  let keys: [String] =
    (choice.isOfBones ? ["Space changes the bone"] : finding.scale == .set ? ["digits choose"] : ["digit chooses"])
    + (choice.finding.scale == .choice ? [] : ["Enter takes it"]) + ["x not assessable", "z not acquired"]
    + (choice.isVote ? ["0 abstain"] : []) + ["t type", "Esc leave"]
  for (row, line) in canvas.wrapped(keys.joined(separator: "   "), columns: inside.width).prefix(2).enumerated() {
    canvas.put(line, x: inside.x, y: inside.maxY - 2 + row, .role(.muted), clip: inside)
  }
}

/// A bone with what is chosen for it, and who named it.
private func drawBone(
  _ choice: GradeChoice, _ item: BoneTally.Item, at place: Position, _ state: State, _ clip: Rect,
  _ canvas: inout Canvas
) {
  let mark = choice.marks[item.site] ?? .notNamed
  canvas.put(item.isAgreed ? "=" : "≠", x: place.x + 2, y: place.y, .role(item.isAgreed ? .good : .warning), clip: clip)
  canvas.put(item.site.title, x: place.x + 4, y: place.y, clip: clip)
  canvas.put(
    boneWords(mark, choice.finding), x: place.x + 26, y: place.y,
    mark == .notNamed ? .role(.muted) : .role(.focus, .bold), clip: clip)
  let said = zip(state.consensus.table?.columns ?? [], item.marks).map {
    "\($0.title) \(boneWords($1, choice.finding))"
  }
  canvas.put(said.joined(separator: "  "), x: place.x + 40, y: place.y, .role(.muted), clip: clip)
}

func boneWords(_ mark: BoneTally.Mark, _ finding: Finding) -> String {
  switch mark {
  case .noAnswer: "?"
  case .notNamed: "–"
  case .named: "yes"
  case .level(let level): finding.level(level)?.title ?? level.rawValue
  }
}
