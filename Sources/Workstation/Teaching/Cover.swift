// A case that is presented to this seat, or quizzed at it, is read up nowhere until its end: what tells of it is covered.

import Grid
import ReviewCore

extension State {
  /// Covered, because it is presented or quizzed.
  package func isHidden(_ id: CaseID) -> Bool { isCovered(id) || teaching.quizzed.contains(id) }

  /// The cases that are hidden now.
  var hidden: Set<CaseID> {
    let presented = presented.flatMap { isCovered($0.caseID) ? $0.caseID : nil }
    return teaching.quizzed.union(presented.map { [$0] } ?? [])
  }

  /// The finished cases without what is hidden.
  var uncoveredFile: TeachingFile { file(including: nil) }

  /// The same with one case all the same, as its own walk counts itself.
  func file(including id: CaseID?) -> TeachingFile {
    let shown = teaching.file.cases.filter { $0.id == id || !isHidden($0.id) }
    return TeachingFile(shown, total: teaching.file.total - (teaching.file.cases.count - shown.count))
  }

  /// What stands on the screen instead of what would tell of a hidden case.
  package var cover: [String]? {
    guard let told = hidden.first(where: { tells(screen, of: $0) }) else { return nil }
    return isCovered(told)
      ? [
        "A case is being presented at this seat, and this screen would give it away.",
        "Press t on the case to return to it.",
      ]
      : [
        "Your quiz is still open, and this screen would give its case away.",
        "Press t on the case in the worklist to continue, or g there to give the quiz up.",
      ]
  }

  /// A filter, or an order by what was graded, would tell of a hidden case; nil where nothing is hidden.
  @Sendable static func tellsByOrder(_ state: State) -> String? {
    state.hidden.isEmpty
      ? nil : "that could give the covered case away; it is available again afterwards"
  }

  /// The worklist in an order that tells nothing of grades, while a case is hidden.
  mutating func straightenWorklist() -> [Effect] {
    let query = worklist.query
    let tells = !query.filter.isEmpty || [.lesions, .followUp].contains(query.sort)
    guard !hidden.isEmpty, tells else { return [] }
    worklist.change { ($0.filterText, $0.query) = ("", WorklistQuery()) }
    return Commands.reloadWorklist(&self)
  }

  /// Screens that tell nothing of a case that is hidden, or leave it out. A new one is covered until it stands here.
  private static let silent: Set<ScreenID> = [
    .worklist, .study, .progress, .agenda, .teachingFile, .teaching, .score, .atlas, .tooSmall,
  ]

  private func tells(_ screen: ScreenID, of id: CaseID) -> Bool {
    switch screen {
    case .patientCase: caseScreen.view?.id == id
    case .grading: grading.view?.id == id
    case .history: history.caseID == id
    case .images: images.patientCase?.id == id && !images.isTaught
    case .consensus: consensus.caseID == id
    case .sessionReport: presentation.report.contains { $0.caseID == id }
    default: !Self.silent.contains(screen)
    }
  }
}

extension State {
  /// What works on a covered screen: nothing is done on it unseen. The filter takes words, and refuses them.
  private static let worksCovered: Set<String> = [
    "back", "palette", "help", "study", "theme", "quit", "teach", "case.next", "case.before",
    "worklist.filter",
  ]

  /// Why a command cannot be run on a screen that is covered.
  func whyCovered(_ command: Command) -> String? {
    cover == nil || Self.worksCovered.contains(command.id) ? nil : "this screen is covered; Esc returns"
  }
}

func renderCover(_ words: [String], _ state: State, _ canvas: inout Canvas) {
  for (row, line) in words.enumerated() {
    canvas.put(
      line, x: 2, y: state.body.y + 1 + row, row == 0 ? .plain : .role(.muted), clip: state.body.inset(by: 2, 0))
  }
}
