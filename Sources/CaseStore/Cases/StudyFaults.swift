// What makes a study unfit to be worked with: numbers that nothing can come of, and a codebook that names things twice.

import ReviewCore

/// Everything that is wrong with a study as a file describes it, each named; empty where it can be opened.
func studyFaults(_ study: Study) -> [String] {
  let plan = study.studyProtocol
  // The same limits as in a study file in YAML.
  let numbers: [(String, Int, ClosedRange<Int>)] = [
    ("readers per case", plan.readersPerCase, 0...20), ("rounds", plan.rounds, 1...20),
    ("days of the washout", plan.washoutDays, 0...3650),
    ("minutes until a seat locks", plan.lockAfterMinutes, 0...1440),
    ("images of an examination", plan.imageLimits.perExamination, 0...1000),
    ("mebibytes of an image", plan.imageLimits.each, 1...16),
    ("mebibytes of all images", plan.imageLimits.all, 0...65_536),
    ("version of the codebook", study.codebook.version, 0...1_000_000),
  ]
  let outside = numbers.filter { !$0.2.contains($0.1) }.map { name, number, range in
    "the study file says \(number) for the \(name), which goes from \(range.lowerBound) to \(range.upperBound)"
  }
  return outside + codebookFaults(study.codebook)
}

private func codebookFaults(_ codebook: Codebook) -> [String] {
  let twice =
    repeated(codebook.findings.map(\.id.rawValue)).map { "has the finding ‘\($0)’ twice" }
    + codebook.findings.flatMap { finding in
      repeated(finding.levels.map(\.id.rawValue)).map { "has the level ‘\($0)’ of ‘\(finding.id)’ twice" }
    }
  let empty = codebook.findings.filter { $0.scale != .sites && $0.scale != .number && $0.levels.isEmpty }.map {
    "has no level of ‘\($0.id)’"
  }
  return (twice + empty + (codebook.findings.isEmpty ? ["is empty"] : [])).map { "the study file's codebook \($0)" }
}

private func repeated(_ names: [String]) -> [String] {
  Dictionary(grouping: names, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
}
