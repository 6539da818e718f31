// A line of text asked for: a note, an image, a reason.

import Grid
import ReviewCore
import TextSafety

package struct Prompt: Hashable, Sendable {
  package enum Purpose: Codable, Hashable, Sendable {
    case findingNote(FindingID)
    case readingNote
    case image(FindingID)
    case bone(FindingID)
    /// Why a signed version is taken up again.
    case amendment(version: Int)
    /// Why the grade is another than the rule's.
    case overruling(GradeValue)
    /// The value of a finding that is a number.
    case number(FindingID)
  }

  package var purpose: Purpose
  package var editor: LineEditor
}

extension Prompt.Purpose {
  func title(_ codebook: Codebook) -> String {
    func name(_ id: FindingID) -> String { codebook[id]?.title ?? id.rawValue }
    return switch self {
    case .findingNote(let id): "Note on \(name(id))"
    case .readingNote: "Note on the reading"
    case .image(let id): "Image of \(name(id)): series/slice"
    case .bone(let id): "Bone of \(name(id))"
    case .amendment: "Why the signed reading is amended"
    case .overruling(let value):
      "Why \(codebook.suggestedGrade.flatMap { codebook[$0] }?.words(value) ?? value.text) and not the rule's grade"
    case .number(let id):
      name(id) + (codebook[id]?.number?.words.map { ", \($0)" } ?? "")
    }
  }

  /// Empty text takes the thing away, except where a reason is required.
  var isRequired: Bool {
    switch self {
    case .amendment, .overruling: true
    case .findingNote, .readingNote, .image, .bone, .number: false
    }
  }

  /// A half-typed text of these is kept across a dropped link.
  var keepsDraft: Bool {
    switch self {
    case .findingNote, .readingNote: true
    case .image, .bone, .amendment, .overruling, .number: false
    }
  }

  /// What a draft is of; nil is the whole reading.
  var finding: FindingID? {
    switch self {
    case .findingNote(let id), .image(let id), .bone(let id), .number(let id): id
    case .readingNote, .amendment, .overruling: nil
    }
  }
}

extension State {
  mutating func prompt(_ purpose: Prompt.Purpose, text: String) {
    let draft = keepsDraft(purpose) ? grading.draft(purpose.finding) : nil
    overlay = Prompt(purpose: purpose, editor: LineEditor(draft ?? text))
  }
}

extension Prompt: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updatePrompt(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) { renderPrompt(state, self, &canvas) }
  package var typing: LineEditor? { editor }
}

private func updatePrompt(_ state: inout State, _ key: Key, _ prompt: Prompt) -> [Effect] {
  var prompt = prompt
  guard let view = state.grading.view else {
    state.overlay = nil
    return []
  }
  let examination = state.grading.examination
  switch key {
  case .escape, .control("c"):
    state.overlay = nil
    return state.keepsDraft(prompt.purpose) ? state.keepDraft(nil, of: prompt.purpose.finding) : []
  case .enter:
    let text = prompt.editor.trimmed
    if !text.saysSomething, prompt.purpose.isRequired {
      state.message = Message("please give the reason in words; Esc cancels", .warning)
      return []
    }
    return finish(&state, prompt.purpose, text, view.id, examination)
  default:
    guard prompt.editor.handle(key) else { return [] }
    state.overlay = prompt
    return state.keepsDraft(prompt.purpose) ? state.keepDraft(prompt.editor.text, of: prompt.purpose.finding) : []
  }
}

private func finish(
  _ state: inout State, _ purpose: Prompt.Purpose, _ text: String, _ id: CaseID, _ examination: ExaminationID
) -> [Effect] {
  /// Changes what belongs to a grade.
  func change(_ finding: FindingID, _ body: (inout Grade) -> Void) -> [Effect] {
    guard var grade = state.grade(of: finding) else { return [] }
    body(&grade)
    return state.recording([state.gradeKey(finding): grade])
  }
  let entered = text.isEmpty ? nil : text
  let effects: [Effect]
  switch purpose {
  case .findingNote(let finding):
    effects = change(finding) { grade in
      grade.note = entered
      grade.overrules = state.overruledLevel(finding, grade)
    }
  case .readingNote: effects = [.grading(.note(id, examination, entered))]
  case .image(let finding):
    guard text.isEmpty || ImageReference(text) != nil else {
      state.message = Message("‘\(text)’ is not an image; write series/slice as 4/12", .warning)
      return []
    }
    effects = change(finding) { $0.image = ImageReference(text) }
  case .bone(let finding):
    let bone = state.gradedAnatomy.bones.first {
      $0.rawValue.lowercased() == text.lowercased().replacing(" ", with: "_")
    }
    guard text.isEmpty || bone != nil else {
      state.message = Message("there is no bone ‘\(text)’; write it as T11, S1 or sternum", .warning)
      return []
    }
    effects = change(finding) { $0.bone = bone }
  case .number(let id):
    guard let finding = state.session.codebook[id] else { return [] }
    do {
      if text.isEmpty {
        effects = clear(id, &state)
      } else {
        let value = try finding.value(text)
        state.overlay = nil
        return record(value, for: id, &state)
      }
    } catch {
      state.message = Message("\(error)", .warning)
      return []
    }
  case .amendment(let version): effects = [.grading(.amend(id, examination, version: version, reason: text))]
  case .overruling(let value):
    state.overlay = nil
    guard let finding = state.session.codebook.suggestedGrade else { return [] }
    var grade = state.grade(of: finding)?.with(value) ?? Grade(value)
    grade.note = text
    grade.overrules = state.overruledLevel(finding, grade)
    return state.give(grade, to: finding)
  }
  state.overlay = nil
  return effects + (state.keepsDraft(purpose) ? state.keepDraft(nil, of: purpose.finding) : [])
}

extension State {
  /// The rule's grade for which a note on the sequential change is the reason; nil where it is none.
  fileprivate func overruledLevel(_ finding: FindingID, _ grade: Grade) -> LevelID? {
    guard finding == session.codebook.suggestedGrade, grade.note != nil, let rule = ruleOutcome?.grade?.level else {
      return nil
    }
    return grade.value == .level(rule) ? nil : rule
  }

  /// A draft is kept by finding alone: of two notes on one, the one against the baseline.
  func keepsDraft(_ purpose: Prompt.Purpose) -> Bool {
    purpose.keepsDraft && (purpose.finding == nil || grading.comparator == .baseline)
  }

  /// Keeps a half-typed note, or forgets it.
  fileprivate mutating func keepDraft(_ text: String?, of finding: FindingID?) -> [Effect] {
    guard let view = grading.view else { return [] }
    grading.setDraft(text, finding)
    return [.grading(.keepDraft(view.id, grading.examination, finding, text))]
  }
}

private func renderPrompt(_ state: State, _ prompt: Prompt, _ canvas: inout Canvas) {
  let inside = window(prompt.purpose.title(state.session.codebook), width: 72, height: 4, state, &canvas)
  renderEditor(prompt.editor, prompt: "", at: Position(x: inside.x, y: inside.y), clip: inside, &canvas)
  canvas.put("Enter keeps it   Esc cancels", x: inside.x, y: inside.y + 1, .role(.muted), clip: inside)
}
