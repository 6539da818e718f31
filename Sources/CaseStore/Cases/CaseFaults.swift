// What makes a case unfit to be kept.

import ReviewCore

/// Everything that is wrong with the cases of an import, each named; empty where all can be kept.
func caseFaults(_ cases: [Case], codebook: Codebook) -> [String] {
  let twice = Dictionary(grouping: cases, by: \.id).filter { $0.value.count > 1 }.keys.sorted().map {
    "case \($0) is given twice"
  }
  return twice + cases.flatMap { caseFaults($0, codebook) }
}

private func caseFaults(_ patientCase: Case, _ codebook: Codebook) -> [String] {
  var faults: [String] = []
  let id = patientCase.id.rawValue
  if id.isEmpty || id.utf8.count > 64 || id.contains(where: { $0.isWhitespace || $0.isNewline }) {
    faults.append("‘\(id)’ cannot be the id of a case: use 1 to 64 bytes without spaces")
  }
  let examinations = patientCase.examinations.map(\.id)
  if examinations.first != .baseline { faults.append("case \(id): the first examination must be the baseline") }
  for examination in examinations where !examination.isBaseline {
    guard let months = Double(examination.rawValue), months > 0, months.isFinite,
      ExaminationID(months: months) == examination
    else {
      faults.append("case \(id): ‘\(examination)’ is not an examination: write the months after baseline, as 5 or 10.5")
      continue
    }
  }
  if Set(examinations).count != examinations.count || examinations.map(\.months) != examinations.map(\.months).sorted()
  {
    faults.append("case \(id): examinations must be in order, each once")
  }
  for (finding, value) in patientCase.course {
    guard let known = codebook[finding] else {
      faults.append("case \(id): the codebook has no finding ‘\(finding)’")
      continue
    }
    if (try? known.value(value.text, in: patientCase.bones)) != value {
      faults.append("case \(id): ‘\(value.text)’ is no \(known.title)")
    }
  }
  if let given = patientCase.given, !given.isEmpty {
    let facts = codebook.givenFacts
    for (id, value) in given.sorted(by: { $0.key < $1.key }) {
      let fact = facts.first { $0.id == id }
      if fact.flatMap({ try? $0.value(value.text) }) == value { continue }
      faults.append("case \(patientCase.id): ‘\(id): \(value.text)’ is not a given fact of the codebook")
    }
  }
  return faults
}
