// The impression asked a second time: once all is signed, with the clinical data beside it.

import Grid
import ReviewCore

extension State {
  /// Puts the cursor on what is asked again; false where nothing is.
  @discardableResult mutating func goToAskedAgain() -> Bool {
    guard let finding = askedAgain, let view = grading.view else { return false }
    grading.open(view, .baseline)
    grading.compare(with: .baseline)
    grading.cursor = gradedFindings.firstIndex { $0.id == finding.id } ?? 0
    return true
  }
}

/// The clinical data, each fact a line or more, below a finding that is asked with them.
func renderClinicalData(_ state: State, _ area: Rect, _ canvas: inout Canvas) {
  guard let view = state.grading.view else { return }
  var y = area.y
  for (name, words) in clinicalData(view.patientCase) {
    for (row, line) in canvas.wrapped("\(name): \(words)", columns: area.width).enumerated() where y < area.maxY {
      canvas.put(line, x: area.x, y: y, row == 0 ? .plain : .role(.muted), clip: area)
      y += 1
    }
  }
}

/// What the images do not tell, as far as it is stated.
private func clinicalData(_ patientCase: Case) -> [(String, String)] {
  let biopsies = patientCase.biopsies?.map { ($0.site.map { "\($0), " } ?? "") + $0.result }
  let cultures = patientCase.cultures?.map { culture in
    "\(culture.specimen.title) " + (culture.organism ?? culture.result.rawValue)
  }
  let facts: [(String, String?)] = [
    ("presentation", patientCase.presentation.map(presentation)),
    ("biopsy", biopsies.map { $0.isEmpty ? "none" : $0.joined(separator: "; ") }),
    ("culture", cultures.map { $0.isEmpty ? "none" : $0.joined(separator: "; ") }),
    ("therapy", patientCase.therapy.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") }),
    ("outcome", patientCase.outcome?.rawValue),
  ]
  // What few sources state has no line where it is not stated.
  let more: [(String, [String]?)] = [
    ("laboratory", patientCase.labs.map(StatedFact.lines)), ("serology", patientCase.serology?.map(\.words)),
    ("pathogen", patientCase.pathogens?.map(\.words)), ("surgery", patientCase.surgery),
    ("also", patientCase.facts.map(StatedFact.lines)),
  ]
  return facts.map { ($0.0, $0.1 ?? "not stated") }
    + more.compactMap { name, words in words.map { (name, $0.isEmpty ? "none" : $0.joined(separator: "; ")) } }
}
