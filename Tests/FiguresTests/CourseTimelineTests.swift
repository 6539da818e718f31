// The timeline is true to its months, and nothing on it hides anything else.

import Figures
import Grid
import ReviewCore
import Testing

@Suite struct CourseTimelineTests {
  private static let courses = PaperCase.all.map { Course($0.patient, .vertebralOsteomyelitis, values: $0.values) }

  /// Examinations close to each other, at both ends and in number.
  private static let crowded: [Course] = [
    [0.1, 0.2, 0.3], [24.8, 24.9, 25], [0.1, 12, 24.9, 25], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [6], [6, 6.1],
    (1...30).map(Double.init),
  ].enumerated().map { index, months in
    let patient = Case(
      id: CaseID("crowded \(index)"),
      therapy: index == 4
        ? ["抗生物質", "e\u{301}\u{1B}[31m"] : ["antibiotic", "surgical debridement", "anti-tuberculous"],
      outcome: .improved,
      examinations: [Examination(.baseline)] + months.map { Examination(ExaminationID(months: $0)) })
    return Course(patient, .vertebralOsteomyelitis) { examination in
      examination.isBaseline
        ? [:]
        : PaperCase.made([(ID.followUpGrade, "aggravated"), (ID.lesionChanges, "T1:new,T2:new,T3:new,L5:decreased")])
    }
  }

  @Test(arguments: [20, 40, 78, 118])
  func coursesAreAsReviewed(width: Int) {
    let text = (Self.courses + Self.crowded).map { course in
      let timeline = CourseTimeline(course)
      let grid = Golden.drawn(width, timeline.height(width: width)) { timeline.draw(into: &$0, rect: $1) }
      return "case \(course.id)\n\(grid.text)\n"
    }.joined()
    Golden.check(text, "timeline-\(width)")
  }

  /// Ten follow-ups beside each other: the bones are still near the axis.
  @Test func manyGradesLeaveRoomForTheBones() throws {
    let patient = Case(
      id: "ten",
      examinations: [Examination(.baseline)] + (1...10).map { Examination(ExaminationID(months: Double($0))) })
    let course = Course(patient, .vertebralOsteomyelitis) { examination in
      let grade = examination.months < 4 ? "aggravated" : examination.months < 10 ? "healing" : "healed"
      return examination.isBaseline
        ? [:] : PaperCase.made([(ID.followUpGrade, grade), (ID.lesionChanges, "T3:decreased")])
    }
    let layout = TimelineLayout(course, width: 62)
    let bones = try #require(layout.parts.first { $0.text == "T3" })
    #expect(bones.y - layout.axisRow <= 4)
    for word in ["aggravated", "healing", "healed"] {
      #expect(layout.parts.contains { $0.kind == .label && $0.text.contains(word) })
    }
  }

  /// At any scale the line of six months lies after what was before them and before what came after.
  @Test(arguments: [[0.1, 0.5, 1, 600], [5.9, 6.1], [1, 2, 3, 4, 5, 7], [600], [5, 600], [0.1, 6, 12], [1, 5]])
  func sixMonthsStandWhereTheyAre(months: [Double]) throws {
    let course = Course(
      Case(
        id: "six",
        examinations: [Examination(.baseline)] + months.map { Examination(ExaminationID(months: $0)) }),
      .vertebralOsteomyelitis
    ) { _ in [:] }
    for width in [24, 40, 78, 118, 200] {
      let layout = TimelineLayout(course, width: width)
      let axis = layout.parts.filter { $0.y == layout.axisRow }
      let marks = axis.filter { $0.kind == .mark }
      guard let six = axis.first(where: { $0.text == "┊" }) else {
        // Nothing stands there only where an examination does, or where two stand side by side.
        let (before, after) = (
          marks.filter { ($0.examination?.months ?? 0) < 6 }, marks.filter { ($0.examination?.months ?? 0) > 6 }
        )
        #expect(
          months.contains(6) || after.isEmpty || (before.map(\.x).max() ?? 0) + 1 >= (after.map(\.x).min() ?? 0),
          "\(months) at \(width)")
        continue
      }
      #expect(marks.allSatisfy { mark in (mark.examination?.months ?? 0) < 6 ? mark.x < six.x : mark.x > six.x })
    }
  }

  /// Labels, marks and leaders share no cell, and none lies outside, at every width.
  @Test(arguments: [20, 21, 33, 40, 59, 60, 80, 118, 200])
  func nothingOverlaps(width: Int) {
    for course in Self.courses + Self.crowded {
      let layout = TimelineLayout(course, width: width)
      let boxes = layout.parts.filter { $0.kind != .axis }
      let cells = boxes.flatMap { part in (part.x..<part.x + part.width).map { Position(x: $0, y: part.y) } }
      #expect(Set(cells).count == cells.count, "case \(course.id)")
      let outside = cells.filter { !Rect(x: 0, y: 0, width: width, height: layout.height).contains(x: $0.x, y: $0.y) }
      #expect(outside.isEmpty, "case \(course.id)")
      let marked = boxes.filter { $0.kind == .mark && $0.y == layout.axisRow }.compactMap(\.examination)
      #expect(marked.count == min(course.points.count, width >= 60 ? width - 14 : width), "case \(course.id)")
      #expect(Set(marked).count == marked.count)
    }
  }

  @Test func caseFiveReadsAtAGlance() {
    let points = Self.courses[4].points
    #expect(points.map(\.label) == ["baseline", "aggravated (mixed)", "nothing stated", "healing (almost healed)"])
    #expect(points.map(\.standing) == [.baseline, .derived(.aggravated), .silent, .given(.healing)])
    #expect(points.map { CourseMark($0.standing).glyph } == ["□", "▽", "·", "▲"])
    #expect(
      points[1].changes.levelIDs == [
        .t11: "increased", .l1: "increased", .l3: "increased", .l4: "new", .l2: "decreased",
      ])
  }

  @Test func theAxisIsTrue() {
    let layout = TimelineLayout(Self.courses[4], width: 114)
    let marks = layout.parts.filter { $0.kind == .mark && $0.y == layout.axisRow }
    // 14 columns of titles, then 99 columns for 25 months.
    #expect(marks.map(\.x) == [14, 34, 56, 113])
  }

  @Test func theSelectedExaminationIsReversed() {
    let timeline = CourseTimeline(Self.courses[4], selected: "10.5")
    let grid = Golden.drawn(78, timeline.height(width: 78)) { timeline.draw(into: &$0, rect: $1) }
    let reversed = (0..<grid.size.height).map { y in
      (0..<78).filter { grid[$0, y].style.attributes.contains(.reverse) }.map { grid[$0, y].text }.joined()
    }
    #expect(reversed.filter { !$0.isEmpty } == ["10.5", "·", "nothing stated"])
  }

  @Test func oneRowIsTheAxis() {
    let grid = Golden.drawn(40, 1) { CourseTimeline(Self.courses[4]).draw(into: &$0, rect: $1) }
    #expect(grid.line(0).hasPrefix("□"))
    #expect(grid.line(0).hasSuffix("▲"))
  }

  @Test func whatNoRuleCanDecideIsSaid() {
    let patient = Case(id: "x", examinations: [Examination(.baseline), Examination("3"), Examination("9")])
    let course = Course(patient, .vertebralOsteomyelitis, silence: "not graded") { examination in
      examination == "3"
        ? PaperCase.made([(ID.foci, "unchanged")])
        : examination == "9" ? PaperCase.made([(ID.followUpGrade, "not-assessable")]) : [:]
    }
    #expect(course.points.map(\.label) == ["baseline", "not decided", "not assessable"])
    #expect(course.points.map(\.standing) == [.baseline, .undecided, .notAssessable])
  }

  @Test(arguments: [(0, 0), (1, 1), (2, 9), (19, 3)])
  func tinySizesStayInside(width: Int, height: Int) {
    for course in Self.courses + Self.crowded {
      let rect = Rect(x: 1, y: 1, width: width, height: height)
      let grid = Golden.drawn(width + 3, height + 3) { canvas, _ in
        CourseTimeline(course).draw(into: &canvas, rect: rect)
      }
      for y in 0..<grid.size.height {
        for x in 0..<grid.size.width where !rect.contains(x: x, y: y) { #expect(grid[x, y] == Cell()) }
      }
    }
  }
}
