// What a point of the patient is made of: the spine and what lies around it, from the side.

import Foundation
import ReviewCore

/// A patient of nobody: anatomy of the textbook, with the lesions that the grades state.
struct PhantomAnatomy: Sendable {
  let spine: SpineModel
  let bodies: [[PhantomLesion]]
  private let processes: [[PhantomLesion]]
  private let involvedDisks: Set<Int>
  private let soft: SoftTissue
  private let streaks: Lattice
  private let patches: Lattice
  /// Where cord and dural sac end, as `SpineLevel.along`.
  private let conus: Double
  private let sacEnd: Double

  /// Swelling before the bodies.
  private struct SoftTissue {
    var center = 0.0
    var reach = 0.0
    var thickness = 0.0
    var hasAbscess = false
  }

  private typealias ID = Codebook.ID

  init(_ phantom: PhantomCase) {
    let model = SpineModel(showing: phantom.namedBones)
    spine = model
    let lesions = phantom.lesions(in: model)
    bodies = model.vertebrae.indices.map { index in lesions.bodies.filter { $0.vertebra == index } }
    processes = model.vertebrae.indices.map { index in lesions.processes.filter { $0.vertebra == index } }
    let with = Set(lesions.bodies.map(\.vertebra))
    involvedDisks =
      phantom.has(ID.disks, "involved") ? Set(with.filter { with.contains($0 + 1) }) : []
    var soft = SoftTissue()
    let course = phantom.rimBone.map(phantom.course(of:)) ?? phantom.namedBones.first.map(phantom.course(of:))
    if let middle = Self.middle(of: with, phantom, model) {
      let left = course.map { min(1, $0.scale) } ?? 1
      if phantom.has(ID.softTissueInflammation, "limited") { (soft.reach, soft.thickness) = (0.75, 4 * left) }
      if phantom.has(ID.softTissueInflammation, "extensive") { (soft.reach, soft.thickness) = (1.5, 11 * left) }
      soft.center = Double(middle)
      soft.hasAbscess = phantom.has(ID.softTissueAbscess, "present") && left >= 1
    }
    self.soft = soft
    streaks = Lattice("\(phantom.caseID) streaks")
    patches = Lattice("\(phantom.caseID) patches")
    func place(_ bone: Bone) -> Double { Double(model.vertebrae.firstIndex { $0.bone == bone } ?? 0) }
    (conus, sacEnd) = (place(.l1) + 0.3, place(.s2) + 0.2)
  }

  private static func middle(of with: Set<Int>, _ phantom: PhantomCase, _ model: SpineModel) -> Int? {
    let named = model.vertebrae.indices.filter {
      with.contains($0) && (phantom.rimBone ?? model.vertebrae[$0].bone) == model.vertebrae[$0].bone
    }
    let shown = named.filter { abs(model.vertebrae[$0].z - model.centerZ) < model.field / 2 }
    return (shown.isEmpty ? named : shown).dropFirst(max(0, (shown.isEmpty ? named : shown).count / 2)).first
  }

  /// - Parameters:
  ///   - x: to the patient's left, millimetres from the middle.
  ///   - near: the vertebrae that reach to this height.
  func tissue(x: Double, y: Double, z: Double, level: SpineLevel, near: Range<Int>) -> Tissue {
    let d = (y - level.y) * level.cosine
    if let bony = body(x, y, z, near) { return bony }
    if let disk = disk(x, y, z, near) { return disk }
    if d < 0 { return anterior(x, y, z, -d - level.halfDepth, level) }
    let back = d - level.halfDepth
    let under = level.skin - y
    if under < 0 { return under < -1.8 ? .air : .skin }
    if under < 13 + 5 * min(1, max(0, (level.along - 18) / 5)) { return .fat }
    if abs(x) > 9.4 { return lateral(x, y, z, back, level, near) }
    return canal(x, y, z, back, level) ?? posterior(x, y, z, back, level, near)
  }

  // MARK: Bodies and disks

  private func body(_ x: Double, _ y: Double, _ z: Double, _ near: Range<Int>) -> Tissue? {
    for index in near {
      let shape = spine.vertebrae[index]
      let (u, v) = shape.local(y, z)
      let side = 1 - 0.12 * (x / 18) * (x / 18)
      let relativeV = 2 * v / shape.height, relativeU = 2 * u / shape.depth
      let halfU = shape.depth / 2 * side * (0.93 + 0.07 * min(1, relativeV * relativeV))
      var halfV = shape.height / 2 * (0.94 + 0.06 * min(1, relativeU * relativeU))
      // A disk that has lost its height.
      if v < 0, involvedDisks.contains(index) { halfV += shape.disk * 0.24 }
      if v > 0, index > 0, involvedDisks.contains(index - 1) { halfV += spine.vertebrae[index - 1].disk * 0.24 }
      let corner = 2.6
      let (overU, overV) = (abs(u) - halfU + corner, abs(v) - halfV + corner)
      guard overU < corner, overV < corner else { continue }
      let outside = sqrt(max(0, overU) * max(0, overU) + max(0, overV) * max(0, overV))
      let distance = outside + min(0, max(overU, overV)) - corner
      guard distance <= 0 else { continue }
      if let lesion = lesion(of: bodies[index], u, v, x), distance < -0.4 { return lesion }
      if distance > (overV > overU ? -1.15 : -0.85) {
        return abs(v) < 2.2 && u > 0 && abs(x) < 4 ? .venous : .cortex
      }
      // The veins that leave the body in the middle of its back.
      if abs(x) < 5, u > halfU - 9, abs(v) < 2.3 * (u - halfU + 9) / 9 { return .venous }
      return .marrow
    }
    return nil
  }

  private func lesion(of lesions: [PhantomLesion], _ u: Double, _ v: Double, _ x: Double) -> Tissue? {
    for lesion in lesions {
      let reach = lesion.reach + 2
      guard abs(u - lesion.u) < lesion.radiusU + reach, abs(v - lesion.v) < lesion.radiusV + reach else { continue }
      let texture = patches.smooth((u + 200) / 4.6, (v + x * 0.4 + 200) / 4.6, lesion.vertebra)
      let ragged = patches.smooth((u + 100) / 5, (v + 100) / 5, lesion.vertebra + 100)
      // Levels of a mixture have equal shares.
      let even = min(1, max(0, (texture - 0.5) * 1.9 + 0.5))
      if let found = lesion.tissue(u: u, v: v, x: x, texture: even * 0.999, ragged: ragged) { return found }
    }
    return nil
  }

  private func disk(_ x: Double, _ y: Double, _ z: Double, _ near: Range<Int>) -> Tissue? {
    for index in max(0, near.lowerBound - 1)..<near.upperBound where index + 1 < spine.vertebrae.count {
      let (upper, lower) = (spine.vertebrae[index], spine.vertebrae[index + 1])
      let (cosine, sine) = ((upper.cosine + lower.cosine) / 2, (upper.sine + lower.sine) / 2)
      let middleY = (upper.y + upper.sine * upper.height / 2 + lower.y - lower.sine * lower.height / 2) / 2
      let middleZ = (upper.z - upper.cosine * upper.height / 2 + lower.z + lower.cosine * lower.height / 2) / 2
      let (dy, dz) = (y - middleY, z - middleZ)
      let (u, v) = (dy * cosine + dz * sine, dz * cosine - dy * sine)
      let half = min(upper.depth, lower.depth + 4) / 2 + 0.8
      guard abs(u) < half, abs(v) < upper.disk / 2 + 3.2 else { continue }
      if abs(u) > half - 1.4 { return .ligament }
      if involvedDisks.contains(index) { return .involvedDisk }
      let a = (u - 0.8) / (half * 0.7), b = v / (upper.disk * 0.5 + 0.6)
      guard a * a + b * b < 1, upper.disk > 3.2 else { return .annulus }
      return abs(v) < 0.07 * upper.disk && abs(a) < 0.5 ? .cleft : .nucleus
    }
    return nil
  }

  // MARK: Before the spine

  private func anterior(_ x: Double, _ y: Double, _ z: Double, _ ahead: Double, _ level: SpineLevel) -> Tissue {
    if let swelling = swelling(x, ahead, level) { return swelling }
    if ahead < 1.5 { return .ligament }
    let isSacral = level.along > sacEnd - 1.6
    let wave = 1.6 * sin(z / 23) + x * 0.08
    if !isSacral {
      // The aorta lies before and left of the bodies, the vena cava right; blood that flows gives no signal.
      let isVessel = x > -3 ? (6 + wave..<23 + wave).contains(ahead) : (8 + wave..<24 + wave).contains(ahead)
      if abs(x) < 16, level.along < conus + 3.2, isVessel {
        let edge = min(ahead - (6 + wave), 24 + wave - ahead)
        return edge < 1.2 ? .ligament : .vessel
      }
      if abs(x) > 13, ahead < 14 { return .muscle }
    }
    if ahead < (isSacral ? 10 : 6) { return .fat }
    let loops =
      0.6 * streaks.smooth((y + z * 0.3) / 14, (z - y * 0.3) / 16, Int(x / 5) + 40)
      + 0.4 * streaks.smooth((y - z * 0.5) / 5, (z + y * 0.5) / 6, Int(x / 5) + 60)
    return loops > 0.66 ? .fat : loops > 0.52 || loops < 0.2 ? .mixed : .bowel
  }

  private func swelling(_ x: Double, _ ahead: Double, _ level: SpineLevel) -> Tissue? {
    guard soft.thickness > 0, ahead > 0.9 else { return nil }
    let along = (level.along - soft.center) / soft.reach
    guard abs(along) < 1 else { return nil }
    let thickness = soft.thickness * (1 - along * along) + 1.5 * (streaks.smooth(level.along * 6, x / 6, 9) - 0.5)
    if ahead > thickness { return nil }
    guard soft.hasAbscess else { return .inflamed }
    let a = along / 0.62, b = (ahead - soft.thickness * 0.5) / (soft.thickness * 0.36)
    let ratio = sqrt(a * a + b * b + x * x / 300)
    return ratio < 0.72 ? .abscess : ratio < 1 ? .abscessWall : .inflamed
  }

  // MARK: The canal

  /// Millimetres from the back of the bodies to the back of the canal.
  private func canalWidth(_ level: SpineLevel) -> Double {
    let lumbar = min(1, max(0, (level.along - 15) / 4))
    return (15 + 3 * lumbar) * min(1, max(0.28, (sacEnd + 1.1 - level.along) / 2.2))
  }

  private func canal(_ x: Double, _ y: Double, _ z: Double, _ back: Double, _ level: SpineLevel) -> Tissue? {
    let width = canalWidth(level)
    guard back < width + 1.4 else { return nil }
    if back < 1.0 { return .ligament }
    let lumbar = min(1, max(0, (level.along - 20.5) / 2))
    let front = 1.0 + 0.6 + 3.5 * lumbar * lumbar
    let behind = 0.8 + 2.2 * abs(sin(level.along * .pi)) * min(1, max(0.3, (level.along - 16) / 4))
    let round = sqrt(max(0, 1 - (x / 9.6) * (x / 9.6)))
    let half = max(0, (width - front - behind + 1) / 2) * round
    let middle = front + (width - front - behind + 1) / 2
    let off = back - middle
    guard level.along < sacEnd, abs(off) < half else {
      return level.along > sacEnd + 1.2 ? .fat : .epidural
    }
    if abs(off) > half - 0.7 { return .ligament }
    if let cord = cord(x, off, half, z, level) { return cord }
    return .csf
  }

  private func cord(_ x: Double, _ off: Double, _ half: Double, _ z: Double, _ level: SpineLevel) -> Tissue? {
    let left = min(1, max(0, (conus - level.along) / 1.3))
    let radius = 3.5 * sqrt(left) * sqrt(max(0, 1 - (x / 5.2) * (x / 5.2)))
    // In the thoracic spine the cord lies towards the front.
    let shift = level.along < 14 ? -0.8 : 0.3
    if radius > 0, abs(off - shift) < radius { return .cord }
    guard level.along > conus - 1 else { return nil }
    // The roots of the cauda equina lie at the back and become fewer on their way down.
    let fill = min(1, level.along - conus + 1) * max(0.25, 1 - (level.along - conus) / 9)
    guard off > half * (0.75 - 1.05 * fill) else { return nil }
    return streaks.smooth((off + x * 0.6 + 60) / 1.15, z / 42, 5) < 0.5 * fill + 0.12 ? .nerve : nil
  }

  // MARK: Behind the canal

  private func posterior(
    _ x: Double, _ y: Double, _ z: Double, _ back: Double, _ level: SpineLevel, _ near: Range<Int>
  ) -> Tissue {
    let width = canalWidth(level) + 1.4
    let behind = back - width
    for index in max(0, near.lowerBound - 2)..<near.upperBound {
      if let bone = abs(x) < 3.6 ? process(index, x, y, z, width) : lamina(index, x, y, z, width) { return bone }
    }
    if behind < 2.2 { return .ligament }
    if abs(x) < 3.6 {
      let tip = 31.0
      if behind > tip, behind < tip + 2.4 { return .ligament }
      if behind < tip { return streaks.smooth(behind / 7, (z + behind * 0.4) / 5, 3) > 0.68 ? .fat : .mixed }
      return .fat
    }
    return muscle(back, z, x)
  }

  private func muscle(_ back: Double, _ z: Double, _ x: Double) -> Tissue {
    let streak = streaks.smooth((back + z * 0.12) / 2.1, z / 26, Int((x / 3).rounded()) + 20)
    return streak > 0.86 ? .fat : streak > 0.74 ? .mixed : .muscle
  }

  /// A spinous process: broad and level at the lumbar spine, slender and steep at the thoracic.
  private func process(_ index: Int, _ x: Double, _ y: Double, _ z: Double, _ width: Double) -> Tissue? {
    let shape = spine.vertebrae[index]
    let (u, v) = shape.local(y, z)
    let lumbar = min(1, max(0, Double(index - 14) / 4))
    let isSacral = shape.bone.region == .sacral
    let start = shape.depth / 2 + width - 0.5
    let length = isSacral ? 13 : 31 - 3 * lumbar
    let along = (u - start) / length
    guard along > 0, along < 1 else { return nil }
    let slope = 0.85 - 0.62 * lumbar
    let middle = -shape.height * 0.16 - (u - start) * slope - (isSacral ? -4 : 1)
    let half = isSacral ? 4.5 : (3.4 + 4.2 * lumbar) + (1.2 + 2.2 * lumbar) * along
    let round = along > 0.86 ? sqrt(max(0, 1 - pow((along - 0.86) / 0.14, 2))) : 1
    let off = abs(v - middle)
    guard off < half * round else { return nil }
    if off > half * round - 1.0 || along < 0.05 || along > 0.96 { return .cortex }
    for lesion in processes[index] {
      let texture = patches.smooth((u + 50) / 4, (v + 50) / 4, 300 + index)
      if let found = lesion.tissue(
        u: u - start - lesion.u * length, v: v - middle + lesion.v, x: x, texture: texture, ragged: texture)
      {
        return found
      }
    }
    return .marrow
  }

  /// Laminae in section: tiles that overlap like those of a roof.
  private func lamina(_ index: Int, _ x: Double, _ y: Double, _ z: Double, _ width: Double) -> Tissue? {
    let shape = spine.vertebrae[index]
    guard shape.bone.region != .sacral else { return nil }
    let (u, v) = shape.local(y, z)
    let (dx, dv) = (u - shape.depth / 2 - width - 4.2, v + shape.height * 0.3)
    let (cosine, sine) = (0.9, 0.43)
    let a = (dx * cosine + dv * sine) / 4, b = (dv * cosine - dx * sine) / (shape.height * 0.46)
    let ratio = a * a + b * b
    return ratio < 0.55 ? .marrow : ratio < 1 ? .cortex : nil
  }

  /// Beside the canal: pedicles, the holes between them with their nerves, the joints behind.
  private func lateral(
    _ x: Double, _ y: Double, _ z: Double, _ back: Double, _ level: SpineLevel, _ near: Range<Int>
  ) -> Tissue {
    let width = canalWidth(level)
    for index in max(0, near.lowerBound - 1)..<near.upperBound {
      let shape = spine.vertebrae[index]
      let (u, v) = shape.local(y, z)
      let behind = u - shape.depth / 2
      let top = shape.height * 0.46, bottom = shape.height * 0.02
      // The pedicle leaves the upper half of the body.
      if behind > -1, behind < 11, v < top, v > bottom {
        return min(top - v, v - bottom) < 1.1 ? .cortex : .marrow
      }
      // The joint: the process of the lower vertebra before, that of the upper behind.
      if let joint = joint(behind - 10, v, shape) { return joint }
      let (dy, dv) = (behind - 5.5, v + shape.height * 0.2)
      if dy * dy / 9 + dv * dv / 13 < 1 { return .nerve }
    }
    if back < width * 0.72 { return .fat }
    return muscle(back, z, x)
  }

  private func joint(_ behind: Double, _ v: Double, _ shape: VertebraShape) -> Tissue? {
    guard behind > 0, behind < 13, shape.bone.region != .sacral else { return nil }
    let middle = 5.5 - 0.22 * v
    let off = behind - middle
    guard abs(v) < shape.height * 0.72, abs(off) < 5.4 else { return nil }
    let ends = shape.height * 0.72 - abs(v)
    if abs(off) > 4.4 || ends < 1.1 { return .cortex }
    if v < -shape.height * 0.3, abs(off) < 1 { return abs(off) < 0.4 ? .csf : .cortex }
    return .marrow
  }
}
