// A scene sampled into pixels.

import ReviewCore

package enum Raster {
  /// The material seen at the middle of each pixel, row by row.
  package static func materials(_ scene: LesionScene) -> [Material] {
    sample(scene, perPixel: 1)
  }

  /// The grey of each pixel, 0…29, row by row. Edges are soft where rings are wide enough to stay black and white.
  package static func greys(_ scene: LesionScene) -> [UInt8] {
    let side = min(scene.lesion.width, scene.lesion.height) >= 15 ? 2 : 1
    let samples = sample(scene, perPixel: side).map { $0.grey(on: scene.sequence) }
    guard side > 1 else { return samples }
    let columns = scene.width * side
    return (0..<scene.width * scene.height).map { pixel in
      let corner = pixel / scene.width * side * columns + pixel % scene.width * side
      let sum = UInt(samples[corner]) + UInt(samples[corner + 1]) + UInt(samples[corner + columns])
      return UInt8((sum + UInt(samples[corner + columns + 1]) + 2) / 4)
    }
  }

  private static func sample(_ scene: LesionScene, perPixel side: Int) -> [Material] {
    let (columns, rows) = (scene.width * side, scene.height * side)
    var samples = Array(repeating: Material.muscle, count: columns * rows)
    let step = 1 / Double(side)
    for shape in scene.shapes {
      let box = shape.box
      let top = max(0, Int(box.y / step) - 1), bottom = min(rows, Int((box.y + box.height) / step) + 2)
      let left = max(0, Int(box.x / step) - 1), right = min(columns, Int((box.x + box.width) / step) + 2)
      guard top < bottom, left < right else { continue }
      for row in top..<bottom {
        for column in left..<right {
          let x = (Double(column) + 0.5) * step
          let y = (Double(row) + 0.5) * step
          if let material = shape.material(x: x, y: y) { samples[row * columns + column] = material }
        }
      }
    }
    return samples
  }
}
