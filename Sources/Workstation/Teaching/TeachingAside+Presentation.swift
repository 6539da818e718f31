// Beside the presentation: what is known before an image is seen, the way through the case, and what it will fill.

import Figures
import Grid
import ReviewCore

extension TeachingAside {
  /// On a screen of the usual size; the symptoms come first, the rest as far as the way leaves room.
  func drawPresentation(into canvas: inout Canvas, _ area: Rect) {
    let room = area.height - way.count - 2
    var facts: [Fact] = []
    for fact in request where rows(facts + [fact], width: area.width) <= room { facts.append(fact) }
    tell(put(facts, into: &canvas, [area]), into: &canvas, area)
    drawWay(into: &canvas, area.splitTop(facts.isEmpty ? 0 : rows(facts, width: area.width) + 1).rest)
  }

  /// On a large screen: the map and the pictures are there, and nothing is in them yet.
  func drawLargePresentation(into canvas: inout Canvas, _ area: Rect) {
    _ = put(request, into: &canvas, [area])
    let rest = area.splitTop(rows(request, width: area.width) + 1).rest
    guard session.codebook.hasPictures else { return drawWay(into: &canvas, rest) }
    let (left, right) = rest.splitLeft(34)
    let map = SpineMap(nil)
    canvas.put("To be marked", x: right.x, y: right.y, .role(.heading), clip: right)
    map.draw(into: &canvas, rect: right.splitTop(1).rest)
    drawWay(into: &canvas, left)
    // Below both where there is room, else below the way.
    let height = max(way.count + 1, 1 + map.rows(in: right.splitTop(1).rest.size))
    let below = rest.splitTop(height + 1).rest
    let pictures = below.height >= 12 ? below : left.splitTop(way.count + 2).rest
    guard pictures.height >= 8 else { return }
    canvas.put("To be graded", x: pictures.x, y: pictures.y, .role(.heading), clip: pictures)
    drawUngraded(into: &canvas, pictures.splitTop(1).rest)
  }

  /// The four sequences with nothing in them; two above two where a row of four would be too small.
  private func drawUngraded(into canvas: inout Canvas, _ area: Rect) {
    let all = MRSequence.allCases
    let rows = area.width < 60 ? [Array(all.prefix(2)), Array(all.dropFirst(2))] : [all]
    let height = area.height / rows.count
    for (row, sequences) in rows.enumerated() {
      LesionPicture(LesionAppearance(session.codebook, grades: [:]), sequences: sequences).draw(
        into: &canvas, rect: Rect(x: area.x, y: area.y + row * height, width: area.width - 2, height: height))
    }
  }

  /// Symptoms keep their row until they are told; of a made-up case there are no images to name.
  private var request: [Fact] {
    let patient = walk.subject.patientCase
    let symptoms = walk.visible.contains(.fact(.presentation)) ? patient.words(.presentation) : nil
    let series = patient.examination(.baseline)?.acquisitions.map(\.words) ?? []
    let months = patient.followUps.map(\.id.rawValue)
    let told = Fact(
      "symptoms", [symptoms.map { ($0, .plain) } ?? ("hidden until answered", .role(.muted))], indent: 12)
    if walk.subject.isConstructed { return [told] }
    return [
      told, Fact("series", series.isEmpty ? "not stated" : series.joined(separator: "; "), indent: 12),
      Fact(
        "followed", months.isEmpty ? "not stated" : "after \(months.joined(separator: ", ")) months", indent: 12),
    ]
  }

  /// Steps under headings that tell nothing, each heading once.
  private var way: [(offset: Int, element: TeachingStep)] {
    walk.script.steps.enumerated().filter { index, step in
      index == 0 || walk.script.steps[index - 1].neutralTitle != step.neutralTitle
    }
  }

  private func drawWay(into canvas: inout Canvas, _ area: Rect) {
    let steps = way
    guard area.height >= 4 else { return }
    canvas.put("Steps", x: area.x, y: area.y, .role(.heading), clip: area)
    for (row, step) in steps.prefix(area.height - 1).enumerated() {
      let isHere = step.element == walk.step
      let isCut = row == area.height - 2 && steps.count > area.height - 1
      let mark = isHere ? "▸ " : walk.reach > step.offset ? "✓ " : "· "
      canvas.put(
        isCut ? "…" : mark + step.element.neutralTitle, x: area.x, y: area.y + 1 + row,
        isHere ? .role(.focus, .bold) : .role(.muted), clip: area)
    }
  }
}

extension Acquisition {
  /// `sagittal CE T1W, fat-suppressed, 700/12`, without what is seen on it.
  fileprivate var words: String {
    let name = [plane?.rawValue, sequence.title].compactMap { $0 }.joined(separator: " ")
    return [name, fatSuppressed == true ? "fat-suppressed" : nil, timing].compactMap { $0 }.joined(separator: ", ")
  }
}
