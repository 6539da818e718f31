// A spine in millimetres, seen from the side: y runs to the back, z to the head, x to the patient's left.

import Foundation
import ReviewCore

/// A vertebral body and its place. Sizes are of the middle of what anatomy books give for adults.
struct VertebraShape: Sendable {
  let bone: Bone
  let y: Double
  let z: Double
  /// From the vertical; positive where the spine runs to the back on its way down.
  let angle: Double
  /// Front to back, and top to bottom.
  let depth: Double
  let height: Double
  /// Millimetres of disk below it.
  let disk: Double
  let cosine: Double
  let sine: Double

  /// A place in the body's own directions: to the back, and to the head.
  func local(_ y: Double, _ z: Double) -> (u: Double, v: Double) {
    let (dy, dz) = (y - self.y, z - self.z)
    return (dy * cosine + dz * sine, dz * cosine - dy * sine)
  }
}

struct SpineModel: Sendable {
  /// From above.
  let vertebrae: [VertebraShape]
  /// Of the picture, millimetres.
  let field: Double
  /// The middle of the picture.
  let centerY: Double
  let centerZ: Double

  private struct Measure {
    var height: Double
    var depth: Double
    var disk: Double
    /// Degrees.
    var angle: Double
  }

  private static let measures: [Bone: Measure] = {
    var table: [Bone: Measure] = [:]
    func add(_ bones: [Bone], heights: [Double], depths: [Double], disks: [Double], angles: [Double]) {
      for (index, bone) in bones.enumerated() {
        table[bone] = Measure(
          height: heights[index], depth: depths[index], disk: disks[index], angle: angles[index])
      }
    }
    add(
      [.c2, .c3, .c4, .c5, .c6, .c7], heights: [20, 13, 13, 13, 13, 14], depths: [15, 15, 15, 16, 16, 16],
      disks: [5, 5, 5, 5.5, 5.5, 5.5], angles: [-4, -8, -6, 0, 6, 12])
    add(
      [.t1, .t2, .t3, .t4, .t5, .t6, .t7, .t8, .t9, .t10, .t11, .t12],
      heights: [16, 17, 17.5, 18, 19, 19.5, 20, 20.5, 21, 22, 23, 24.5],
      depths: [17, 18, 20, 22, 24, 25.5, 27, 28, 29, 30, 30.5, 31],
      disks: [4.5, 4, 4, 4, 4, 4.5, 4.5, 5, 5, 5.5, 6, 7], angles: [15, 15, 13, 11, 8, 5, 2, -1, -4, -6, -8, -10])
    add(
      [.l1, .l2, .l3, .l4, .l5], heights: [26, 27, 27.5, 27.5, 27], depths: [32, 33, 34, 35, 35.5],
      disks: [8.5, 10, 11, 11.5, 10.5], angles: [-10, -7, -1, 8, 20])
    add(
      [.s1, .s2, .s3, .s4], heights: [28, 23, 19, 16], depths: [29, 20, 15, 12], disks: [3, 2, 1.5, 1],
      angles: [38, 44, 36, 20])
    return table
  }()

  /// A field that shows the vertebrae named and their neighbours; where none is, the lower thoracic and lumbar spine.
  init(showing bones: Set<Bone>) {
    let all = Bone.spine.filter { Self.measures[$0] != nil }
    var (y, z) = (0.0, 0.0)
    var placed: [VertebraShape] = []
    for (index, bone) in all.enumerated() {
      guard let own = Self.measures[bone] else { continue }
      let next = index + 1 < all.count ? Self.measures[all[index + 1]] ?? own : own
      let angle = own.angle * .pi / 180
      let between = (own.angle + next.angle) / 2 * .pi / 180
      y += sin(angle) * own.height / 2
      z -= cos(angle) * own.height / 2
      placed.append(
        VertebraShape(
          bone: bone, y: y, z: z, angle: angle, depth: own.depth, height: own.height, disk: own.disk,
          cosine: cos(angle), sine: sin(angle)))
      y += sin(angle) * own.height / 2 + sin(between) * own.disk
      z -= cos(angle) * own.height / 2 + cos(between) * own.disk
    }
    vertebrae = placed
    let (first, last) = Self.ends(bones, in: all)
    let shown = placed.filter { first <= $0.bone && $0.bone <= last }
    let top = (shown.first?.z ?? 0) + (shown.first?.height ?? 0) / 2 + 8
    let bottom = (shown.last?.z ?? 0) - (shown.last?.height ?? 0) / 2 - 6
    field = min(440, max(250, top - bottom))
    centerZ = (top + bottom) / 2
    let middle = shown.map(\.y)
    let (front, back) = (middle.min() ?? 0, middle.max() ?? 0)
    // The spine stands a little before the middle, the skin of the back at the right.
    centerY = (front + back) / 2 + min(22, field * 0.07)
  }

  private static func ends(_ bones: Set<Bone>, in all: [Bone]) -> (Bone, Bone) {
    let shown = all.filter(bones.contains)
    guard let top = shown.first, let bottom = shown.last, let from = all.firstIndex(of: top),
      let to = all.firstIndex(of: bottom)
    else { return (.t10, .s3) }
    if from >= (all.firstIndex(of: .l1) ?? 0) { return (.t12, .s2) }
    return (all[max(0, from - 2)], all[min(all.count - 1, to + 2)])
  }
}

/// What the spine is at one height: what lies before, in and behind the canal is drawn along it.
struct SpineLevel: Sendable {
  /// The middle of the bodies, and the direction across them.
  var y = 0.0
  var cosine = 1.0
  /// Half the depth of the bodies.
  var halfDepth = 15.0
  /// Where the skin of the back is, which follows the spine from afar.
  var skin = 90.0
  /// Where between vertebrae: 0 for the first body's middle, 1 for the second's.
  var along = 0.0
}

extension SpineModel {
  /// The spine at heights from the top of the picture down, smoothed.
  func levels(_ heights: [Double]) -> [SpineLevel] {
    let raw = heights.map(level(at:))
    guard let first = heights.first, let last = heights.last, heights.count > 1 else { return raw }
    let reach = max(1, Int(7 / ((first - last) / Double(heights.count - 1))))
    let far = max(1, Int(45 / ((first - last) / Double(heights.count - 1))))
    let sums = raw.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1.y) }
    return raw.indices.map { index in
      var mean = SpineLevel(y: 0, cosine: 0, halfDepth: 0, along: raw[index].along)
      let window = max(0, index - reach)...min(raw.count - 1, index + reach)
      for other in window {
        mean.y += raw[other].y / Double(window.count)
        mean.cosine += raw[other].cosine / Double(window.count)
        mean.halfDepth += raw[other].halfDepth / Double(window.count)
      }
      let (from, to) = (max(0, index - far), min(raw.count, index + far + 1))
      mean.skin = (sums[to] - sums[from]) / Double(to - from) + 92
      return mean
    }
  }

  private func level(at z: Double) -> SpineLevel {
    guard let lower = vertebrae.firstIndex(where: { $0.z <= z }) else {
      let end = vertebrae[vertebrae.count - 1]
      let y = end.y + (end.z - z) * tan(end.angle * 0.4)
      return SpineLevel(y: y, cosine: end.cosine, halfDepth: end.depth / 2, along: Double(vertebrae.count - 1))
    }
    guard lower > 0 else {
      let end = vertebrae[0]
      let y = end.y + (end.z - z) * tan(end.angle)
      return SpineLevel(y: y, cosine: end.cosine, halfDepth: end.depth / 2, along: 0)
    }
    let (above, below) = (vertebrae[lower - 1], vertebrae[lower])
    let share = (above.z - z) / (above.z - below.z)
    return SpineLevel(
      y: above.y + (below.y - above.y) * share, cosine: above.cosine + (below.cosine - above.cosine) * share,
      halfDepth: (above.depth + (below.depth - above.depth) * share) / 2, along: Double(lower - 1) + share)
  }
}
