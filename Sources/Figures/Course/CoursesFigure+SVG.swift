// The swimmer plot as a figure for print.

import Grid
import ReviewCore

extension CoursesFigure {
  private static let size = 12.0
  private static let row = 26.0
  private static let top = 46.0

  /// Everything's place, from the widths of the texts.
  private struct Plan {
    let titleWidth: Double
    let axisStart: Double
    let axisEnd: Double
    let resultX: Double
    let width: Double
    let months: Double

    init(_ figure: CoursesFigure) {
      titleWidth = figure.courses.map { SVG.textWidth(CoursesFigure.svgTitle($0), size: size) }.max() ?? 0
      let results = figure.courses.map { SVG.textWidth(CoursesFigure.result($0), size: size) }.max() ?? 0
      axisStart = 16 + titleWidth + 18
      axisEnd = axisStart + 520
      resultX = axisEnd + 24
      width = resultX + max(results, 130) + 16
      months = figure.months
    }

    func x(_ month: Double) -> Double { axisStart + (axisEnd - axisStart) * min(max(month / months, 0), 1) }
  }

  private static func svgTitle(_ course: Course) -> String { "Case \(course.id)   \(course.patient)" }

  /// - Parameter caption: said above the figure and as its title.
  package func svg(caption: String = "Follow-up of all cases") -> String { drawn(caption: caption).svg.text }

  /// The boxes of all texts, in the figure's pixels.
  package func labelBoxes(caption: String = "Follow-up of all cases") -> [LabelledSheet.Label] {
    drawn(caption: caption).labels
  }

  private func drawn(caption: String) -> LabelledSheet {
    let plan = Plan(self)
    let legend = legendRows(width: plan.width - 32)
    let foot = Self.top + Double(courses.count) * Self.row + 46
    let height = foot + Double(legend.count) * 20 + 12
    var sheet = LabelledSheet(
      SVG(width: plan.width, height: height, title: caption, description: textAlternative))
    sheet.svg.rect(Box(0, 0, plan.width, height), fill: "#ffffff")
    sheet.write(caption, x: 16, y: 24, size: 14, bold: true)
    drawAxis(plan, &sheet)
    for (index, course) in courses.enumerated() {
      drawLane(course, plan, y: Self.top + (Double(index) + 0.5) * Self.row, &sheet)
    }
    for (index, row) in legend.enumerated() {
      var x = 16.0
      for entry in row {
        let y = foot + Double(index) * 20
        if let standing = entry.standing { sheet.svg.mark(standing, x: x + 6, y: y) }
        let start = entry.standing == nil ? x : x + 17
        sheet.write(entry.text, x: start, y: y + 4, size: 11, fill: "#444444")
        x = start + SVG.textWidth(entry.text, size: 11) + 18
      }
    }
    return sheet
  }

  private func drawAxis(_ plan: Plan, _ sheet: inout LabelledSheet) {
    let bottom = Self.top + Double(courses.count) * Self.row
    for tick in ticks {
      let x = plan.x(tick)
      sheet.svg.line(from: (x, Self.top), to: (x, bottom), stroke: "#e4e4e4")
      sheet.svg.line(from: (x, bottom), to: (x, bottom + 5), stroke: "#444444")
      sheet.write(SVG.number(tick), x: x, y: bottom + 17, size: 11, anchor: .middle)
    }
    if months > 6 {
      sheet.svg.line(
        from: (plan.x(6), Self.top - 4), to: (plan.x(6), bottom), stroke: "#888888", width: 1.2, dash: "3 3")
      sheet.write("6 months", x: plan.x(6), y: Self.top - 8, size: 10, anchor: .middle, fill: "#666666")
    }
    sheet.svg.line(from: (plan.axisStart, bottom), to: (plan.axisEnd, bottom), stroke: "#444444")
    sheet.write(
      "months after baseline", x: plan.axisEnd + 14, y: bottom + 17, size: 11, fill: "#444444")
  }

  private func drawLane(_ course: Course, _ plan: Plan, y: Double, _ sheet: inout LabelledSheet) {
    sheet.write(Self.svgTitle(course), x: 16, y: y + 4, size: Self.size)
    let axis = TimeAxis(from: Int(plan.axisStart), to: Int(plan.axisEnd), months: plan.months)
    // Marks twelve pixels wide stand beside each other, however close their months.
    let places = axis.positions(course.points.map(\.months), distance: 13)
    let color = course.last?.change.map(SVG.color(of:)) ?? "#666666"
    if let first = places.first.flatMap({ $0 }), let last = places.last.flatMap({ $0 }) {
      let tint = course.last?.change.map(SVG.tint(of:)) ?? "#dddddd"
      sheet.svg.line(from: (Double(first), y), to: (Double(last), y), stroke: tint, width: 5)
    }
    for (point, place) in zip(course.points, places) {
      if let place { sheet.svg.mark(point.standing, x: Double(place), y: y) }
    }
    sheet.write(Self.result(course), x: plan.resultX, y: y + 4, size: Self.size, fill: color)
  }

  private struct LegendEntry {
    var standing: Course.Standing?
    var text: String
  }

  private func legendRows(width: Double) -> [[LegendEntry]] {
    var entries = legend.map { LegendEntry(standing: $0.standing, text: $0.meaning) }
    if hasDerived { entries.append(LegendEntry(standing: .derived(.aggravated), text: "hollow: derived by the rule")) }
    return Self.packed(entries, width: width) { SVG.textWidth($0.text, size: 11) + 35 }
  }
}
