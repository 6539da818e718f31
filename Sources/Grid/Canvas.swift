// Draws into a grid: text, fills, boxes. Everything is clipped; text is made safe on the way in.

/// What the terminal can show, as far as drawing must know it.
package struct Look: Hashable, Sendable {
  package enum Colors: Int, Comparable, Sendable, CaseIterable {
    case none, eight, sixteen
    /// The 256 of `TerminalPalette`.
    case many
    /// Any colour by its red, green and blue.
    case direct
    package static func < (a: Colors, b: Colors) -> Bool { a.rawValue < b.rawValue }
  }

  package var colors: Colors
  /// False on a terminal or locale without UTF-8, or with `--ascii`.
  package var unicode: Bool

  package init(colors: Colors = .many, unicode: Bool = true) {
    self.colors = colors
    self.unicode = unicode
  }
}

package struct Canvas: Sendable {
  package private(set) var grid: Grid
  package let look: Look
  package let width: ScalarWidth

  package init(size: Size, look: Look, width: @escaping ScalarWidth) {
    grid = Grid(size: size)
    self.look = look
    self.width = width
  }

  package var bounds: Rect { grid.bounds }

  package mutating func placeCursor(_ position: Position?) { grid.cursor = position }

  package func columns(_ text: String) -> Int { SafeText.columns(text, width: width) }

  package func wrapped(_ text: String, columns: Int) -> [String] {
    SafeText.wrapped(text, columns: columns, width: width)
  }

  /// Writes one line of text at (x, y) of the grid, cut to `clip` with an ellipsis where it is too long.
  /// Returns the columns written.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, _ style: Style = .plain, clip: Rect? = nil, ellipsis: Bool = true
  ) -> Int {
    let area = (clip ?? bounds).intersection(bounds)
    guard y >= area.y, y < area.maxY, x < area.maxX else { return 0 }
    var cells = SafeText.cells(look.unicode ? text : Ascii.folded(text), width: width)
    let room = area.maxX - x
    if cells.reduce(0, { $0 + $1.columns }) > room {
      let mark = look.unicode ? "…" : Ascii.folded("…")
      let limit = ellipsis && room > 1 ? room - 1 : room
      var used = 0
      let kept = cells.prefix { cell in
        used += cell.columns
        return used <= limit
      }
      cells = Array(kept) + (ellipsis && room > 1 ? [(mark, 1)] : [])
    }
    var column = x
    for cell in cells {
      if column >= area.x {
        write(cell, column, y, style)
      } else if column + cell.columns > area.x {
        // The right half of a wide character that begins left of the area.
        write((" ", 1), area.x, y, style)
      }
      column += cell.columns
    }
    return column - x
  }

  /// Writes runs of text after each other on one line.
  @discardableResult
  package mutating func put(_ runs: [(String, Style)], x: Int, y: Int, clip: Rect? = nil) -> Int {
    var column = x
    for (text, style) in runs { column += put(text, x: column, y: y, style, clip: clip) }
    return column - x
  }

  /// Writes so that the text ends before column `right`.
  package mutating func put(_ text: String, right: Int, y: Int, _ style: Style = .plain, clip: Rect? = nil) {
    let shown = look.unicode ? text : Ascii.folded(text)
    let area = (clip ?? bounds).intersection(Rect(x: bounds.x, y: bounds.y, width: right, height: bounds.height))
    put(text, x: max(area.x, right - columns(shown)), y: y, style, clip: area)
  }

  /// Fills with one character of one column.
  package mutating func fill(_ rect: Rect, _ text: String = " ", _ style: Style = .plain) {
    let area = rect.intersection(bounds)
    let cell = safe(text)
    guard cell.columns == 1 else { return }
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { write(cell, x, y, style) }
    }
  }

  /// Changes the style of cells that are already there, as for a selected row.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { grid[x, y].style = change(grid[x, y].style) }
    }
  }

  /// Copies rows of another grid, from row `first` on, into a rectangle of this one.
  package mutating func paste(_ other: Grid, from first: Int = 0, into rect: Rect) {
    let area = rect.intersection(bounds)
    for y in 0..<min(area.height, max(0, other.size.height - first)) {
      for x in 0..<min(area.width, other.size.width) {
        let cell = other[x, first + y]
        // A right half came with its left one.
        if cell.text.isEmpty, x > 0 { continue }
        let isWide = x + 1 < other.size.width && other[x + 1, first + y].text.isEmpty
        let isCut = cell.text.isEmpty || (isWide && x + 1 == area.width)
        write(isCut ? (" ", 1) : (cell.text, isWide ? 2 : 1), area.x + x, area.y + y, cell.style)
      }
    }
  }

  /// A box with a title in its upper border. Boxes that share an edge join (see `Borders`).
  package mutating func box(_ rect: Rect, title: String = "", style: Style = .role(.border), titleStyle: Style? = nil) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    for x in rect.x..<rect.maxX {
      let ends = (x > rect.x ? Borders.west : 0) | (x < rect.maxX - 1 ? Borders.east : 0)
      border(x, rect.y, ends, style)
      border(x, rect.maxY - 1, ends, style)
    }
    for y in rect.y..<rect.maxY {
      let ends = (y > rect.y ? Borders.north : 0) | (y < rect.maxY - 1 ? Borders.south : 0)
      border(rect.x, y, ends, style)
      border(rect.maxX - 1, y, ends, style)
    }
    if !title.isEmpty {
      put(title, x: rect.x + 1, y: rect.y, titleStyle ?? .role(.heading), clip: rect.inset(by: 1, 0))
    }
  }

  private mutating func border(_ x: Int, _ y: Int, _ ends: UInt8, _ style: Style) {
    let joined = ends | Borders.ends(of: grid[x, y].text, unicode: look.unicode)
    write((look.unicode ? Borders.glyph(joined) : Borders.ascii(joined), 1), x, y, style)
  }

  /// Writes one character into a cell (two cells, if it is wide), made safe like any text.
  package mutating func set(_ x: Int, _ y: Int, _ cell: Cell) { write(safe(cell.text), x, y, cell.style) }

  /// The first character of a text, as it can be shown; a blank for none.
  private func safe(_ text: String) -> (text: String, columns: Int) {
    SafeText.cells(look.unicode ? text : Ascii.folded(text), width: width).first ?? (" ", 1)
  }

  /// Writes a safe character and blanks what is left of wide ones that it cuts in half. Where it has no room itself, a
  /// blank stands for it.
  private mutating func write(_ cell: (text: String, columns: Int), _ x: Int, _ y: Int, _ style: Style) {
    guard bounds.contains(x: x, y: y) else { return }
    let fits = cell.columns == 1 || x + 1 < grid.size.width
    let last = x + (fits ? cell.columns : 1) - 1
    if grid[x, y].text.isEmpty { grid[x - 1, y].text = " " }
    if last + 1 < grid.size.width, grid[last + 1, y].text.isEmpty { grid[last + 1, y].text = " " }
    grid[x, y] = Cell(fits ? cell.text : " ", style)
    if last > x { grid[last, y] = Cell("", style) }
  }
}
