// The pictures of a handout: what is to be read before the questions, and what is named with the answers.

import Figures
import ReviewCore

struct HandoutPictures {
  let subject: TeachingCase
  let study: Study

  init(_ subject: TeachingCase, study: Study) {
    self.subject = subject
    self.study = study
  }

  private var anatomy: Anatomy { subject.patientCase.bones }
  private var values: [FindingID: GradeValue] { subject.values() }

  /// The lesion on each sequence, as it is to be graded: one picture a sequence, side by side on paper and below each
  /// other on a phone. Each is named for its sequence, and for nothing that is asked.
  var lesion: String {
    let drawn = LesionAppearance(study.codebook, grades: values)
    let sequences = MRSequence.allCases.filter { drawn.core(on: $0) != .notGraded }
    guard !sequences.isEmpty else { return "" }
    return "<div class=\"lesion\">\n"
      + sequences.map { sequence in
        HTML.figure(
          LesionPicture(drawn, sequences: [sequence], unnamed: [sequence]).svg(
            id: "lesion-\(sequence.rawValue)",
            alternative: "A vertebra with the lesion on \(sequence.title), to be graded."),
          kind: "tile", caption: "Lesion on \(sequence.title)")
      }.joined() + "</div>\n"
  }

  private var involved: GradeValue? { study.codebook.bones.flatMap { values[$0] } }

  /// The bones and a vertebra to be read: places are known by where they lie, nothing is named.
  var bonesToBeRead: String {
    guard let involved, involved.isAnswer else { return "" }
    let torso = HTML.figure(
      TorsoMap(involved, anatomy).svg(alternative: "The bones from the front, to be read."), kind: "torso",
      caption:
        "The bones from the front, the right side on the left, each row of the spine counted from above. Dark: a bone. "
        + "Striped: an extent, which says nothing of a single vertebra.")
    let arch = study.codebook.lesion?[.posterior].flatMap { values[$0] }
      .flatMap { $0.isAnswer ? $0.contains("involved") : nil }  // by characters: a level, not a text
    let vertebra = arch.map { arch in
      HTML.figure(
        VertebraPicture(isArchInvolved: arch).svg(alternative: "A vertebra from above, to be read."), kind: "vertebra",
        caption: "An affected vertebra from above.")
    }
    return "<div class=\"places\">\n\(torso)\(vertebra ?? "")</div>\n"
  }

  /// The bones with their names; the words below say it too.
  var bones: String {
    guard let involved, involved.isAnswer else { return "" }
    let words = study.codebook.bones.flatMap { study.codebook[$0] }?.words(involved) ?? involved.text
    return HTML.figure(map(involved), kind: "bones", caption: "Involved: \(words).")
  }

  private static let besides: [(String, [Bone])] = [
    ("pectoral girdles", [.pectoralGirdleRight, .pectoralGirdleLeft]), ("sternum", [.sternum]),
    ("ribs", [.ribsRight, .ribsLeft]), ("pelvic girdles", [.pelvicGirdleRight, .pelvicGirdleLeft]),
  ]

  private func map(_ value: GradeValue) -> String {
    let named = Set(value.siteList.flatMap { site in if case .bone(let bone) = site { [bone] } else { [Bone]() } })
    let extent = Set(value.siteList.filter(\.isExtent).flatMap { $0.shaded(in: anatomy) })
    func box(_ bone: Bone, _ word: String) -> String {
      let kind = named.contains(bone) ? " class=\"bone\"" : extent.contains(bone) ? " class=\"extent\"" : ""
      return "<span\(kind)>\(word)</span>"
    }
    let spine = Region.allCases.filter(\.isSpinal).map { region in
      "<span class=\"region\">" + anatomy.bones(of: region).map { box($0, $0.rawValue) }.joined() + "</span>\n"
    }.joined()
    let beside = Self.besides.map { word, bones in
      "<span class=\"region pair\"><i>\(word)</i>"
        + bones.enumerated().map { box($1, bones.count == 1 ? "&nbsp;" : $0 == 0 ? "R" : "L") }.joined() + "</span>\n"
    }.joined()
    return "<div class=\"spine\" aria-hidden=\"true\">\n\(spine)<div class=\"pairs\">\n\(beside)</div>\n</div>\n"
  }

  /// The whole course, as it is known at the end.
  func course(_ walk: TeachingWalk, _ isUnknown: Bool) -> String {
    var course = walk.course(study.codebook)
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
