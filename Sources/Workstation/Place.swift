// Where somebody is, small enough to be kept at every step: after a dropped link they come back to it.

import ReviewCore

package struct Place: Codable, Hashable, Sendable {
  /// The note that is being typed; its text is a draft in the study.
  package enum Note: Codable, Hashable, Sendable {
    case finding(FindingID)
    case reading
  }

  package var stack: [ScreenID]
  package var filter: String
  package var sort: WorklistSort
  package var descending: Bool
  /// The case that is open, or the one under the cursor of the worklist.
  package var patientCase: CaseID?
  package var panel: PanelID
  package var examination: ExaminationID
  package var finding: FindingID?
  package var note: Note?
  /// A presentation goes on when its presenter is back; nil in places kept before there were any.
  package var isPresenting: Bool?

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
    finding = isGrading ? state.gradedFinding?.id : nil
    isPresenting = state.isPresenting
    guard case .prompt(let prompt) = state.overlay, prompt.purpose.keepsDraft else { return }
    note = prompt.purpose.finding.map { .finding($0) } ?? .reading
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
    // A learner's seat begins at the teaching file, and from there follows.
    if home == .worklist { returning = place }
  }

  /// Opens the screens of the place one is returning to. What is no longer there is left out.
  mutating func reopen(_ place: Place, _ view: CaseView) -> [Effect] {
    caseScreen.show(view)
    caseScreen.focus = place.panel
    let isThere = view.patientCase.examination(place.examination) != nil
    if isThere { caseScreen.selected = place.examination }
    let canGrade = Commands.startGrading.whyNot(self) == nil
    stack = [.worklist] + place.stack.filter { $0 != .worklist && $0 != .tooSmall && (canGrade || $0 != .grading) }
    var effects: [Effect] = []
    if stack.contains(.grading) {
      grading.open(view, isThere ? place.examination : .baseline)
      grading.cursor = gradedFindings.firstIndex { $0.id == place.finding } ?? 0
      effects.append(.findDrafts(view.id, grading.examination))
    }
    if stack.contains(.history) { history.caseID = view.id }
    return effects + loads
  }

  /// A note that was being typed when the link dropped is opened again, at the end of what was typed.
  mutating func reopenNote(_ finding: FindingID?) -> Bool {
    guard let note = returning?.note, note == (finding.map { .finding($0) } ?? .reading), screen == .grading else {
      return false
    }
    returning = nil
    prompt(finding.map { .findingNote($0) } ?? .readingNote, text: "")
    return true
  }
}
