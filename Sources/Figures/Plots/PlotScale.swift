// Numbers along an axis of a plot.

import Foundation
import TextSafety

/// An axis of a plot: where it begins and ends, and which round numbers stand on it.
package struct PlotScale: Hashable, Sendable {
  package let range: ClosedRange<Double>
  package let ticks: [Double]
  private let places: Int

  /// Wide enough for the values, from one round number to another, with about `count` steps of 1, 2 or 5.
  package init(_ values: ClosedRange<Double>, steps count: Int = 5) {
    var (low, high) = (values.lowerBound, values.upperBound)
    if high - low <= 1e-12 * max(abs(low), abs(high), 1e-300) {
      let half = max(abs(low) / 10, 1)
      (low, high) = (low - half, high + half)
    }
    let raw = (high - low) / Double(count)
    let power = pow(10, floor(log10(raw)))
    let step = power * ([1.0, 2, 5, 10].first { $0 * power >= raw * (1 - 1e-9) } ?? 10)
    let (first, last) = (floor(low / step + 1e-9), ceil(high / step - 1e-9))
    range = first * step...last * step
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    places = min(max(Int(-floor(log10(step) + 1e-9)), 0), 12)
  }

  /// Where a value lies between two places.
  package func place(_ value: Double, from start: Double, to end: Double) -> Double {
    start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
  }

  package func text(_ tick: Double) -> String { Self.text(tick, places: places) }

  /// `−1`, `0.5`, `12`.
  package static func text(_ value: Double, places: Int? = nil) -> String {
    let places = places ?? (value == value.rounded() ? 0 : value * 10 == (value * 10).rounded() ? 1 : 2)
    let text = abs(value).decimals(places)
    return (value < 0 && text.contains { ("1"..."9").contains($0) } ? "−" : "") + text
  }
}
