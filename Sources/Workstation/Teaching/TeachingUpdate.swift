// From a key to an answer, and from an answer to the next step.

import Foundation
import Grid
import ReviewCore

extension State {
  /// Shows the walk through a case; the file is loaded first where it is not there yet.
  mutating func teach(_ id: CaseID, mode: TeachingWalk.Mode = .walk, only: Set<TeachingTask.ID>? = nil) -> [Effect] {
    if isCovered(id) {
      presentation.isFollowing = true
      message = Message("this case is being presented; you are with the presenter again")
      return follow()
    }
    if presentation.part == .audience { presentation.isFollowing = false }
    if let open = teaching.openQuiz(id), !isPresenting { return goOn(with: open) }
    // What everybody follows is the walk-through.
    let (mode, only) = isPresenting ? (.walk, nil) : (mode, only)
    push(.teaching)
    guard let subject = teaching.file[id] else {
      (teaching.wanted, teaching.wantedMode) = (id, mode)
      return [.teaching(.load(id))]
    }
    return begin(TeachingWalk(subject, mode: mode, only: only, codebook: session.codebook))
  }

  private mutating func begin(_ walk: TeachingWalk) -> [Effect] {
    var walk = walk
    let isNew = teaching.results.begin(&walk)
    teaching.begin(walk)
    tellLeftOpen(walk)
    return (isNew ? [.teaching(.keep(teaching.results))] : []) + straightenWorklist()
  }

  /// Says that what an earlier quiz asked in vain has lost its first answer.
  private mutating func tellLeftOpen(_ quiz: TeachingWalk) {
    let left = teaching.results.open(quiz.subject.id).filter { quiz.leftOpen.contains($0.task) }
    guard !left.isEmpty else { return }
    let day = left.compactMap(\.at).max().map { " on " + CalendarDay.text($0) } ?? ""
    message = Message(
      left.count == 1
        ? "1 question was left open\(day); it no longer counts as a first answer"
        : "\(left.count) questions were left open\(day); they no longer count as first answers")
  }

  /// From a quiz to the walk-through of its case: what was answered is kept, what was not has lost its first answer.
  mutating func giveUp(_ quiz: TeachingWalk) -> [Effect] {
    let before = teaching.results
    teaching.results.giveUp(quiz)
    let kept: [Effect] = teaching.results == before ? [] : [.teaching(.keep(teaching.results))]
    teaching.endWalk()
    return kept + teach(quiz.subject.id)
  }

  /// A quiz that was left goes on where it was, whatever was asked for of its case.
  private mutating func goOn(with quiz: TeachingWalk) -> [Effect] {
    if teaching.walk != quiz { teaching.begin(quiz) }
    push(.teaching)
    message = Message("your quiz goes on where you left it; g gives it up and walks through the case")
    return []
  }

  /// A quiz of what is due of the next case, if anything is.
  mutating func quizDue() -> [Effect] {
    guard let due = teaching.due else {
      let next = teaching.results.nextDueDay.map { $0 - LeitnerBox.day(teaching.now) }
      message = Message(
        next.map { "nothing is due; the next question in \($0) \($0 == 1 ? "day" : "days")" }
          ?? "nothing was answered yet; g quizzes a case, and its questions come back")
      return []
    }
    return teach(due.id, mode: .quiz, only: due.tasks)
  }

  /// The file has come: opens what was asked for.
  mutating func showTeaching(_ file: TeachingFile, _ results: LearnerResults, at now: Date) -> [Effect] {
    let known = teaching.walk.flatMap { file[$0.subject.id] }
    teaching.load(file, results, at: now)
    var effects: [Effect] = []
    if teaching.wantsDue, teaching.walk == nil { return quizDue() }
    if let id = teaching.wanted {
      teaching.wanted = nil
      guard let subject = file[id] else {
        message = Message("case \(id) has no consensus yet; it can be taught once there is one", .warning)
        stack.removeAll { $0 == .teaching }
        if stack.isEmpty { stack = [home] }
        return []
      }
      effects += begin(TeachingWalk(subject, mode: teaching.wantedMode, codebook: session.codebook))
    } else if let walk = teaching.walk, known != walk.subject, let known {
      // The consensus was changed meanwhile: what was answered would be judged against another.
      var again = TeachingWalk(known, mode: walk.mode, codebook: session.codebook)
      again.goOn(as: walk)
      teaching.begin(again)
    } else if let walk = teaching.walk, known == nil, file[walk.subject.id] == nil {
      return closeTaught(walk)
    } else if teaching.walk == nil, screen == .teaching, let subject = caseScreen.view.flatMap({ file[$0.id] }) {
      // Back at a seat whose link had dropped: the case is known, the step is not.
      teaching.begin(TeachingWalk(subject, codebook: session.codebook))
    }
    // What was waited for to be shown.
    return effects + (followed.flatMap { file[$0.caseID] } == nil ? [] : follow())
  }

  /// The consensus on the case was reopened, or something of it is withheld again: it is taught no more.
  private mutating func closeTaught(_ walk: TeachingWalk) -> [Effect] {
    let name = teaching.isNamed ? "case \(walk.subject.id)" : "this case"
    message = Message("the consensus on \(name) was reopened; it is not taught until there is one again", .warning)
    teaching.endWalk()
    stack.removeAll { $0 == .teaching || $0 == .score }
    if stack.isEmpty { stack = [home] }
    return []
  }

  /// Enter: shows the answer, then the next step, then the score.
  mutating func advanceTeaching() -> [Effect] {
    guard let walk = teaching.walk else { return [] }
    if let held = advanceBehindPresenter() { return held }
    if !walk.isRevealed {
      if walk.mode == .quiz, let open = walk.openTasks.first {
        teaching.task = walk.currentTasks.firstIndex { $0.id == open.id } ?? 0
        if open.asksBones, teaching.hasLeftMap {
          leaveBonesUnmarked(open)
          return advanceTeaching()
        }
        if openBones() { return [] }
        message = Message("answer first: \(open.ask)", .warning)
        return []
      }
      let effects = changeTeaching { $0.reveal() }
      teaching.scroll = 0
      return effects
    }
    if let next = walk.next { return changeTeaching { $0.go(to: next) } }
    if walk.mode == .quiz {
      teaching.scroll = 0
      push(.score)
      return []
    }
    message = Message("this was the last step; ] opens the next case, l lists them all")
    return []
  }

  /// Changes the walk, and keeps what is new in what the learner has done.
  mutating func changeTeaching(_ change: (inout TeachingWalk) -> Void) -> [Effect] {
    teaching.change(change) ? [.teaching(.keep(teaching.results))] : []
  }

  /// A digit, `x` or `z` as a reader types them.
  mutating func answerTeaching(_ key: Key) -> [Effect] {
    guard let task = teaching.currentTask, teaching.walk?.isRevealed == false else {
      message = Message("no question here; Enter continues")
      return []
    }
    if teaching.isAdding {
      teaching.isAdding = false
      return addLevel(key)
    }
    if task.asksBones {
      message = Message("bones are marked on the map: b opens it", .warning)
      return []
    }
    guard let finding = task.finding else {
      guard case .character(let digit) = key, let number = digit.wholeNumberValue,
        task.answers.indices.contains(number - 1)
      else {
        message = Message("there are \(task.answers.count) answers, 1 to \(task.answers.count)", .warning)
        return []
      }
      answer(.choice(number - 1), task)
      return []
    }
    guard let level = level(of: key, finding) else {
      message = Message("\(finding.title) has \(finding.levels.count) levels, 1 to \(finding.levels.count)", .warning)
      return []
    }
    answer(.grade(finding.scale == .set ? .levels([level]) : .level(level)), task)
    return []
  }

  mutating func answer(_ answer: TeachingAnswer?, _ task: TeachingTask) {
    teaching.change { $0.answer(answer, to: task.id) }
    let tasks = teaching.walk?.currentTasks.count ?? 0
    teaching.task = min(teaching.task + 1, max(0, tasks - 1))
  }

  /// The set that a comma adds to: the one just graded, which the cursor has left unless it was the last.
  var addable: TeachingTask? {
    guard let walk = teaching.walk, !walk.isRevealed else { return nil }
    let candidates = [teaching.task - 1, teaching.task].filter { walk.currentTasks.indices.contains($0) }
    let answered = candidates.map { walk.currentTasks[$0] }.filter { walk.answers[$0.id] != nil }
    return answered.last.flatMap { $0.finding?.scale == .set ? $0 : nil }
  }

  private mutating func addLevel(_ key: Key) -> [Effect] {
    guard let task = addable, let finding = task.finding, let level = level(of: key, finding),
      case .grade(let value)? = teaching.walk?.answers[task.id]
    else {
      message = Message("a comma adds a level to a signal or enhancement just graded", .warning)
      return []
    }
    teaching.change {
      $0.answer(.grade(.levels(finding.inCodeOrder(value.levelIDs + [level]))), to: task.id)
    }
    return []
  }
}
