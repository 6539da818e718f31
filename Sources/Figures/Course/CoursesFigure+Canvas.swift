// The swimmer plot in characters.

import Grid
import ReviewCore

extension CoursesFigure {
  private struct Plan {
    let title: Int
    let result: Int
    let axis: TimeAxis
    let width: Int

    init(_ figure: CoursesFigure, width: Int) {
      self.width = width
      let titles = figure.courses.map { CoursesFigure.title($0).columns }.max() ?? 0
      let results = figure.courses.map { CoursesFigure.result($0).columns }.max() ?? 0
      title = min(max(titles, 6), max(6, width / 4))
      // Where a result has no room beside its lane, it stands below it.
      result = width - title - results - 4 >= 30 ? results : 0
      let start = title + 2
      axis = TimeAxis(from: start, to: max(start, width - 2 - (result > 0 ? result + 2 : 0)), months: figure.months)
    }

    var lineHeight: Int { result > 0 ? 1 : 2 }
  }

  private static func title(_ course: Course) -> String { "\(SafeText.clean(course.id.rawValue))  \(course.patient)" }

  /// Shortened at the beginning of the id: its end tells cases apart.
  private static func title(_ course: Course, columns room: Int) -> String {
    var title = Substring(title(course))
    guard String(title).columns > room, room > 1 else { return String(title) }
    while String(title).columns > room - 1 { title = title.dropFirst() }
    return "…" + title
  }

  /// The hollow marks that occur, in the order of the grades.
  private var derivedGlyphs: String {
    FollowUpRule.Change.allCases.filter { change in
      courses.contains { $0.points.contains { $0.standing == .derived(change) } }
    }.map { CourseMark(.derived($0)).glyph }.joined(separator: " ")
  }

  private typealias Legend = (glyph: String, role: Role, meaning: String)

  /// Marks with their meanings in rows, the marks in their colours; then what is flagged.
  private func legendRows(_ width: Int) -> [[Legend]] {
    var entries = legend.map { entry in
      let mark = CourseMark(entry.standing)
      return Legend(mark.glyph, mark.role, mark.glyph + " " + entry.meaning)
    }
    if months >= 6 { entries.append(Legend("┊", .muted, "┊ 6 months")) }
    if hasDerived { entries.append(Legend("", .muted, derivedGlyphs + " derived by the rule")) }
    return Self.packed(entries, width: Double(width + 2)) { Double($0.meaning.columns + 2) }
  }

  /// Rows of the axis above the lanes.
  package static let axisHeight = 2

  /// Rows of a course at a width.
  package func laneHeight(width: Int) -> Int { Plan(self, width: width).lineHeight }

  /// Rows of the legend below the lanes, with the empty one above it.
  package func legendHeight(width: Int) -> Int { 1 + legendRows(width).count }

  /// Rows it needs at a width.
  package func height(width: Int) -> Int {
    Self.axisHeight + courses.count * laneHeight(width: width) + legendHeight(width: width)
  }

  /// Draws what fits, from row `offset` of the figure; `selected` is shown in reverse.
  package func draw(into canvas: inout Canvas, rect: Rect, offset: Int = 0, selected: CaseID? = nil) {
    for part in parts(width: rect.width, selected: selected) where part.y >= offset && part.y - offset < rect.height {
      canvas.put(part.text, x: rect.x + part.x, y: rect.y + part.y - offset, part.style, clip: rect)
    }
  }

  /// The figure as lines of text.
  package func text(columns: Int, unicode: Bool = true) -> String {
    let size = Size(width: columns, height: height(width: columns))
    var canvas = Canvas(size: size, look: Look(colors: .none, unicode: unicode), width: PlainWidth.width)
    draw(into: &canvas, rect: canvas.bounds)
    return canvas.grid.text
  }

  /// The parts in cells from the corner of the figure, later ones over earlier ones.
  package func parts(width: Int, selected: CaseID? = nil) -> [TimelineLayout.Part] {
    let plan = Plan(self, width: width)
    var parts: [TimelineLayout.Part] = []
    func add(_ kind: TimelineLayout.Kind, _ text: String, x: Int, y: Int, _ style: Style = .plain) {
      let room = width - x
      guard room > 0, !text.isEmpty else { return }
      let shown = text.fitted(to: room)
      parts.append(.init(kind: kind, text: shown, x: x, y: y, style: style, examination: nil))
    }
    addAxis(plan, add)
    for (index, course) in courses.enumerated() {
      let y = Self.axisHeight + index * plan.lineHeight
      let title = Self.title(course, columns: plan.title)
      let isSelected = course.id == selected
      add(.label, title, x: 0, y: y, isSelected ? .role(.text, .reverse) : .plain)
      addLane(course, plan, y, add)
      let role = course.last.map { CourseMark($0.standing).role } ?? .muted
      if plan.result > 0 {
        add(.label, Self.result(course), x: width - plan.result, y: y, .role(role))
      } else {
        add(.label, Self.result(course), x: plan.axis.start, y: y + 1, .role(role))
      }
    }
    let foot = Self.axisHeight + courses.count * plan.lineHeight + 1
    for (row, entries) in legendRows(width).enumerated() {
      var x = 0
      for entry in entries {
        let glyph = entry.glyph.columns
        add(.mark, entry.glyph, x: x, y: foot + row, .role(entry.role))
        add(.label, String(entry.meaning.dropFirst(entry.glyph.count)), x: x + glyph, y: foot + row, .role(.muted))
        x += entry.meaning.columns + 2
      }
    }
    return parts
  }

  private typealias Add = (TimelineLayout.Kind, String, Int, Int, Style) -> Void

  private func addAxis(_ plan: Plan, _ add: Add) {
    add(.label, "months", 0, 0, .role(.muted))
    let labels = ticks.map { SVG.number($0) }
    let places = ticks.map { plan.axis.position($0) }
    var end = -1
    add(.axis, String(repeating: "─", count: plan.axis.end - plan.axis.start + 1), plan.axis.start, 1, .role(.border))
    for (label, place) in zip(labels, places) {
      add(.axis, "┬", place, 1, .role(.border))
      // A tick whose number would touch the one before stays without.
      guard place > end, place + label.columns <= plan.width else { continue }
      add(.label, label, place, 0, .role(.muted))
      end = place + label.columns
    }
  }

  private func addLane(_ course: Course, _ plan: Plan, _ y: Int, _ add: Add) {
    let columns = plan.axis.positions(course.points.map(\.months), distance: 1)
    guard let last = columns.last.flatMap({ $0 }), let first = columns.first.flatMap({ $0 }) else { return }
    let six = plan.axis.position(6, among: zip(course.points, columns).map { ($0.months, $1) })
    add(.axis, String(repeating: "─", count: last - first + 1), first, y, .role(.border))
    if months >= 6, let six { add(.axis, "┊", six, y, .role(.muted)) }
    for (point, column) in zip(course.points, columns) {
      let mark = CourseMark(point.standing)
      if let column { add(.mark, mark.glyph, column, y, .role(mark.role, .bold)) }
    }
  }
}
