// All courses on one axis: sorted, complete, and no label over another.

import Figures
import Grid
import ReviewCore
import Testing

@Suite struct CoursesFigureTests {
  private static let paper = PaperCase.all.map { Course($0.patient, .vertebralOsteomyelitis, values: $0.values) }

  /// Forty courses of all lengths, grades and outcomes, some with very long ids.
  private static let forty: [Course] = (0..<40).map { number in
    let months = (0..<(number % 5)).map { Double($0 * (number % 7) + 1) + 0.5 }
    let patient = Case(
      id: CaseID(number % 9 == 0 ? "osteomyelitis-centre-B-\(number)" : "\(number)"), sex: .female, age: 30 + number,
      outcome: number % 6 == 5 ? nil : ClinicalOutcome.allCases[number % 5],
      examinations: [Examination(.baseline)] + months.map { Examination(ExaminationID(months: $0)) })
    let levels = ["aggravated", "equivocal", "healing", "healed"]
    return Course(patient, .vertebralOsteomyelitis) { examination in
      let level = levels[(number + Int(examination.months)) % 4]
      return examination.isBaseline ? [:] : PaperCase.made([(ID.followUpGrade, level)])
    }
  }

  @Test(arguments: [40, 80, 120])
  func textIsAsReviewed(width: Int) {
    Golden.check(CoursesFigure(Self.paper, order: .length).text(columns: width), "courses-\(width)")
  }

  @Test func asciiIsAsReviewed() {
    Golden.check(CoursesFigure(Self.paper).text(columns: 80, unicode: false), "courses-ascii-80")
  }

  @Test(arguments: [20, 40, 80, 200], [paper, forty, []])
  func textLabelsNeverOverlap(width: Int, courses: [Course]) {
    let figure = CoursesFigure(courses)
    let parts = figure.parts(width: width).filter { $0.kind != .axis }
    let cells = parts.flatMap { part in (part.x..<part.x + part.width).map { Position(x: $0, y: part.y) } }
    #expect(Set(cells).count == cells.count)
    let area = Rect(x: 0, y: 0, width: width, height: figure.height(width: width))
    #expect(cells.filter { !area.contains(x: $0.x, y: $0.y) }.isEmpty)
  }

  @Test(arguments: [paper, forty, Array(forty.prefix(1)), []])
  func svgLabelsNeverOverlap(courses: [Course]) {
    let figure = CoursesFigure(courses)
    Self.expectApart(figure.labelBoxes(), inside: figure.svg())
  }

  @Test(arguments: paper + forty)
  func timelineSVGLabelsNeverOverlap(course: Course) {
    let timeline = CourseTimeline(course)
    Self.expectApart(timeline.labelBoxes(), inside: timeline.svg())
  }

  static func expectApart(_ labels: [LabelledSheet.Label], inside svg: String) {
    for (index, one) in labels.enumerated() {
      for other in labels.dropFirst(index + 1) {
        let apart =
          one.box.x + one.box.width <= other.box.x || other.box.x + other.box.width <= one.box.x
          || one.box.y + one.box.height <= other.box.y || other.box.y + other.box.height <= one.box.y
        #expect(apart, "‘\(one.text)’ lies over ‘\(other.text)’")
      }
    }
    let size = svg.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/).map { (Double($0.1) ?? 0, Double($0.2) ?? 0) }
    let (width, height) = size ?? (0, 0)
    let outside = labels.filter { label in
      label.box.x < 0 || label.box.y < 0 || label.box.x + label.box.width > width
        || label.box.y + label.box.height > height
    }
    #expect(outside.map(\.text) == [])
  }

  @Test func ordersSort() {
    func ids(_ order: CoursesFigure.Order) -> [String] {
      CoursesFigure(Self.paper, order: order).courses.map(\.id.rawValue)
    }
    #expect(ids(.number) == ["1", "2", "3", "4", "5", "6", "7"])
    #expect(ids(.length) == ["5", "4", "7", "6", "2", "3", "1"])
    #expect(ids(.outcome) == ["5", "1", "2", "3", "4", "6", "7"])
    let grades = CoursesFigure(Self.forty, order: .grade).courses.map { $0.last?.change }
    #expect(
      grades == grades.sorted { ($0.map { [$0] } ?? []).lexicographicallyPrecedes($1.map { [$0] } ?? []) }.reversed())
  }

  @Test func almostHealedStandsBetweenHealingAndHealed() {
    func course(_ id: CaseID, _ grade: String, marrow: String) -> Course {
      Course(Case(id: id, examinations: [Examination(.baseline), Examination("9")]), .vertebralOsteomyelitis) {
        $0.isBaseline ? [:] : PaperCase.made([(ID.followUpGrade, grade), (ID.marrow, marrow)])
      }
    }
    let courses = [
      course("a", "healing", marrow: "partial"), course("b", "healing", marrow: "almost_complete"),
      course("c", "healed", marrow: "complete"), course("d", "aggravated", marrow: "none"),
    ]
    #expect(CoursesFigure(courses, order: .grade).courses.map(\.id) == ["c", "b", "a", "d"])
  }

  /// Against the rule, decided by nobody, and withheld: each is said, and the legend has its mark.
  @Test func whatIsUnusualIsSaid() {
    let patient = Case(id: "x", examinations: [.baseline, "3", "9"].map { Examination($0) })
    let course = Course(patient, .vertebralOsteomyelitis, silence: "not graded", isWhole: false) { examination in
      switch examination {
      case "3": PaperCase.made([(ID.foci, "unchanged")])
      case "9": PaperCase.made([(ID.spread, "yes"), (ID.followUpGrade, "equivocal")])
      default: [:]
      }
    }
    #expect(course.flags == [.overruled])
    #expect(CoursesFigure.result(course) == "equivocal (rule: aggravated), later ones withheld")
    let text = CoursesFigure([course]).text(columns: 80)
    #expect(text.contains("? not enough graded for the rule"))
    let only = Course(Case(id: "y", examinations: [Examination(.baseline)]), .vertebralOsteomyelitis, isWhole: false) {
      _ in [:]
    }
    #expect(CoursesFigure.result(only) == "follow-up withheld")
    Self.expectApart(CoursesFigure([course, only]).labelBoxes(), inside: CoursesFigure([course, only]).svg())
    Self.expectApart(CourseTimeline(course).labelBoxes(), inside: CourseTimeline(course).svg())
  }

  @Test func svgIsAsReviewed() {
    Golden.check(CoursesFigure(Self.paper).svg(), "courses-svg")
    Golden.check(CourseTimeline(Self.paper[4]).svg(), "timeline-svg")
  }
}
