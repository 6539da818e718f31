// Beside a step on a large screen: pictures as large as they can be, and the facts below them in two columns.
//
// Where a picture lies does not depend on what is known: nothing moves as a step is revealed.

import Figures
import Grid
import ReviewCore

extension TeachingAside {
  /// - Parameter spare: rows left below the text; the map goes there, and facts that fit nowhere else.
  func drawLarge(into canvas: inout Canvas, _ area: Rect, spare: Rect) {
    if picture == .steps { return drawLargePresentation(into: &canvas, area) }
    let facts = TeachingFacts(walk, session.codebook)
    let (whole, shelf) = parts(area)
    var pictures = whole
    if hasImages, let images = imagesPlace(area), picture == .lesion { pictures.width = images.x - 2 - pictures.x }
    switch picture {
    case .steps: break
    case .lesion: _ = drawLesion(into: &canvas, pictures, largest: pictures.size)
    case .spine: drawBeside(into: &canvas, pictures)
    case .timeline:
      let used = drawTimeline(into: &canvas, pictures)
      drawBeside(into: &canvas, pictures.splitTop(used).rest)
    }
    let (one, two) = shelf.splitLeft(shelf.width / 2)
    let left = put(
      facts.all, into: &canvas, [Rect(x: one.x, y: one.y, width: one.width - 2, height: one.height), two])
    guard left.isEmpty else {
      guard spare.height > 3 else { return tell(left, into: &canvas, two) }
      canvas.put("known so far", x: spare.x, y: spare.y + 1, .role(.muted), clip: spare)
      let below = spare.splitTop(2).rest
      return tell(put(left, into: &canvas, [below]), into: &canvas, below)
    }
    if picture == .lesion { drawMapBelow(into: &canvas, spare) }
  }

  /// Pictures above, facts on the shelf below them.
  private func parts(_ area: Rect) -> (pictures: Rect, shelf: Rect) {
    let (top, shelf) = area.splitTop(area.height - max(9, area.height / 4))
    return (Rect(x: top.x, y: top.y, width: top.width, height: top.height - 1), shelf)
  }

  /// Where the key images of a step stand: in half of the room of the lesion, or in its place beside the map. Nil where a
  /// step has no pictures.
  func imagesPlace(_ area: Rect) -> Rect? {
    let (pictures, _) = parts(area)
    switch picture {
    case .steps: return nil
    case .lesion: return pictures.splitLeft(pictures.width / 2 + 1).rest
    case .spine, .timeline:
      let used = picture == .timeline ? timelineRows(pictures) : 0
      let place = pictures.splitTop(used).rest.splitLeft(SpineMap.wholeWidth + 2).rest
      return place.width >= 24 && place.height >= BesidePicture.fewestRows + 4 ? place : nil
    }
  }

  /// The map, and beside it the lesion; where the bones were asked the vertebra from above.
  private func drawBeside(into canvas: inout Canvas, _ area: Rect) {
    let (left, right) = area.splitLeft(SpineMap.wholeWidth + 2)
    guard visibleBones != nil else {
      // The images keep their place; without them the bones to be read have all of it.
      let width = hasImages ? SpineMap.wholeWidth : area.width
      _ = drawSpine(into: &canvas, Rect(x: area.x, y: area.y, width: width, height: area.height))
      return
    }
    _ = drawSpine(into: &canvas, Rect(x: left.x, y: left.y, width: SpineMap.wholeWidth, height: left.height))
    if hasImages { return }
    if walk.step?.topic == .location, let id = session.codebook.lesion?[.posterior],
      let posterior = walk.visibleGrades[id]
    {
      canvas.put("From above:", x: right.x, y: right.y, .role(.muted), clip: right)
      VertebraPicture(isArchInvolved: posterior.contains("involved")).draw(
        into: &canvas, rect: right.splitTop(1).rest)
    } else {
      _ = drawLesion(into: &canvas, right, largest: right.size)
    }
  }

  /// At the foot of the text, where it leaves room for a column or for three.
  private func drawMapBelow(into canvas: inout Canvas, _ spare: Rect) {
    guard visibleBones != nil,
      let height = [28, 17].first(where: { $0 + 1 <= spare.height })
    else { return }
    let foot = Rect(
      x: spare.x, y: spare.maxY - height, width: min(spare.width, SpineMap.wholeWidth + 6), height: height)
    _ = drawSpine(into: &canvas, foot)
  }
}
