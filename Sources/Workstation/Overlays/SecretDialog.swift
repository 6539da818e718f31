// Passphrases at the workstation: choosing one, and taking up what a reset locked. Typed behind asterisks.

import Grid
import ReviewCore

package struct SecretDialog: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case new
    case again(String)
    /// What was chosen before a reset; empty where key or account show enough.
    case former
    /// Before drafts are given up.
    case setAside
  }

  package var step: Step
  package var editor = LineEditor()

  package init(_ step: Step) { self.step = step }

  var title: String {
    switch step {
    case .new: "New passphrase, at least 8 characters"
    case .again: "The same once more"
    case .former: "Your passphrase before the reset; empty where your key was there before"
    case .setAside: "Give up the drafts that a reset locked?"
    }
  }
}

extension SecretDialog: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updateSecret(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderSecret(state, self, &canvas) }
}

private func updateSecret(_ state: inout State, _ key: Key, _ dialog: SecretDialog) -> [Effect] {
  var dialog = dialog
  switch key {
  case .escape, .control("c"):
    state.overlay = nil
    return []
  case .enter: break
  default:
    if dialog.step != .setAside { _ = dialog.editor.handle(key) }
    state.overlay = dialog
    return []
  }
  let text = dialog.editor.text
  switch dialog.step {
  case .new: state.overlay = SecretDialog(.again(text))
  case .again(let first):
    guard first.unicodeScalars.elementsEqual(text.unicodeScalars) else {
      state.overlay = SecretDialog(.new)
      state.message = Message("the two are not the same; start again", .warning)
      return []
    }
    state.overlay = nil
    return [.choosePassphrase(text)]
  case .former:
    state.overlay = nil
    return [.unlockReadings(former: text.isEmpty ? nil : text)]
  case .setAside:
    state.overlay = nil
    return [.setAsideLocked]
  }
  return []
}

private func renderSecret(_ state: State, _ dialog: SecretDialog, _ canvas: inout Canvas) {
  let inside = window(dialog.title, width: 74, height: 4, state, &canvas)
  guard dialog.step != .setAside else {
    canvas.put(
      "They start again; what they were is seen once the case is open.", x: inside.x, y: inside.y, clip: inside)
    canvas.put(
      "Enter gives them up   Esc leaves them locked", x: inside.x, y: inside.y + 1, .role(.muted), clip: inside)
    return
  }
  let hidden = LineEditor(String(repeating: "*", count: dialog.editor.characters.count))
  renderEditor(hidden, prompt: "", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  canvas.put("Enter goes on   Esc cancels", x: inside.x, y: inside.y + 1, .role(.muted), clip: inside)
}

extension Commands {
  /// From the palette: nobody needs them every day.
  static let secrets: [Command] = [
    secret("passphrase", "choose a new passphrase", .new),
    secret("unlock", "unlock the readings that a reset of the passphrase locked", .former),
    secret("setAside", "give up the drafts that a reset of the passphrase locked", .setAside),
  ]

  private static func secret(_ id: String, _ title: String, _ step: SecretDialog.Step) -> Command {
    Command(
      id, title, keys: [],
      whyNot: { $0.session.principal.role == .learner ? "a learner's seat is shared and has none" : nil }
    ) { state in
      state.overlay = SecretDialog(step)
      return []
    }
  }
}
