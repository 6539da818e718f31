// The locked screen: after a pause nothing of the study is seen until its person is back.

import Grid

package struct LockState: Hashable, Sendable {
  package var editor = LineEditor()

  package init() {}
}

extension LockState: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updateLock(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderLock(state, self, &canvas) }
  package var typing: LineEditor? { editor }
}

/// A key on the locked screen. Where no passphrase is set, the key of SSH was proof enough and Enter opens it.
private func updateLock(_ state: inout State, _ key: Key, _ lock: LockState) -> [Effect] {
  var lock = lock
  switch key {
  case .control("c"), .control("q"):
    return [.quit]
  case .enter where !state.session.hasPassphrase:
    state.lock = nil
    return []
  case .enter:
    state.lock = LockState()
    return [.unlock(passphrase: lock.editor.text)]
  default:
    if state.session.hasPassphrase { _ = lock.editor.handle(key) }
    state.lock = lock
    return []
  }
}

private func renderLock(_ state: State, _ lock: LockState, _ canvas: inout Canvas) {
  let y = max(0, state.size.height / 2 - 1)
  let x = min(2, state.size.width / 8)
  canvas.put("Locked", x: x, y: y, Style().with(.bold))
  canvas.put(state.session.principal.idAndName, x: x + 8, y: y, .role(.muted))
  guard state.session.hasPassphrase else {
    canvas.put("Enter goes on where you were   ^C leaves", x: x, y: y + 1)
    return
  }
  let prompt = "Passphrase: "
  canvas.put(prompt, x: x, y: y + 1)
  let room = max(1, state.size.width - x - canvas.columns(prompt) - 1)
  let hidden = String(repeating: "*", count: min(lock.editor.characters.count, room - 1))
  canvas.put(hidden, x: x + canvas.columns(prompt), y: y + 1)
  canvas.placeCursor(Position(x: x + canvas.columns(prompt) + hidden.count, y: y + 1))
  let lines = state.message.map { canvas.wrapped($0.text, columns: state.size.width - 2 * x) } ?? []
  for (row, line) in lines.enumerated() { canvas.put(line, x: x, y: y + 3 + row, .role(.warning)) }
}
