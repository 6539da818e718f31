// What the grading screen asks for, and what it is told.

import ReviewCore

package enum GradingEffect: Hashable, Sendable {
  /// Records grades of the principal's own reading; nil takes one away. Answered by `.recorded`.
  case record(CaseID, ExaminationID, [GradeKey: Grade?])
  /// A note on the whole reading. Answered by `.recorded`.
  case note(CaseID, ExaminationID, String?)
  /// Answered by `.recorded`, `.told` and, where it is about one grade, `.leadTo`.
  case undo(CaseID, ExaminationID)
  case redo(CaseID, ExaminationID)
  /// Signs what was shown. Answered by `.caseLoaded` and `.told`, or by `.caseLoaded` and `.changedBeforeSigning`.
  case sign(CaseID, ExaminationID, seen: SigningSheet)
  /// Grades what is asked with the clinical data, which signs it. Answered by `.recorded`, or as `sign`.
  case signAgain(CaseID, ExaminationID, [GradeKey: Grade?], seen: SigningSheet)
  /// Takes up a signed version again, the one that was shown. Answered by `.caseLoaded` and `.told`.
  case amend(CaseID, ExaminationID, version: Int, reason: String)
  /// Keeps a half-typed note across a dropped link; nil forgets it.
  case keepDraft(CaseID, ExaminationID, FindingID?, String?)
  /// Answered by `.draftFound` for each.
  case findDrafts(CaseID, ExaminationID)
  /// Answered by `.nextToDo`.
  case findNextToDo(WorklistQuery, after: Int)

  /// Changes what other screens show.
  var isWriting: Bool {
    switch self {
    case .record, .note, .undo, .redo, .sign, .signAgain, .amend: true
    case .keepDraft, .findDrafts, .findNextToDo: false
    }
  }
}

package enum GradingAction: Sendable {
  /// The store holds this now; drawn with a tick, because it came from the store.
  case recorded(Reading, savedAt: String)
  /// The cursor goes to what was undone or done again.
  case leadTo(GradeKey)
  /// Nothing was signed: the store no longer holds what was shown.
  case changedBeforeSigning(SigningSheet)
  /// A half-typed note that was left by an earlier session; nil is the note on the whole reading.
  case draftFound(FindingID?, String)
  /// The next case to grade; nil when there is none.
  case nextToDo(Int?)
}

func updateGrading(_ state: inout State, _ action: GradingAction) -> [Effect] {
  switch action {
  case .recorded(let reading, let savedAt):
    state.grading.show(reading, savedAt: savedAt)
    return []
  case .leadTo(let key):
    return state.leadTo(key)
  case .changedBeforeSigning(let seen):
    if let now = state.signingSheet() { state.showChanged(now, since: seen) }
    return []
  case .draftFound(let finding, let text):
    state.grading.setDraft(text, finding)
    if state.reopenNote(finding) { return [] }
    let name = finding.map { state.session.codebook[$0]?.title ?? $0.rawValue } ?? "the reading"
    state.message = Message("a half-typed note on \(name) was kept; \(finding == nil ? "M" : "m") goes on with it")
    return []
  case .nextToDo(let index):
    guard let index else {
      state.message = Message("nothing is left to grade here")
      return []
    }
    state.worklist.move(to: index)
    let open: [Effect] = state.screen == .grading ? [.openCase(at: index, in: state.worklist.query)] : []
    return state.worklist.load(rows: state.worklistRows) + open
  }
}

extension State {
  /// Puts the cursor on a grade of the examination that is open. With how certain somebody was of a grade the grade itself is
  /// undone, where both were one answer. How certain it is is asked for where that alone is undone, or not yet done again.
  fileprivate mutating func leadTo(_ key: GradeKey) -> [Effect] {
    let before = grading.beforeUndo
    grading.beforeUndo = nil
    guard key.examination == grading.examination else { return [] }
    if key.comparator != grading.comparator {
      grading.compare(with: key.comparator)
      refreshAsked()
    }
    guard let index = gradedFindings.firstIndex(where: { $0.id == key.finding }) else { return [] }
    grading.cursor = index
    (grading.isAdding, grading.isAskingConfidence, grading.justGraded) = (false, false, nil)
    let now = grade(of: key.finding)
    // What was taken back as one is given again as one.
    if before == nil, grading.paired.contains(key), let now, now.confidence == nil, let view = grading.view {
      return [.grading(.redo(view.id, grading.examination))]
    }
    if before == nil, now?.confidence != nil {
      askWhatIsLeft()
      return []
    }
    let isWithout = before?[key].map { $0.confidence != nil && $0.value == now?.value } ?? (before == nil)
    guard isWithout, let now, now.confidence == nil else { return [] }
    if before != nil, grading.paired.contains(key), let view = grading.view {
      return [.grading(.undo(view.id, grading.examination))]
    }
    if asksConfidence(now.value) {
      (grading.isAskingConfidence, grading.justGraded) = (true, key.finding)
    }
    return []
  }

  /// The case that was loaded, on the grading screen.
  mutating func grade(_ view: CaseView) -> [Effect] {
    var effects: [Effect] = []
    let (before, shown) = (grading.view?.id, reading)
    let (isEntered, wasOpen) = (grading.isEntered, whyNotGraded == nil)
    grading.isEntered = false
    openGrading(view, before == view.id ? nil : examinationToGrade(view) ?? .baseline)
    if isEntered { askWhatIsLeft(orHere: true) }
    // Who comes back with `g` after a signature goes on with what is still to be graded.
    if isEntered, before == view.id, reading?.state.isSigned == true, let next = examinationToGrade(view) {
      openGrading(view, next)
      effects.append(.grading(.findDrafts(view.id, next)))
    }
    if before != view.id {
      effects.append(.grading(.findDrafts(view.id, grading.examination)))
      goToAskedAgain()
    } else if let shown, !shown.state.isSigned, reading?.state.isSigned == true {
      goToAskedAgain()
    } else if let shown, shown.grades != reading?.grades {
      message = Message("another window of yours grades this too; it is shown as it is now", .warning)
    }
    if before == view.id, wasOpen, isGradeAsked, let why = whyNotGraded { takeAway(why) }
    refreshSignBox()
    return effects
  }
}
