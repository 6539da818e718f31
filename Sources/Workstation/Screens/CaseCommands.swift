// Commands of the case screen.

import Grid
import ReviewCore

extension Commands {
  private static func command(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    _ change: @escaping @Sendable (inout State) -> Void
  ) -> Command {
    Command("case.\(id)", title, keys: keys, on: [.patientCase], hint: hint, whyNot: whyNot) { state in
      change(&state)
      return []
    }
  }

  private static func neighbour(_ id: String, _ title: String, _ key: Key, hint: String?, step: Int) -> Command {
    Command(
      "case.\(id)", title, keys: [key], on: [.patientCase], hint: hint,
      whyNot: { state in
        let index = state.worklist.cursor + step
        return index >= 0 && index < state.worklist.page.total
          ? nil : step > 0 ? "this is the last case" : "this is the first case"
      },
      run: { state in [.openCase(at: state.worklist.cursor + step, in: state.worklist.query)] })
  }

  private static func focus(_ state: inout State, by step: Int) {
    let all = Panel.onScreen(state.session.codebook).map(\.id)
    let index = all.firstIndex(of: state.caseScreen.focus) ?? 0
    state.caseScreen.focus = all[(index + step + all.count) % all.count]
  }

  private static func noFollowUp(_ state: State) -> String? {
    (state.caseScreen.view?.patientCase.examinations.count ?? 0) > 1 ? nil : "there is only one examination to show"
  }

  /// Why the examination chosen in the timeline has one comparison and no other.
  private static func noComparison(_ state: State) -> String? {
    guard let context = state.panelContext else { return "there is no case here" }
    let examination = context.selected
    if let why = context.view.patientCase.noExaminationBetween(examination) { return why }
    return context.values(at: examination, comparator: .previous).isEmpty
      ? "nothing of this examination is graded against the one before" : nil
  }

  static let patientCase: [Command] =
    [
      command("panel.next", "next panel", [.tab], hint: "panel") { focus(&$0, by: 1) },
      command("panel.before", "previous panel", [.backTab]) { focus(&$0, by: -1) },
      command("panel.enlarge", "enlarge the panel, or put it back", [.enter, .character("z")], hint: "zoom") {
        $0.caseScreen.isEnlarged.toggle()
      },
      neighbour("next", "next case", .character("]"), hint: "next case", step: 1),
      neighbour("before", "previous case", .character("["), hint: nil, step: -1),
      command("examination.next", "next examination in the timeline", [.right, .character("l")], whyNot: noFollowUp) {
        $0.caseScreen.selectExamination(by: 1)
      },
      command(
        "examination.before", "previous examination in the timeline", [.left, .character("h")], whyNot: noFollowUp
      ) { $0.caseScreen.selectExamination(by: -1) },
      Command(
        "case.compare", "tell first what changed since the one before, or since the baseline", keys: [.character("p")],
        on: [.patientCase], whyNot: noComparison,
        isFor: { $0.hasPictures && $0.findings.contains(where: \.isComparison) }
      ) { state in
        state.caseScreen.compare()
        return []
      },
      command("scroll.down", "scroll the panel down", [.down, .character("j")]) { state in
        state.caseScreen.scrollFocused(by: 1, atMost: state.focusedOverflow)
      },
      command("scroll.up", "scroll the panel up", [.up, .character("k")]) { state in
        state.caseScreen.scrollFocused(by: -1, atMost: state.focusedOverflow)
      },
      command("scroll.pageDown", "scroll a screen down", [.pageDown, .character(" ")]) { state in
        state.caseScreen.scrollFocused(by: CaseLayout(state).focused.height, atMost: state.focusedOverflow)
      },
      command("scroll.pageUp", "scroll a screen up", [.pageUp]) { state in
        state.caseScreen.scrollFocused(by: -CaseLayout(state).focused.height, atMost: state.focusedOverflow)
      },
    ]
    + panels(Panel.ofFiles + [.images], ofFiles: true) + panels(Panel.all + [.images], ofFiles: false)

  private static func panels(_ panels: [Panel], ofFiles: Bool) -> [Command] {
    panels.enumerated().map { place, panel in
      Command(
        "case.panel.\(ofFiles ? "file." : "")\(panel.id)", "go to \(panel.title)",
        keys: Panel.digit(at: place).map { [.character($0)] } ?? [], on: [.patientCase],
        isFor: { $0.hasPictures != ofFiles }
      ) { state in
        // The key of the focused panel enlarges it: no second key to learn.
        if state.caseScreen.focus == panel.id { state.caseScreen.isEnlarged.toggle() }
        state.caseScreen.focus = panel.id
        return []
      }
    }
  }
}
