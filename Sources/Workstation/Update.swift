// From an action to the next state, and to what is asked of the runner. Pure.

import Grid
import ReviewCore

package func update(_ state: inout State, _ action: Action) -> [Effect] {
  let isKey = if case .key = action { true } else { false }
  let effects = react(&state, action)
  if effects.contains(where: \.isWriting) { state.isBehind = true }
  let shared = state.refreshJoint()
  state.refreshAsked()
  state.refreshWorkedOut()
  // Whatever field it was typed into: what is not in the text is told.
  if isKey, let notice = state.layers.lazy.compactMap({ $0.typing }).first?.notice {
    state.message = Message(notice, .warning)
  }
  return effects + shared + state.settlePresentation(afterKey: isKey) + state.settlePreview()
}

private func react(_ state: inout State, _ action: Action) -> [Effect] {
  switch action {
  case .started:
    guard state.home == .worklist else { return state.loads + state.joining }
    let back = state.returning?.patientCase.map { [Effect.loadCase($0, in: state.worklist.query)] } ?? []
    return [.loadCounts] + state.worklist.load(rows: state.worklistRows, force: true) + back
      + state.loads + state.joining
  case .key(let key):
    state.message = nil
    state.returning = nil
    state.consensus.isUndoing = false
    let wasUndone = state.consensus.hasUndone
    defer { if wasUndone { state.consensus.hasUndone = false } }
    if key == .character("?") || key == .function(1), let help = Help(overTopOf: state) {
      state.overlay = help
      return []
    }
    for layer in state.layers {
      if let effects = layer.take(key, &state) { return effects }
    }
    guard let command = Commands.bound(to: key, state) else {
      if case .paste = key { state.message = Message("a paste is text; open a filter or a note for it", .warning) }
      return []
    }
    // As soon as something else is done, the last grade is no longer what the next key means.
    // What is asked of it stays asked until somebody goes on.
    if !Commands.isOfTheLastGrade(command), !state.grading.isAskingConfidence { state.grading.justGraded = nil }
    return Commands.run(command, &state)
  case .resized(let size):
    state.size = size
    state.keepCourseInView()
    state.keepAgreementInView()
    return state.home == .worklist ? state.worklist.load(rows: state.worklistRows) : []
  case .pageLoaded(let page, let query):
    guard query == state.worklist.query else { return [] }
    state.worklist.show(page)
    return state.worklist.load(rows: state.worklistRows)
  case .countsLoaded(let counts):
    state.worklist.counts = counts
    return []
  case .caseLoaded(let view, let index):
    if let index { state.worklist.cursor = index }
    if let place = state.returning, place.patientCase == view.id {
      let effects = state.reopen(place, view)
      return effects + state.worklist.load(rows: state.worklistRows)
    }
    state.tellStage(of: view)
    state.caseScreen.show(view, state.session.codebook)
    var effects = state.worklist.load(rows: state.worklistRows)
    if state.screen == .grading { effects += state.grade(view) }
    return effects
  case .caseGone(let id):
    return state.close(id)
  case .grading(let action):
    return updateGrading(&state, action)
  case .told(let words):
    state.message = Message(words)
    return []
  case .warned(let words):
    state.message = Message(words, .warning)
    return []
  case .answered(let answer):
    return answer(&state)
  case .teaching(let action):
    return updateTeaching(&state, action)
  case .session(let action):
    return updateSession(&state, action)
  case .presentation(let action):
    return updatePresentation(&state, action)
  case .agreement(let news):
    state.agreement.show(news)
    state.keepAgreementInView()
    return []
  case .rested:
    return state.rest()
  case .changedElsewhere:
    state.beside.forget()
    state.forgetPreview()
    return state.reloads
  case .studyChanged(let study):
    return state.take(study)
  case .paused:
    state.lock = LockState()
    return []
  case .unlocked:
    state.lock = nil
    return []
  case .passphraseChosen:
    state.session.hasPassphrase = true
    state.message = Message("your passphrase is chosen")
    return []
  case .failed(let words):
    // A turn that failed is not followed by the next; a passphrase can be tried again.
    if state.overlay == nil { state.consensus.turns = nil }
    state.message = Message(words, .failure)
    return []
  }
}

extension State {
  /// That a consensus was recorded or reopened while somebody looks at the case: other grades stand under their eyes.
  fileprivate mutating func tellStage(of view: CaseView) {
    guard screen == .patientCase, let shown = caseScreen.view, shown.id == view.id, shown.stage != view.stage,
      !(consensus.view?.id == view.id && consensus.view?.stage == view.stage)
    else { return }
    if view.stage == .recorded {
      message = Message("the consensus of case \(view.id) is recorded: its grades stand here now", .warning)
    } else if shown.stage == .recorded {
      message = Message(
        "the consensus of case \(view.id) was reopened: the readings stand here now; c shows why", .warning)
    }
  }

  /// What the screen that one comes back to has to ask for.
  mutating func comeBack() -> [Effect] {
    guard screen == .worklist else { return isBehind ? reloads : [] }
    forgetPreview()
    isBehind = false
    return [.loadCounts] + Commands.reloadWorklist(&self)
  }

  /// Another version of the codebook: what is open is asked for it at once.
  fileprivate mutating func take(_ study: Study) -> [Effect] {
    let added = study.codebook.added(since: session.codebook.version)
    session.study = study
    message = Message(
      "the codebook is version \(study.codebook.version) now" + (added.isEmpty ? "" : ": \(added.words)"), .warning)
    return []
  }

  /// Leaves a case that was handed over, with all that lies open of it. The next keys were meant for it, and do nothing.
  fileprivate mutating func close(_ id: CaseID) -> [Effect] {
    let isInSession = stack.contains(.consensus) && consensus.caseID == id
    guard caseScreen.view?.id == id || grading.view?.id == id || isInSession else {
      if !(overlay is TakenAway) {
        message = Message("case \(id) is not assigned to you: other readers read it", .warning)
      }
      return []
    }
    let words = "case \(id) is no longer yours to read: the coordinator gave it to others"
    if stack == [home] { message = Message(words, .warning) } else { takeAway(words) }
    (caseScreen, grading, stack) = (CaseScreenState(), GradingState(), [home])
    if isInSession { (consensus.caseID, consensus.view, consensus.table, consensus.turns) = (nil, nil, nil, nil) }
    return comeBack() + (isInSession ? [.session(.leave), .session(.dismissGuests)] : [])
  }

  /// Everything that is shown, asked for again.
  var reloads: [Effect] {
    guard home == .worklist else { return loads }
    var worklist = worklist
    return [.loadCounts] + worklist.load(rows: worklistRows, force: true)
      + (caseScreen.view.map { [.loadCase($0.id, in: self.worklist.query)] } ?? [])
      + loads
  }
}
