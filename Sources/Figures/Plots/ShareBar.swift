// A count of a total as a bar, in one row.

import Grid

package struct ShareBar: Hashable, Sendable {
  package var count: Int
  package var total: Int

  package init(_ count: Int, of total: Int) {
    self.total = max(0, total)
    self.count = min(max(0, count), max(0, total))
  }

  /// One row of `rect`; anything more than nothing shows, and only everything fills the row.
  package func draw(into canvas: inout Canvas, rect: Rect, style: Style = .role(.accent)) {
    guard rect.height > 0, rect.width > 0 else { return }
    let filled = columns(of: rect.width)
    canvas.put(String(repeating: "█", count: filled), x: rect.x, y: rect.y, style, clip: rect, ellipsis: false)
    canvas.put(
      String(repeating: "░", count: rect.width - filled), x: rect.x + filled, y: rect.y, .role(.muted), clip: rect,
      ellipsis: false)
  }

  func columns(of width: Int) -> Int {
    guard count > 0, total > 0 else { return 0 }
    if count == total { return width }
    let share = Int((Double(count) / Double(total) * Double(width)).rounded())
    return min(max(share, 1), max(1, width - 1))
  }
}
