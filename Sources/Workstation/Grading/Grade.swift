// From a key to a grade: one key grades and moves on.

import Grid
import ReviewCore

/// The level that a digit stands for: 1 for the first, where the codebook does not say otherwise.
func level(of key: Key, _ finding: Finding?) -> LevelID? {
  guard case .character(let character) = key, let digit = character.wholeNumberValue, let finding else { return nil }
  return finding.level(forKey: digit)
}

/// Asks the store to record a grade, and moves on to the next finding. What belongs to the grade stays with it.
func record(_ value: GradeValue, for finding: FindingID, _ state: inout State) -> [Effect] {
  guard state.grading.view != nil else { return [] }
  // In a session the rule's reason is asked for by the session.
  if !state.isJoint, finding == state.session.codebook.suggestedGrade, let rule = state.ruleOutcome?.grade,
    value != .level(rule.level)
  {
    state.prompt(.overruling(value), text: "")
    return []
  }
  return state.give(state.grade(of: finding)?.with(value) ?? Grade(value), to: finding)
}

extension State {
  /// Records a grade and goes on: to how certain it is where that is asked, else to the next finding.
  mutating func give(_ grade: Grade, to finding: FindingID) -> [Effect] {
    (grading.justGraded, grading.justGiven) = (finding, nil)
    grading.isAdding = false
    grading.isAskingConfidence = asksConfidence(grade.value)
    if grading.isAskingConfidence, session.codebook[finding]?.isAskedAfterwards == true {
      grading.held = grade
      return []
    }
    // While a confidence is asked for, the cursor stays on what it is asked of.
    goPast(finding, byOne: !grading.isAskingConfidence)
    let key = gradeKey(finding)
    grading.paired.remove(key)
    grading.justGiven = (key, grade)
    return recording([key: grade])
  }

  /// Whether somebody is asked how certain they are of a grade with this value.
  func asksConfidence(_ value: GradeValue) -> Bool {
    session.study.studyProtocol.asksConfidence && value.isAnswer && !isJoint
  }

  /// The next finding graded here of which nobody said how certain that is, where the protocol asks; after the last one the
  /// first.
  package func uncertain(besides id: FindingID? = nil) -> FindingID? {
    let here = id ?? gradedFinding?.id
    let behind = gradedFindings.drop { $0.id != here }.dropFirst()
    return behind.first { isUncertain($0.id) }?.id ?? gradedFindings.first { $0.id != id && isUncertain($0.id) }?.id
  }

  /// Whether the protocol asks how certain a grade is, and nobody said.
  func isUncertain(_ finding: FindingID) -> Bool {
    grade(of: finding).map { $0.confidence == nil && asksConfidence($0.value) } ?? false
  }

  /// Goes to a grade and asks how certain it is.
  mutating func askConfidence(of finding: FindingID) {
    goPast(finding, byOne: false)
    (grading.justGraded, grading.isAskingConfidence) = (finding, true)
  }

  /// How certain a grade is is said later. Once all is graded, those that were left so are gone through, in a ring: a digit
  /// behind Enter is never another grade, but of the only one left.
  mutating func leaveForLater(_ finding: Finding) -> [Effect] {
    let isHeld = grading.held != nil
    grading.isAskingConfidence = false
    if isHeld {
      message = Message("\(finding.title) is not recorded: it needs how certain you are", .warning)
    } else if notGraded.isEmpty, let next = uncertain(besides: finding.id) {
      askConfidence(of: next)
    } else {
      goPast(finding.id, byOne: true)
      if notGraded.isEmpty {
        message = Message("\(finding.title) is left without how certain you are; n asks for it")
      }
    }
    return []
  }

  /// Asks how certain a grade is that nobody said of, where nothing else is left to do.
  ///
  /// - Parameter orHere: of the one under the cursor also before that.
  mutating func askWhatIsLeft(orHere: Bool = false) {
    guard whyNotGraded == nil, !isAskedAgain else { return }
    let here = orHere ? gradedFinding?.id : nil
    if let here, isUncertain(here) { return askConfidence(of: here) }
    guard notGraded.isEmpty, let first = gradedFindings.first(where: { isUncertain($0.id) }) else { return }
    askConfidence(of: first.id)
  }

  /// Puts the cursor on a finding, or on the one after it.
  mutating func goPast(_ finding: FindingID, byOne: Bool) {
    guard let index = gradedFindings.firstIndex(where: { $0.id == finding }) else { return }
    grading.cursor = min(index + (byOne ? 1 : 0), gradedFindings.count - 1)
  }
}

func clear(_ finding: FindingID, _ state: inout State) -> [Effect] {
  state.grading.isAskingConfidence = false
  return state.grade(of: finding) == nil ? [] : state.recording([state.gradeKey(finding): nil])
}

/// A digit on the grading screen.
func gradeByKey(_ key: Key, _ state: inout State) -> [Effect] {
  guard let finding = state.gradedFinding else { return [] }
  switch finding.scale {
  case .sites, .map:
    let picker = state.bonePicker(finding)
    state.grading.picker = picker
    // Where only one bone can be meant, the digit says what became of it.
    return picker.isMap && picker.involved?.bones.count == 1 ? updatePicker(&state, key, picker) : []
  case .number:
    if case .character(let digit) = key { state.prompt(.number(finding.id), text: String(digit)) }
    return []
  case .choice, .set:
    guard let level = level(of: key, finding) else {
      state.message = Message(finding.levelKeys, .warning)
      return []
    }
    return record(finding.scale == .set ? .levels([level]) : .level(level), for: finding.id, &state)
  }
}

/// After a grade, where the protocol asks: how certain the reader is; then the cursor moves on.
func rate(_ confidence: Int, _ id: FindingID, _ state: inout State) -> [Effect] {
  let held = state.grading.held
  state.grading.isAskingConfidence = false
  guard var grade = held ?? state.grade(of: id) else { return [] }
  state.goPast(id, byOne: true)
  // Once all is graded, what was left for later is asked one after another.
  if held == nil, state.notGraded.isEmpty, let next = state.uncertain(besides: id) { state.askConfidence(of: next) }
  if let given = state.grading.justGiven, given == (state.gradeKey(id), grade) {
    state.grading.paired.insert(given.key)
  }
  state.grading.justGiven = nil
  grade.confidence = confidence
  return state.recording([state.gradeKey(id): grade])
}

/// After a comma: one more level of a set, without moving.
func add(_ key: Key, to finding: Finding, _ state: inout State) -> [Effect] {
  state.grading.isAdding = false
  guard let level = level(of: key, finding) else {
    state.message = Message(finding.levelKeys, .warning)
    return []
  }
  let cursor = state.grading.cursor
  let before = (state.grade(of: finding.id)?.value.levelIDs ?? []).filter { $0 != finding.alone }
  let levels = level == finding.alone ? [level] : before + [level]
  let effects = record(.levels(finding.inCodeOrder(levels)), for: finding.id, &state)
  if !state.grading.isAskingConfidence { state.grading.cursor = cursor }
  return effects
}

extension Finding {
  /// `impression has 3 levels, 1 to 3`; where keys are the codebook's own, which.
  var levelKeys: String {
    let keys = levels.compactMap { key(of: $0.id) }
    guard !keys.isEmpty else { return "\(title) has \(levels.count) levels; Enter lists them" }
    return keys == Array(1...levels.count)
      ? "\(title) has \(levels.count) levels, 1 to \(levels.count)"
      : "\(title) has \(levels.count) levels, keys \(keys.map(String.init).joined(separator: " "))"
  }
}
