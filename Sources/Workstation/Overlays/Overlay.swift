// What lies on top of a screen and takes the keys first.

import Grid
import ReviewCore

package enum Overlay: Sendable {
  case help(scroll: Int)
  case palette(PaletteState)
  case filter(FilterState)
  case themes(ThemePickerState)
  case prompt(Prompt)
  /// Of a consensus session.
  case session(SessionDialog)
  /// Before signing: what is signed, and what it means.
  case sign(SignBox)
  /// A passphrase being chosen, or shown.
  case secret(SecretDialog)
}

package struct PaletteState: Sendable {
  package var editor = LineEditor()
  package var selected = 0

  package init() {}

  /// The commands of a screen that hold all typed words, those that can be run first.
  package func matches(_ state: State) -> [Command] {
    let words = editor.text.lowercased().split(separator: " ")
    let found = Commands.available(on: state.screen).filter { command in
      words.allSatisfy { command.title.lowercased().contains($0) || command.id.lowercased().contains($0) }
    }
    return found.filter { $0.whyNot(state) == nil } + found.filter { $0.whyNot(state) != nil }
  }
}

package struct FilterState: Sendable {
  package var editor: LineEditor
  /// The filter before, for Esc.
  package let before: String

  package init(text: String) {
    editor = LineEditor(text)
    before = text
  }
}

package struct ThemePickerState: Hashable, Sendable {
  package var selected: Int
  /// The theme to go back to on Esc.
  package let before: String
}

/// A key for the overlay. Esc always leaves it.
func updateOverlay(_ state: inout State, _ key: Key) -> [Effect] {
  switch state.overlay {
  case .help(let scroll): updateHelp(&state, key, scroll)
  case .palette(let palette): updatePalette(&state, key, palette)
  case .filter(let filter): updateFilter(&state, key, filter)
  case .themes(let picker): updateThemes(&state, key, picker)
  case .prompt(let prompt): updatePrompt(&state, key, prompt)
  case .session(let dialog): updateSessionDialog(&state, key, dialog)
  case .sign(let box): updateSign(&state, key, box)
  case .secret(let dialog): updateSecret(&state, key, dialog)
  case nil: []
  }
}

private func updateHelp(_ state: inout State, _ key: Key, _ scroll: Int) -> [Effect] {
  let last = max(0, helpLines(state).count - helpRows(state))
  switch key {
  case .down, .character("j"): state.overlay = .help(scroll: min(last, scroll + 1))
  case .up, .character("k"): state.overlay = .help(scroll: max(0, scroll - 1))
  case .pageDown, .character(" "): state.overlay = .help(scroll: min(last, scroll + helpRows(state)))
  case .pageUp: state.overlay = .help(scroll: max(0, scroll - helpRows(state)))
  default: state.overlay = nil
  }
  return []
}

private func updatePalette(_ state: inout State, _ key: Key, _ palette: PaletteState) -> [Effect] {
  var palette = palette
  let matches = palette.matches(state)
  switch key {
  case .escape, .control("c"):
    state.overlay = nil
    return []
  case .enter:
    state.overlay = nil
    guard matches.indices.contains(palette.selected) else { return [] }
    return Commands.run(matches[palette.selected], &state)
  case .down, .control("n"), .tab: palette.selected = min(palette.selected + 1, max(0, matches.count - 1))
  case .up, .control("p"), .backTab: palette.selected = max(0, palette.selected - 1)
  default: if palette.editor.handle(key) { palette.selected = 0 }
  }
  state.overlay = .palette(palette)
  return []
}

private func updateFilter(_ state: inout State, _ key: Key, _ filter: FilterState) -> [Effect] {
  var filter = filter
  switch key {
  case .escape, .control("c"):
    state.overlay = nil
  case .enter:
    let text = filter.editor.text
    let (parsed, problems) = WorklistFilter.parse(text, codebook: state.session.codebook)
    // The window says what is wrong and stays.
    guard problems.isEmpty else { return [] }
    state.overlay = nil
    if state.screen == .atlas {
      showAtlasQuery(&state, text)
      return []
    }
    state.worklist.change {
      $0.filterText = text.split(separator: " ").joined(separator: " ")
      $0.query.filter = parsed
    }
    return Commands.reloadWorklist(&state)
  default:
    _ = filter.editor.handle(key)
    state.overlay = .filter(filter)
  }
  return []
}

/// Moving through the list shows each theme at once.
private func updateThemes(_ state: inout State, _ key: Key, _ picker: ThemePickerState) -> [Effect] {
  var picker = picker
  switch key {
  case .escape, .character("q"), .control("c"):
    state.theme = picker.before
    state.overlay = nil
    return []
  case .enter:
    state.overlay = nil
    return [.rememberTheme(state.theme)]
  case .down, .character("j"), .tab: picker.selected = min(picker.selected + 1, state.themes.count - 1)
  case .up, .character("k"), .backTab: picker.selected = max(picker.selected - 1, 0)
  default: break
  }
  if state.themes.indices.contains(picker.selected) { state.theme = state.themes[picker.selected].id }
  state.overlay = .themes(picker)
  return []
}
