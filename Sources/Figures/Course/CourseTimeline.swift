// The follow-up of one case on a true time axis.

import Grid
import ReviewCore

package struct CourseTimeline: Hashable, Sendable {
  package let course: Course
  /// Shown in reverse.
  package var selected: ExaminationID?

  package init(_ course: Course, selected: ExaminationID? = nil) {
    self.course = course
    self.selected = selected
  }

  /// Rows it needs at a width.
  package func height(width: Int) -> Int { TimelineLayout(course, width: width).height }

  /// Draws what fits, from row `offset` of the figure; in one or two rows it shows the axis first.
  package func draw(into canvas: inout Canvas, rect: Rect, offset: Int = 0) {
    let layout = TimelineLayout(course, width: rect.width)
    let top = rect.height <= 2 && offset == 0 ? layout.axisRow : offset
    for part in layout.parts where part.y >= top && part.y - top < rect.height {
      let isSelected = selected != nil && part.examination == selected
      canvas.put(
        part.text, x: rect.x + part.x, y: rect.y + part.y - top,
        isSelected ? part.style.with(.reverse) : part.style, clip: rect)
    }
  }
}
