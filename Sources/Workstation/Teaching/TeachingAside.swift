// What stands beside a step: the picture that its topic calls for, and what is known of the case by now.
//
// The step's own facts come first. What does not fit beside goes below the text, and what fits nowhere is counted.

import Figures
import Grid
import ReviewCore

struct TeachingAside {
  /// The picture of a topic; the lesion picture is the usual one.
  private enum Picture { case none, spine, lesion, timeline }

  private static let pictures: [TeachingTopic: Picture] = [
    .presentation: .none, .location: .spine, .diagnosis: .spine, .followUp: .timeline, .outcome: .timeline,
  ]

  let walk: TeachingWalk
  let session: Session

  init(_ walk: TeachingWalk, session: Session) {
    self.walk = walk
    self.session = session
  }

  private var picture: Picture { walk.step.map { Self.pictures[$0.topic] ?? .lesion } ?? .none }

  /// - Parameter spare: rows left below the text.
  func draw(into canvas: inout Canvas, _ area: Rect, spare: Rect) {
    let facts = facts
    let needed = facts.own.reduce(0) { $0 + $1.rows(width: area.width) } + 1
    let others = facts.others.reduce(0) { $0 + $1.rows(width: area.width) }
    let rest = drawPictures(into: &canvas, area, room: area.height - needed, free: area.height - needed - others)
    let left = put(facts.own + facts.others, into: &canvas, rest)
    guard !left.isEmpty else { return }
    if spare.height > 2 {
      canvas.put("known so far", x: spare.x, y: spare.y, .role(.muted), clip: spare)
      let below = Rect(x: spare.x, y: spare.y + 1, width: spare.width, height: spare.height - 1)
      let still = put(left, into: &canvas, below)
      if still.isEmpty { return }
      return tell(still.count, into: &canvas, below)
    }
    tell(left.count, into: &canvas, rest)
  }

  /// Puts facts whole, as many as fit above a last row; returns what is left.
  private func put(_ facts: [Fact], into canvas: inout Canvas, _ area: Rect) -> [Fact] {
    let all = facts.reduce(0) { $0 + $1.rows(width: area.width) }
    let end = all <= area.height ? area.maxY : area.maxY - 1
    var y = area.y
    for (index, fact) in facts.enumerated() {
      guard y + fact.rows(width: area.width) <= end else { return facts[index...].filter { !$0.isBlank } }
      y += fact.draw(&canvas, area, y: y)
    }
    return []
  }

  private func tell(_ count: Int, into canvas: inout Canvas, _ area: Rect) {
    canvas.put(
      "… \(count) more facts", x: area.x, y: area.maxY - 1, .role(.focus), clip: area)
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
    case .none: break
    case .lesion:
      if let top = limited(max(isHigh ? 14 : 12, min(free, 28))) { take(drawLesion(into: &canvas, top)) }
    case .spine: if let top = limited(area.height >= 44 ? 28 : 17) { take(drawSpine(into: &canvas, top)) }
    case .timeline: if let top = limited(area.height * 2 / 3) { take(drawTimeline(into: &canvas, top)) }
    }
    // A high screen has room for the lesion, and often for the map, whatever the step is about.
    if isHigh, picture != .lesion, let next = limited(12) { take(drawLesion(into: &canvas, next)) }
    if rest.height >= 30, picture == .lesion || picture == .timeline, let next = limited(28) {
      take(drawSpine(into: &canvas, next))
    }
    return rest
  }

  /// The lesion as far as it may be shown; what is asked for is drawn and not named. Returns the rows it took.
  private func drawLesion(into canvas: inout Canvas, _ top: Rect) -> Int {
    let pictured = walk.picturedGrades
    guard !LesionAppearance.findings.values.allSatisfy({ pictured[$0] == nil }), top.height >= 5 else { return 0 }
    let unnamed = LesionAppearance.findings.filter { walk.visibleGrades[$0.value] == nil && pictured[$0.value] != nil }
    // Two above two where there is room: larger pictures show more than wide ones.
    let all = MRSequence.allCases
    let isTwice = top.height >= 20 || top.width < 40 && top.height >= 12
    let rows = isTwice ? [Array(all.prefix(2)), Array(all.dropFirst(2))] : [all]
    var y = top.y
    for sequences in rows {
      let room = Rect(x: top.x, y: y, width: top.width, height: top.height / rows.count)
      let picture = LesionPicture(
        LesionAppearance(grades: pictured), sequences: sequences, unnamed: Set(unnamed.keys))
      picture.draw(into: &canvas, rect: room)
      y += min(room.height, picture.rows(in: room, canvas.look) + 1)
    }
    return y - top.y
  }

  /// The map once it may be named; in a quiz before that what it is read from. Returns the rows it took.
  private func drawSpine(into canvas: inout Canvas, _ top: Rect) -> Int {
    guard let bones = walk.visibleGrades[Codebook.ID.involvedBones] else {
      return walk.mode == .quiz && picture == .spine ? TeachingStimulus(walk).draw(into: &canvas, top) + 1 : 0
    }
    let isBiopsyShown = walk.visible.contains(.fact(.biopsy))
    let biopsies = isBiopsyShown ? Set((walk.subject.patientCase.biopsies ?? []).compactMap(\.bone)) : []
    let map = SpineMap(bones, biopsies: biopsies)
    map.draw(into: &canvas, rect: top)
    return min(top.height, map.rows(in: top.size) + 1)
  }

  /// Only examinations that were shown are on the axis.
  private func drawTimeline(into canvas: inout Canvas, _ top: Rect) -> Int {
    let timeline = CourseTimeline(walk.course)
    let height = min(timeline.height(width: top.width) + 1, top.height)
    timeline.draw(into: &canvas, rect: Rect(x: top.x, y: top.y, width: top.width, height: height))
    return height
  }

  /// Grades and facts that may be named: first those that this step shows, then the others, and what is still hidden.
  private var facts: (own: [Fact], others: [Fact]) {
    let shown = walk.isRevealed ? walk.step?.shows ?? [] : []
    var (own, others): ([Fact], [Fact]) = ([], [])
    func add(_ element: TeachingElement, _ fact: Fact) {
      if shown.contains(element) { own.append(fact) } else { others.append(fact) }
    }
    func addTold() {
      for fact in TeachingFact.allCases where walk.visible.contains(.fact(fact)) {
        walk.subject.patientCase.words(fact).map { add(.fact(fact), Fact(fact.label, $0, indent: 12)) }
      }
    }
    // Once the diagnosis is told, what was done and found comes before the grades.
    let isToldFirst = (walk.step?.topic ?? .presentation) >= .diagnosis
    if isToldFirst { addTold() }
    for finding in session.codebook.findings(in: .baseline) {
      guard let value = walk.visibleGrades[finding.id] else { continue }
      let style = value.levelIDs.last.map(levelStyle) ?? .plain
      let glyph = finding.scale == .sites ? "" : finding.glyphs(value) + " "
      add(.finding(finding.id), Fact(finding.shortTitle, glyph + finding.words(value), style, indent: 12))
    }
    if !isToldFirst { addTold() }
    if own.isEmpty, others.isEmpty { own.append(.remark("Nothing is shown of the case yet.")) }
    let hidden = walk.hidden.map { $0.title(session.codebook) }
    if !hidden.isEmpty {
      let names = hidden.count > 4 ? "\(hidden.count) more" : hidden.sorted().joined(separator: ", ")
      others += [.blank, .remark("hidden: " + names)]
    }
    return (own, others)
  }
}

extension Case {
  /// A fact in words; nil for the title where there is none.
  func words(_ fact: TeachingFact) -> String? {
    switch fact {
    case .presentation: presentation.map(Workstation.presentation) ?? "not stated"
    case .originalReport:
      originalReport.map { $0.misread ? "misread" + ($0.takenFor.map { " as \($0)" } ?? "") : "read correctly" }
        ?? "not stated"
    case .biopsy:
      biopsies.map { $0.map { "\($0.site ?? $0.tissue.title): \($0.result)" }.joined(separator: "; ") } ?? "not stated"
    case .culture:
      cultures.map {
        $0.map { "\($0.specimen.rawValue): \($0.organism ?? $0.result.rawValue)" }.joined(separator: "; ")
      }
        ?? "not stated"
    case .therapy: therapy.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? "not stated"
    case .outcome: outcome?.rawValue ?? "not stated"
    case .title: title
    }
  }
}
