// The shapes of one sequence's picture: a vertebral body between two disks, with the lesion as graded.

import ReviewCore

/// Geometry of one picture in pixels. Lines are whole pixels wide, so that they stay visible at the smallest size.
package struct LesionScene: Hashable, Sendable {
  package let sequence: MRSequence
  package let width: Int
  package let height: Int
  package private(set) var shapes: [Shape] = []
  /// Where the lesion lies.
  package private(set) var lesion: Box
  /// Where a question mark is written while the inside of the lesion is not graded: in the middle of what is drawn.
  package var asked: Box { appearance.hasRim || appearance.showsHalo(on: sequence) ? lesion : plan.marrow }

  let appearance: LesionAppearance
  let plan: LesionPlan
  private let pixelHeight: Double

  /// - Parameter pixelHeight: the height of a pixel against its width: 1 for half blocks, 2 for whole cells.
  package init(
    _ appearance: LesionAppearance, sequence: MRSequence, width: Int, height: Int, pixelHeight: Double = 1
  ) {
    self.appearance = appearance
    self.sequence = sequence
    self.width = max(0, width)
    self.height = max(0, height)
    self.pixelHeight = pixelHeight
    plan = LesionPlan(Double(self.width), Double(self.height))
    let marrow = plan.marrow
    let gap = marrow.height < 10 ? 0 : max(1, (marrow.height * 0.09).rounded())
    let high = marrow.height - 2 * gap
    // Not much wider than high; narrower and in front where a second one shall find room behind it.
    let leavesRoom = appearance.isMultiple && marrow.width >= 18
    let aspect = (leavesRoom ? 0.9 : 1.3) * pixelHeight
    let wide = min(marrow.width - (marrow.width < 9 ? 0 : 2), aspect * high).rounded()
    let x = leavesRoom ? 1 : ((marrow.width - wide) * 0.4).rounded()
    lesion = Box(marrow.x + x, marrow.y + gap, wide, high)
    guard width > 0, height > 0, appearance.core(on: sequence) != .notAcquired else { return }
    draw()
  }

  private mutating func draw() {
    add(.rect, Box(0, 0, Double(width), Double(height)), .muscle)
    drawSoftTissue()
    drawDisks()
    add(.rect, plan.body, .cortex)
    add(.rect, plan.marrow, .marrow)
    switch appearance.core(on: sequence) {
    case .notAcquired: return
    case .notAssessable: shapes.append(Shape(.rect, plan.marrow, .hatched(.noise, .marrow)))
    case .notGraded: drawLesion(lesion, levels: nil)
    case .levels(let levels) where levels.contains("marginal") && levels.contains("global") && isDivisible:
      // Some lesions do one and some the other: one ring, one filled.
      guard let second = secondLesion else {
        drawSmall(halves.0, isFilled: false)
        drawSmall(halves.1, isFilled: true)
        break
      }
      drawLesion(lesion, levels: ["marginal"])
      drawLesion(second, levels: ["global"])
    case .levels(let levels):
      drawLesion(lesion, levels: levels)
      if let second = secondLesion { drawLesion(second, levels: levels) }
    }
    if appearance.disks == .involved { openEndplates() }
  }

  mutating func add(_ outline: Shape.Outline, _ box: Box, _ material: Material) {
    guard box.width > 0, box.height > 0 else { return }
    shapes.append(Shape(outline, box, material))
  }

  /// From outside to inside: halo, rim, enhancing margin, core. What is as bright as marrow gets a broken outline, what
  /// is not graded none; no line but the rim is darker than what it lies between, or it would be taken for one.
  private mutating func drawLesion(_ outer: Box, levels: [LevelID]?) {
    let halo = appearance.showsHalo(on: sequence)
    // Every picture keeps the place of the halo, so that the lesion has the same size on all sequences.
    if halo { add(.ellipse, outer, .halo) }
    var box = shrunk(outer)
    if appearance.hasRim {
      add(.ellipse, box, .rim)
      box = shrunk(box)
    }
    guard let levels else {
      add(.ellipse, box, .marrow)
      return
    }
    let isInHalo = halo && !appearance.hasRim
    var materials = levels.map { isInHalo && $0 == "hyper" ? .hyperInHalo : Self.insides[$0] ?? .marrow }
    if levels.contains("marginal") {
      add(.ellipse, box, .enhanced)
      box = shrunk(box)
      // What a bright margin surrounds does not enhance; where one lesion has both, a part of it does.
      materials = [.notEnhanced] + materials.filter { $0 == .enhanced }
    }
    add(.ellipse, box, materials.first ?? .marrow)
    drawPatches(materials.dropFirst(), in: box)
    if levels.contains("iso"), !appearance.hasRim, !halo { shapes.append(Shape(.ellipse, box, .dotted(.contour))) }
  }

  /// One ring further in, but never to nothing.
  private func shrunk(_ box: Box) -> Box {
    let ring = max(1, (min(box.width, box.height) / 10).rounded())
    return box.inset(box.width - 2 * ring < 2 ? 0 : ring, box.height - 2 * ring < 1 ? 0 : ring)
  }

  private static let insides: [LevelID: Material] = [
    "hypo": .hypo, "iso": .marrow, "hyper": .hyper, "none": .notEnhanced, "global": .enhanced,
  ]

  private struct Patches {
    let outline: Shape.Outline
    let parts: [Box]
    init(_ outline: Shape.Outline, _ parts: [Box]) { (self.outline, self.parts) = (outline, parts) }
  }

  // Patches of the other tones of a mixed signal, in fractions of the core.
  private static let quarters = Patches(.rect, [Box(0.5, 0, 0.5, 0.5), Box(0, 0.5, 0.5, 0.5)])
  private static let blobs = Patches(
    .ellipse,
    [
      Box(0.50, 0.02, 0.50, 0.50), Box(0.02, 0.40, 0.46, 0.44), Box(0.50, 0.60, 0.40, 0.40),
      Box(0.18, 0.08, 0.22, 0.22),
    ])
  private static let half = Patches(.rect, [Box(0.5, 0, 0.5, 1)])

  private mutating func drawPatches(_ materials: ArraySlice<Material>, in core: Box) {
    let isSmall = core.width < 7 || core.height < 6
    let patches = sequence == .contrastEnhancedT1W ? Self.half : isSmall ? Self.quarters : Self.blobs
    for (part, material) in zip(patches.parts, repeatElement(materials, count: patches.parts.count).joined()) {
      let box = core.part(part.x, part.y, part.width, part.height)
      shapes.append(Shape(patches.outline, box, .solid(material), clip: core))
    }
  }

  /// A single lesion cannot be two.
  private var isDivisible: Bool { appearance.isMultiple || !appearance.isSolitary }

  /// A lesion that takes up contrast, in a place with no pixel to spare: the rim is drawn where it leaves room for the
  /// margin and the core.
  private mutating func drawSmall(_ outer: Box, isFilled: Bool) {
    var box = outer
    if isRimDrawn(box) {
      add(.ellipse, box, .rim)
      box = box.inset(1, 1)
    }
    add(.ellipse, box, .enhanced)
    guard !isFilled else { return }
    let core = box.inset(box.width >= 3 ? 1 : 0, box.height >= 3 ? 1 : 0)
    add(min(core.width, core.height) < 3 ? .rect : .ellipse, core, .notEnhanced)
  }

  /// Two places for lesions in the marrow, beside or above each other, whichever leaves them rounder: the first in front
  /// and above, the second behind and below.
  private var halves: (Box, Box) {
    let marrow = plan.marrow
    // Flush with the edge of the picture a lesion looks cut off.
    let inside = halves(of: marrow.inset(marrow.width < 9 ? 0 : 1, marrow.height < 5 ? 0 : 1))
    let flush = halves(of: marrow)
    return isRimDrawn(flush.0) && !isRimDrawn(inside.0) ? flush : inside
  }

  private func isRimDrawn(_ box: Box) -> Bool { appearance.hasRim && min(box.width, box.height) >= 5 }

  private func halves(of area: Box) -> (Box, Box) {
    let wide = ((area.width - 1) / 2).rounded(.down), high = ((area.height - 1) / 2).rounded(.down)
    let isBeside = min(wide, area.height * pixelHeight) >= min(area.width, high * pixelHeight)
    let room = isBeside ? (wide, area.height) : (area.width, high)
    // A little longer than wide at most, unless a rim would not fit.
    let least = appearance.hasRim ? 5.0 : 3
    var width = min(room.0, max(least, (1.3 * room.1 * pixelHeight).rounded()))
    var height = min(room.1, max(least, (1.3 * room.0 / pixelHeight).rounded()))
    // In opposite corners two of five pixels pass each other without a gap.
    if appearance.hasRim, min(width, height) < 5, area.width >= 10, area.height >= 9 { (width, height) = (5, 5) }
    return (
      Box(area.x, area.y, width, height),
      Box(area.x + area.width - width, area.y + area.height - height, width, height)
    )
  }

  /// Beside the first one, where there is room.
  private var secondLesion: Box? {
    let marrow = plan.marrow
    let room = marrow.x + marrow.width - lesion.x - lesion.width
    guard appearance.isMultiple, room >= 7 else { return nil }
    let wide = min(room - 2, marrow.height * 0.45 * pixelHeight).rounded()
    let high = max(3, (wide / pixelHeight).rounded())
    return Box(marrow.x + marrow.width - wide - 1, marrow.y + marrow.height - high - 1, wide, high)
  }
}
