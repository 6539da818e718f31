// The screen of all courses, and the flags and examinations of one, key by key.

import Figures
import Grid
import ReviewCore
import Testing

@testable import Workstation

@Suite struct CoursesTests {
  @Test func theCursorStartsAtTheWorklistsCaseAndOpensOne() throws {
    var bench = try Bench.published()
    bench.press("↓↓f")
    #expect(bench.state.screen == .courses)
    #expect(bench.asked.last == .ask(.courses(WorklistQuery(), offset: 0, limit: 200)))
    #expect(bench.state.coursesScreen.selected == "3")
    bench.press("↓↓⏎")
    #expect(bench.state.screen == .patientCase)
    #expect(bench.state.caseScreen.view?.id == "5")
    #expect(bench.state.caseScreen.focus == .followUp)
    #expect(bench.state.worklist.cursor == 4)
    bench.press("⎋")
    #expect(bench.state.screen == .courses)
    bench.press("⎋")
    #expect(bench.state.screen == .worklist)
  }

  @Test func sortingKeepsTheCaseUnderTheCursor() throws {
    var bench = try Bench.published()
    bench.press("f↓")
    let orders = CoursesFigure.Order.allCases.map { order -> [String] in
      bench.press(":sort by \(Commands.title(order))⏎")
      #expect(bench.state.coursesScreen.order == order)
      #expect(bench.state.coursesScreen.selected == "2")
      return bench.state.coursesScreen.figure.courses.map(\.id.rawValue)
    }
    // Almost healed before healing; 25 months before 12; cured before improved.
    #expect(
      orders == [
        ["1", "2", "3", "4", "5", "6", "7"], ["5", "1", "2", "3", "4", "6", "7"], ["5", "4", "7", "6", "2", "3", "1"],
        ["5", "1", "2", "3", "4", "6", "7"],
      ])
  }

  /// 100,000 cases: a window around the cursor is asked for, and it is said which.
  @Test func ofManyCasesAWindowIsShown() throws {
    var state = try Bench.published().state
    let course = try #require(
      (try Bench.published()).sample.cases.first.map { Course($0, .vertebralOsteomyelitis) { _ in [:] } })
    _ = update(&state, .pageLoaded(WorklistPage(offset: 0, rows: [], total: 100_000), for: state.worklist.query))
    state.worklist.cursor = 5_000
    #expect(update(&state, .key(.character("f"))) == [.ask(.courses(state.worklist.query, offset: 4_900, limit: 200))])
    let courses = (4_900..<5_100).map { number in
      var course = course
      course.id = CaseID(String(number))
      return course
    }
    state.coursesScreen.show(courses, offset: 4_900, total: 100_000)
    state.keepCourseInView()
    _ = update(&state, .key(.end))
    let frame = render(state, look: Look(), width: { $0.value < 0x1100 ? 1 : 2 })
    #expect(frame.line(1).contains("200 cases  number 4901 to 5100 of 100000; / filters"))
    #expect(frame.text.contains("▸5099"))
    state.worklist.cursor = 99_999
    #expect(state.loadCourses == .ask(.courses(state.worklist.query, offset: 99_800, limit: 200)))
  }

  @Test func aFilterNarrowsTheCourses() throws {
    var bench = try Bench.published()
    bench.press("f/endplate⏎")
    #expect(bench.state.coursesScreen.figure.courses.map(\.id) == ["2"])
    #expect(bench.state.coursesScreen.selected == "2")
  }

  @Test func whatIsKnownOfEachExaminationOfCase5() throws {
    var bench = try Bench.published()
    bench.press("↓↓↓↓⏎88")
    func told() -> String { bench.frame().text.split(separator: "←").dropFirst().joined(separator: "←") }
    #expect(told().contains("25 months →"))
    #expect(told().contains("▲ healing"))
    bench.press("←")
    #expect(told().contains("10.5 months →"))
    #expect(told().contains("not stated"))
    bench.press("←")
    #expect(told().contains("5 months →"))
    #expect(told().contains("derived by the rule            increased in T11, L1, L3; new in L4; but"))
    bench.press("←←")
    #expect(told().contains("baseline →"))
  }

  @Test func withheldExaminationsAreNotTakenForTheEnd() throws {
    let patient = Case(id: "9", sex: .female, age: 61, examinations: [Examination(.baseline), Examination("3")])
    let view = CaseView(patientCase: patient, withheld: [.laterExaminations, .outcome], stage: .reading)
    let bench = try Bench.practice()
    let context = PanelContext(session: bench.state.session, view: view, selected: "3")
    #expect(context.course.flags == [])
    #expect(CoursesFigure.result(context.course) == "not graded, later ones withheld")
    #expect(CourseTimeline(context.course).height(width: 60) > 3)
  }

  @Test func anOverruledRuleIsShownWithItsReason() throws {
    // Given: better everywhere, given as equivocal.
    var bench = try Bench.practice()
    bench.readings.removeAll { $0.caseID == "4" && $0.reading.examination == "8" }
    bench.press("↓↓↓g{{{}}" + "1" + "⏎a2⏎" + "2" + "1" + "1" + "1" + "2" + "1" + "1" + "2too early⏎")
    // When
    bench.press("⎋⏎88←")
    // Then
    let text = bench.frame().text
    #expect(text.contains("equivocal (rule: healing)"))
    #expect(text.contains("! the rule was overruled"))
    #expect(text.contains("too early"))
  }
}
