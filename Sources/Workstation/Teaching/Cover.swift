// A case that is presented to this seat, or quizzed at it, is read up nowhere until its end: what tells of it is covered.

import Grid
import ReviewCore

extension TeachingState {
  /// The case of a quiz that still asks something.
  var quizzed: CaseID? { walk.flatMap { $0.mode == .quiz && !$0.isFinished ? $0.subject.id : nil } }
}

extension State {
  /// Covered, because it is presented or quizzed.
  package func isHidden(_ id: CaseID) -> Bool { isCovered(id) || teaching.quizzed == id }

  /// The case that is hidden now.
  var hidden: CaseID? { teaching.quizzed ?? presented.flatMap { isCovered($0.caseID) ? $0.caseID : nil } }

  /// The finished cases without what is hidden.
  var uncoveredFile: TeachingFile {
    let shown = teaching.file.cases.filter { !isHidden($0.id) }
    return TeachingFile(shown, total: teaching.file.total - (teaching.file.cases.count - shown.count))
  }

  /// What stands on the screen instead of what would tell of a hidden case.
  package var cover: [String]? {
    guard let hidden, tells(screen, of: hidden) else { return nil }
    return teaching.quizzed == nil
      ? ["A case is being presented to this seat, and this screen tells of it.", "t on the case goes back to it."]
      : [
        "Your quiz is still open, and this screen tells of its case.",
        "t on the case in the worklist goes on with it; g there gives the quiz up.",
      ]
  }

  /// Screens that tell nothing of a case that is hidden, or leave it out. A new one is covered until it stands here.
  private static let silent: Set<ScreenID> = [
    .worklist, .grading, .study, .progress, .agenda, .teachingFile, .teaching, .score, .sessionReport, .atlas,
    .tooSmall,
  ]

  private func tells(_ screen: ScreenID, of id: CaseID) -> Bool {
    switch screen {
    case .patientCase: caseScreen.view?.id == id
    case .history: history.caseID == id
    case .images: images.patientCase?.id == id && !images.isTaught
    case .consensus: consensus.caseID == id
    default: !Self.silent.contains(screen)
    }
  }
}

extension State {
  /// What works on a covered screen: nothing is done on it unseen.
  private static let worksCovered: Set<String> = [
    "back", "palette", "help", "study", "theme", "quit", "teach", "case.next", "case.before",
  ]

  /// Why a command cannot be run on a screen that is covered.
  func whyCovered(_ command: Command) -> String? {
    cover == nil || Self.worksCovered.contains(command.id) ? nil : "this screen is covered; Esc goes back"
  }
}

func renderCover(_ words: [String], _ state: State, _ canvas: inout Canvas) {
  for (row, line) in words.enumerated() {
    canvas.put(
      line, x: 2, y: state.body.y + 1 + row, row == 0 ? .plain : .role(.muted), clip: state.body.inset(by: 2, 0))
  }
}
