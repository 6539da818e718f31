// Draws the courses: the axis stays above, the legend and what is known of the case under the cursor below.

import Figures
import Grid
import ReviewCore

/// The second head line: how many, of how many, in which order.
func coursesHead(_ state: State) -> [(String, Style)] {
  let screen = state.coursesScreen
  let count = screen.figure.courses.count
  var runs: [(String, Style)] = [("Courses", .role(.heading, .bold)), ("  \(count) ", .plain)]
  runs.append((count == 1 ? "case" : "cases", .role(.muted)))
  if screen.total > count {
    runs.append(
      ("  number \(screen.offset + 1) to \(screen.offset + count) of \(screen.total); / filters", .role(.warning)))
  }
  if !state.worklist.query.filter.isEmpty {
    runs += [("  / ", .role(.muted)), (state.worklist.filterText, .role(.accent))]
  }
  return runs + [("  \(screen.order == .number ? "in worklist order" : "by \(screen.order.rawValue)")", .role(.muted))]
}

private struct CoursesLayout {
  var figure: Rect
  /// Rows of a course.
  var lane: Int
  /// Rows for courses, a whole number of them.
  var lanes: Int
  var legend: Int
  var words: Int

  init(_ state: State) {
    figure = state.body.inset(by: 3, 0)
    let courses = state.coursesScreen.figure
    lane = courses.laneHeight(width: figure.width)
    // Two lines say what is known of the case under the cursor; small screens give up the legend first.
    let room = max(lane, figure.height - CoursesFigure.axisHeight - 2)
    let wanted = courses.legendHeight(width: figure.width)
    legend = room - wanted >= 5 * lane ? wanted : 0
    lanes = min(courses.courses.count, max(1, (room - legend) / lane))
    words = min(2, max(0, figure.height - CoursesFigure.axisHeight - lanes * lane - legend))
  }
}

extension State {
  /// Courses that fit on the screen.
  package var coursesRows: Int { max(1, CoursesLayout(self).lanes) }
}

func renderCourses(_ state: State, _ canvas: inout Canvas) {
  let screen = state.coursesScreen
  guard !screen.figure.courses.isEmpty else { return }
  let layout = CoursesLayout(state)
  let (area, axis) = (layout.figure, CoursesFigure.axisHeight)
  func part(_ rows: Int, at y: Int, from offset: Int) {
    screen.figure.draw(
      into: &canvas, rect: Rect(x: area.x, y: area.y + y, width: area.width, height: rows), offset: offset,
      selected: screen.selected)
  }
  let rows = layout.lanes * layout.lane
  part(axis, at: 0, from: 0)
  part(rows, at: axis, from: axis + screen.top * layout.lane)
  part(layout.legend, at: axis + rows, from: axis + screen.figure.courses.count * layout.lane)
  let row = area.y + axis + (screen.index - screen.top) * layout.lane
  canvas.put("▸", x: 1, y: row, .role(.focus, .bold))
  if screen.top > 0 { canvas.put("↑", x: state.size.width - 1, y: area.y + axis, .role(.focus)) }
  if screen.top + layout.lanes < screen.figure.courses.count {
    canvas.put("↓", x: state.size.width - 1, y: area.y + axis + rows - 1, .role(.focus))
  }
  guard let course = screen.course else { return }
  let words = Rect(x: area.x, y: area.maxY - layout.words, width: area.width, height: layout.words)
  let flags = CourseFlag.allCases.filter(course.flags.contains).map(\.title).joined(separator: ", ")
  let text =
    "Case \(course.id), \(course.patient): \(CoursesFigure.words(course))"
    + (flags.isEmpty ? "" : "; flagged: \(flags)")
  for (row, line) in canvas.wrapped(text, columns: words.width).prefix(words.height).enumerated() {
    canvas.put(line, x: words.x, y: words.y + row, clip: words)
  }
}
