// All courses of the worklist's cases under each other: which are shown, in which order, and where the cursor is.

import Figures
import Grid
import ReviewCore

package struct CoursesScreenState: ScreenState {
  /// In the worklist's order.
  package private(set) var courses: [Course] = []
  /// Index of the first one in the worklist, and how many cases that has.
  package private(set) var offset = 0
  package private(set) var total = 0
  package private(set) var order = CoursesFigure.Order.number
  package private(set) var figure = CoursesFigure([])
  /// The case under the cursor.
  package private(set) var selected: CaseID?
  /// Index of the first course on the screen.
  package var top = 0

  package init() {}

  package var index: Int { figure.courses.firstIndex { $0.id == selected } ?? 0 }
  package var course: Course? { figure.courses.first { $0.id == selected } }

  package mutating func show(_ courses: [Course], offset: Int, total: Int) {
    (self.courses, self.offset, self.total) = (courses, offset, total)
    sort(by: order)
    if course == nil { selected = figure.courses.first?.id }
  }

  package mutating func sort(by order: CoursesFigure.Order) {
    self.order = order
    figure = CoursesFigure(courses, order: order)
  }

  package mutating func select(_ index: Int) {
    let courses = figure.courses
    selected = courses.isEmpty ? nil : courses[max(0, min(index, courses.count - 1))].id
  }

  package mutating func select(_ id: CaseID?) { selected = id }
}

extension State {
  /// As many as one figure can be read for; the rest is reached by a filter, or by where the cursor is.
  package static let mostCourses = 200

  package var coursesScreen: CoursesScreenState {
    get { self[CoursesScreenState.self] }
    set { self[CoursesScreenState.self] = newValue }
  }

  /// Courses around the cursor of the worklist.
  var loadCourses: Effect {
    let offset = max(0, min(worklist.cursor - Self.mostCourses / 2, worklist.page.total - Self.mostCourses))
    return .ask(.courses(worklist.query, offset: offset, limit: Self.mostCourses))
  }

  package mutating func keepCourseInView() {
    let (rows, last) = (coursesRows, coursesScreen.figure.courses.count)
    let index = coursesScreen.index
    coursesScreen.top = max(0, min(coursesScreen.top, index, last - rows))
    if index >= coursesScreen.top + rows { coursesScreen.top = index - rows + 1 }
  }
}

extension Request {
  private struct Part: Hashable {
    var query: WorklistQuery
    var offset: Int
    var limit: Int
  }

  static func courses(_ query: WorklistQuery, offset: Int, limit: Int) -> Request {
    Request("courses", of: Part(query: query, offset: offset, limit: limit)) { study in
      let (courses, total) = try study.courses(query, offset: offset, limit: limit)
      return { state in
        state.coursesScreen.show(courses, offset: offset, total: total)
        state.keepCourseInView()
        return []
      }
    }
  }
}

extension Commands {
  private static func noCourse(_ state: State) -> String? {
    state.coursesScreen.course == nil ? "there is no case here" : nil
  }

  private static func move(_ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int)
    -> Command
  {
    Command("courses.\(id)", title, keys: keys, on: [.courses]) { state in
      state.coursesScreen.select(state.coursesScreen.index + step(state))
      state.keepCourseInView()
      return []
    }
  }

  private static func sort(_ state: inout State, by order: CoursesFigure.Order) -> [Effect] {
    state.coursesScreen.sort(by: order)
    state.keepCourseInView()
    state.message = Message("sorted by \(title(order))")
    return []
  }

  static func title(_ order: CoursesFigure.Order) -> String {
    switch order {
    case .number: "the worklist's order"
    case .grade: "the last grade, the best first"
    case .length: "length of follow-up, the longest first"
    case .outcome: "clinical outcome, the best first"
    }
  }

  static let openCourses = Command(
    "courses", "show the courses of the cases on one time axis", keys: [.character("f")],
    on: [.worklist, .study, .patientCase], hint: "courses",
    whyNot: { $0.worklist.page.total == 0 ? "there are no cases here" : nil }
  ) { state in
    state.coursesScreen.select(state.worklist.row?.id)
    state.push(.courses)
    return [state.loadCourses]
  }

  static let courses: [Command] =
    [
      Command(
        "courses.open", "open the case", keys: [.enter, .right], on: [.courses], hint: "open", whyNot: noCourse
      ) { state in
        guard let id = state.coursesScreen.selected else { return [] }
        state.caseScreen.focus = .followUp
        state.push(.patientCase)
        return [.loadCase(id, in: state.worklist.query)]
      },
      move("down", "next case", [.down, .character("j")]) { _ in 1 },
      move("up", "previous case", [.up, .character("k")]) { _ in -1 },
      move("pageDown", "a screen down", [.pageDown, .character(" ")]) { $0.coursesRows },
      move("pageUp", "a screen up", [.pageUp]) { -$0.coursesRows },
      move("first", "first case", [.home, .character("<")]) { -$0.coursesScreen.index },
      move("last", "last case", [.end, .character(">"), .character("G")]) { $0.coursesScreen.figure.courses.count },
      Command("courses.sort", "sort by grade, length, outcome", keys: [.character("s")], on: [.courses], hint: "sort") {
        state in
        let all = CoursesFigure.Order.allCases
        let next = ((all.firstIndex(of: state.coursesScreen.order) ?? 0) + 1) % all.count
        return sort(&state, by: all[next])
      },
    ]
    + CoursesFigure.Order.allCases.map { order in
      Command("courses.sort.\(order.rawValue)", "sort by \(title(order))", keys: [], on: [.courses]) { state in
        sort(&state, by: order)
      }
    }
}

extension ScreenID {
  package static let courses = ScreenID("courses")
}

extension Screen {
  static let courses = Screen(
    .courses, "Courses", head: coursesHead, draw: renderCourses, load: { [$0.loadCourses] }, commands: Commands.courses,
    doors: [Commands.openCourses])
}
