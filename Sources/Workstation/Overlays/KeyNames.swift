// Names of keys where there is no UTF-8.

import Grid

extension Canvas {
  /// Keys as they are named in a look: in ASCII an arrow down would be the letter v, which is a key of its own.
  func named(_ keys: String) -> String {
    guard !look.unicode else { return keys }
    return Self.arrows.reduce(keys) { names, arrow in names.replacing(arrow.signs, with: arrow.name) }
  }

  private static let arrows: [(signs: String, name: String)] = [
    ("← ↑ ↓ →", "arrows"), ("←↑↓→", "arrows"), ("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right"),
  ]
}
