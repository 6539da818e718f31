// Where everything on a timeline stands.

import Grid
import ReviewCore
import TextSafety

/// The parts of a timeline in cells from its corner.
package struct TimelineLayout: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case axis, leader, mark, label }

  package struct Part: Hashable, Sendable {
    package var kind: Kind
    package var text: String
    package var x: Int
    package var y: Int
    package var style: Style
    package var examination: ExaminationID?

    package var width: Int { text.columns }
  }

  package private(set) var parts: [Part] = []
  package private(set) var height = 0
  package private(set) var axisRow = 0

  let course: Course
  let width: Int
  /// Columns for the titles of rows; 0 in a narrow figure, whose rows carry their titles inside.
  let gutter: Int
  private let axis: TimeAxis
  /// Nil for marks there is no room for.
  private let columns: [Int?]

  private var range: Range<Int> { gutter..<max(gutter + 1, width) }
  var isNarrow: Bool { gutter == 0 }

  package init(_ course: Course, width: Int) {
    self.course = course
    self.width = max(1, width)
    gutter = width >= 60 ? 14 : 0
    axis = TimeAxis(from: gutter, to: self.width - 1, months: course.length)
    columns = axis.positions(course.points.map(\.months), distance: 2)
    addMonths()
    addAxis()
    addGrades()
    addChanges()
    addEnd()
  }

  mutating func add(
    _ kind: Kind, _ text: String, x: Int, y: Int, _ style: Style, examination: ExaminationID? = nil
  ) {
    guard x < width, !text.isEmpty else { return }
    parts.append(Part(kind: kind, text: text.fitted(to: width - x), x: x, y: y, style: style, examination: examination))
    height = max(height, y + 1)
  }

  var marks: [(point: Course.Point, column: Int)] {
    zip(course.points, columns).compactMap { point, column in column.map { (point, $0) } }
  }

  // MARK: above the axis

  static func months(_ point: Course.Point) -> String { point.id.isBaseline ? "0" : point.id.rawValue }

  /// The months of the examinations, and the six-month mark.
  private mutating func addMonths() {
    let shown = marks
    var texts = shown.map { Self.months($0.point) }
    if isNarrow, !texts.isEmpty { texts[texts.count - 1] += " mo" }
    if !isNarrow, !texts.isEmpty { texts[0] = "baseline" }
    var labels = zip(shown, texts).map { AxisLabel(anchor: $0.column, width: $1.columns) }
    let six = sixMonths
    if let six { labels.append(AxisLabel(anchor: six, width: 5, isFlush: true)) }
    let placed = LabelPlacement.place(labels, in: range)
    let rows = (placed.map(\.row).max() ?? 0) + 1
    axisRow = rows
    if !isNarrow { add(.label, "months", x: 0, y: rows - 1, .role(.muted)) }
    for (index, place) in placed.enumerated() {
      let y = rows - 1 - place.row
      if index < shown.count {
        add(.label, texts[index], x: place.x, y: y, .plain, examination: shown[index].point.id)
      } else {
        add(.label, place.x == six || place.isDetached ? "┊6 mo" : "6 mo┊", x: place.x, y: y, .role(.muted))
      }
      guard !place.isDetached, y + 1 < rows else { continue }
      let leader = index < shown.count ? "│" : "┊"
      for below in (y + 1)..<rows { add(.leader, leader, x: labels[index].anchor, y: below, .role(.muted)) }
    }
  }

  /// The column of month 6, where it lies inside the follow-up and no examination stands there.
  private var sixMonths: Int? {
    guard course.length > 6 else { return nil }
    return axis.position(6, among: zip(course.points, columns).map { ($0.months, $1) })
  }

  // MARK: the axis and below

  private mutating func addAxis() {
    let last = marks.last?.column ?? axis.end
    let first = marks.first?.column ?? axis.start
    add(.axis, String(repeating: "─", count: max(0, last - first + 1)), x: first, y: axisRow, .role(.border))
    if let six = sixMonths { add(.axis, "┊", x: six, y: axisRow, .role(.muted)) }
    for (point, column) in marks {
      let mark = CourseMark(point.standing)
      add(.mark, mark.glyph, x: column, y: axisRow, .role(mark.role, .bold), examination: point.id)
    }
  }

  /// Rows of grades below the axis, at most: what comes after them must still be seen.
  private static let gradeRows = 3

  private mutating func addGrades() {
    let all = marks.filter { $0.point.standing != .baseline }
    // Where all together take too many rows, a grade is written where it is another than the one before; the marks tell
    // the rest.
    let rows = (placed(all).placed.map(\.row).max() ?? 0) + 1
    let changing = all.enumerated().filter { index, mark in
      index == 0 || mark.point.fullLabel != all[index - 1].point.fullLabel
    }.map(\.element)
    let shown = rows > Self.gradeRows ? changing : all
    let (texts, detached, placed) = placed(shown)
    for (index, place) in placed.enumerated() {
      let point = shown[index].point
      let y = axisRow + 1 + place.row
      let text = place.isDetached ? detached[index] : texts[index]
      add(
        .label, text.fitted(to: place.width), x: place.x, y: y, .role(CourseMark(point.standing).role),
        examination: point.id)
      guard !place.isDetached else { continue }
      for above in (axisRow + 1)..<y { add(.leader, "│", x: shown[index].column, y: above, .role(.muted)) }
    }
    let hidden = columns.filter { $0 == nil }.count
    if hidden > 0 {
      addLines(hidden.counted("examination has", "examinations have") + " no room here", .role(.warning))
    }
  }

  /// Grades in words, and where they stand.
  private func placed(
    _ shown: [(point: Course.Point, column: Int)]
  ) -> (texts: [String], detached: [String], placed: [PlacedLabel]) {
    let texts = shown.map { point, _ in
      let glyph = CourseMark(point.standing).glyph
      return width < 40 && point.isDerived
        ? "\(glyph)\(point.label)" : point.fullLabel
    }
    let detached = zip(shown, texts).map { "\(Self.months($0.point)) mo: \($1)" }
    let labels = zip(shown.indices, texts).map { index, text in
      AxisLabel(anchor: shown[index].column, width: text.columns, detachedWidth: detached[index].columns)
    }
    return (texts, detached, LabelPlacement.place(labels, in: range, gap: 2))
  }
}
