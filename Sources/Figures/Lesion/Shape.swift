// Plain geometry: filled shapes, painted one over the other. Drawn into cells by `Raster`, written by `SVG`.

/// What a shape is made of. A sequence says how bright that is (`Material.grey`).
package enum Material: Int, CaseIterable, Hashable, Sendable {
  /// Around the vertebra.
  case muscle
  case cortex, marrow
  case hypo, hyper
  case rim, halo
  /// A bright lesion inside a halo that no rim parts it from: less bright than the halo, brighter than marrow.
  case hyperInHalo
  /// A broken line around a lesion as bright as marrow: brighter than marrow.
  case contour
  case enhanced, notEnhanced
  case disk, cleft, involvedDisk, ungradedDisk
  case inflamed, fluid, abscessWall
  /// Bone where nothing can be told.
  case noise
}

/// A box of plain numbers, in pixels of a picture.
package struct Box: Hashable, Sendable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package func inset(_ dx: Double, _ dy: Double) -> Box { Box(x + dx, y + dy, width - 2 * dx, height - 2 * dy) }

  /// The part of the box given in fractions of its width and height.
  package func part(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Box {
    Box(self.x + x * self.width, self.y + y * self.height, width * self.width, height * self.height)
  }

  var centre: (x: Double, y: Double) { (x + width / 2, y + height / 2) }
}

package struct Shape: Hashable, Sendable {
  package enum Outline: Hashable, Sendable { case rect, ellipse }

  package enum Fill: Hashable, Sendable {
    case solid(Material)
    /// Diagonal stripes.
    case hatched(Material, Material)
    /// Only a broken line along the edge.
    case dotted(Material)
  }

  package var outline: Outline
  package var box: Box
  package var fill: Fill
  /// The ellipse the shape is cut to; nil where it is whole.
  package var clip: Box?

  package init(_ outline: Outline, _ box: Box, _ fill: Fill, clip: Box? = nil) {
    self.outline = outline
    self.box = box
    self.fill = fill
    self.clip = clip
  }

  package init(_ outline: Outline, _ box: Box, _ material: Material) { self.init(outline, box, .solid(material)) }

  /// The material at a point, nil where the shape is not.
  func material(x: Double, y: Double) -> Material? {
    if let clip, !isInEllipse(x, y, clip) { return nil }
    switch fill {
    case .solid(let material): return contains(x, y, box) ? material : nil
    case .hatched(let one, let other):
      guard contains(x, y, box) else { return nil }
      return Int(x.rounded(.down) + y.rounded(.down)) % 4 < 2 ? one : other
    case .dotted(let material):
      guard contains(x, y, box), !contains(x, y, box.inset(1, 1)) else { return nil }
      return isOnDash(x, y) ? material : nil
    }
  }

  /// Dashes of about two pixels, alike in all four quarters; of a small shape four arcs, as single pixels would be dots.
  private func isOnDash(_ x: Double, _ y: Double) -> Bool {
    if min(box.width, box.height) < 13 {
      // Of few rows a gap on both sides would leave dots.
      let isOpenAcross = box.height < 6 || abs(y - box.centre.y) >= max(1, box.height / 6)
      return isOpenAcross && (box.width < 4 || abs(x - box.centre.x) >= max(1, box.width / 6))
    }
    let across = abs(x - box.centre.x) / box.width
    let down = abs(y - box.centre.y) / box.height
    let dashes = max(1, ((box.width + box.height) / 5).rounded())
    let turn = down / (across + down)
    return (turn * dashes).truncatingRemainder(dividingBy: 1) >= 0.5
  }

  private func contains(_ x: Double, _ y: Double, _ box: Box) -> Bool {
    if outline == .rect { return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height }
    return isInEllipse(x, y, box)
  }

  private func isInEllipse(_ x: Double, _ y: Double, _ box: Box) -> Bool {
    guard box.width > 0, box.height > 0 else { return false }
    let across = (x - box.centre.x) * 2 / box.width
    let down = (y - box.centre.y) * 2 / box.height
    return across * across + down * down <= 1
  }
}
