// A forest plot for print: a figure a row, its value and interval on one axis.

/// Values with their intervals below each other, as the agreement screen has them.
package struct ForestFigure: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var name: String
    /// Which coefficient it is.
    package var by: String
    /// How many cases or examinations it rests on.
    package var used: String
    /// Nil of what is not defined.
    package var value: Double?
    package var interval: ClosedRange<Double>?
    /// The upper end was cut: it is drawn as one that goes on.
    package var isCut: Bool
    /// Value and interval in figures, or why there is none.
    package var words: String

    package init(
      name: String, by: String, used: String, value: Double?, interval: ClosedRange<Double>? = nil, isCut: Bool = false,
      words: String
    ) {
      (self.name, self.by, self.used, self.words) = (name, by, used, words)
      (self.value, self.interval, self.isCut) = (value, interval, isCut)
    }
  }

  package struct Group: Hashable, Sendable {
    package var title: String
    package var rows: [Row]

    package init(_ title: String, _ rows: [Row]) { (self.title, self.rows) = (title, rows) }
  }

  package var title: String
  package var groups: [Group]
  /// What the figures rest on: `cases`, or `examinations` where patients have several.
  package var unit: String
  package var axis: ClosedRange<Double>
  /// What is to be known beside it, a line each.
  package var notes: [String]

  package init(
    title: String, groups: [Group], unit: String = "cases", axis: ClosedRange<Double> = -1...1, notes: [String] = []
  ) {
    (self.title, self.groups, self.unit, self.axis, self.notes) = (title, groups, unit, axis, notes)
  }

  private static let size = 12.0
  private static let row = 20.0
  private static let top = 62.0
  private static let ink = "#222222"

  /// Where the columns are, from the widths of the texts.
  private struct Plan {
    let by: Double
    let used: Double
    let axis: (start: Double, end: Double)
    let words: Double
    let width: Double
    let range: ClosedRange<Double>

    init(_ figure: ForestFigure) {
      let rows = figure.groups.flatMap(\.rows)
      func widest(_ texts: [String]) -> Double { texts.map { SVG.textWidth($0, size: size) }.max() ?? 0 }
      by = 28 + min(widest(rows.map(\.name) + ["figure"]), 340) + 14
      used =
        by + widest(rows.map(\.by) + [""]) + (rows.allSatisfy(\.by.isEmpty) ? 0 : 14)
        + widest(rows.map(\.used) + [figure.unit])
      axis = (used + 24, used + 304)
      words = axis.end + 20
      width = max(words + widest(rows.map(\.words)) + 16, 16 + SVG.textWidth(figure.title, size: 14, bold: true) + 16)
      range = figure.axis
    }

    func x(_ value: Double) -> Double {
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return axis.start + min(max(share, 0), 1) * (axis.end - axis.start)
    }
  }

  package func svg() -> String { drawn().svg.text }

  /// The boxes of all texts, in the figure's pixels.
  package func labelBoxes() -> [LabelledSheet.Label] { drawn().labels }

  private func drawn() -> LabelledSheet {
    let plan = Plan(self)
    let lines = groups.reduce(0) { $0 + $1.rows.count + 1 }
    let bottom = Self.top + Double(lines) * Self.row
    let notes = notes.flatMap { SVG.wrapped($0, size: 11, width: plan.width - 32) }
    let height = bottom + 34 + Double(notes.count) * 16
    var sheet = LabelledSheet(
      SVG(width: plan.width, height: height, title: title, description: textAlternative))
    sheet.svg.rect(Box(0, 0, plan.width, height), fill: "#ffffff")
    sheet.write(title, x: 16, y: 24, size: 14, bold: true)
    drawAxis(plan, bottom: bottom, &sheet)
    var y = Self.top
    for group in groups {
      y += Self.row
      sheet.write(fitted(group.title, plan.axis.start - 24), x: 16, y: y - 6, size: Self.size, bold: true)
      for row in group.rows {
        y += Self.row
        draw(row, plan, y: y - 6, &sheet)
      }
    }
    for (index, note) in notes.enumerated() {
      sheet.write(note, x: 16, y: bottom + 34 + Double(index) * 16, size: 11, fill: "#444444")
    }
    return sheet
  }

  private func drawAxis(_ plan: Plan, bottom: Double, _ sheet: inout LabelledSheet) {
    let head = Self.top - 8
    sheet.write(unit, x: plan.used, y: head, size: 11, anchor: .end, fill: "#555555")
    sheet.write("value, 95 % interval", x: plan.words, y: head, size: 11, fill: "#555555")
    let span = axis.upperBound - axis.lowerBound
    for share in [0, 0.25, 0.5, 0.75, 1] {
      let value = axis.lowerBound + share * span
      let x = plan.x(value)
      let isZero = value == 0
      sheet.svg.line(
        from: (x, Self.top), to: (x, bottom + 4), stroke: isZero ? "#777777" : "#dddddd", width: isZero ? 1.2 : 1)
      for y in [head, bottom + 18] {
        sheet.write(PlotScale.text(value), x: x, y: y, size: 11, anchor: .middle, fill: "#555555")
      }
    }
  }

  private func draw(_ row: Row, _ plan: Plan, y: Double, _ sheet: inout LabelledSheet) {
    sheet.write(fitted(row.name, 340), x: 28, y: y, size: Self.size)
    sheet.write(row.by, x: plan.by, y: y, size: Self.size, fill: "#555555")
    sheet.write(row.used, x: plan.used, y: y, size: Self.size, anchor: .end)
    sheet.write(row.words, x: plan.words, y: y, size: Self.size, fill: row.value == nil ? "#555555" : Self.ink)
    guard let value = row.value else { return }
    let middle = y - 4
    if let interval = row.interval {
      let ends = (plan.x(interval.lowerBound), plan.x(interval.upperBound))
      sheet.svg.line(from: (ends.0, middle), to: (ends.1, middle), stroke: Self.ink, width: 1.4)
      drawEnd(at: ends.0, middle, goesOn: interval.lowerBound < axis.lowerBound ? -1 : 0, &sheet)
      drawEnd(at: ends.1, middle, goesOn: row.isCut || interval.upperBound > axis.upperBound ? 1 : 0, &sheet)
    }
    let x = plan.x(value)
    sheet.svg.rect(Box(x - 4, middle - 4, 8, 8), fill: Self.ink)
  }

  /// A bar across, or an arrow where the interval goes on beyond the axis.
  private func drawEnd(at x: Double, _ y: Double, goesOn direction: Double, _ sheet: inout LabelledSheet) {
    if direction == 0 {
      sheet.svg.line(from: (x, y - 4), to: (x, y + 4), stroke: Self.ink, width: 1.4)
    } else {
      sheet.svg.polygon([(x, y), (x - 7 * direction, y - 4), (x - 7 * direction, y + 4)], fill: Self.ink)
    }
  }

  private func fitted(_ text: String, _ width: Double) -> String { SVG.fitted(text, size: Self.size, width: width) }

  /// The figure in words.
  package var textAlternative: String {
    groups.map { group in
      "\(group.title): "
        + group.rows.map { "\($0.name)\($0.by.isEmpty ? "" : ", \($0.by)") \($0.words)" }
        .joined(separator: "; ")
    }
    .joined(separator: ". ")
  }
}

extension SVG {
  /// The text, cut with an ellipsis where it is wider.
  package static func fitted(_ text: String, size: Double, width: Double) -> String {
    guard textWidth(text, size: size) > width else { return text }
    var cut = text.unicodeScalars
    while !cut.isEmpty, textWidth(String(cut) + "…", size: size) > width { cut.removeLast() }
    return String(cut) + "…"
  }

  /// The text in lines of whole words.
  package static func wrapped(_ text: String, size: Double, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, textWidth("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
