// Where the lesions of a phantom lie, and what a point inside one is made of.

import Foundation
import ReviewCore

/// An ellipsoid within a vertebral body, or within the spinous process behind it. Millimetres.
struct PhantomLesion: Sendable {
  let vertebra: Int
  /// Its middle in the vertebra's own directions: to the back, to the head, and the patient's left.
  let u: Double
  let v: Double
  let x: Double
  let radiusU: Double
  let radiusV: Double
  let radiusX: Double
  let isMarginal: Bool
  let hasRim: Bool
  let hasHalo: Bool
  let hasEdge: Bool
  /// Below 1, fatty marrow has come back in part of it.
  let contrast: Double

  static let rimWidth = 1.7
  static let haloWidth = 3.6
  static let edgeWidth = 2.6

  /// How far it reaches with all that surrounds it.
  var reach: Double { (hasHalo ? Self.haloWidth : 0) + (hasEdge ? Self.edgeWidth : 0) + 1 }

  /// Nil outside of it and of its surroundings. Bodies of real lesions are not smooth: `ragged` is 0…1.
  func tissue(u: Double, v: Double, x: Double, texture: Double, ragged: Double) -> Tissue? {
    let (a, b, c) = ((u - self.u) / radiusU, (v - self.v) / radiusV, (x - self.x) / radiusX)
    let ratio = sqrt(a * a + b * b + c * c) + (ragged - 0.5) * 0.22
    // About the distance from its surface, in the plane of the picture.
    let depth = (1 - ratio) * (radiusU + radiusV) / 2
    if depth < 0 {
      if hasEdge, depth > -Self.edgeWidth { return .edge }
      return hasHalo && depth > -Self.haloWidth ? .halo : nil
    }
    if hasRim, depth < Self.rimWidth { return .rim }
    if texture > contrast { return nil }
    let isFirst = texture < contrast / 2
    if isMarginal {
      return ratio > 0.62 ? (isFirst ? .shellA : .shellB) : (isFirst ? .marginalA : .marginalB)
    }
    return isFirst ? .lesionA : .lesionB
  }
}

extension PhantomCase {
  private typealias ID = Codebook.ID

  /// The lesions in the bodies, and those in the spinous processes.
  func lesions(in spine: SpineModel) -> (bodies: [PhantomLesion], processes: [PhantomLesion]) {
    let shaded = shadedBones
    var bodies: [PhantomLesion] = []
    var processes: [PhantomLesion] = []
    for (index, shape) in spine.vertebrae.enumerated() where shaded.contains(shape.bone) {
      let chance = Lattice("\(caseID) \(shape.bone)")
      // An extent leaves single vertebrae open: some of them are drawn without a lesion.
      if isLoose(shape.bone), chance.value(1, 0) < 0.25 { continue }
      let course = course(of: shape.bone)
      guard course.scale > 0 else { continue }
      bodies.append(lesion(index, shape, chance, course))
      if has(ID.posteriorElements, "involved"), chance.value(2, 0) < 0.6 {
        processes.append(processLesion(index, shape, chance, course))
      }
    }
    return (bodies, processes)
  }

  private func lesion(_ index: Int, _ shape: VertebraShape, _ chance: Lattice, _ course: Course) -> PhantomLesion {
    func between(_ low: Double, _ high: Double, _ number: Int) -> Double {
      low + (high - low) * chance.value(number, 7)
    }
    let isSingle = has(ID.lesionNumber, "solitary") || rimBone == shape.bone
    let size = (isSingle ? 1.15 : 1) * course.scale
    // Near an endplate, as most of them lie.
    let side: Double = shape.bone.region == .sacral || chance.value(3, 0) < 0.5 ? 1 : -1
    let radiusV = shape.height * between(0.24, 0.31, 1) * size
    let radiusU = shape.depth * between(0.24, 0.34, 2) * size
    let room = max(0, shape.height / 2 - radiusV - 1.5)
    return PhantomLesion(
      vertebra: index, u: between(-0.18, 0.12, 3) * shape.depth, v: side * room * between(0.55, 1, 4),
      x: between(-4, 4, 5), radiusU: min(radiusU, shape.depth * 0.47), radiusV: min(radiusV, shape.height * 0.45),
      radiusX: between(12, 16, 6) * min(1.1, size),
      isMarginal: has(ID.enhancement, "marginal") && (!has(ID.enhancement, "global") || chance.value(4, 0) < 0.5),
      hasRim: has(ID.rimSign, "present") && (rimBone == nil || rimBone == shape.bone),
      hasHalo: has(ID.haloSign, "present") && (haloBone == nil || haloBone == shape.bone) && course.contrast > 0.6,
      hasEdge: course.hasEdge, contrast: course.contrast)
  }

  private func processLesion(_ index: Int, _ shape: VertebraShape, _ chance: Lattice, _ course: Course)
    -> PhantomLesion
  {
    PhantomLesion(
      vertebra: index, u: 0.45 + 0.2 * chance.value(8, 1), v: 0, x: 0, radiusU: 8 * course.scale,
      radiusV: 4.5 * course.scale, radiusX: 6, isMarginal: false, hasRim: false, hasHalo: false, hasEdge: false,
      contrast: course.contrast)
  }
}
