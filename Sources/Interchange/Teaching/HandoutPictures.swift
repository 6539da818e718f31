// The pictures of a handout's step, each with words for those who cannot see it.

import Figures
import ReviewCore

struct HandoutPictures {
  private enum Kind { case none, bones, lesion, course }

  private static let kinds: [TeachingTopic: Kind] = [
    .presentation: .none, .location: .bones, .impression: .none, .diagnosis: .none, .followUp: .course,
    .outcome: .course, .lesson: .lesion,
  ]

  let walk: TeachingWalk
  let study: Study
  /// Ids inside the pictures begin with it.
  let id: String
  let isUnknown: Bool

  init(_ walk: TeachingWalk, study: Study, id: String, isUnknown: Bool) {
    self.walk = walk
    self.study = study
    self.id = id
    self.isUnknown = isUnknown
  }

  private var kind: Kind { walk.step.map { Self.kinds[$0.topic] ?? .lesion } ?? .none }

  /// What is asked for is drawn, and named neither in the picture nor beside it.
  var beforeAnswer: String { kind == .lesion ? lesion : "" }

  /// The lesion was drawn before; now it is named.
  var afterAnswer: String {
    switch kind {
    case .none: ""
    case .bones: bones
    case .lesion: walk.currentTasks.isEmpty ? lesion : HTML.paragraphs([caption], kind: "small")
    case .course: course
    }
  }

  /// One picture a sequence, so that they stand side by side on paper and below each other on a phone.
  private var lesion: String {
    let pictured = walk.picturedGrades
    let (known, drawn) = (LesionAppearance(grades: walk.visibleGrades), LesionAppearance(grades: pictured))
    let sequences = MRSequence.allCases.filter { drawn.core(on: $0) != .notGraded }
    guard !sequences.isEmpty else { return "" }
    let pictures = sequences.map { sequence in
      let isNamed = known.core(on: sequence) == drawn.core(on: sequence)
      let words = isNamed ? known.words(on: sequence) : "\(sequence.shortTitle): the lesion, to be graded"
      return LesionPicture(drawn, sequences: [sequence], unnamed: isNamed ? [] : [sequence])
        .svg(id: "\(id)-\(sequence.rawValue)", alternative: words + ".")
    }.joined()
    return HTML.figure(pictures, kind: "lesion", caption: caption)
  }

  /// The lesion in words, as far as it may be named.
  private var caption: String {
    let known = LesionAppearance(grades: walk.visibleGrades)
    let named = MRSequence.allCases.filter { known.core(on: $0) != .notGraded }.map { known.words(on: $0) }
    guard !named.isEmpty else { return "The lesion, to be graded." }
    return "As graded so far. " + (named + known.surroundings()).joined(separator: "; ") + "."
  }

  /// The spine from above, marked; the words below it say the same.
  private var bones: String {
    guard let value = walk.visibleGrades[Codebook.ID.involvedBones] else { return "" }
    let named = Set(value.siteList.flatMap { site in if case .bone(let bone) = site { [bone] } else { [Bone]() } })
    let extent = Set(value.siteList.filter(\.isExtent).flatMap(\.shaded))
    let rows = Region.allCases.filter(\.isSpinal).map { region in
      let boxes = region.bones.map { bone in
        let mark = named.contains(bone) ? " class=\"bone\"" : extent.contains(bone) ? " class=\"extent\"" : ""
        return "<span\(mark)>\(bone.rawValue)</span>"
      }.joined()
      return "<span class=\"region\">\(boxes)</span>\n"
    }.joined()
    let words = study.codebook[Codebook.ID.involvedBones]?.words(value) ?? value.text
    let note = extent.isEmpty ? "" : " Shaded is an extent; it says nothing of a single vertebra."
    return HTML.figure(
      "<div class=\"spine\" aria-hidden=\"true\">\n\(rows)</div>\n", kind: "bones",
      caption: "Involved: \(words).\(note)")
  }

  /// Only examinations that were shown are on the axis.
  private var course: String {
    var course = walk.course
    if isUnknown { course.id = "?" }
    let points = course.points.map { point in
      point.standing == .baseline
        ? "baseline" : "\(point.id.title): \(point.label)\(point.isDerived ? " (derived by the rule)" : "")"
    }
    return HTML.figure(
      "<div class=\"wide\">\n\(CourseTimeline(course).svg())</div>\n", kind: "course",
      caption: points.joined(separator: "; ") + ".")
  }
}
