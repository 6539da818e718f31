// Enhancement, rim sign, halo sign, disks and soft tissue: a grade each, with what it means.

import Grid
import ReviewCore

extension Grade {
  /// Where it was seen, in words; nil where that is not said.
  var seen: String? {
    let words = [bone.map { "seen at \($0.title)" }, image.map { "image \($0.text)" }].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

extension Panel {
  static let enhancement = Panel(
    .enhancement, "Enhancement",
    summary: { context in
      guard let value = context.baseline[Codebook.ID.enhancement],
        let finding = context.finding(Codebook.ID.enhancement)
      else { return context.graded(Codebook.ID.enhancement) }
      return [(finding.words(value), value.levelIDs.last.map(levelStyle) ?? .role(.warning))]
    },
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
      let note = context.grade(GradeKey(.baseline, Codebook.ID.enhancement))?.note
      return [Fact("lesions", context.graded(Codebook.ID.enhancement), indent: 9)]
        + (note.map { [Fact("note", $0, indent: 9)] } ?? [])
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
        return [Fact("sign", context.graded(finding) + (grade?.seen.map { [("  " + $0, .plain)] } ?? []), indent: 6)]
          + (grade?.note.map { [Fact("note", $0, indent: 6)] } ?? [])
          + definition(finding, context)
      })
  }

  private static func definition(_ finding: FindingID, _ context: PanelContext) -> [Fact] {
    context.finding(finding).map { [.remark($0.definition)] } ?? []
  }

  static let softTissue = Panel(
    .softTissue, "Disks and soft tissue", short: "Disk, tissue",
    summary: { context in
      let answers = [Codebook.ID.disks, Codebook.ID.softTissueInflammation].map { id -> Line in
        guard let value = context.baseline[id], let finding = context.finding(id) else { return context.graded(id) }
        return [(finding.words(value), value.levelIDs.last.map(levelStyle) ?? .role(.warning))]
      }
      return answers[0] + [(", ", .role(.muted))] + answers[1]
    },
    lines: { context in
      typealias ID = Codebook.ID
      var facts: [Fact] = []
      // What belongs together shares a line.
      let rows: [[(label: String, id: FindingID)]] = [
        [("disks", ID.disks)], [("inflammation", ID.softTissueInflammation)], [("abscess", ID.softTissueAbscess)],
        [("posterior", ID.posteriorElements), ("lesions", ID.lesionNumber)], [("impression", ID.impression)],
      ]
      for row in rows where row[0].id != ID.impression || context.baseline[ID.impression] != nil {
        let others = row.dropFirst().flatMap { [("   \($0.label) ", Style.role(.muted))] + context.graded($0.id) }
        facts.append(Fact(row[0].label, context.graded(row[0].id) + others))
        facts += context.notes(row.map(\.id))
      }
      let remarks = context.view.patientCase.examination(.baseline)?.remarks ?? []
      return facts + remarks.map { .remark($0) }
    })
}
