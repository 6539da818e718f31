// Signal grades of the three sequences against normal marrow, and the criterion derived from them.

import Grid
import ReviewCore

extension Panel {
  private static let sequences = [Codebook.ID.t1w, Codebook.ID.t2w, Codebook.ID.stir]

  static let signal = Panel(
    .signal, "Signal against normal marrow", short: "Signal",
    summary: { context in
      sequences.flatMap { id -> Line in
        let value = context.baseline[id]
        let glyphs = value.flatMap { context.finding(id)?.glyphs($0) } ?? "–"
        let level = value?.levelIDs.last
        return [
          (context.finding(id)?.shortTitle ?? "", .role(.muted)), (glyphs + " ", level.map(levelStyle) ?? .plain),
        ]
      }
    },
    height: { context, width in
      let notes = notes(context).reduce(0) { $0 + $1.rows(width: width) }
      return 1 + sequences.count + (width >= 30 ? criterionLines(context, width).count : 0) + notes
    },
    draw: { context, canvas, rect in
      let levels = context.finding(Codebook.ID.t1w)?.levels ?? []
      let step = max(7, min(12, (rect.width - 7) / 3))
      for (index, level) in levels.enumerated() {
        canvas.put(
          "\(level.title) \(level.glyph)", x: rect.x + 7 + index * step, y: rect.y, .role(.muted), clip: rect)
      }
      for (row, id) in sequences.enumerated() {
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
      var y = rect.y + 1 + sequences.count
      for line in rect.width >= 30 ? criterionLines(context, rect.width) : [] {
        canvas.put(line, x: rect.x, y: y, clip: rect)
        y += 1
      }
      for note in notes(context) { y += note.draw(&canvas, rect, y: y) }
    })

  private static func notes(_ context: PanelContext) -> [Fact] {
    sequences.compactMap { id in
      context.grade(GradeKey(.baseline, id))?.note.map {
        Fact(context.finding(id)?.shortTitle ?? "", $0, .role(.muted), indent: 7)
      }
    }
  }

  /// Derived, and shown as derived.
  static func criterionLines(_ context: PanelContext, _ width: Int) -> [Line] {
    let parts = SuggestiveCriterion.parts(context.baseline)
    let standing = SuggestiveCriterion.standing(parts)
    func style(_ standing: CriterionPart.Standing) -> Style {
      switch standing {
      case .met: .role(.good)
      case .notMet: .role(.warning)
      case .notStated: .role(.muted)
      }
    }
    let head: Line = [
      ("suggestive of osteomyelitis: ", .role(.muted)), (standing.rawValue, style(standing)),
      (" (derived)", .role(.muted)),
    ]
    let marks: [CriterionPart.Standing: String] = [.met: "✓", .notMet: "✗", .notStated: "–"]
    var lines: [Line] = [head, []]
    var used = 0
    for part in parts {
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
