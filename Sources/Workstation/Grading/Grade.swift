// From a key to a grade: one key grades and moves on.

import Grid
import ReviewCore

/// The level that a digit stands for, 1 for the first.
func level(of key: Key, _ finding: Finding?) -> LevelID? {
  guard case .character(let character) = key, let digit = character.wholeNumberValue, let finding,
    finding.levels.indices.contains(digit - 1)
  else { return nil }
  return finding.levels[digit - 1].id
}

/// Asks the store to record a grade, and moves on to the next finding. What belongs to the grade stays with it.
func record(_ value: GradeValue, for finding: FindingID, _ state: inout State) -> [Effect] {
  guard state.grading.view != nil else { return [] }
  if finding == Codebook.ID.followUpGrade, let rule = state.ruleOutcome?.grade, value != .level(rule.change.level) {
    state.prompt(.overruling(value), text: "")
    return []
  }
  var grade = state.grade(of: finding) ?? Grade(value)
  grade.value = value
  state.grading.justGraded = finding
  state.grading.isAdding = false
  state.grading.isAskingConfidence = state.session.study.studyProtocol.asksConfidence && value.isAnswer
  if state.grading.isAskingConfidence, state.session.codebook[finding]?.isAskedAfterwards == true {
    state.grading.held = grade
    return []
  }
  if let index = state.gradedFindings.firstIndex(where: { $0.id == finding }) {
    state.grading.cursor = min(index + 1, state.gradedFindings.count - 1)
  }
  return state.recording([state.gradeKey(finding): grade])
}

func clear(_ finding: FindingID, _ state: inout State) -> [Effect] {
  state.grade(of: finding) == nil ? [] : state.recording([state.gradeKey(finding): nil])
}

/// A digit on the grading screen.
func gradeByKey(_ key: Key, _ state: inout State) -> [Effect] {
  if state.grading.isAdding, let id = state.grading.justGraded, let finding = state.session.codebook[id] {
    return add(key, to: finding, &state)
  }
  if state.grading.isAskingConfidence, let id = state.grading.justGraded { return rate(key, id, &state) }
  guard let finding = state.gradedFinding else { return [] }
  switch finding.scale {
  case .sites, .map:
    state.grading.picker = state.bonePicker(finding)
    return []
  case .choice, .set:
    guard let level = level(of: key, finding) else {
      state.message = Message(
        "\(finding.title) has \(finding.levels.count) levels, 1 to \(finding.levels.count)", .warning)
      return []
    }
    return record(finding.scale == .set ? .levels([level]) : .level(level), for: finding.id, &state)
  }
}

/// After a grade, where the protocol asks: how certain the reader is, without moving.
private func rate(_ key: Key, _ id: FindingID, _ state: inout State) -> [Effect] {
  let held = state.grading.held
  state.grading.isAskingConfidence = false
  guard var grade = held ?? state.grade(of: id), case .character(let character) = key,
    let confidence = character.wholeNumberValue, (1...5).contains(confidence)
  else { return [] }
  grade.confidence = confidence
  return state.recording([state.gradeKey(id): grade])
}

/// After a comma: one more level of the set just graded, without moving.
private func add(_ key: Key, to finding: Finding, _ state: inout State) -> [Effect] {
  state.grading.isAdding = false
  guard let level = level(of: key, finding) else {
    state.message = Message(
      "\(finding.title) has \(finding.levels.count) levels, 1 to \(finding.levels.count)", .warning)
    return []
  }
  let cursor = state.grading.cursor
  let levels = (state.grade(of: finding.id)?.value.levelIDs ?? []) + [level]
  let effects = record(.levels(finding.inCodeOrder(levels)), for: finding.id, &state)
  state.grading.cursor = cursor
  return effects
}
