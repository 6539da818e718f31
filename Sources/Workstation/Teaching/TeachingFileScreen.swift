// The list of the teaching file: its cases, how much their readers disagreed, and how the learner did.

import Grid
import ReviewCore
import TextSafety

extension Commands {
  private static let command = CommandMaker(.teachingFile)

  private static func move(_ state: inout State, to index: Int) -> [Effect] {
    state.teaching.cursor = max(0, min(index, state.teaching.cases.count - 1))
    return []
  }

  private static func open(_ state: inout State, _ mode: TeachingWalk.Mode) -> [Effect] {
    let cases = state.teaching.cases
    guard cases.indices.contains(state.teaching.cursor) else { return [] }
    return state.teach(cases[state.teaching.cursor].id, mode: mode)
  }

  static let teachingFile: [Command] = [
    command("open", "walk through the case", [.enter, .right], hint: "walk") { open(&$0, .walk) },
    command("quiz", "quiz the case", [.character("g")], hint: "quiz") { open(&$0, .quiz) },
    command("due", "quiz what is due again", [.character("d")], hint: "due") { state in
      state.teaching.wantsDue = true
      return state.quizDue()
    },
    command("down", "next case", [.down, .character("j")]) { move(&$0, to: $0.teaching.cursor + 1) },
    command("up", "previous case", [.up, .character("k")]) { move(&$0, to: $0.teaching.cursor - 1) },
    command("first", "first case", [.home, .character("<")]) { move(&$0, to: 0) },
    command("last", "last case", [.end, .character(">"), .character("G")]) { move(&$0, to: .max) },
    command(
      "sort", "sort by number, readers' disagreement, what you missed, what is due", [.character("s")], hint: "sort"
    ) {
      state in
      let all = TeachingSort.allCases
      let next = ((all.firstIndex(of: state.teaching.sort) ?? 0) + 1) % all.count
      state.teaching.sort = all[next]
      state.teaching.cursor = 0
      state.message = Message("sorted by \(all[next].title)")
      return []
    },
    command(
      "mix", "mix the constructed control cases in, or take them out", [.character("x")], hint: "mix",
      whyNot: { $0.session.study.isConstructed ? "these are the constructed cases themselves" : nil }
    ) { state in
      state.teaching.mixesControls.toggle()
      state.message = Message(
        state.teaching.mixesControls
          ? "constructed control cases are mixed in; each says that it is constructed" : "the study's own cases alone")
      return [.teaching(.mixControls(state.teaching.mixesControls))]
    },
    command(
      "unknown", "show cases unknown, or known again", [.character("v")], hint: "unknown", whyNot: mustBeUnknown
    ) { state in
      state.teaching.isUnknown.toggle()
      return []
    },
  ]

  /// From the walk-through, the score and the atlas.
  static let openTeachingFile = Command(
    "teachingFile", "list the cases of the teaching file", keys: [.character("l")],
    on: [.teaching, .score, .atlas], hint: "list"
  ) { state in
    state.push(.teachingFile)
    return []
  }
}

func teachingFileHead(_ state: State) -> [(String, Style)] {
  let file = state.teaching.file
  let count = file.cases.count == file.total ? "\(file.total)" : "\(file.cases.count) of \(file.total)"
  let score = state.teaching.results.score()
  return [
    ("Teaching file", .role(.heading, .bold)), ("  \(count) ", .plain),
    (file.total == 1 ? "finished case" : "finished cases", .role(.muted)),
  ]
    + (score.answered == 0
      ? [] : [("   \(score.agreed) of \(score.answered) ", .role(.accent)), ("first grades agree", .role(.muted))])
    + (state.teaching.isUnknown ? [("   unknown", .role(.warning))] : [])
}

/// A column of the list.
private struct Column: Sendable {
  let title: String
  let x: Int
  let text: @Sendable (TeachingCase, State) -> String
}

private let columns: [Column] = [
  Column(title: "#", x: 3) { entry, state in state.teaching.isUnknown ? "?" : entry.id.rawValue },
  Column(title: "patient", x: 9) { entry, _ in entry.patientCase.patient },
  Column(title: "differ", x: 17) { entry, _ in
    entry.disagreement.map { "\($0.percent) %" } ?? "–"
  },
  Column(title: "you", x: 25) { entry, state in
    let score = state.teaching.results.score(entry.id)
    return score.answered == 0 ? "–" : "\(score.agreed) of \(score.answered)"
  },
  Column(title: "missed", x: 35) { entry, state in
    state.teaching.results.missed[entry.id].map { String($0.count) } ?? "–"
  },
  Column(title: "due", x: 43) { entry, state in
    guard let day = state.teaching.results.nextDueDay(entry.id) else { return "–" }
    let count = state.teaching.results.due(at: state.teaching.now)[entry.id]?.count ?? 0
    return count > 0 ? "\(count) now" : "in \(day - LeitnerBox.day(state.teaching.now)) d"
  },
  // A title tells something of its case: it stands here once the case was seen to its end.
  Column(title: "case", x: 52) { entry, state in
    let isTold = state.teaching.results.finished.contains(entry.id)
    let isQuiet = state.teaching.isUnknown || state.isHidden(entry.id)
    let name = (isTold && !isQuiet ? entry.patientCase.title : nil) ?? entry.script.neutralTitle
    // Its title may say so itself.
    return (entry.isConstructed && !name.lowercased().hasPrefix("constructed") ? "constructed: " : "") + name
  },
]

func renderTeachingFile(_ state: State, _ canvas: inout Canvas) {
  let body = state.body
  let cases = state.teaching.cases
  for column in columns { canvas.put(column.title, x: column.x, y: body.y, .role(.muted)) }
  let rows = max(1, body.height - 1)
  let top = max(0, state.teaching.cursor - rows + 1)
  for (row, entry) in cases.dropFirst(top).prefix(rows).enumerated() {
    let y = body.y + 1 + row
    for (index, column) in columns.enumerated() {
      let end = index + 1 < columns.count ? columns[index + 1].x - 1 : body.width - 1
      let room = Rect(x: column.x, y: y, width: end - column.x, height: 1)
      canvas.put(column.text(entry, state), x: column.x, y: y, clip: room)
    }
    if top + row == state.teaching.cursor {
      canvas.put("▸", x: 1, y: y)
      canvas.restyle(Rect(x: 0, y: y, width: body.width, height: 1)) { _ in Style(.standard, on: .standard, .reverse) }
    }
  }
  if cases.isEmpty {
    let words = state.teaching.isLoaded ? "No case has a consensus yet; there is nothing to teach from." : "…"
    canvas.put(words, x: 3, y: body.y + 2, .role(.muted))
  }
}

extension ScreenID {
  package static let teachingFile = ScreenID("teachingFile")
}

extension Screen {
  static let teachingFile = Screen(
    .teachingFile, "Teaching file", head: teachingFileHead, draw: renderTeachingFile, load: loadTeachingFile,
    commands: Commands.teachingFile + Commands.presenting, doors: [Commands.openTeachingFile])
}
