// From the state to a screen. Pure: the same state draws the same cells.

import Grid
import ReviewCore

package func render(_ state: State, look: Look, width: @escaping ScalarWidth) -> Grid {
  var canvas = Canvas(size: state.size, look: look, width: width)
  if let lock = state.lock {
    lock.draw(state, &canvas)
    return canvas.grid
  }
  guard !state.isTooSmall else {
    renderTooSmall(state, &canvas)
    return canvas.grid
  }
  renderHead(state, &canvas)
  if let cover = state.cover {
    renderCover(cover, state, &canvas)
  } else {
    Screen.of(state.screen).draw(state, &canvas)
  }
  renderFoot(state, &canvas)
  for layer in state.layers.reversed() { layer.draw(state, &canvas) }
  return canvas.grid
}

func renderTooSmall(_ state: State, _ canvas: inout Canvas) {
  let smallest = State.smallest
  let lines = [
    "Too small", "\(state.size.width)×\(state.size.height)", "needs \(smallest.width)×\(smallest.height)", "Q leaves",
  ]
  for (row, line) in lines.enumerated() {
    canvas.put(line, x: 0, y: row, row == 0 ? Style().with(.bold) : .plain)
  }
}

/// Two lines: the study and who sits here; the screen and what it is about.
private func renderHead(_ state: State, _ canvas: inout Canvas) {
  let session = state.session
  let role = session.principal.role.rawValue
  let who = session.principal.name.lowercased() == role ? role : "\(role) \(session.principal.idAndName)"
  let note =
    session.study.isConstructed ? "constructed cases   " : session.study.isIllustrative ? "made-up readings   " : ""
  let right = note + who
  canvas.put(right, right: state.size.width - 1, y: 0, .role(.muted))
  let room = Rect(x: 1, y: 0, width: state.size.width - canvas.columns(right) - 4, height: 1)
  let title = state.isUnknownCaseShown ? session.study.neutralTitle : session.title
  canvas.put(title, x: 1, y: 0, Style().with(.bold), clip: room)
  let mark = presentationMark(state)
  let markWidth = mark.reduce(0) { $0 + canvas.columns($1.0) }
  canvas.put(mark, x: state.size.width - 1 - markWidth, y: 1)
  let screen = Screen.of(state.screen)
  let runs = state.cover == nil ? screen.head(state) : [(screen.title, .role(.heading, .bold))]
  let width = state.size.width - 2 - (markWidth > 0 ? markWidth + 2 : 0)
  canvas.put(runs, x: 1, y: 1, clip: Rect(x: 1, y: 1, width: width, height: 1))
}

/// A message in the last row; what is longer takes rows of what is above it, until the next key.
func renderMessage(_ message: Message, _ state: State, _ canvas: inout Canvas) {
  let role: Role =
    switch message.tone {
    case .information: .accent
    case .warning: .warning
    case .failure: .danger
    }
  let text = (message.tone == .information ? "" : "! ") + message.text
  let (width, height) = (state.size.width, state.size.height)
  let fits = canvas.columns(text) <= width - 2
  let all = fits ? [text] : canvas.wrapped(text, columns: width - 4)
  var lines = all.prefix(max(1, height / 4))
  if lines.count < all.count, let last = lines.last { lines[lines.endIndex - 1] = last + " …" }
  let top = height - lines.count
  if !fits { canvas.fill(Rect(x: 0, y: top, width: width, height: lines.count)) }
  for (row, line) in lines.enumerated() {
    canvas.put(line, x: 1, y: top + row, .role(role), clip: Rect(x: 1, y: top + row, width: width - 2, height: 1))
  }
}

/// A message, or what the keys do here.
private func renderFoot(_ state: State, _ canvas: inout Canvas) {
  let y = state.size.height - 1
  let row = Rect(x: 1, y: y, width: state.size.width - 2, height: 1)
  if let message = state.message {
    renderMessage(message, state, &canvas)
    return
  }
  let all: [(key: String, words: String, works: Bool)]
  switch state.layers.lazy.compactMap({ $0.foot(state) }).first {
  case .nothing: return
  case .words(let words):
    canvas.put(words, x: 1, y: y, .role(.accent), clip: row)
    return
  case .keys(let keys): all = keys.map { ($0.key, $0.words, true) }
  case nil: all = hints(state)
  }
  // Help is always told, so that the rest can be found.
  let last = all.filter { $0.key == "?" }
  let room = row.maxX - (last.isEmpty ? 0 : 9)
  var x = 1
  for hint in all.filter({ $0.key != "?" }) + last {
    let key = canvas.named(hint.key)
    let width = canvas.columns(key) + 1 + canvas.columns(hint.words)
    guard x + width < (hint.key == "?" ? row.maxX : room) else { continue }
    let styles: (Style, Style) = hint.works ? (.role(.accent), .plain) : (.role(.muted), .role(.muted))
    canvas.put([(key, styles.0), (" " + hint.words, styles.1)], x: x, y: y, clip: row)
    x += width + 3
  }
}

/// What the keys do here: the screen's commands that can be run.
private func hints(_ state: State) -> [(key: String, words: String, works: Bool)] {
  Commands.forTheLastRow(state).compactMap { command in
    guard let words = command.hint, let key = command.keys.first else { return nil }
    let works = command.whyNot(state) == nil
    return works || command.keepsPlace(state) ? (key.title, words, works) : nil
  }
}

extension ScreenID {
  package static let tooSmall = ScreenID("tooSmall")
}

extension Screen {
  static let tooSmall = Screen(.tooSmall, "Too small", draw: renderTooSmall)
}
