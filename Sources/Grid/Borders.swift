// Box-drawing characters by the ends they have, so that boxes sharing an edge join.

package enum Borders {
  package static let north: UInt8 = 1
  package static let east: UInt8 = 2
  package static let south: UInt8 = 4
  package static let west: UInt8 = 8

  private static let glyphs: [String] = [
    " ", "╵", "╶", "└", "╷", "│", "┌", "├", "╴", "┘", "─", "┴", "┐", "┤", "┬", "┼",
  ]

  package static func glyph(_ ends: UInt8) -> String { glyphs[Int(ends & 15)] }

  package static func ascii(_ ends: UInt8) -> String {
    switch ends & 15 {
    case 0: " "
    case 2, 8, 10: "-"
    case 1, 4, 5: "|"
    default: "+"
    }
  }

  /// The ends of a border character already on the canvas; none for any other text. With Unicode a `-`, `|` or `+`
  /// is somebody's text.
  package static func ends(of text: String, unicode: Bool) -> UInt8 {
    switch text {
    case "-" where !unicode: west | east
    case "|" where !unicode: north | south
    case "+" where !unicode: north | east | south | west
    default: UInt8(glyphs.firstIndex(of: text) ?? 0)
    }
  }
}
