// Where somebody is, small enough to be kept at every step: after a dropped link they come back to it.

import ReviewCore

package struct Place: Codable, Hashable, Sendable {
  /// The line that is being typed.
  package struct Typing: Codable, Hashable, Sendable {
    package var purpose: Prompt.Purpose
    /// Nil where it is a draft in the study, under the seal.
    package var text: String?
  }

  package var stack: [ScreenID]
  package var filter: String
  package var sort: WorklistSort
  package var descending: Bool
  /// The case that is open, or the one under the cursor of the worklist.
  package var patientCase: CaseID?
  package var panel: PanelID
  package var examination: ExaminationID
  package var comparator: Comparator
  package var finding: FindingID?
  package var typing: Typing?
  package var session: SessionPlace?
  /// A presentation goes on when its presenter is back; nil in places kept before there were any.
  package var isPresenting: Bool?
  /// The case of the quiz on the screen: it begins anew, so that the case stays covered. Nil in places kept before.
  package var quiz: CaseID?

  package init(_ state: State) {
    stack = state.stack
    filter = state.worklist.filterText
    sort = state.worklist.query.sort
    descending = state.worklist.query.descending
    panel = state.caseScreen.focus
    let isGrading = stack.contains(.grading)
    patientCase =
      isGrading
      ? state.grading.view?.id
      : stack.contains(.patientCase) ? state.caseScreen.view?.id : state.worklist.row?.id
    examination = isGrading ? state.grading.examination : state.caseScreen.selected
    comparator = isGrading ? state.grading.comparator : .baseline
    finding = isGrading ? state.gradedFinding?.id : nil
    isPresenting = state.isPresenting
    let walk = stack.contains(.teaching) ? state.teaching.walk : nil
    quiz = walk.flatMap { state.teaching.openQuiz($0.subject.id)?.subject.id }
    session = stack.contains(.consensus) ? SessionPlace(state) : nil
    guard let prompt = state.overlay as? Prompt else { return }
    let isInStudy = state.keepsDraft(prompt.purpose)
    typing = Typing(purpose: prompt.purpose, text: isInStudy ? nil : prompt.editor.text)
  }
}

extension State {
  /// Before the start: goes back to a place as soon as its case is loaded.
  package mutating func `return`(to place: Place) {
    let (filter, problems) = WorklistFilter.parse(place.filter, codebook: session.codebook)
    if problems.isEmpty {
      worklist.filterText = place.filter
      worklist.query.filter = filter
    }
    worklist.query.sort = place.sort
    worklist.query.descending = place.descending
    if place.isPresenting == true, session.principal.role == .presenter {
      (presentation.part, presentation.resume) = (.presenter, .anyCase)
    }
    if let quiz = place.quiz { (teaching.wanted, teaching.wantedMode) = (quiz, .quiz) }
    // A learner's seat begins at the teaching file, and from there follows.
    if home == .worklist { returning = place }
  }

  /// Opens the screens of the place one is returning to. What is no longer there is left out.
  mutating func reopen(_ place: Place, _ view: CaseView) -> [Effect] {
    caseScreen.show(view, session.codebook)
    caseScreen.focus = place.panel
    if view.patientCase.examination(place.examination) != nil { caseScreen.selected = place.examination }
    var effects: [Effect] = []
    stack = [.worklist]
    for id in place.stack where id != .worklist {
      guard let asked = Screen.known(id)?.reopen(&self, place, view) else { continue }
      stack.append(id)
      effects += asked
    }
    // The note waits for its draft; all else is done once.
    if place.typing == nil || place.typing?.text != nil { returning = nil }
    return effects + loads
  }

  /// The grading screen as it was left, where this person may still grade.
  mutating func reopenGrading(_ place: Place, _ view: CaseView) -> [Effect]? {
    guard Commands.startGrading.whyNot(self) == nil else { return nil }
    let isThere = view.patientCase.examination(place.examination) != nil
    grading.open(view, isThere ? place.examination : .baseline)
    if place.comparator == .previous, previousExamination != nil { grading.compare(with: .previous) }
    grading.cursor = gradedFindings.firstIndex { $0.id == place.finding } ?? 0
    if let typing = place.typing, let text = typing.text { prompt(typing.purpose, text: text) }
    return [.grading(.findDrafts(view.id, grading.examination))]
  }

  /// A note that was being typed when the link dropped is opened again, at the end of what was typed.
  mutating func reopenNote(_ finding: FindingID?) -> Bool {
    guard let purpose = returning?.typing?.purpose, keepsDraft(purpose), purpose.finding == finding, screen == .grading
    else { return false }
    returning = nil
    prompt(purpose, text: "")
    return true
  }
}
