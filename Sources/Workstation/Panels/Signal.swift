// Signal grades of the three sequences against normal marrow, and the criterion derived from them.

import Grid
import ReviewCore

extension Panel {
  /// The findings of the signal on a series each.
  private static func series(_ context: PanelContext) -> [FindingID] {
    let lesion = context.session.codebook.lesion
    return ([.t1w, .t2w, .stir] as [LesionBinding.Role]).compactMap { lesion?[$0] }
  }

  static let signal = Panel(
    .signal, "Signal against normal marrow", short: "Signal",
    summary: { context in
      series(context).flatMap { id -> Line in
        let value = context.baseline[id]
        let glyphs = value.flatMap { context.finding(id)?.glyphs($0) } ?? "?"
        let level = value?.levelIDs.last
        return [
          (context.finding(id)?.shortTitle ?? "", .role(.muted)), (glyphs + " ", level.map(levelStyle) ?? .plain),
        ]
      }
    },
    height: { context, width in
      let notes = notes(context).reduce(0) { $0 + $1.rows(width: width) }
      return 1 + series(context).count + (width >= 30 ? criterionLines(context, width).count : 0) + notes
    },
    draw: { context, canvas, rect in
      let levels = series(context).first.flatMap { context.finding($0) }?.levels ?? []
      let step = max(7, min(12, (rect.width - 7) / 3))
      for (index, level) in levels.enumerated() {
        canvas.put(
          "\(level.title) \(level.glyph)", x: rect.x + 7 + index * step, y: rect.y, .role(.muted), clip: rect)
      }
      for (row, id) in series(context).enumerated() {
        let y = rect.y + 1 + row
        canvas.put(context.finding(id)?.shortTitle ?? "", x: rect.x, y: y, clip: rect)
        guard let value = context.baseline[id], value.isAnswer else {
          canvas.put(context.graded(id), x: rect.x + 7, y: y, clip: rect)
          continue
        }
        for (index, level) in levels.enumerated() {
          let isGraded = value.contains(level.id)
          canvas.put(
            isGraded ? "███" : " ·", x: rect.x + 7 + index * step, y: y,
            isGraded ? levelStyle(level.id) : .role(.muted), clip: rect)
        }
      }
      var y = rect.y + 1 + series(context).count
      for line in rect.width >= 30 ? criterionLines(context, rect.width) : [] {
        canvas.put(line, x: rect.x, y: y, clip: rect)
        y += 1
      }
      for note in notes(context) { y += note.draw(&canvas, rect, y: y) }
    })

  private static func notes(_ context: PanelContext) -> [Fact] {
    series(context).compactMap { id in
      context.grade(GradeKey(.baseline, id))?.note.map {
        Fact(context.finding(id)?.shortTitle ?? "", $0, .role(.muted), indent: 7)
      }
    }
  }

  /// Derived, and shown as derived.
  static func criterionLines(_ context: PanelContext, _ width: Int) -> [Line] {
    (context.scheme?.criteria(at: .baseline) ?? []).flatMap { lines($0, context.missing, width) }
  }

  private static func style(_ standing: CriterionPart.Standing) -> Style {
    switch standing {
    case .met: .role(.good)
    case .notMet: .role(.warning)
    case .notStated: .role(.muted)
    }
  }

  /// - Parameter missing: what is said where grades are missing that it needs: of a reader's own nothing is *not stated*.
  private static func lines(_ criterion: CriterionStanding, _ missing: String, _ width: Int) -> [Line] {
    let standing = criterion.standing
    let words = standing == .notStated ? missing : standing.rawValue
    let head: Line = [
      ("\(criterion.title): ", .role(.muted)), (words, style(standing)), (" (derived)", .role(.muted)),
    ]
    let marks: [CriterionPart.Standing: String] = [.met: "✓", .notMet: "✗", .notStated: "?"]
    var lines: [Line] = [head, []]
    var used = 0
    for part in criterion.parts {
      let text = "\(marks[part.standing] ?? "") \(part.title)"
      if used > 0, used + text.count > width {
        lines.append([])
        used = 0
      }
      lines[lines.count - 1].append(((used > 0 ? " " : "") + text, style(part.standing)))
      used += text.count + 1
    }
    return lines
  }
}
