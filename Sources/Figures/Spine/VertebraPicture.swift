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

  /// How many times its smallest size fits a room, at most three; 0 where it does not.
  package static func scale(in room: Size) -> Int {
    max(0, min(3, room.width / size.width, room.height / size.height))
  }

  /// Every part of the picture, from above: `place` in cells of its smallest size.
  private var parts: [(place: Position, isLesion: Bool)] {
    Self.rows.enumerated().flatMap { y, row in
      row.unicodeScalars.enumerated().compactMap { x, part in
        part == " " ? nil : (Position(x: x, y: y), part == "x" || part == "+" && isArchInvolved)
      }
    }
  }

  /// As large as fits; nothing where it does not.
  package func draw(into canvas: inout Canvas, rect: Rect) {
    let scale = Self.scale(in: rect.size)
    guard scale > 0 else { return }
    for (place, isLesion) in parts {
      for row in 0..<scale {
        canvas.put(
          String(repeating: isLesion ? "█" : "░", count: scale), x: rect.x + place.x * scale,
          y: rect.y + place.y * scale + row, .role(isLesion ? .involved : .muted), clip: rect, ellipsis: false)
      }
    }
  }

  /// - Parameter alternative: the picture in words, where its own would name what is still to be graded.
  package func svg(alternative: String? = nil) -> String {
    let (wide, high) = (6.0, 11.0)
    var svg = SVG(
      width: Double(Self.size.width) * wide, height: Double(Self.size.height) * high, title: "Vertebra from above",
      description: alternative ?? textAlternative)
    for (place, isLesion) in parts {
      svg.rect(
        Box(Double(place.x) * wide, Double(place.y) * high, wide + 0.3, high + 0.3),
        fill: isLesion ? "#222222" : "#c9c9c9")
    }
    return svg.text
  }

  /// The picture in words.
  package var textAlternative: String {
    "A vertebra from above, with a lesion in its body" + (isArchInvolved ? " and in its arch." : "; its arch has none.")
  }
}
