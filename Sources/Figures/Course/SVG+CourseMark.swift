// The marks of a time axis on paper: print-safe colours, told apart by shape as well.

import ReviewCore

extension SVG {
  private static let colors: [FollowUpRule.Change: (full: String, pale: String)] = [
    .aggravated: ("#b2182b", "#f0c9cd"), .equivocal: ("#7d6118", "#e6dcc0"), .healing: ("#2166ac", "#c7dbee"),
    .healed: ("#1a6e3c", "#c4e2cf"),
  ]

  static func color(of change: FollowUpRule.Change) -> String { colors[change]?.full ?? "#666666" }

  /// For a bar under the marks.
  static func tint(of change: FollowUpRule.Change) -> String { colors[change]?.pale ?? "#dddddd" }

  /// A mark about twelve pixels wide, hollow where the grade is derived.
  mutating func mark(_ standing: Course.Standing, x: Double, y: Double) {
    switch standing {
    case .baseline: rect(Box(x - 5, y - 5, 10, 10), fill: "#ffffff", stroke: "#222222")
    case .given(let change): shape(change, fill: Self.color(of: change), x: x, y: y)
    case .derived(let change): shape(change, fill: "#ffffff", x: x, y: y)
    case .silent: ellipse(Box(x - 3.5, y - 3.5, 7, 7), fill: "#666666", stroke: "#ffffff")
    case .undecided, .notAssessable:
      ellipse(Box(x - 5, y - 5, 10, 10), fill: "#ffffff", stroke: "#666666", dashed: true)
    }
  }

  private mutating func shape(_ change: FollowUpRule.Change, fill: String, x: Double, y: Double) {
    let color = Self.color(of: change)
    switch change {
    case .aggravated: polygon([(x - 6, y - 5), (x + 6, y - 5), (x, y + 6)], fill: fill, stroke: color)
    case .healing: polygon([(x - 6, y + 5), (x + 6, y + 5), (x, y - 6)], fill: fill, stroke: color)
    case .equivocal: polygon([(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6)], fill: fill, stroke: color)
    case .healed: ellipse(Box(x - 5.5, y - 5.5, 11, 11), fill: fill, stroke: color)
    }
  }
}
