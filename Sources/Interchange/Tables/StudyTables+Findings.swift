// Table 2: what the images showed before treatment.

import ReviewCore

extension StudyTables {
  /// A column for each finding of the study's codebook, and the criterion derived from them. A finding that nobody
  /// graded in any case has no column; a note names it.
  var findings: Table {
    let graded = study.codebook.findings(in: .baseline).filter(isGraded)
    return Table(
      "MR imaging findings in \(patientsInTitle)", number: "Table 2",
      columns: [.init("Case")] + graded.map { .init($0.shortTitle.capitalizedFirst) } + [
        .init("Suggestive of osteomyelitis")
      ],
      rows: cases.map { entry in
        [Table.Cell(entry.id.rawValue)] + graded.map { entry.cell($0) } + [criterion(entry)]
      }, notes: [Self.legend(graded)] + findingNotes)
  }

  private func isGraded(_ finding: Finding) -> Bool {
    cases.contains { $0.consensus?.grades[GradeKey(.baseline, finding.id)] != nil }
  }

  /// What the short titles of the columns stand for.
  private static func legend(_ findings: [Finding]) -> String {
    findings.filter { $0.shortTitle != $0.title }.map { "\($0.shortTitle): \($0.title)" }.joined(separator: "; ")
      .capitalizedFirst + "."
  }

  private func criterion(_ entry: TableCase) -> Table.Cell {
    guard let consensus = entry.consensus else { return "no consensus" }
    let parts = SuggestiveCriterion.parts(consensus.values(at: .baseline))
    let standing = SuggestiveCriterion.standing(parts)
    let open = parts.filter { $0.standing == standing && standing != .met }.map(\.title)
    return Table.Cell(open.isEmpty ? standing.rawValue : "\(standing.rawValue): \(open.joined(separator: ", "))")
  }

  private var findingNotes: [String] {
    let absent = study.codebook.findings(in: .baseline).filter { !isGraded($0) }.map(\.title)
    return [
      "Signal is graded against normal marrow: hypo lower, iso the same, hyper higher; iso + hyper is mixed "
        + "intermediate and high.",
      "Suggestive of osteomyelitis is derived: low T1W, high T2W and STIR, enhancement.",
    ] + (absent.isEmpty ? [] : ["Of no case stated or graded: \(absent.joined(separator: ", "))."]) + gradeNotes
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
