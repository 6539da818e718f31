// The case screen's own state: which panel, how far scrolled, which examination.

import ReviewCore

package struct CaseScreenState: Sendable {
  package private(set) var view: CaseView?
  package var focus: PanelID = .clinical
  /// The focused panel alone fills the screen.
  package var isEnlarged = false
  package var scroll: [PanelID: Int] = [:]
  /// Which examination the timeline tells about.
  package var selected: ExaminationID = .baseline
  /// Which of its comparisons the timeline tells first.
  package private(set) var comparator = Comparator.baseline
  /// Which one it shall tell about once the next case is there.
  package var wanted: ExaminationID?

  package mutating func show(_ view: CaseView, _ codebook: Codebook) {
    let panels = Panel.onScreen(codebook)
    if !panels.contains(where: { $0.id == focus }) { focus = panels.first?.id ?? .clinical }
    if self.view?.id != view.id {
      (scroll, comparator) = ([:], .baseline)
      selected = view.patientCase.examinations.last?.id ?? .baseline
    }
    self.view = view
    guard let wanted else { return }
    self.wanted = nil
    if view.patientCase.examination(wanted) != nil { selected = wanted }
  }

  package mutating func scrollFocused(by rows: Int, atMost last: Int) {
    scroll[focus] = max(0, min(last, (scroll[focus] ?? 0) + rows))
  }

  /// Tells the other comparison first, in the panel of the timeline.
  package mutating func compare() {
    comparator = comparator == .baseline ? .previous : .baseline
    (focus, scroll[.followUp]) = (.followUp, 0)
  }

  package mutating func selectExamination(by step: Int) {
    let all = view?.patientCase.examinations.map(\.id) ?? []
    guard let index = all.firstIndex(of: selected) else { return }
    selected = all[max(0, min(all.count - 1, index + step))]
  }
}

extension State {
  package var panelContext: PanelContext? {
    caseScreen.view.map { view in
      var context = PanelContext(session: session, view: view, selected: caseScreen.selected)
      context.comparator = caseScreen.comparator
      context.drawImages = { canvas, rect in drawImagesPanel(&canvas, rect) }
      return context
    }
  }

  /// How far the focused panel can be scrolled, in rows.
  package var focusedOverflow: Int {
    guard let context = panelContext else { return 0 }
    let area = CaseLayout(self).focused
    return max(0, Panel.of(caseScreen.focus).height(context, area.width) - area.height)
  }
}
