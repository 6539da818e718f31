// What the sessions say of the readers, as bars.

import Figures
import Grid
import ReviewCore
import TextSafety

extension LongPage {
  private static let nameWidth = 30

  static let consensusFigures = LongPage(
    height: { state, width in
      guard let figures = state.consensus.figures else { return 1 }
      return figures.findings.count + figures.readers.count * 4 + 8
        + remark.rows(width: width)
    },
    draw: { state, canvas in
      guard let figures = state.consensus.figures else { return }
      guard figures.cases > 0 else {
        canvas.put("no consensus is recorded yet", x: 0, y: 0, .role(.muted))
        return
      }
      var y = 0
      canvas.put("Disputed before discussion", x: 0, y: y, .role(.heading, .bold))
      bar(figures.disputed, "all findings", .role(.warning), &canvas, y: y + 1)
      y += 2
      for row in figures.findings {
        bar(row.disputed, state.session.codebook[row.id]?.title ?? row.id.rawValue, .role(.accent), &canvas, y: y)
        y += 1
      }
      y += 1
      canvas.put("Readers against the consensus", x: 0, y: y, .role(.heading, .bold))
      y += 1
      for reader in figures.readers {
        bar(reader.disagreement, "\(reader.id) disagreement index", .role(.warning), &canvas, y: y)
        bar(reader.followed, "\(reader.id) as first graded", .role(.good), &canvas, y: y + 1)
        bar(reader.followedWhereDisputed, "  where it was disputed", .role(.good), &canvas, y: y + 2)
        let changes = ChangeOfMind.Direction.allCases.map { "\(reader.changes[$0] ?? 0) \($0.rawValue)" }
        canvas.put("  toward, away from majority", x: 0, y: y + 3, .role(.muted))
        canvas.put(changes.joined(separator: ", "), x: nameWidth, y: y + 3)
        y += 4
      }
      y += 1
      _ = remark.draw(&canvas, canvas.bounds, y: y)
    })

  private static let remark = Fact.remark(ConsensusFigures.remark)

  private static func bar(
    _ share: ConsensusFigures.Share, _ name: String, _ style: Style, _ canvas: inout Canvas, y: Int
  ) {
    canvas.put(name, x: 0, y: y, clip: Rect(x: 0, y: y, width: nameWidth - 1, height: 1))
    let width = max(10, min(40, canvas.bounds.width - nameWidth - 20))
    ShareBar(share.count, of: share.total).draw(
      into: &canvas, rect: Rect(x: nameWidth, y: y, width: width, height: 1), style: style)
    let percent = share.value.map { "  \($0.percent) %" } ?? ""
    canvas.put("\(share.count) of \(share.total)\(percent)", x: nameWidth + width + 2, y: y, .role(.muted))
  }
}

extension ScreenID {
  package static let consensusFigures = ScreenID("consensusFigures")
}

extension Screen {
  static let consensusFigures = Screen(
    .consensusFigures, "Readers and consensus", page: .consensusFigures, load: { _ in [.session(.loadFigures)] },
    reopen: reopenBesideASession)
}
