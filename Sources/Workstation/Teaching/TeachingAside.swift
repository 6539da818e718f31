// What stands beside a step: the picture that its topic calls for, and what is known of the case by now.

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

  func draw(into canvas: inout Canvas, _ area: Rect) {
    let picture = walk.step.map { Self.pictures[$0.topic] ?? .lesion } ?? .none
    var rest = area
    switch picture {
    case .none: break
    case .lesion: rest = drawLesion(into: &canvas, area)
    case .spine: rest = drawSpine(into: &canvas, area)
    case .timeline: rest = drawTimeline(into: &canvas, area)
    }
    // A high screen has room for the lesion, and often for the map, whatever the step is about.
    if area.height >= 32, picture != .lesion { rest = drawLesion(into: &canvas, rest) }
    if rest.height >= 30, picture != .spine, picture != .none { rest = drawSpine(into: &canvas, rest) }
    var y = rest.y
    for fact in facts where y < rest.maxY {
      // A fact that does not fit whole is left out: half of it could say something else.
      if y + fact.rows(width: rest.width) <= rest.maxY { y += fact.draw(&canvas, rest, y: y) }
    }
  }

  /// The lesion as far as it may be shown; what is asked for is drawn and not named.
  private func drawLesion(into canvas: inout Canvas, _ area: Rect) -> Rect {
    let pictured = walk.picturedGrades
    guard !LesionAppearance.findings.values.allSatisfy({ pictured[$0] == nil }) else { return area }
    let unnamed = LesionAppearance.findings.filter { walk.visibleGrades[$0.value] == nil && pictured[$0.value] != nil }
    let (top, rest) = area.splitTop(area.height >= 32 ? 12 : min(8, area.height / 2))
    LesionPicture(LesionAppearance(grades: pictured), unnamed: Set(unnamed.keys)).draw(into: &canvas, rect: top)
    return rest
  }

  private func drawSpine(into canvas: inout Canvas, _ area: Rect) -> Rect {
    guard let bones = walk.visibleGrades[Codebook.ID.involvedBones] else { return area }
    let isBiopsyShown = walk.visible.contains(.fact(.biopsy))
    let biopsies = isBiopsyShown ? Set((walk.subject.patientCase.biopsies ?? []).compactMap(\.bone)) : []
    let (top, rest) = area.splitTop(area.height >= 44 ? 28 : min(17, area.height - 2))
    SpineMap(bones, biopsies: biopsies).draw(into: &canvas, rect: top)
    return rest
  }

  /// Only examinations that were shown are on the axis.
  private func drawTimeline(into canvas: inout Canvas, _ area: Rect) -> Rect {
    let timeline = CourseTimeline(walk.course)
    let height = min(timeline.height(width: area.width) + 1, area.height * 2 / 3)
    let (top, rest) = area.splitTop(height)
    timeline.draw(into: &canvas, rect: top)
    return rest
  }

  /// Grades and facts that may be named, and what is still hidden.
  private var facts: [Fact] {
    let grades = session.codebook.findings(in: .baseline).compactMap { finding -> Fact? in
      guard let value = walk.visibleGrades[finding.id] else { return nil }
      let style = value.levelIDs.last.map(levelStyle) ?? .plain
      let glyph = finding.scale == .sites ? "" : finding.glyphs(value) + " "
      return Fact(finding.shortTitle, glyph + finding.words(value), style, indent: 12)
    }
    let told = TeachingFact.allCases.filter { walk.visible.contains(.fact($0)) }.compactMap { fact in
      walk.subject.patientCase.words(fact).map { Fact(fact.label, $0, indent: 12) }
    }
    // Once the diagnosis is told, what was done and found comes before the grades.
    var facts = (walk.step?.topic ?? .presentation) >= .diagnosis ? told + grades : grades + told
    if facts.isEmpty { facts.append(.remark("Nothing is shown of the case yet.")) }
    let hidden = walk.hidden.map { $0.title(session.codebook) }
    if !hidden.isEmpty {
      facts += [
        .blank,
        .remark("hidden: " + (hidden.count > 4 ? "\(hidden.count) more" : hidden.sorted().joined(separator: ", "))),
      ]
    }
    return facts
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
