// Panels of a study whose codebook is a file: what is graded, and what its rules make of it.

import Grid
import ReviewCore

extension Panel {
  static let findings = Panel(
    .findings, "Findings",
    summary: { context in
      let first = context.session.codebook.columns.first
      return first.map { context.graded($0, in: context.values(at: context.selected)) } ?? []
    },
    lines: { context in
      let values = context.values(at: context.selected)
      let asked = context.scheme?.asked(at: context.selected).shown ?? []
      let facts = asked.map { finding in
        Fact(finding.title, context.graded(finding.id, in: values), indent: labelWidth(asked))
      }
      let head =
        context.view.patientCase.examinations.count > 1
        ? [Fact("", "← \(context.selected.title) →", .role(.focus), indent: 0)] : []
      return head + (facts.isEmpty ? [.remark(context.missing)] : facts)
    })

  static let derived = Panel(
    .derived, "Worked out", short: "Worked out",
    summary: { context in
      let whole = context.worked.filter { $0.finding.cell == nil }
      return (whole.first ?? context.worked.first).map { [("\($0.finding.title): \($0.words)", .plain)] }
        ?? [("nothing yet", .role(.muted))]
    },
    lines: { context in
      let worked = context.worked
      let facts = worked.map { derived in
        let level = derived.value?.levelIDs.first.flatMap { derived.finding.level($0) }
        let style = derived.value == nil ? Style.role(.muted) : level.map(levelStyle) ?? .plain
        let reasons: Line =
          derived.reasons.isEmpty ? [] : [("; " + derived.reasons.joined(separator: "; "), .role(.muted))]
        return Fact(
          derived.finding.title, [(derived.words, style)] + reasons, indent: labelWidth(worked.map(\.finding)))
      }
      let warnings = (context.scheme?.warnings(at: context.selected) ?? []).map {
        Fact("", "! " + $0.text, .role(.warning), indent: 0)
      }
      return (facts.isEmpty ? [.remark("The codebook has no rules.")] : facts) + warnings
    })

  /// Columns for the longest title, as far as half a narrow panel goes.
  private static func labelWidth(_ findings: [Finding]) -> Int {
    min(36, (findings.map { $0.title.unicodeScalars.count }.max() ?? 10) + 2)
  }
}

extension PanelContext {
  /// The grades shown, as the codebook file sees them.
  var scheme: SchemeReading? {
    SchemeReading(session.codebook, of: view, shownTo: session.principal.id)
  }

  var worked: [DerivedValue] { scheme?.derived(at: selected) ?? [] }
}
