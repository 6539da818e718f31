// What stands beside a step: the picture that its topic calls for, and what is known of the case by now.
//
// The step's own facts come first. What does not fit beside goes below the text, and what fits nowhere is counted.

import Figures
import Grid
import ReviewCore

struct TeachingAside {
  /// The picture of a topic; the lesion picture is the usual one.
  enum Picture { case steps, spine, lesion, timeline }

  private static let pictures: [TeachingTopic: Picture] = [
    .presentation: .steps, .location: .spine, .diagnosis: .spine, .followUp: .timeline, .outcome: .timeline,
  ]

  let walk: TeachingWalk
  let session: Session
  /// Key images stand beside the pictures of a large screen.
  var hasImages = false

  init(_ walk: TeachingWalk, session: Session) {
    self.walk = walk
    self.session = session
  }

  /// What changed in single bones at the examination that the step is about: it is read from the map.
  private var changes: BoneChanges {
    guard let finding = session.codebook.changesOfBones.flatMap({ session.codebook[$0] }) else { return .none }
    return BoneChanges(walk.step?.grades[finding.id]?.changes ?? [:], finding)
  }

  /// The bones as far as they may be named.
  var visibleBones: GradeValue? { session.codebook.bones.flatMap { walk.visibleGrades[$0] } }

  var picture: Picture { walk.step.map { Self.pictures[$0.topic] ?? .lesion } ?? .steps }

  /// On a screen of the usual size.
  ///
  /// - Parameter spare: rows left below the text.
  func draw(into canvas: inout Canvas, _ area: Rect, spare: Rect) {
    let facts = TeachingFacts(walk, session.codebook)
    if picture == .steps { return drawPresentation(into: &canvas, area) }
    let needed = rows(facts.own, width: area.width) + 1
    let others = rows(facts.others, width: area.width)
    let rest = drawPictures(into: &canvas, area, room: area.height - needed, free: area.height - needed - others)
    let left = put(facts.all, into: &canvas, [rest])
    guard !left.isEmpty, spare.height > 2 else { return tell(left, into: &canvas, rest) }
    canvas.put("known so far", x: spare.x, y: spare.y, .role(.muted), clip: spare)
    let below = spare.splitTop(1).rest
    tell(put(left, into: &canvas, [below]), into: &canvas, below)
  }

  func rows(_ facts: [Fact], width: Int) -> Int { facts.reduce(0) { $0 + $1.rows(width: width) } }

  /// Puts facts whole, one area after the other; into the last, above its last row, all that fit. Returns what is left.
  func put(_ facts: [Fact], into canvas: inout Canvas, _ areas: [Rect]) -> [Fact] {
    var left = facts
    for (index, area) in areas.enumerated() {
      let isLast = index + 1 == areas.count
      let end = rows(left, width: area.width) <= area.height || !isLast ? area.maxY : area.maxY - 1
      var y = area.y
      var isFull = false
      left = left.filter { fact in
        isFull = isFull || !isLast && y + fact.rows(width: area.width) > end
        guard !isFull, y + fact.rows(width: area.width) <= end else { return true }
        if !fact.isBlank || y > area.y { y += fact.draw(&canvas, area, y: y) }
        return false
      }
    }
    return left.filter { !$0.isBlank }
  }

  /// Counts what fits nowhere, in the last row of an area.
  func tell(_ left: [Fact], into canvas: inout Canvas, _ area: Rect) {
    guard !left.isEmpty else { return }
    let words = left.count == 1 ? "… 1 more fact" : "… \(left.count) more facts"
    canvas.put(words, x: area.x, y: area.maxY - 1, .role(.muted), clip: area)
  }

  /// The pictures that fit above the step's own facts; returns what is left of the area.
  ///
  /// - Parameter free: rows that no fact needs; the lesion grows into them.
  private func drawPictures(into canvas: inout Canvas, _ area: Rect, room: Int, free: Int) -> Rect {
    var rest = area
    func limited(_ wanted: Int) -> Rect? {
      let height = min(wanted, room - (rest.y - area.y))
      return height < 4 ? nil : Rect(x: rest.x, y: rest.y, width: rest.width, height: height)
    }
    func take(_ used: Int) { rest = rest.splitTop(used).rest }
    let isHigh = area.height >= 32
    switch picture {
    case .steps: break
    case .lesion:
      // Below a picture of one size the step's own facts find room before and after they are shown.
      let height = isHigh ? max(14, min(free, 28)) : max(12, area.height - 4)
      if let top = limited(height) { take(drawLesion(into: &canvas, top)) }
    case .spine: if let top = limited(area.height >= 44 ? 28 : 17) { take(drawSpine(into: &canvas, top)) }
    case .timeline:
      if let top = limited(area.height * 2 / 3) { take(drawTimeline(into: &canvas, top)) }
      if !changes.isEmpty, let top = limited(17) { take(drawSpine(into: &canvas, top)) }
    }
    // A high screen has room for the lesion, and often for the map, whatever the step is about.
    if isHigh, picture != .lesion, let next = limited(12) { take(drawLesion(into: &canvas, next)) }
    if rest.height >= 30, picture == .lesion || picture == .timeline && changes.isEmpty, let next = limited(28) {
      take(drawSpine(into: &canvas, next))
    }
    return rest
  }

  /// The lesion as far as it may be shown; what is asked for is drawn and not named. Returns the rows it took.
  ///
  /// - Parameter largest: of one of its pictures.
  func drawLesion(into canvas: inout Canvas, _ top: Rect, largest: Size = LesionPicture.usual) -> Int {
    let pictured = walk.picturedGrades
    let series = session.codebook.lesion?.series ?? [:]
    guard !series.values.allSatisfy({ pictured[$0] == nil }), top.height >= 5 else { return 0 }
    let unnamed = series.filter { walk.visibleGrades[$0.value] == nil && pictured[$0.value] != nil }
    // Two above two where there is room: larger pictures show more than wide ones.
    let all = MRSequence.allCases
    let isTwice = top.height >= 20 || top.width < 40 && top.height >= 12
    let rows = isTwice ? [Array(all.prefix(2)), Array(all.dropFirst(2))] : [all]
    var y = top.y
    for sequences in rows {
      let room = Rect(x: top.x, y: y, width: top.width, height: top.height / rows.count)
      let picture = LesionPicture(
        LesionAppearance(session.codebook, grades: pictured), sequences: sequences, unnamed: Set(unnamed.keys),
        largest: largest)
      picture.draw(into: &canvas, rect: room)
      y += min(room.height, picture.rows(in: room, canvas.look) + (largest == LesionPicture.usual ? 1 : 0))
    }
    return y - top.y
  }

  /// The map once it may be named; before that what it is read from. Returns the rows it took.
  func drawSpine(into canvas: inout Canvas, _ top: Rect) -> Int {
    guard let bones = visibleBones else {
      return picture == .spine ? TeachingStimulus(walk, session.codebook).draw(into: &canvas, top) + 1 : 0
    }
    let isBiopsyShown = walk.visible.contains(.fact(.biopsy))
    let biopsies = isBiopsyShown ? Set((walk.subject.patientCase.biopsies ?? []).compactMap(\.bone)) : []
    let map = SpineMap(bones, changes: changes, biopsies: biopsies, anatomy: walk.subject.patientCase.bones)
    map.draw(into: &canvas, rect: top)
    return min(top.height, map.rows(in: top.size) + 1)
  }

  /// Only examinations that were shown are on the axis. Returns the rows it took.
  func drawTimeline(into canvas: inout Canvas, _ top: Rect) -> Int {
    let timeline = CourseTimeline(walk.course(session.codebook))
    let height = timelineRows(top)
    timeline.draw(into: &canvas, rect: Rect(x: top.x, y: top.y, width: top.width, height: height))
    return height
  }

  func timelineRows(_ top: Rect) -> Int {
    min(CourseTimeline(walk.course(session.codebook)).height(width: top.width) + 1, top.height)
  }
}
