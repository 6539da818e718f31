// A value with its interval on an axis, in one row.

import Grid

/// `├────●──┤` on an axis such as −1…1; an end beyond the axis is marked `◂` or `▸`.
package struct IntervalBar: Hashable, Sendable {
  package var value: Double
  /// Nil where there is no interval.
  package var interval: ClosedRange<Double>?
  package var axis: ClosedRange<Double>
  /// The upper end lay beyond what is possible and was cut: it is marked as one that goes on.
  package var isCut = false

  /// Nil where the value is no number, as a kappa that is undefined.
  package init?(_ value: Double, interval: ClosedRange<Double>? = nil, axis: ClosedRange<Double> = -1...1) {
    guard value.isFinite, axis.lowerBound < axis.upperBound else { return nil }
    self.value = value
    self.interval = interval.flatMap { $0.lowerBound.isFinite && $0.upperBound.isFinite ? $0 : nil }
    self.axis = axis
  }

  /// One row of `rect`: a dotted axis with zero marked, the interval and the value over it.
  package func draw(into canvas: inout Canvas, rect: Rect, style: Style = .role(.accent)) {
    guard rect.height > 0, rect.width > 0 else { return }
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    canvas.fill(row, "·", .role(.muted))
    let showsZero = axis.lowerBound < 0 && axis.upperBound > 0
    if showsZero { put("│", at: 0, .role(.muted), &canvas, row) }
    if let interval {
      let (first, last) = (column(interval.lowerBound, row), column(interval.upperBound, row))
      canvas.put(String(repeating: "─", count: last - first + 1), x: first, y: row.y, style, clip: row)
      if showsZero, interval.contains(0) { put("┼", at: 0, style, &canvas, row) }
      put(interval.lowerBound < axis.lowerBound ? "◂" : "├", at: interval.lowerBound, style, &canvas, row)
      put(isCut || interval.upperBound > axis.upperBound ? "▸" : "┤", at: interval.upperBound, style, &canvas, row)
    }
    put(value < axis.lowerBound ? "◂" : value > axis.upperBound ? "▸" : "●", at: value, style.with(.bold), &canvas, row)
  }

  /// The axis in numbers, in one row: its ends, its middle, and between them quarters where there is room.
  package static func drawScale(_ axis: ClosedRange<Double>, into canvas: inout Canvas, rect: Rect) {
    let span = axis.upperBound - axis.lowerBound
    let shares: [Double] = rect.width >= 36 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1]
    for share in shares {
      let value = axis.lowerBound + share * span
      let text = value == value.rounded() ? "\(Int(value))" : "\(value)"
      let signed = text.replacing("-", with: "−")
      let column = rect.x + Int((share * Double(rect.width - 1)).rounded())
      // A sign stands left of the column, so that the digit is above its place on the bars.
      let left = column - (signed.hasPrefix("−") && column > rect.x ? 1 : 0)
      canvas.put(signed, x: min(left, rect.maxX - signed.count), y: rect.y, .role(.muted), clip: rect)
    }
  }

  private func put(_ glyph: String, at value: Double, _ style: Style, _ canvas: inout Canvas, _ row: Rect) {
    canvas.put(glyph, x: column(value, row), y: row.y, style, clip: row, ellipsis: false)
  }

  private func column(_ value: Double, _ row: Rect) -> Int {
    let share = (value - axis.lowerBound) / (axis.upperBound - axis.lowerBound)
    return row.x + Int((min(max(share, 0), 1) * Double(row.width - 1)).rounded())
  }
}
