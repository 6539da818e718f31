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
      let asked = (context.scheme?.asked(at: context.selected).shown ?? []) + context.later
      let facts = context.grouped(asked).flatMap { group in
        (group.title.map { [Fact("", $0, .role(.heading), indent: 0)] } ?? [])
          + group.findings.map { finding in
            Fact(finding.title, context.graded(finding.id, in: values), indent: labelWidth(asked))
          }
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
      let criteria = (context.scheme?.criteria(at: context.selected) ?? []).map { criterion in
        Fact(criterion.title, criterion.sentence, indent: labelWidth(worked.map(\.finding)))
      }
      let flags = (context.scheme?.flags ?? []).map { Fact("", "! " + $0, .role(.warning), indent: 0) }
      let said = facts + criteria
      return (said.isEmpty ? [.remark("The codebook has no rules.")] : said) + warnings + flags
    })

  /// Columns for the longest title, as far as half a narrow panel goes.
  private static func labelWidth(_ findings: [Finding]) -> Int {
    min(36, (findings.map { $0.title.unicodeScalars.count }.max() ?? 10) + 2)
  }
}

extension PanelContext {
  /// The grades shown, as the codebook file sees them.
  var scheme: SchemeReading? {
    SchemeReading(codebook, of: view, shownTo: session.principal.id)
  }

  /// What the codebook had not yet when the grades that are shown were signed.
  var later: [Finding] {
    guard !session.codebook.former.isEmpty else { return [] }
    let known = codebook
    return session.codebook.findings(at: selected).filter { $0.cell == nil && known[$0.id] == nil }
  }

  /// Findings by the panels that the codebook puts them in; those of none come last, without a title where there are no
  /// panels at all.
  func grouped(_ findings: [Finding]) -> [(title: String?, findings: [Finding])] {
    let groups = session.codebook.groups
    guard !groups.isEmpty else { return [(nil, findings)] }
    var rest = findings
    var found: [(title: String?, findings: [Finding])] = []
    for group in groups {
      let members = group.findings.flatMap { id in rest.filter { $0.whole.id == id } }
      rest.removeAll { group.findings.contains($0.whole.id) }
      if !members.isEmpty { found.append((group.title, members)) }
    }
    return found + (rest.isEmpty ? [] : [(found.isEmpty ? nil : "Other findings", rest)])
  }

  var worked: [DerivedValue] { scheme?.derived(at: selected) ?? [] }
}
