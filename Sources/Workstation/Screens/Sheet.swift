// Screens that are one long sheet: drawn as high as they need, and scrolled.

import Grid

/// A sheet is a row: how high it is at a width, and how it is drawn from its top.
struct Sheet: Sendable {
  let screen: ScreenID
  let height: @Sendable (State, _ width: Int) -> Int
  let draw: @Sendable (State, inout Canvas) -> Void

  static let all: [Sheet] = [study, progress, history, consensusFigures, sessionReport]

  static func of(_ screen: ScreenID) -> Sheet? { all.first { $0.screen == screen } }

  /// A sheet that is facts under each other.
  init(_ screen: ScreenID, facts: @escaping @Sendable (State) -> [Fact]) {
    self.init(
      screen,
      height: { state, width in facts(state).reduce(0) { $0 + $1.rows(width: width) } },
      draw: { state, canvas in
        var y = 0
        for fact in facts(state) { y += fact.draw(&canvas, canvas.bounds, y: y) }
      })
  }

  init(
    _ screen: ScreenID, height: @escaping @Sendable (State, Int) -> Int,
    draw: @escaping @Sendable (State, inout Canvas) -> Void
  ) {
    self.screen = screen
    self.height = height
    self.draw = draw
  }
}

extension State {
  fileprivate var sheetArea: Rect { body.inset(by: 2, 0) }

  fileprivate func lastScroll(_ sheet: Sheet) -> Int {
    max(0, sheet.height(self, sheetArea.width) - sheetArea.height)
  }
}

func renderSheet(_ sheet: Sheet, _ state: State, _ canvas: inout Canvas) {
  let area = state.sheetArea
  let height = max(area.height, sheet.height(state, area.width))
  var drawn = Canvas(size: Size(width: area.width, height: height), look: canvas.look, width: canvas.width)
  sheet.draw(state, &drawn)
  let scroll = min(state.sheetScroll[sheet.screen] ?? 0, height - area.height)
  canvas.paste(drawn.grid, from: scroll, into: area)
  if scroll > 0 { canvas.put("↑", x: area.maxX + 1, y: area.y, .role(.focus)) }
  if height - area.height > scroll { canvas.put("↓", x: area.maxX + 1, y: area.maxY - 1, .role(.focus)) }
}

extension Commands {
  private static func scroll(
    _ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int
  ) -> Command {
    Command("sheet.\(id)", title, keys: keys, on: Set(Sheet.all.map(\.screen))) { state in
      guard let sheet = Sheet.of(state.screen) else { return [] }
      let scroll = (state.sheetScroll[sheet.screen] ?? 0) + step(state)
      state.sheetScroll[sheet.screen] = max(0, min(state.lastScroll(sheet), scroll))
      return []
    }
  }

  static let sheets: [Command] = [
    scroll("down", "scroll down", [.down, .character("j")]) { _ in 1 },
    scroll("up", "scroll up", [.up, .character("k")]) { _ in -1 },
    scroll("pageDown", "a screen down", [.pageDown, .character(" ")]) { $0.body.height },
    scroll("pageUp", "a screen up", [.pageUp]) { -$0.body.height },
  ]
}
