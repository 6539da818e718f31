// Which part of a picture is shown, and how large.

/// A part of a picture around a point, the same for all series of an examination.
package struct ImageCrop: Hashable, Sendable {
  /// In parts of the picture, 0 at the left and upper edge and 1 at the others.
  package var x: Double
  package var y: Double
  /// 1 shows the whole height.
  package var zoom: Double

  package init(x: Double = 0.5, y: Double = 0.5, zoom: Double = 1) {
    (self.x, self.y, self.zoom) = (x, y, zoom)
  }

  package static let zooms: [Double] = [1, 1.4, 2, 2.8, 4, 5.6, 8]

  /// The next zoom of the list in a direction.
  package mutating func zoom(by step: Int) {
    let index = Self.zooms.firstIndex { $0 >= zoom - 0.01 } ?? 0
    zoom = Self.zooms[min(Self.zooms.count - 1, max(0, index + step))]
  }

  /// By parts of what is shown, with the middle kept on the picture.
  package mutating func pan(x stepX: Double, y stepY: Double) {
    x = min(1, max(0, x + stepX / zoom))
    y = min(1, max(0, y + stepY / zoom))
  }
}

extension ImageFrame {
  /// What is seen through a crop and a window: brightness 0…1, row by row; black beside the picture.
  ///
  /// Each point is the mean of the area that it covers, so that no thin line is lost between points.
  ///
  /// - Parameter pointHeight: of a point against its width: 1 for half blocks, 2 for whole cells.
  package func seen(
    through crop: ImageCrop, _ window: GreyWindow, columns across: Int, rows down: Int, pointHeight: Double = 1
  ) -> [Double] {
    guard across > 0, down > 0 else { return [] }
    let step = Double(rows) / (Double(down) * pointHeight * crop.zoom)
    let stepAcross = step * aspect
    let left = crop.x * Double(columns) - stepAcross * Double(across) / 2
    let top = crop.y * Double(rows) - step * pointHeight * Double(down) / 2
    let horizontal = (0..<across).map { Span(from: left + Double($0) * stepAcross, stepAcross, limit: columns) }
    let vertical = (0..<down).map { Span(from: top + Double($0) * step * pointHeight, step * pointHeight, limit: rows) }
    var seen = [Double](repeating: 0, count: across * down)
    // Rows of the picture that several points share are summed once.
    var sums: [Int: [Double]] = [:]
    for (row, band) in vertical.enumerated() {
      sums = sums.filter { band.first <= $0.key }
      for (offset, weight) in band.weights.enumerated() {
        let line = band.first + offset
        let sum = sums[line] ?? horizontal.map { across in lineMean(line, across) }
        sums[line] = sum
        for column in 0..<across { seen[row * across + column] += weight * sum[column] }
      }
    }
    for row in 0..<down where !vertical[row].weights.isEmpty {
      for column in 0..<across where !horizontal[column].weights.isEmpty {
        seen[row * across + column] = window.brightness(seen[row * across + column])
      }
    }
    return seen
  }

  private func lineMean(_ line: Int, _ span: Span) -> Double {
    var sum = 0.0
    var index = line * columns + span.first
    for weight in span.weights {
      sum += weight * Double(pixels[index])
      index += 1
    }
    return sum
  }

  /// Pixels under a point along one direction, with their shares; none beside the picture.
  private struct Span {
    var first = 0
    var weights: [Double] = []

    init(from start: Double, _ length: Double, limit: Int) {
      let middle = start + length / 2
      guard middle >= 0, middle < Double(limit) else { return }
      if length < 1 {
        // Larger than the picture's own pixels: between the two nearest.
        let place = min(Double(limit - 1), max(0, middle - 0.5))
        first = min(limit - 1, Int(place))
        let part = place - Double(first)
        weights = part > 0 && first + 1 < limit ? [1 - part, part] : [1]
        return
      }
      first = max(0, Int(start.rounded(.down)))
      let end = min(limit, Int((start + length).rounded(.up)))
      weights = (first..<max(first + 1, end)).map { pixel in
        max(0, min(Double(pixel) + 1, start + length) - max(Double(pixel), start))
      }
      let total = weights.reduce(0, +)
      weights = total > 0 ? weights.map { $0 / total } : [1]
    }
  }
}
