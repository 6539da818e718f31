// Commands that work on every screen.

import Grid

extension Commands {
  static let everywhere: [Command] = [
    Command(
      "back", "back to the previous screen", keys: [.escape, .character("q")],
      on: Set(Screen.all.map(\.id)).subtracting([.worklist]),
      whyNot: { $0.stack.count > 1 ? nil : "this is the first screen; Q leaves Endplate" }
    ) { state in
      // One step back: what was enlarged is put back first.
      if state.screen == .patientCase, state.caseScreen.isEnlarged {
        state.caseScreen.isEnlarged = false
        return []
      }
      state.pop()
      return state.comeBack()
    },
    Command("palette", "find a command by its words", keys: [.character(":"), .control("p")], hint: "command") {
      state in
      state.overlay = PaletteState()
      return []
    },
    Command("help", "show the keys of this screen", keys: [.character("?"), .function(1)], hint: "help") { state in
      state.overlay = Help(state)
      return []
    },
    openStudy,
    Command("theme", "choose a theme", keys: [.character("T")]) { state in
      let selected = state.themes.firstIndex { $0.id == state.theme } ?? 0
      state.overlay = ThemePickerState(selected: selected, before: state.theme)
      return []
    },
    Command("quit", "leave Endplate", keys: [.character("Q"), .control("c"), .control("q")]) { _ in [.quit] },
  ]
}
