// Brightness as one of the few greys that a terminal has.

package struct GreySteps: Hashable, Sendable {
  /// For each of 256 brightnesses the step below, and how far it is to the next in parts of 1.
  private let below: [UInt8]
  private let part: [Double]
  private let dithers: Bool

  /// - Parameters:
  ///   - greys: brightness of each step, rising from 0 to 255.
  ///   - dithers: steps are mixed, so that an area has the right mean. Pictures take more to send.
  package init(_ greys: [UInt8], dithers: Bool) {
    var below: [UInt8] = []
    var part: [Double] = []
    var step = 0
    for brightness in 0..<256 {
      while step + 2 < greys.count, Int(greys[step + 1]) <= brightness { step += 1 }
      let (low, high) = (Double(greys[step]), Double(greys[min(step + 1, greys.count - 1)]))
      below.append(UInt8(step))
      part.append(high > low ? min(1, max(0, (Double(brightness) - low) / (high - low))) : 0)
    }
    (self.below, self.part, self.dithers) = (below, part, dithers)
  }

  /// The number of the step at a point.
  package func step(_ brightness: Double, x: Int, y: Int) -> UInt8 {
    let index = Int(min(255, max(0, brightness * 255)))
    let threshold = dithers ? Self.thresholds[(y & 3) * 4 + (x & 3)] : 0.5
    return part[index] > threshold ? below[index] + 1 : below[index]
  }

  /// Bayer's ordered dither, 4 × 4.
  private static let thresholds: [Double] = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map {
    (Double($0) + 0.5) / 16
  }
}
