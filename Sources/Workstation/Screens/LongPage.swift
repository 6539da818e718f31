// Screens that are one long page: drawn as high as they need, and scrolled.

import Grid

/// How high a page is at a width, and how it is drawn from its top.
struct LongPage: Sendable {
  let height: @Sendable (State, _ width: Int) -> Int
  private let paint: @Sendable (State, inout Canvas) -> Void

  /// A page that is facts under each other.
  init(facts: @escaping @Sendable (State) -> [Fact]) {
    self.init(
      height: { state, width in facts(state).reduce(0) { $0 + $1.rows(width: width) } },
      draw: { state, canvas in
        var y = 0
        for fact in facts(state) { y += fact.draw(&canvas, canvas.bounds, y: y) }
      })
  }

  init(
    height: @escaping @Sendable (State, Int) -> Int, draw: @escaping @Sendable (State, inout Canvas) -> Void
  ) {
    self.height = height
    paint = draw
  }

  func draw(_ state: State, on screen: ScreenID, _ canvas: inout Canvas) {
    let area = state.pageArea
    let height = max(area.height, height(state, area.width))
    var drawn = Canvas(size: Size(width: area.width, height: height), look: canvas.look, width: canvas.width)
    paint(state, &drawn)
    let scroll = min(state.scrolled[screen], height - area.height)
    canvas.paste(drawn.grid, from: scroll, into: area)
    if scroll > 0 { canvas.put("↑", x: area.maxX + 1, y: area.y, .role(.focus)) }
    if height - area.height > scroll { canvas.put("↓", x: area.maxX + 1, y: area.maxY - 1, .role(.focus)) }
  }
}

/// Rows scrolled off the top of long pages.
package struct ScrolledPages: ScreenState {
  private var rows: [ScreenID: Int] = [:]

  package init() {}

  package subscript(_ screen: ScreenID) -> Int {
    get { rows[screen] ?? 0 }
    set { rows[screen] = newValue }
  }
}

extension State {
  package var scrolled: ScrolledPages {
    get { self[ScrolledPages.self] }
    set { self[ScrolledPages.self] = newValue }
  }

  fileprivate var pageArea: Rect { body.inset(by: 2, 0) }

  fileprivate func lastScroll(_ page: LongPage) -> Int {
    max(0, page.height(self, pageArea.width) - pageArea.height)
  }
}

extension Commands {
  private static func scroll(
    _ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int
  ) -> Command {
    let pages = Screen.all.filter { $0.page != nil }.map(\.id)
    return Command("sheet.\(id)", title, keys: keys, on: Set(pages)) { state in
      guard let page = Screen.of(state.screen).page else { return [] }
      let scroll = state.scrolled[state.screen] + step(state)
      state.scrolled[state.screen] = max(0, min(state.lastScroll(page), scroll))
      return []
    }
  }

  static let longPages: [Command] = [
    scroll("down", "scroll down", [.down, .character("j")]) { _ in 1 },
    scroll("up", "scroll up", [.up, .character("k")]) { _ in -1 },
    scroll("pageDown", "a screen down", [.pageDown, .character(" ")]) { $0.body.height },
    scroll("pageUp", "a screen up", [.pageUp]) { -$0.body.height },
  ]
}
