// What lies on top of the consensus screen: choices, reasons, and the curtain between readers at one screen.

import Grid
import ReviewCore
import TextSafety

package enum SessionDialog: Hashable, Sendable {
  case choose(GradeChoice)
  case cause(GradeKey)
  /// How a grade was reached.
  case how(GradeKey)
  /// Who is recorded absent.
  case who([PrincipalID])
  case text(Purpose, LineEditor)
  /// Before confirming, of this seat's principal or of a guest.
  case confirm(ConfirmBox)
  case curtain(PrincipalID)

  package enum Purpose: Hashable, Sendable {
    case note(GradeKey)
    /// For a grade that takes the place of the one that was shown, if there was one.
    case rationale(GradeKey, AgreedGrade, instead: AgreedGrade?)
    /// Each from the version that was shown.
    case dissent(as: PrincipalID?, ConsensusVersion)
    case absent(PrincipalID, records: Bool)
    case reopen(ConsensusVersion)
    case value(GradeChoice)
    case passphrase(PrincipalID)
  }

  /// Words are being written for the record, or a grade is half chosen.
  var isBegun: Bool {
    switch self {
    case .text(let purpose, _): purpose.isWriting
    case .choose(let choice): choice.isBegun
    default: false
    }
  }

  /// True where nothing below may be seen.
  var coversAll: Bool {
    switch self {
    case .curtain, .text(.passphrase, _): true
    default: false
    }
  }
}

extension SessionDialog: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updateSessionDialog(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderSessionDialog(state, self, &canvas) }
  package func keys(_ state: State) -> [(key: String, words: String)]? {
    switch self {
    case .choose(let choice): choice.keys
    case .confirm:
      [
        ("Enter C", "confirm this version as your own"), ("D", "dissent from it, with a reason"),
        ("↓ ↑ PgDn PgUp End", "read on"), ("any other", "leave it unsaid"),
      ]
    case .cause, .how, .who: [("1 2 3 …", "choose"), ("Esc", "leave it as it was")]
    case .curtain: [("Enter", "it is me; the others look away"), ("Esc", "end the turns")]
    case .text: nil
    }
  }
  package var typing: LineEditor? { if case .text(_, let editor) = self { editor } else { nil } }
}

private func updateSessionDialog(_ state: inout State, _ key: Key, _ dialog: SessionDialog) -> [Effect] {
  guard let id = state.consensus.caseID, let table = state.consensus.table else {
    state.overlay = nil
    return []
  }
  func act(_ move: ConsensusMove, as guest: PrincipalID? = nil) -> [Effect] {
    state.overlay = nil
    return [.session(.act(id, move, as: guest))]
  }
  switch dialog {
  case .choose(let choice):
    switch choice.answer(to: key) {
    case .open(let choice): state.overlay = SessionDialog.choose(choice)
    case .left: return leave(&state)
    case .typing: state.overlay = SessionDialog.text(.value(choice), LineEditor())
    case .told(let choice, let words):
      state.overlay = SessionDialog.choose(choice)
      state.message = Message(words, .warning)
    case .refused(let words): state.message = Message(words, .warning)
    case .value(let value): return decide(&state, choice, value, id)
    }
  case .cause(let finding):
    guard var changed = table.row(finding)?.decision else { return leave(&state) }
    switch key {
    case .escape, .control("c"): return leave(&state)
    case .character("0"): changed.cause = nil
    default:
      guard let cause = picked(key, DiscrepancyCause.allCases) else { return [] }
      changed.cause = cause
    }
    guard let row = table.row(finding), changed != row.decision else { return leave(&state) }
    return act(.agree(row, changed))
  case .how(let finding):
    guard let row = table.row(finding), var changed = row.decision else { return leave(&state) }
    if key == .escape || key == .control("c") { return leave(&state) }
    guard let how = picked(key, row.ways) else { return [] }
    changed.how = how
    return changed == row.decision ? leave(&state) : act(.agree(row, changed))
  case .who(let readers):
    if key == .escape || key == .control("c") { return leave(&state) }
    guard let reader = picked(key, readers) else { return [] }
    state.overlay = SessionDialog.text(.absent(reader, records: table.isRecorded(without: reader)), LineEditor())
  case .text(let purpose, let editor): return updateText(&state, key, purpose, editor, id, table)
  case .confirm(var box):
    let key = key == .character("C") ? .enter : key
    if let scroll = state.pagedConfirmation(box, table).scroll(key, from: box.scroll, state) {
      box.scroll = scroll
      state.overlay = SessionDialog.confirm(box)
      return []
    }
    switch key {
    case .enter: return act(.confirm(box.version), as: box.guest)
    case .character("D"):
      state.overlay = SessionDialog.text(.dissent(as: box.guest, box.version), LineEditor())
    default: return leave(&state)
    }
  case .curtain(let reader):
    switch key {
    case .enter:
      // The seat's own principal has shown who they are already.
      return reader == state.session.principal.id
        ? proceed(&state, reader) : [.session(.admit(reader, passphrase: nil))]
    case .escape, .control("c"): return leave(&state)
    default: return []
    }
  }
  return []
}

/// The item of a list that a digit stands for.
private func picked<T>(_ key: Key, _ items: [T]) -> T? {
  guard case .character(let digit) = key, let number = digit.wholeNumberValue, items.indices.contains(number - 1) else {
    return nil
  }
  return items[number - 1]
}

/// Closes the dialog; the turns end with it.
private func leave(_ state: inout State) -> [Effect] {
  state.overlay = nil
  guard state.consensus.turns != nil else { return [] }
  state.consensus.turns = nil
  return [.session(.dismissGuests)]
}

private func decide(_ state: inout State, _ choice: GradeChoice, _ value: GradeValue?, _ id: CaseID) -> [Effect] {
  state.overlay = nil
  switch choice.purpose {
  case .vote(let guest): return [.session(.act(id, .vote(choice.key, value), as: guest))]
  case .agree:
    let grade = value.map { Grade($0) }
    guard let row = state.consensus.table?.row(choice.key) else { return [] }
    return [.session(.act(id, .agree(row, row.agreed(grade)), as: nil))]
  }
}

private func updateText(
  _ state: inout State, _ key: Key, _ purpose: SessionDialog.Purpose, _ editor: LineEditor, _ id: CaseID,
  _ table: ConsensusTable
) -> [Effect] {
  var editor = editor
  switch key {
  case .escape, .control("c"):
    guard let before = purpose.askedFrom(state) else { return leave(&state) }
    state.overlay = before
    return []
  case .enter: break
  default:
    _ = editor.handle(key)
    state.overlay = SessionDialog.text(purpose, editor)
    return []
  }
  let text = editor.trimmed
  func act(_ move: ConsensusMove, as guest: PrincipalID? = nil) -> [Effect] {
    state.overlay = nil
    return [.session(.act(id, move, as: guest))]
  }
  // A letter is no reason; taken back is one that is empty.
  if !text.saysSomething, purpose.needsText || purpose.isReason && !text.isEmpty {
    state.message = Message("please give the reason in words; Esc cancels", .warning)
    return []
  }
  switch purpose {
  case .note(let finding): return act(.note(finding, text.isEmpty ? nil : text))
  case .rationale(let finding, var grade, let shown):
    grade.rationale = text.isEmpty ? nil : text
    return act(.agree([finding: grade], instead: shown.map { [finding: $0] } ?? [:]))
  case .dissent(let guest, let version): return act(.dissent(version, reason: text), as: guest)
  case .absent(let reader, let records): return act(.absent(reader, reason: text, records: records))
  case .reopen(let version): return act(.reopen(version, reason: text))
  case .passphrase(let reader):
    state.overlay = SessionDialog.text(purpose, LineEditor())
    return [.session(.admit(reader, passphrase: editor.text))]
  case .value(let choice):
    do throws(GradeError) {
      let value = try choice.finding.value(text, in: state.consensusAnatomy)
      if let left = choice.agreedButNotIn(value, state.consensusAnatomy) {
        state.message = Message("your vote leaves out \(left), which all had named; v votes again", .warning)
      }
      return decide(&state, choice, value, id)
    } catch {
      state.message = Message(error.description, .warning)
      return []
    }
  }
}

extension SessionDialog.Purpose {
  /// Words for the record.
  var isWriting: Bool {
    switch self {
    case .note, .rationale, .dissent, .absent, .reopen: true
    case .value, .passphrase: false
    }
  }

  /// What a text was asked for from, which Esc goes back to; nil where that is the screen.
  fileprivate func askedFrom(_ state: State) -> SessionDialog? {
    switch self {
    case .value(let choice): .choose(choice)
    case .absent: state.consensus.table.map { .who($0.pending) }
    case .dissent(let guest?, _): state.consensus.table.map { .confirm(ConfirmBox(as: guest, $0)) }
    case .dissent, .note, .rationale, .reopen, .passphrase: nil
    }
  }

  /// It says why, and may be left out.
  var isReason: Bool { if case .rationale = self { true } else { false } }

  var needsText: Bool {
    switch self {
    case .dissent, .absent, .reopen: true
    case .note, .rationale, .value, .passphrase: false
    }
  }
}

// MARK: In turn at one screen

/// Draws the curtain for the next reader; ends when all have had their turn.
func nextTurn(_ state: inout State) -> [Effect] {
  guard var turns = state.consensus.turns else { return [] }
  turns.left.removeFirst(min(1, turns.left.count))
  state.consensus.turns = turns.left.isEmpty ? nil : turns
  guard let next = turns.now else {
    if case .vote = turns.deed { state.message = Message("all have voted; r reveals") }
    return [.session(.dismissGuests)]
  }
  state.overlay = SessionDialog.curtain(next)
  return []
}

/// Whose turn it is has shown who they are.
func proceed(_ state: inout State, _ reader: PrincipalID) -> [Effect] {
  let guest = reader == state.session.principal.id ? nil : reader
  switch state.consensus.turns?.deed {
  case .vote(let key):
    guard let row = state.consensus.table?.row(key), let finding = state.session.codebook[key.finding] else {
      return leave(&state)
    }
    state.overlay = SessionDialog.choose(
      GradeChoice(.vote(as: guest), row, finding, own: state.signed(key, by: reader)))
  case .confirm: state.openConfirmation(as: guest)
  case nil: state.overlay = nil
  }
  return []
}

extension State {
  /// What a reader signed of the case that is talked about, as far as this seat may know it.
  func signed(_ key: GradeKey, by reader: PrincipalID) -> GradeValue? {
    consensus.view?.reading(of: reader, key.examination)?.grades[key]?.value
  }

  mutating func startTurns(_ deed: Turns.Deed, _ readers: [PrincipalID]) {
    guard let first = readers.first else { return }
    consensus.turns = Turns(deed: deed, left: readers)
    overlay = SessionDialog.curtain(first)
  }
}
