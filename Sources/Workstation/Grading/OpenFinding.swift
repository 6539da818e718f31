// Enter on the grading screen.

import Grid
import ReviewCore

extension Commands {
  /// What Enter does on the finding under the cursor.
  @Sendable static func openFinding(_ state: inout State) -> [Effect] {
    guard let finding = state.gradedFinding else { return [] }
    if finding.id == state.session.codebook.suggestedGrade { return acceptRule(&state) }
    switch finding.scale {
    case .number:
      state.prompt(.number(finding.id), text: state.grade(of: finding.id)?.value.text ?? "")
    case .choice, .set:
      state.overlay = LevelPicker(finding, value: state.grade(of: finding.id)?.value)
    case .sites, .map: state.grading.picker = state.bonePicker(finding)
    }
    return []
  }
}
