// What is about to be signed, and what signing means.

import Grid
import ReviewCore

/// The sentence a reader signs.
package let signatureMeaning = "I graded this examination independently."

func updateSign(_ state: inout State, _ key: Key) -> [Effect] {
  guard let view = state.grading.view else { return [] }
  let missing = state.missing
  switch key {
  case .enter where missing.isEmpty, .character("S") where missing.isEmpty:
    state.overlay = nil
    return [.sign(view.id, state.grading.examination)]
  case .enter, .character("n"):
    state.overlay = nil
    if !missing.isEmpty { state.grading.compare(with: .baseline) }
    if let first = missing.first, let index = state.gradedFindings.firstIndex(where: { $0.id == first.id }) {
      state.grading.cursor = index
    }
  default: state.overlay = nil
  }
  return []
}

/// Lines of the signing window.
func signLines(_ state: State) -> [(String, Style)] {
  let missing = state.missing
  let values = state.reading?.values() ?? [:]
  var lines = state.signedFindings.map { finding -> (String, Style) in
    let value = values[finding.id]
    let title = finding.title + String(repeating: " ", count: max(1, 30 - finding.title.count))
    return (title + (value.map(finding.words) ?? "not graded"), value == nil ? .role(.warning) : .plain)
  }
  if let interval = intervalLine(state) { lines.append(interval) }
  lines.append(("", .plain))
  if missing.isEmpty {
    lines += [
      ("“\(signatureMeaning)”", Style().with(.bold)),
      ("Enter signs and locks it   Esc goes back", .role(.accent)),
    ]
    if !state.session.codebook.askedAfterwards.isEmpty {
      lines.append(("then the clinical data are shown and the impression is asked again", .role(.muted)))
    }
  } else {
    lines.append(("\(missing.count) not graded yet   Enter goes to the first   Esc goes back", .role(.accent)))
  }
  return lines
}

/// How much of the change since the previous examination is graded: kept with the reading, not asked for.
private func intervalLine(_ state: State) -> (String, Style)? {
  guard let previous = state.previousExamination else { return nil }
  let asked = state.session.codebook.findings(at: state.grading.examination, comparator: .previous)
  let graded = state.reading?.values(comparator: .previous).count ?? 0
  return ("since \(previous.title): \(graded) of \(asked.count) graded, not asked for", .role(.muted))
}
