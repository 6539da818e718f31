// The teaching file's own state: what was loaded, the walk in progress, what the learner answered so far.

import Foundation
import ReviewCore

/// Orders of the list of cases.
package enum TeachingSort: String, CaseIterable, Hashable, Sendable {
  case number
  /// The cases first on which the readers differed most.
  case disagreement
  /// The cases first in which the learner missed most.
  case missed
  /// The cases first of which most is due.
  case due

  package var title: String {
    switch self {
    case .number: "number"
    case .disagreement: "readers' disagreement"
    case .missed: "what you missed"
    case .due: "what is due"
    }
  }
}

package struct TeachingState: Sendable {
  package private(set) var file = TeachingFile()
  package var isLoaded = false
  package var results = LearnerResults()
  package private(set) var walk: TeachingWalk?
  /// Quizzes that were left before their end, never that of the walk on the screen; they go on where they were.
  private var leftQuizzes: [CaseID: TeachingWalk] = [:]
  /// Number, title and diagnosis are hidden, the bones until their step.
  package var isUnknown = false { didSet { walk?.isUnknown = isUnknown } }
  /// The case to open once the file is loaded, and how.
  package var wanted: CaseID?
  package var wantedMode: TeachingWalk.Mode = .walk
  /// Opens the first case of which something is due, and after it the next.
  package var wantsDue = false
  /// The constructed control cases stand among the study's own.
  package var mixesControls = false
  /// When the file was loaded; what is due is due then.
  package var now = Date(timeIntervalSince1970: 0)
  /// The spine map on which bones are marked as an answer.
  package var picker: BonePicker?
  /// The map was left without a mark: `Enter` goes on without one.
  var hasLeftMap = false
  /// The task under the cursor, from 0.
  package var task = 0
  /// A comma was typed; the next level is added to the set just graded.
  package var isAdding = false
  package var showsNotes = false
  /// First row shown of the step's text, of the score and of the list.
  package var scroll = 0
  package var cursor = 0
  package var sort: TeachingSort = .number
  package var atlas = AtlasState()

  package init() {}

  package mutating func load(_ file: TeachingFile, _ results: LearnerResults, at now: Date) {
    self.now = now
    self.file = file
    self.results = results
    isLoaded = true
    cursor = max(0, min(cursor, file.cases.count - 1))
    // Where the consensus has changed, the answers would be judged against another.
    leftQuizzes = leftQuizzes.filter { id, walk in file[id].map { $0 == walk.subject } ?? true }
    walk?.isAlone = !leftQuizzes.isEmpty
  }

  /// The quiz of a case that still asks something, on the screen or left.
  package func openQuiz(_ id: CaseID) -> TeachingWalk? {
    if let walk, walk.isOpenQuiz, walk.subject.id == id { return walk }
    return leftQuizzes[id]
  }

  /// The cases of quizzes that still ask something.
  package var quizzed: Set<CaseID> {
    Set(leftQuizzes.keys).union(walk.flatMap { $0.isOpenQuiz ? $0.subject.id : nil }.map { [$0] } ?? [])
  }

  /// The cases in the order of the list.
  package var cases: [TeachingCase] {
    switch sort {
    case .number: return file.cases
    case .disagreement:
      return file.cases.enumerated().sorted { a, b in
        (-(a.element.disagreement ?? -1), a.offset) < (-(b.element.disagreement ?? -1), b.offset)
      }.map(\.element)
    case .missed:
      let missed = results.missed
      return sorted { missed[$0.id]?.count ?? 0 }
    case .due:
      let due = results.due(at: now)
      return sorted { due[$0.id]?.count ?? 0 }
    }
  }

  /// The cases with the most first, and otherwise as they stand in the file.
  private func sorted(_ count: (TeachingCase) -> Int) -> [TeachingCase] {
    file.cases.enumerated().sorted { (-count($0.element), $0.offset) < (-count($1.element), $1.offset) }.map(\.element)
  }

  /// What is due of the first case in the file of which something is.
  package var due: (id: CaseID, tasks: Set<TeachingTask.ID>)? {
    let due = results.due(at: now)
    return file.cases.lazy.compactMap { entry in due[entry.id].map { (entry.id, $0) } }.first
  }

  /// Begins a walk at the first step that is in play, or goes on with one. A quiz on the screen is left, and goes on
  /// later; one of the same case is given up.
  package mutating func begin(_ walk: TeachingWalk) {
    if let left = self.walk, left.isOpenQuiz { leftQuizzes[left.subject.id] = left }
    leftQuizzes[walk.subject.id] = nil
    self.walk = walk
    self.walk?.isUnknown = isUnknown
    self.walk?.isAlone = !leftQuizzes.isEmpty
    (task, isAdding, scroll, picker, hasLeftMap) = (0, false, 0, nil, false)
    if let index = cases.firstIndex(where: { $0.id == walk.subject.id }) { cursor = index }
  }

  /// The case is taught no more, its quiz given up.
  package mutating func endWalk() { (walk, picker) = (nil, nil) }

  /// Changes the walk and keeps what a quiz reveals. True where there is something new to keep.
  @discardableResult
  package mutating func change(_ change: (inout TeachingWalk) -> Void) -> Bool {
    guard var changed = walk else { return false }
    let before = changed
    change(&changed)
    walk = changed
    if changed.index != before.index { (task, isAdding, scroll, picker, hasLeftMap) = (0, false, 0, nil, false) }
    let isNew = changed.isAtEnd && results.finished.insert(changed.subject.id).inserted
    guard changed.mode == .quiz, changed.judgements != before.judgements else { return isNew }
    results.record(changed, before: before)
    return true
  }

  /// The task that the next key answers.
  package var currentTask: TeachingTask? {
    let tasks = walk?.currentTasks ?? []
    return tasks.indices.contains(task) ? tasks[task] : nil
  }

  /// True where the number and the title of the case may be shown.
  package var isNamed: Bool { !isUnknown || walk?.visible.contains(.fact(.biopsy)) ?? false }
}

extension ScreenID {
  /// What needs the teaching file loaded.
  var isTeaching: Bool { [.teachingFile, .teaching, .score, .atlas].contains(self) }
}

extension State {
  /// The presenter's notes are drawn at a presenter's seat alone, and there only while it does not follow.
  var seesNotes: Bool { session.principal.role == .presenter && presentation.part != .audience }

  /// A screen of the teaching file is open, on which the study's title must not tell what a case is: of unknown cases,
  /// and of one that is quizzed.
  package var isUnknownCaseShown: Bool {
    let isAsked = !teaching.quizzed.isEmpty && teaching.walk?.isDiagnosisShown == false
    return (teaching.isUnknown || isAsked) && [.teaching, .teachingFile, .score, .atlas].contains(screen)
  }
}

extension TeachingWalk {
  fileprivate var isOpenQuiz: Bool { mode == .quiz && !isFinished }

  /// All of the case was shown.
  fileprivate var isAtEnd: Bool { only == nil && isRevealed && next == nil }
}
