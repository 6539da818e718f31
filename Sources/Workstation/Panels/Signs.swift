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
      guard let finding = context.part(.contrast), let value = context.baseline[finding.id] else {
        return context.graded(context.part(.contrast)?.id)
      }
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
      let finding = context.part(.contrast)?.id
      let note = finding.flatMap { context.grade(GradeKey(.baseline, $0)) }?.note
      return [Fact("lesions", context.graded(finding), indent: 9)]
        + (note.map { [Fact("note", $0, indent: 9)] } ?? [])
        + (image.map { [Fact("images", $0, indent: 9)] } ?? [])
        + definition(.contrast, context)
    })

  static let rim = sign(.rim, "Rim sign", .rim)
  static let halo = sign(.halo, "Halo sign", .halo)

  private static func sign(_ id: PanelID, _ title: String, _ role: LesionBinding.Role) -> Panel {
    Panel(
      id, title,
      summary: { $0.graded($0.part(role)?.id) },
      lines: { context in
        let finding = context.part(role)?.id
        let grade = finding.flatMap {
          context.view.grade(GradeKey(.baseline, $0), for: context.session.principal.id)
        }
        return [Fact("sign", context.graded(finding) + (grade?.seen.map { [("  " + $0, .plain)] } ?? []), indent: 6)]
          + (grade?.note.map { [Fact("note", $0, indent: 6)] } ?? [])
          + definition(role, context)
      })
  }

  private static func definition(_ role: LesionBinding.Role, _ context: PanelContext) -> [Fact] {
    context.part(role).map { [.remark($0.definition)] } ?? []
  }

  static let softTissue = Panel(
    .softTissue, "Disks and soft tissue", short: "Disk, tissue",
    summary: { context in
      let answers = ([.disks, .softTissue] as [LesionBinding.Role]).map { role -> Line in
        guard let finding = context.part(role), let value = context.baseline[finding.id] else {
          return context.graded(context.part(role)?.id)
        }
        return [(finding.words(value), value.levelIDs.last.map(levelStyle) ?? .role(.warning))]
      }
      return answers[0] + [(", ", .role(.muted))] + answers[1]
    },
    lines: { context in
      var facts: [Fact] = []
      // What belongs together shares a line.
      let rows: [[(label: String, id: FindingID?)]] = [
        [("disks", context.part(.disks)?.id)], [("inflammation", context.part(.softTissue)?.id)],
        [("abscess", context.part(.abscess)?.id)],
        [("posterior", context.part(.posterior)?.id), ("lesions", context.part(.number)?.id)],
        [("impression", Codebook.impression)],
      ]
      for row in rows where row[0].id != Codebook.impression || context.baseline[Codebook.impression] != nil {
        let others = row.dropFirst().flatMap { [("   \($0.label) ", Style.role(.muted))] + context.graded($0.id) }
        facts.append(Fact(row[0].label, context.graded(row[0].id) + others))
        facts += context.notes(row.compactMap(\.id))
      }
      let remarks = context.view.patientCase.examination(.baseline)?.remarks ?? []
      return facts + remarks.map { .remark($0) }
    })
}
