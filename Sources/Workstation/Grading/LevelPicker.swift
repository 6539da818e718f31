// More levels than digits, and places by name: chosen from a list on the grading screen.

import Grid
import ReviewCore

package struct LevelPicker: Hashable, Sendable {
  private var list: LevelList

  package init(_ finding: Finding, value: GradeValue?) { list = LevelList(finding, chosen: value?.levelIDs ?? []) }
}

extension LevelPicker: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? {
    var picker = self
    switch picker.list.take(key, page: list.rows(state)) {
    case .open: state.overlay = picker
    case .left: state.overlay = nil
    case .refused(let words): state.message = Message("\(list.finding.title): \(words)", .warning)
    case .invalid(let words):
      state.overlay = picker
      state.message = Message(words, .warning)
    case .value(let value):
      state.overlay = nil
      return value.map { record($0, for: list.finding.id, &state) } ?? []
    }
    return []
  }

  package func keys(_ state: State) -> [(key: String, words: String)]? { list.keys }
  package func foot(_ state: State) -> Foot? { .keys(list.keys) }

  package func draw(_ state: State, _ canvas: inout Canvas) { list.draw(list.finding.title, state, &canvas) }
}

extension State {
  /// Places of a finding that are asked and not graded.
  func placesLeft(_ finding: Finding) -> [Finding] {
    notGraded.filter { $0.cell != nil && $0.cell?.finding == finding.cell?.finding }
  }
}

/// One key answers a finding at all places that are left, and each of these grades says so.
func gradeRest(_ state: inout State) -> [Effect] {
  guard let finding = state.gradedFinding, let rest = finding.rest else { return [] }
  let grades = state.placesLeft(finding).map { (state.gradeKey($0.id), Grade?.some(Grade(rest, note: restNote))) }
  state.message = Message(
    "\(finding.whole.title): \(finding.words(rest)) at \(grades.count) \(grades.count == 1 ? "place" : "places")")
  return state.recording(Dictionary(uniqueKeysWithValues: grades))
}

/// What stands beside a grade that was given to all places that were left.
private let restNote = "with the rest"
