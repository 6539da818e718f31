// Draws the dialogs of a consensus session.

import Grid
import ReviewCore

func renderSessionDialog(_ state: State, _ dialog: SessionDialog, _ canvas: inout Canvas) {
  if dialog.coversAll {
    canvas.fill(Rect(state.size))
    if let message = state.message { renderMessage(message, state, &canvas) }
  }
  let codebook = state.session.codebook
  func title(_ key: GradeKey) -> String { state.consensus.table?.row(key)?.title ?? key.finding.rawValue }
  switch dialog {
  case .choose(let choice): renderChoice(state, choice, title(choice.key), &canvas)
  case .cause(let key):
    let lines = DiscrepancyCause.allCases.enumerated().map { "\($0 + 1)  \($1.title)" }
    list("Why the readers differed: \(title(key))", lines + ["0  none", "", "Esc cancels"], state, &canvas)
  case .how(let key):
    let ways = state.consensus.table?.row(key)?.ways ?? []
    let lines = ways.enumerated().map { "\($0 + 1)  \($1.rawValue)" }
    list("How it was agreed: \(title(key))", lines + ["", "Esc cancels"], state, &canvas)
  case .who(let readers):
    let lines = readers.enumerated().map { "\($0 + 1)  \($1)" }
    list("Who is absent?", lines + ["", "Esc cancels"], state, &canvas)
  case .text(let purpose, let editor):
    renderText(state, purpose, editor, purpose.title(codebook, title), &canvas)
  case .confirm(let box):
    guard let table = state.consensus.table else { return }
    state.pagedConfirmation(box, table).draw("Confirm", scroll: box.scroll, state, &canvas)
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
  let told = state.told(purpose).flatMap { canvas.wrapped($0, columns: min(74, state.body.width) - 4) }
  let inside = window(title, width: 74, height: 4 + told.count, state, &canvas)
  let isSecret = if case .passphrase = purpose { true } else { false }
  let shown = isSecret ? LineEditor(String(repeating: "*", count: editor.characters.count)) : editor
  renderEditor(shown, prompt: "", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  for (row, line) in told.enumerated() {
    canvas.put(line, x: inside.x, y: inside.y + 1 + row, .role(.warning), clip: inside)
  }
  canvas.put(
    "Enter goes on   Esc cancels", x: inside.x, y: inside.y + 1 + told.count, .role(.muted), clip: inside)
}

extension State {
  /// What Enter comes to beside the words.
  fileprivate func told(_ purpose: SessionDialog.Purpose) -> [String] {
    switch purpose {
    case .rationale(let key, let grade, _):
      // The grade that is about to be agreed may be another one than the row's.
      guard let outcome = consensus.table?.row(key)?.rule?.outcome.grade, let value = grade.grade?.value,
        value != .level(outcome.level)
      else { return [] }
      return ["the rule says \(outcome.sentence)"]
    case .absent(_, records: true): return ["everybody else has confirmed or dissented: this records the consensus"]
    case .dissent(_, let version): return ["on the record of version \(version)"]
    case .reopen(let version): return ["version \(version.number) stays; version \(version.number + 1) begins"]
    case .absent, .note, .value, .passphrase: return []
    }
  }
}

extension SessionDialog.Purpose {
  func title(_ codebook: Codebook, _ name: (GradeKey) -> String) -> String {
    switch self {
    case .note(let key): "Note on \(name(key))"
    case .rationale(let key, let grade, _):
      "Why \(grade.grade.flatMap { codebook[key.finding]?.words($0.value) } ?? "unresolved"): \(name(key))"
    case .dissent(let guest, _): "Why \(guest?.rawValue ?? "you") dissent\(guest == nil ? "" : "s")"
    case .absent(let reader, _): "Why \(reader) is absent"
    case .reopen: "Why the consensus is reopened"
    case .value(let choice): "\(choice.finding.title): type it, as \(choice.finding.example)"
    case .passphrase(let reader): "Passphrase of \(reader)"
    }
  }
}
