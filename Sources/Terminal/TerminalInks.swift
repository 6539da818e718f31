// Styles of the frame being drawn, as attributes and colour pairs of ncurses.

import CTerminal
import Grid

struct TerminalInks {
  let colors: Look.Colors
  private let hasDefaultColors: Bool
  /// Colours of what has none of its own.
  private var own: (foreground: Int32, background: Int32)
  private var pairs: ColorPairs
  private var grid = Grid(size: Size(width: 0, height: 0))
  private var theme = Theme.plain
  private var known: [Style: (attributes: attr_t, pair: Int16)] = [:]

  /// To be made once curses is open. Every answer of a colour call is looked at: a terminal may refuse.
  init(noColor: Bool) {
    let isColored = !noColor && has_colors() && start_color() == OK
    hasDefaultColors = isColored && use_default_colors() == OK
    own = hasDefaultColors ? (-1, -1) : (7, 0)
    pairs = ColorPairs(capacity: isColored ? Int(ct_color_pairs()) - 1 : 0)
    switch isColored ? ct_colors() : 0 {
    case 0x100_0000...: colors = .direct
    case 256...: colors = .many
    case 16...: colors = .sixteen
    case 8...: colors = .eight
    default: colors = .none
    }
  }

  /// Another frame: its pairs are the ones that must not change their colours.
  mutating func begin(_ grid: Grid, _ theme: Theme) {
    if theme != self.theme { paint(theme) }
    (self.grid, self.theme) = (grid, theme)
    known = [:]
  }

  /// Gives the terminal the theme's page, or its own back. Pairs are made anew: those of the page have its colours.
  private mutating func paint(_ theme: Theme) {
    let page = theme.page(colors) ?? (hasDefaultColors ? (-1, -1) : (7, 0))
    guard hasDefaultColors, page != own, assume_default_colors(page.foreground, page.background) == OK else { return }
    own = page
    pairs = ColorPairs(capacity: Int(ct_color_pairs()) - 1)
    clearok(ct_curscr(), true)
  }

  mutating func ink(_ style: Style) -> (attributes: attr_t, pair: Int16) {
    if let ink = known[style] { return ink }
    let (grid, theme, colors, own) = (grid, theme, colors, own)
    let pair = { (style: Style) in
      let shown = theme.appearance(of: style, colors: colors)
      return ColorPair(foreground: shown.foreground, background: shown.background)
    }
    let number = pairs.number(
      of: pair(style),
      inUse: { Set(Set(grid.cells.map(\.style)).map(pair)) },
      define: { number, pair in
        init_extended_pair(
          Int32(number), pair.foreground ?? own.foreground, pair.background ?? own.background) == OK
      })
    let attributes = theme.appearance(of: style, colors: colors).attributes
    let ink = (TerminalInks.bits.reduce(0) { attributes.contains($1.0) ? $0 | $1.1 : $0 }, number)
    known[style] = ink
    return ink
  }

  private static let bits: [(Attributes, attr_t)] = [
    (.bold, ct_bold()), (.dim, ct_dim()), (.underline, ct_underline()), (.reverse, ct_reverse()),
  ]
}
