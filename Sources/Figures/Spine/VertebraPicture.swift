// A vertebra from above with a lesion in its body: and in its arch, where the posterior elements are involved.

import Grid

/// Drawn from the grade *posterior elements*; the front is above, as on axial images.
package struct VertebraPicture: Hashable, Sendable {
  package var isArchInvolved: Bool

  package init(isArchInvolved: Bool) { self.isArchInvolved = isArchInvolved }

  package static let size = Size(width: 15, height: 7)

  /// `o` bone, `x` where a lesion of the body lies, `+` where one of the arch would.
  private static let rows = [
    "   ooooooooo   ",
    "  oooxxxxxooo  ",
    "  oooxxxxxooo  ",
    "   ooooooooo   ",
    " oooo     +++o ",
    "    ooo ++++   ",
    "      oo+      ",
  ]

  package func draw(into canvas: inout Canvas, rect: Rect) {
    for (y, row) in Self.rows.prefix(rect.height).enumerated() {
      for (x, part) in row.unicodeScalars.prefix(rect.width).enumerated() where part != " " {
        let isLesion = part == "x" || part == "+" && isArchInvolved
        canvas.put(
          isLesion ? "█" : "░", x: rect.x + x, y: rect.y + y, .role(isLesion ? .involved : .muted), clip: rect,
          ellipsis: false)
      }
    }
  }

  /// The picture in words.
  package var textAlternative: String {
    "A vertebra from above, with a lesion in its body" + (isArchInvolved ? " and in its arch." : "; its arch has none.")
  }
}
