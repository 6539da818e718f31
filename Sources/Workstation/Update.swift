// From an action to the next state, and to what is asked of the runner. Pure.

import Grid
import ReviewCore

package func update(_ state: inout State, _ action: Action) -> [Effect] {
  let isKey = if case .key = action { true } else { false }
  let effects = react(&state, action)
  if effects.contains(where: \.isWriting) { state.isBehind = true }
  // Whatever field it was typed into: what is not in the text is told.
  if isKey, let notice = state.editor?.notice { state.message = Message(notice, .warning) }
  return effects + state.settlePresentation(afterKey: isKey)
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
    if let lock = state.lock { return updateLock(&state, key, lock) }
    if state.overlay != nil, !state.isTooSmall { return updateOverlay(&state, key) }
    if state.screen == .grading, let picker = state.grading.picker { return updatePicker(&state, key, picker) }
    if state.screen == .teaching, let picker = state.teaching.picker {
      return updateTeachingPicker(&state, key, picker)
    }
    if state.grading.isAskingConfidence, !isDigit(key) { state.grading.isAskingConfidence = false }
    guard let command = Commands.bound(to: key, on: state.screen) else {
      if case .paste = key { state.message = Message("a paste is text; open a filter or a note for it", .warning) }
      return []
    }
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
    state.caseScreen.show(view)
    var effects = state.worklist.load(rows: state.worklistRows)
    if state.screen == .grading {
      let (before, reading) = (state.grading.view?.id, state.reading)
      state.grading.open(view, before == view.id ? nil : .baseline)
      if before != view.id {
        effects.append(.findDrafts(view.id, state.grading.examination))
        state.goToAskedAgain()
      } else if let reading, !reading.state.isSigned, state.reading?.state.isSigned == true {
        state.goToAskedAgain()
      } else if let reading, reading.grades != state.reading?.grades {
        state.message = Message(
          "another window of yours grades this too; it is shown as it is now", .warning)
      }
      state.refreshSignBox()
    }
    return effects
  case .recorded(let reading, let savedAt):
    state.grading.show(reading, savedAt: savedAt)
    return []
  case .changedBeforeSigning(let seen):
    if let now = state.signingSheet() { state.showChanged(now, since: seen) }
    return []
  case .draftFound(let finding, let text):
    state.grading.setDraft(text, finding)
    if state.reopenNote(finding) { return [] }
    let name = finding.map { state.session.codebook[$0]?.title ?? $0.rawValue } ?? "the reading"
    state.message = Message("a half-typed note on \(name) was kept; \(finding == nil ? "M" : "m") goes on with it")
    return []
  case .told(let words):
    state.message = Message(words)
    return []
  case .warned(let words):
    state.message = Message(words, .warning)
    return []
  case .nextToDo(let index):
    guard let index else {
      state.message = Message("nothing is left to grade here")
      return []
    }
    state.worklist.move(to: index)
    let open: [Effect] = state.screen == .grading ? [.openCase(at: index, in: state.worklist.query)] : []
    return state.worklist.load(rows: state.worklistRows) + open
  case .studyLoaded(let overview):
    state.overview = overview
    return []
  case .progressLoaded(let report):
    state.progress = report
    return []
  case .historyLoaded(let id, let events):
    if state.history.caseID == id { state.history.events = events }
    return []
  case .coursesLoaded(let courses, let offset, let total):
    state.coursesScreen.show(courses, offset: offset, total: total)
    state.keepCourseInView()
    return []
  case .teachingLoaded(let file, let results, let now):
    return state.showTeaching(file, results, at: now)
  case .resultsKept(let results):
    state.teaching.results = results
    return []
  case .session(let action):
    return updateSession(&state, action)
  case .presentation(let action):
    return updatePresentation(&state, action)
  case .agreement(let news):
    state.agreement.show(news)
    state.keepAgreementInView()
    return []
  case .changedElsewhere:
    return state.reloads
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

private func isDigit(_ key: Key) -> Bool {
  if case .character(let character) = key { character.isASCII && character.isNumber } else { false }
}

extension State {
  /// What the screen that one comes back to has to ask for.
  mutating func comeBack() -> [Effect] {
    guard screen == .worklist else { return isBehind ? reloads : [] }
    isBehind = false
    return [.loadCounts] + Commands.reloadWorklist(&self)
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
