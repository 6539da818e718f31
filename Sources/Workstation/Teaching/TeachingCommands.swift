// Commands of the walk-through and of the quiz.

import Grid
import ReviewCore

extension Commands {
  private static let command = CommandMaker(.teaching, ids: "teach")

  private static func value(
    _ id: String, _ title: String, _ key: Character, _ value: GradeValue
  ) -> Command {
    command(id, title, [.character(key)], whyNot: notAsked) { state in
      if let task = state.teaching.currentTask { state.answer(.grade(value), task) }
      return []
    }
  }

  /// What is presented unknown stays so at every seat.
  @Sendable static func mustBeUnknown(_ state: State) -> String? {
    state.presented?.isUnknown == true ? "the presenter shows this case unknown" : nil
  }

  private static func notAsked(_ state: State) -> String? {
    guard let task = state.teaching.currentTask, state.teaching.walk?.isRevealed == false else {
      return "no question here; Enter continues"
    }
    return task.finding == nil ? "this is a choice; answer with 1 to \(task.answers.count)" : nil
  }

  private static func neighbour(_ state: State, _ step: Int) -> CaseID? {
    let cases = state.teaching.cases
    guard let id = state.teaching.walk?.subject.id, let index = cases.firstIndex(where: { $0.id == id }),
      cases.indices.contains(index + step)
    else { return nil }
    return cases[index + step].id
  }

  private static func scroll(_ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int)
    -> Command
  {
    command("scroll.\(id)", title, keys) { state in
      state.teaching.scroll = max(0, min(teachingOverflow(state), state.teaching.scroll + step(state)))
      return []
    }
  }

  static let teaching: [Command] =
    [
      command(
        "next", "show the answer, or go to the next step", [.enter, .character("n")], hint: "go on",
        whyNot: { $0.isLed }
      ) {
        $0.advanceTeaching()
      },
      command(
        "back", "previous step", [.left, .character("p"), .character("h")], hint: "step back",
        whyNot: { $0.teaching.walk?.previous == nil ? "this is the first step" : nil }
      ) { state in
        if state.followed != nil, state.presentation.isFollowing {
          state.presentation.isFollowing = false
          state.message = Message("looking back alone; f returns to the presenter")
        }
        if let step = state.teaching.walk?.previous { state.teaching.change { $0.go(to: step) } }
        return []
      },
      command(
        "skip", "next step, without an answer", [.right],
        whyNot: { state in
          if let led = state.isLed { return led }
          guard let walk = state.teaching.walk, walk.next != nil else { return "this is the last step" }
          return walk.mode == .quiz && !walk.isRevealed ? "in a quiz everything is answered first" : nil
        }
      ) { state in
        if let held = state.advanceBehindPresenter() { return held }
        return state.teaching.walk?.next.map { step in state.changeTeaching { $0.go(to: step) } } ?? []
      },
    ]
    + (1...5).map { digit in
      let key = Key.character(Character(String(digit)))
      return command("answer.\(digit)", "answer \(digit)", [key]) { $0.answerTeaching(key) }
    }
    + [
      value("notAssessable", "answer not assessable", "x", .notAssessable),
      value("notAcquired", "answer not acquired", "z", .notAcquired),
      command(
        "add", "add a level to the set just answered", [.character(",")],
        whyNot: { $0.addable == nil ? "a comma adds a level to a signal or enhancement just answered" : nil }
      ) { state in
        state.teaching.isAdding = true
        return []
      },
      command(
        "bones", "mark bones on the map", [.character("b")],
        whyNot: { $0.teaching.currentTask?.asksBones == true ? notAsked($0) : "no bones are asked here" }
      ) { state in
        _ = state.openBones()
        return []
      },
      command("task.next", "next question of this step", [.tab]) { state in
        let count = max(1, state.teaching.walk?.currentTasks.count ?? 0)
        state.teaching.task = (state.teaching.task + 1) % count
        return []
      },
      command("task.clear", "take the answer away", [.backspace, .delete], whyNot: notAsked) { state in
        if let task = state.teaching.currentTask { state.teaching.change { $0.answer(nil, to: task.id) } }
        return []
      },
      command(
        "quiz", "grade everything before it is shown: quiz this case", [.character("g")], hint: "quiz",
        whyNot: { state in
          if state.isPresenting { return "you are presenting; E ends it, then g quizzes" }
          let id = state.teaching.walk?.subject.id
          return id.map(state.isCovered) == true ? "this case is being presented; quiz it afterwards" : nil
        }
      ) { state in
        guard let walk = state.teaching.walk else { return [] }
        if walk.mode == .quiz { return state.giveUp(walk) }
        state.teaching.endWalk()
        return state.teach(walk.subject.id, mode: .quiz)
      },
      command(
        "unknown", "show the case unknown, or known again", [.character("v")], hint: "unknown", whyNot: mustBeUnknown
      ) { state in
        state.teaching.isUnknown.toggle()
        state.message = Message(
          state.teaching.isUnknown
            ? "unknown: number and title are hidden until the diagnosis is shown" : "number and title are shown again")
        return []
      },
      command(
        "case.next", "next case", [.character("]")],
        whyNot: { neighbour($0, 1) == nil ? "this is the last case" : nil }
      ) { state in
        neighbour(state, 1).map { state.teach($0, mode: state.teaching.walk?.mode ?? .walk) } ?? []
      },
      command(
        "case.before", "previous case", [.character("[")],
        whyNot: { neighbour($0, -1) == nil ? "this is the first case" : nil }
      ) { state in
        neighbour(state, -1).map { state.teach($0, mode: state.teaching.walk?.mode ?? .walk) } ?? []
      },
      command(
        "notes", "show the presenter's notes, or hide them", [.character("m")],
        whyNot: { $0.seesNotes ? nil : "notes are for the presenter alone" }
      ) { state in
        state.teaching.showsNotes.toggle()
        return []
      },
      scroll("down", "scroll the text down", [.down, .character("j")]) { _ in 1 },
      scroll("up", "scroll the text up", [.up, .character("k")]) { _ in -1 },
      scroll("pageDown", "scroll a screen down", [.pageDown, .character(" ")]) { $0.body.height - 2 },
      scroll("pageUp", "scroll a screen up", [.pageUp]) { 2 - $0.body.height },
    ]

  /// From the worklist and the case screen.
  static let startTeaching = Command(
    "teach", "walk through the case as a teaching case", keys: [.character("t")], on: [.worklist, .patientCase],
    hint: "teach",
    whyNot: { state in
      guard let row = state.worklist.row else { return "there is no case here" }
      let stage = state.screen == .patientCase ? state.caseScreen.view?.stage ?? row.stage : row.stage
      return stage.isDone ? nil : "a case is taught once its consensus is recorded"
    },
    keepsPlace: { $0.worklist.counts.recorded + $0.worklist.counts.elsewhere > 0 },
    run: { state in
      let id = state.screen == .patientCase ? state.caseScreen.view?.id : state.worklist.row?.id
      return id.map { state.teach($0) } ?? []
    })
}
