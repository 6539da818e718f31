// The marks of a time axis: a glyph and a colour for what is known of an examination.

import Grid
import ReviewCore

/// How a standing is marked, on a terminal and on paper.
package struct CourseMark: Hashable, Sendable {
  package var glyph: String
  package var role: Role

  private static let changes: [FollowUpRule.Change: (given: String, derived: String, role: Role)] = [
    .aggravated: ("▼", "▽", .aggravated),
    .equivocal: ("◆", "◇", .equivocal),
    .healing: ("▲", "△", .healing),
    .healed: ("●", "○", .healed),
  ]

  /// All signs of a grade with what they say: those that were given, and those that the rule derived.
  package static var key: [(signs: String, words: String)] {
    let all = FollowUpRule.Change.allCases
    func signs(_ standing: (FollowUpRule.Change) -> Course.Standing) -> String {
      all.map { CourseMark(standing($0)).glyph }.joined(separator: " ")
    }
    return [
      (signs { .given($0) }, all.map(\.rawValue).joined(separator: ", ")),
      (signs { .derived($0) }, "the same, derived by the rule"),
    ]
  }

  package init(_ standing: Course.Standing) {
    switch standing {
    case .baseline: self.init(glyph: "□", role: .text)
    case .given(let change): self.init(glyph: Self.changes[change]?.given ?? "?", role: Self.role(of: change))
    case .derived(let change): self.init(glyph: Self.changes[change]?.derived ?? "?", role: Self.role(of: change))
    case .undecided: self.init(glyph: "?", role: .muted)
    case .notAssessable: self.init(glyph: "x", role: .muted)
    case .silent: self.init(glyph: "·", role: .muted)
    }
  }

  private init(glyph: String, role: Role) {
    self.glyph = glyph
    self.role = role
  }

  private static func role(of change: FollowUpRule.Change) -> Role { changes[change]?.role ?? .muted }
}
