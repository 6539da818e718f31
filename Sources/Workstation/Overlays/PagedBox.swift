// A box before an act that cannot be taken back: what the act is about is scrolled, what the keys do stays in sight.

import Grid

struct PagedBox: Sendable {
  let facts: [Fact]
  /// Below the facts, always seen.
  let footer: [Fact]
  /// What the keys do once all was seen.
  let keys: String
  /// Enter acts at once, without the rest being shown first: it only leads to what is missing.
  var actsAtOnce = false

  private static let widest = 100

  private func width(_ state: State) -> Int { min(state.body.width, Self.widest) - 4 }

  private func height(_ facts: [Fact], _ state: State) -> Int {
    facts.reduce(0) { $0 + $1.rows(width: width(state)) }
  }

  /// Rows of the facts that are seen at once.
  private func room(_ state: State) -> Int {
    max(1, min(height(facts, state), state.body.height - 3 - height(footer, state)))
  }

  func lastScroll(_ state: State) -> Int { max(0, height(facts, state) - room(state)) }

  /// Where a key scrolls to; nil for a key that does not scroll. Enter first goes on to what was not seen yet.
  func scroll(_ key: Key, from scroll: Int, _ state: State) -> Int? {
    let (last, page) = (lastScroll(state), max(1, room(state) - 1))
    let step: Int
    switch key {
    case .enter where scroll < last && !actsAtOnce: step = page
    case .down, .character("j"): step = 1
    case .up, .character("k"): step = -1
    case .pageDown, .character(" "): step = page
    case .pageUp: step = -page
    case .home: step = -last
    case .end: step = last
    default: return nil
    }
    return max(0, min(last, scroll + step))
  }

  func draw(_ title: String, scroll: Int, _ state: State, _ canvas: inout Canvas) {
    let (room, last) = (room(state), lastScroll(state))
    let height = room + height(footer, state) + 3
    let inside = window(title, width: width(state) + 4, height: height, state, &canvas)
    let scroll = max(0, min(scroll, last))
    var drawn = Canvas(
      size: Size(width: inside.width, height: max(room, self.height(facts, state))), look: canvas.look,
      width: canvas.width)
    var y = 0
    for fact in facts { y += fact.draw(&drawn, drawn.bounds, y: y) }
    let area = Rect(x: inside.x, y: inside.y, width: inside.width, height: max(0, min(room, inside.height - 1)))
    canvas.paste(drawn.grid, from: scroll, into: area)
    y = area.maxY
    for fact in footer where y < inside.maxY { y += fact.draw(&canvas, inside, y: y) }
    let act = scroll < last && !actsAtOnce ? "Enter shows the rest" : keys
    let words = act + (last > 0 ? "   ↑ ↓ scroll" : "") + "   Esc goes back"
    canvas.put(words, x: inside.x, y: inside.maxY - 1, .role(.accent), clip: inside)
    if scroll > 0 { canvas.put(" ↑ \(scroll) above ", right: inside.maxX, y: inside.y - 1, .role(.focus)) }
    if scroll < last { canvas.put(" \(last - scroll) more ↓ ", right: inside.maxX, y: inside.maxY, .role(.focus)) }
  }
}
