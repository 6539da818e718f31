// A screen as a value: rows of cells, and where the cursor stands.

package struct Cell: Hashable, Sendable {
  /// One character as it is seen (with its combining marks); empty in the right half of a wide character.
  package var text: String
  package var style: Style

  package init(_ text: String = " ", _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

package struct Grid: Hashable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where text is being typed; nil hides the cursor.
  package var cursor: Position?

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: size.width * size.height)
  }

  package var bounds: Rect { Rect(size) }

  /// Outside the grid reads as blank and writes nothing.
  package subscript(x: Int, y: Int) -> Cell {
    get { bounds.contains(x: x, y: y) ? cells[y * size.width + x] : Cell() }
    set { if bounds.contains(x: x, y: y) { cells[y * size.width + x] = newValue } }
  }

  /// The text of a row without trailing blanks.
  package func line(_ y: Int) -> String {
    var text = ""
    for x in 0..<size.width { text += self[x, y].text }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// All rows as text, a line feed after each.
  package var text: String {
    (0..<size.height).map { line($0) + "\n" }.joined()
  }
}
