// The study population: from all patients to those included, and who left on the way.

import ReviewCore
import TextSafety

extension StudyTables {
  var flow: Table {
    Table(
      "Study population",
      columns: [.init("Step"), .init("Patients", .trailing), .init("Left out", .trailing), .init("Why")],
      rows: study.population.flatMap(rows), notes: flowNotes)
  }

  private func rows(_ step: PopulationStep) -> [[Table.Cell]] {
    let leaving = step.excluded.flatMap { exclusion in
      [(String(exclusion.count), exclusion.reason)]
        + exclusion.details.map { ("", "of these \($0.count): \($0.reason)") }
    }
    let first = leaving.first ?? ("", "")
    let head: [Table.Cell] = [
      Table.Cell(step.label), Table.Cell(String(step.count)), Table.Cell(first.0), Table.Cell(first.1),
    ]
    return [head] + leaving.dropFirst().map { ["", "", Table.Cell($0.0), Table.Cell($0.1)] }
  }

  private var flowNotes: [String] {
    guard let included = study.population.last else {
      return ["How the patients were chosen is not stated in this study."]
    }
    var notes = populationFaults(study.population).map { $0 + "." }
    if included.count != cases.count {
      notes.append(
        "\(included.count.counted("patient is", "patients are")) included by this table, "
          + "\(cases.count.counted("is", "are")) in the study.")
    }
    return notes + sourceNotes
  }
}
