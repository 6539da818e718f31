// The timeline of one case as SVG, for handouts.

import ReviewCore

extension CourseTimeline {
  private static let size = 12.0
  private static let row = 18.0

  /// The figure, 640 pixels wide.
  package func svg() -> String { drawn().svg.text }

  /// The boxes of all texts, in the figure's pixels.
  package func labelBoxes() -> [LabelledSheet.Label] { drawn().labels }

  private func drawn() -> LabelledSheet {
    let width = 640
    let axis = TimeAxis(from: 24, to: width - 24, months: course.length)
    let marks = zip(course.points, axis.positions(course.points.map(\.months), distance: 14))
      .compactMap { point, place in place.map { (point: point, x: $0) } }
    let months = marks.map { $0.point.id.isBaseline ? "baseline" : $0.point.id.title }
    let grades = marks.map { point, _ in
      point.standing == .baseline ? "" : point.fullLabel
    }
    let above = place(months, marks.map(\.x), months, width)
    let below = place(grades, marks.map(\.x), zip(months, grades).map { "\($0): \($1)" }, width)
    let notes = notes.flatMap { wrapped($0, width: Double(width) - 16) }
    let y = 10 + Double((above.map(\.row).max() ?? 0) + 1) * Self.row + 6
    let foot = y + 12 + Double((below.map(\.row).max() ?? 0) + 1) * Self.row + 14
    let height = foot + Double(notes.count) * Self.row
    var sheet = LabelledSheet(
      SVG(
        width: Double(width), height: height, title: "Follow-up of case \(course.id)",
        description: CoursesFigure([course]).textAlternative))
    sheet.svg.rect(Box(0, 0, Double(width), height), fill: "#ffffff")
    let tint = course.last?.change.map(SVG.tint(of:)) ?? "#dddddd"
    if let first = marks.first, let last = marks.last {
      sheet.svg.line(from: (Double(first.x), y), to: (Double(last.x), y), stroke: tint, width: 5)
    }
    if course.length > 6, let place = axis.position(6, among: marks.map { ($0.point.months, $0.x) }) {
      let six = Double(place)
      sheet.svg.line(from: (six, y - 9), to: (six, y + 9), stroke: "#777777", width: 1.2, dash: "3 3")
    }
    for (index, mark) in marks.enumerated() {
      let color = mark.point.change.map(SVG.color(of:)) ?? "#444444"
      write(months[index], above[index], at: y - 14, step: -Self.row, mark.x, "#222222", &sheet)
      let text = below[index].isDetached ? "\(months[index]): \(grades[index])" : grades[index]
      write(text, below[index], at: y + 24, step: Self.row, mark.x, color, &sheet)
    }
    for mark in marks { sheet.svg.mark(mark.point.standing, x: Double(mark.x), y: y) }
    for (index, note) in notes.enumerated() {
      sheet.write(note, x: 8, y: foot + Double(index) * Self.row, size: Self.size, fill: "#444444")
    }
    return sheet
  }

  private func place(_ texts: [String], _ anchors: [Int], _ detached: [String], _ width: Int) -> [PlacedLabel] {
    func length(_ text: String) -> Int { Int(SVG.textWidth(text, size: Self.size).rounded(.up)) }
    let labels = texts.indices.map {
      AxisLabel(anchor: anchors[$0], width: length(texts[$0]), detachedWidth: length(detached[$0]))
    }
    return LabelPlacement.place(labels, in: 4..<width - 4, gap: 8)
  }

  private func write(
    _ text: String, _ place: PlacedLabel, at y: Double, step: Double, _ mark: Int, _ color: String,
    _ sheet: inout LabelledSheet
  ) {
    guard !text.isEmpty else { return }
    if place.row > 0, !place.isDetached {
      let end = y + step * Double(place.row) + (step > 0 ? -11 : 4)
      sheet.svg.line(from: (Double(mark), y + (step > 0 ? -14 : 4)), to: (Double(mark), end), stroke: "#bbbbbb")
    }
    sheet.write(text, x: Double(place.x), y: y + step * Double(place.row), size: Self.size, fill: color)
  }

  /// Changes per bone, healing edge, therapy, outcome and flags, a line each.
  private var notes: [String] {
    let changes = course.points.filter { !$0.changes.isEmpty }
      .map { "\($0.id.title): \($0.changes.words)" }
    let sign = course.sign.prefix(1).uppercased() + course.sign.dropFirst()
    let edges = course.points.filter(\.hasSign).map(\.id.title).joined(separator: ", ")
    let edge =
      edges.isEmpty
      ? course.hasUndatedSign ? ["\(sign): seen, examination not stated"] : [] : ["\(sign): \(edges)"]
    return changes + edge
      + (course.therapy.isEmpty ? [] : ["Therapy: \(course.therapy.joined(separator: ", "))"])
      + (course.outcome.map { ["Outcome: \($0.rawValue)"] } ?? [])
      + (course.isWhole ? [] : ["Later examinations are withheld"])
      + CourseFlag.allCases.filter(course.flags.contains).map { "! \($0.title)" }
      + (course.length > 6 ? ["Dashed line: six months"] : [])
  }

  private func wrapped(_ text: String, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      let longer = lines.last.map { "\($0) \(word)" } ?? String(word)
      if lines.isEmpty || SVG.textWidth(longer, size: Self.size) > width {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = longer
      }
    }
    return lines
  }
}
