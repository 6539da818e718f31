// Commands of the atlas.

import Grid
import ReviewCore

extension Commands {
  private static let command = CommandMaker(.atlas)

  private static func page(_ id: String, _ title: String, _ keys: [Key], to index: @escaping @Sendable (State) -> Int)
    -> Command
  {
    command(id, title, keys) { state in
      let last = AtlasPage.all(state.session.codebook, typed: state.teaching.atlas.typed).count - 1
      state.teaching.atlas.cursor = max(0, min(last, index(state)))
      (state.teaching.atlas.selected, state.teaching.atlas.scroll) = (0, 0)
      return []
    }
  }

  private static func level(_ id: String, _ title: String, _ keys: [Key], by step: Int) -> Command {
    command(
      id, title, keys, hint: step > 0 ? "level" : nil,
      whyNot: { AtlasView($0).choices.isEmpty ? "this page has no levels" : nil }
    ) { state in
      guard let finding = AtlasView(state).finding else { return [] }
      let view = AtlasView(state)
      let count = max(1, view.choices.count)
      let index = view.choice.flatMap(view.choices.firstIndex) ?? count - 1
      state.teaching.atlas.levels[finding.id] = (index + step + count) % count
      (state.teaching.atlas.selected, state.teaching.atlas.scroll) = (0, 0)
      return []
    }
  }

  private static func select(_ id: String, _ title: String, _ keys: [Key], by step: Int) -> Command {
    command(id, title, keys, hint: step > 0 ? "case" : nil, whyNot: noCase) { state in
      let count = max(1, AtlasView(state).cases.count)
      state.teaching.atlas.selected = (state.teaching.atlas.selected + step + count) % count
      state.teaching.atlas.scroll = AtlasLayout(state).scrollToSelected(state)
      return []
    }
  }

  private static func noCase(_ state: State) -> String? {
    AtlasView(state).cases.isEmpty ? "no finished case matches" : nil
  }

  private static func scroll(_ id: String, _ title: String, _ keys: [Key], by sign: Int) -> Command {
    command(id, title, keys) { state in
      let layout = AtlasLayout(state)
      state.teaching.atlas.scroll = max(
        0, min(layout.height - layout.right.height, state.teaching.atlas.scroll + sign * layout.right.height))
      return []
    }
  }

  static let atlas: [Command] = [
    command("teach", "walk through the case", [.enter], hint: "walk", whyNot: noCase) { state in
      let cases = AtlasView(state).cases
      let index = state.teaching.atlas.selected
      return cases.indices.contains(index) ? state.teach(cases[index].id) : []
    },
    page("down", "next page", [.down, .character("j")]) { $0.teaching.atlas.cursor + 1 },
    page("up", "previous page", [.up, .character("k")]) { $0.teaching.atlas.cursor - 1 },
    page("first", "first page", [.home, .character("<")]) { _ in 0 },
    page("last", "last page", [.end, .character(">"), .character("G")]) { _ in .max },
    level("level.next", "next level of the finding", [.right], by: 1),
    level("level.before", "previous level", [.left, .character("h")], by: -1),
    select("case.next", "next case on the page", [.tab], by: 1),
    select("case.before", "previous case on the page", [.backTab], by: -1),
    command(
      "query", "show me: cases with these words and facts, as halo:present rim:absent", [.character("/")],
      hint: "show me"
    ) { state in
      state.overlay = FilterState(text: state.teaching.atlas.typed)
      return []
    },
    scroll("scroll.down", "scroll the page down", [.pageDown, .character(" ")], by: 1),
    scroll("scroll.up", "scroll the page up", [.pageUp], by: -1),
  ]

  /// From the worklist, the case, and everywhere in the teaching file; a step opens the page of its finding.
  static let openAtlas = Command(
    "atlas", "atlas: show me the cases with a sign", keys: [.character("a")],
    on: [.worklist, .patientCase, .teaching, .teachingFile, .score], hint: "atlas"
  ) { state in
    let step = state.screen == .teaching ? state.teaching.walk?.step : nil
    let pages = AtlasPage.all(state.session.codebook, typed: state.teaching.atlas.typed)
    let finding = step.flatMap { step in pages.firstIndex { $0.finding.map { step.grades[$0] != nil } ?? false } }
    // What a step still asks for is not looked up in the atlas.
    if let finding, state.teaching.walk?.isRevealed == true {
      state.teaching.atlas.cursor = finding
      (state.teaching.atlas.selected, state.teaching.atlas.scroll) = (0, 0)
    }
    state.push(.atlas)
    return state.teaching.isLoaded ? [] : [.teaching(.load(nil))]
  }
}

/// Enter in the query: the typed page is the first.
func showAtlasQuery(_ state: inout State, _ text: String) {
  state.teaching.atlas.typed = text.split(separator: " ").joined(separator: " ")
  (state.teaching.atlas.cursor, state.teaching.atlas.selected, state.teaching.atlas.scroll) = (0, 0, 0)
}
