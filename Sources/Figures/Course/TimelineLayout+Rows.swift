// The rows of a timeline below its labels: changes per bone, healing edge, therapy, outcome, flags.

import Grid
import ReviewCore

extension TimelineLayout {
  /// A row a group of bones that changed alike; in a narrow figure, lines for each examination.
  mutating func addChanges() {
    let rows = ChangeRow.rows(course, columns: gutter - 1)
    if isNarrow {
      for point in course.points where !point.changes.isEmpty {
        addLines("\(Self.months(point)) mo: \(point.changes.words)", .plain)
      }
      return
    }
    let isSpelled = marks.allSatisfy { point, column in
      guard let columns = point.changes.used.filter(\.isStarred).map(\.title.columns).max() else { return true }
      return column + columns <= width && !marks.contains { (column + 1...column + columns) ~= $0.column }
    }
    for row in rows {
      let y = height
      add(.label, row.title, x: 0, y: y, .plain)
      for (point, column) in marks {
        guard let level = row.changes[point.id] else { continue }
        add(
          .mark, level.isStarred && isSpelled ? level.title : level.glyph, x: column, y: y,
          .role(level.changeRole, .bold), examination: point.id)
      }
    }
  }

  /// Healing edge, therapy, clinical outcome, flags.
  mutating func addEnd() {
    if course.points.contains(where: \.hasSign) {
      let seen = course.points.filter(\.hasSign)
      if isNarrow {
        addLines("\(course.sign) at \(seen.map { Self.months($0) }.joined(separator: ", ")) mo", .plain)
      } else {
        let y = height
        add(.label, course.sign, x: 0, y: y, .role(.muted))
        for (point, column) in marks where point.hasSign {
          add(.mark, "✓", x: column, y: y, .role(.healing), examination: point.id)
        }
      }
    } else if course.hasUndatedSign {
      addTitled(course.sign, "seen, examination not stated")
    }
    if !course.isWhole { addLines("later examinations are withheld", .role(.muted)) }
    addTherapy()
    for flag in CourseFlag.allCases where course.flags.contains(flag) {
      addLines("! \(flag.title)", .role(.warning))
    }
  }

  /// Therapies over the whole axis, dotted because their times are not stated, and the outcome at its end.
  private mutating func addTherapy() {
    let therapy = SafeText.clean(course.therapy.joined(separator: ", "))
    let outcome = course.outcome?.rawValue ?? ""
    let used = gutter + therapy.columns + outcome.columns + 4
    guard !isNarrow, used <= width else {
      if !therapy.isEmpty { addTitled("therapy", therapy) }
      if !outcome.isEmpty { addTitled("outcome", outcome) }
      return
    }
    guard !therapy.isEmpty || !outcome.isEmpty else { return }
    let y = height
    add(.label, therapy.isEmpty ? "outcome" : "therapy", x: 0, y: y, .role(.muted))
    add(.label, therapy, x: gutter, y: y, .plain)
    let end = width - outcome.columns
    let dots = gutter + therapy.columns + 1
    if !therapy.isEmpty, dots < end - 1 {
      add(.axis, String(repeating: "┄", count: end - 1 - dots), x: dots, y: y, .role(.muted))
    }
    add(.label, outcome, x: end, y: y, Style(.standard, on: .standard, .bold))
  }

  private mutating func addTitled(_ title: String, _ text: String) {
    guard !isNarrow else { return addLines("\(title): \(text)", .plain) }
    let y = height
    add(.label, title, x: 0, y: y, .role(.muted))
    for (row, line) in text.wrapped(to: width - gutter).enumerated() {
      add(.label, line, x: gutter, y: y + row, .plain)
    }
  }

  mutating func addLines(_ text: String, _ style: Style) {
    for line in text.wrapped(to: width) { add(.label, line, x: 0, y: height, style) }
  }
}
