// Enhancement, rim sign, halo sign, disks and soft tissue: a grade each, with what it means.

import Grid
import ReviewCore

extension Panel {
  static let enhancement = Panel(
    .enhancement, "Enhancement",
    summary: { $0.graded(Codebook.ID.enhancement) },
    lines: { context in
      let contrast = context.view.patientCase.examination(.baseline)?.acquisitions.first {
        $0.sequence == .contrastEnhancedT1W
      }
      let image =
        contrast.map { series in
          series.isAcquired
            ? [series.fatSuppressed == true ? "fat-suppressed" : nil, "CE T1W", series.timing].compactMap { $0 }
              .joined(separator: " ")
            : "contrast was not acquired"
        }
      return [Fact("lesions", context.graded(Codebook.ID.enhancement), indent: 9)]
        + (image.map { [Fact("images", $0, indent: 9)] } ?? [])
        + definition(Codebook.ID.enhancement, context)
    })

  static let rim = sign(.rim, "Rim sign", Codebook.ID.rimSign)
  static let halo = sign(.halo, "Halo sign", Codebook.ID.haloSign)

  private static func sign(_ id: PanelID, _ title: String, _ finding: FindingID) -> Panel {
    Panel(
      id, title,
      summary: { $0.graded(finding) },
      lines: { context in
        let grade = context.view.grade(GradeKey(.baseline, finding), for: context.session.principal.id)
        let seen = [grade?.bone.map { "seen at \($0.title)" }, grade?.image.map { "image \($0.text)" }]
        let note = seen.compactMap { $0 }.joined(separator: ", ")
        return [Fact("sign", context.graded(finding) + (note.isEmpty ? [] : [("  " + note, .plain)]), indent: 6)]
          + (grade?.note.map { [Fact("note", $0, indent: 6)] } ?? [])
          + definition(finding, context)
      })
  }

  private static func definition(_ finding: FindingID, _ context: PanelContext) -> [Fact] {
    context.finding(finding).map { [.remark($0.definition)] } ?? []
  }

  static let softTissue = Panel(
    .softTissue, "Disks and soft tissue", short: "Soft tissue",
    summary: { context in
      [("disks ", .role(.muted))] + context.graded(Codebook.ID.disks) + [("  soft tissue ", .role(.muted))]
        + context.graded(Codebook.ID.softTissueInflammation)
    },
    lines: { context in
      let rows: [(String, FindingID)] = [
        ("disks", Codebook.ID.disks), ("inflammation", Codebook.ID.softTissueInflammation),
        ("abscess", Codebook.ID.softTissueAbscess), ("posterior", Codebook.ID.posteriorElements),
        ("lesions", Codebook.ID.lesionNumber), ("impression", Codebook.ID.impression),
      ]
      let facts = rows.filter { $0.1 != Codebook.ID.impression || context.baseline[$0.1] != nil }
        .map { context.fact($0.1, label: $0.0) }
      let remarks = context.view.patientCase.examination(.baseline)?.remarks ?? []
      return facts + remarks.map { .remark($0) }
    })
}

extension CaseView {
  /// The grade shown to a principal: the consensus, or their own.
  package func grade(_ key: GradeKey, for principal: PrincipalID) -> Grade? {
    if let consensus { return consensus.grades[key]?.grade }
    return reading(of: principal, key.examination)?.grades[key]
  }
}
