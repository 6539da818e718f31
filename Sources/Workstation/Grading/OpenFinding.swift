// Enter on the grading screen.

import Grid
import ReviewCore

extension Commands {
  /// What Enter does on the finding under the cursor.
  @Sendable static func openFinding(_ state: inout State) -> [Effect] {
    guard let finding = state.gradedFinding else { return [] }
    if finding.id == Codebook.ID.followUpGrade, state.session.codebook.hasFollowUpRule { return acceptRule(&state) }
    switch finding.scale {
    case .number:
      state.prompt(.number(finding.id), text: state.grade(of: finding.id)?.value.text ?? "")
    case .choice, .set:
      if state.session.codebook.isBuiltIn {
        state.message = Message("\(finding.title): choose with 1 to \(finding.levels.count), x or z")
      } else {
        state.overlay = LevelPicker(finding, value: state.grade(of: finding.id)?.value)
      }
    case .sites, .map: state.grading.picker = state.bonePicker(finding)
    }
    return []
  }
}
