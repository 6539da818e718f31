// Table 2: what the images showed before treatment.

import ReviewCore

extension StudyTables {
  /// A column for each finding of the study's codebook, and the criterion derived from them. A finding that nobody
  /// graded in any case has no column; a note names it.
  var findings: Table {
    let criteria = study.codebook.criteria(at: .baseline)
    let graded = study.codebook.findings(in: .baseline).filter(isGraded)
    let columns = graded.filter { finding in graded.first { $0.whole.id == finding.whole.id }?.id == finding.id }
    func cell(_ entry: TableCase, _ finding: Finding) -> Table.Cell {
      finding.cell == nil
        ? entry.cell(finding, study.codebook)
        : places(entry, graded.filter { $0.cell?.finding == finding.cell?.finding })
    }
    return Table(
      "\(study.codebook.hasPictures ? "MR imaging findings" : "Findings") in \(patientsInTitle)", number: "Table 2",
      columns: [.init("Case")] + columns.map { .init($0.whole.shortTitle.capitalizedFirst) }
        + criteria.map { .init($0.capitalizedFirst) },
      rows: cases.map { entry in
        [Table.Cell(entry.id.rawValue)] + columns.map { cell(entry, $0) } + criteria.map { criterion($0, entry) }
      }, notes: [Self.legend(columns.map(\.whole))] + findingNotes)
  }

  /// What was graded place by place, as `T12 lytic, L1 mixed`.
  private func places(_ entry: TableCase, _ cells: [Finding]) -> Table.Cell {
    let words = cells.compactMap { cell in
      entry.value(cell.id).map { "\(cell.cell?.placeTitle ?? "") \(cell.words($0))" }
    }
    if words.isEmpty, let whole = cells.first?.whole.id, let consensus = entry.consensus,
      study.codebook.of(consensus)[whole] == nil
    {
      return Table.Cell(TableCase.notAsked)
    }
    return Table.Cell(words.isEmpty ? "–" : words.joined(separator: ", "))
  }

  private func isGraded(_ finding: Finding) -> Bool {
    cases.contains { $0.consensus?.grades[GradeKey(.baseline, finding.id)] != nil }
  }

  /// What the short titles of the columns stand for.
  private static func legend(_ findings: [Finding]) -> String {
    findings.filter { $0.shortTitle != $0.title }.map { "\($0.shortTitle): \($0.title)" }.joined(separator: "; ")
      .capitalizedFirst + "."
  }

  private func criterion(_ title: String, _ entry: TableCase) -> Table.Cell {
    guard let consensus = entry.consensus else { return "no consensus" }
    let criteria = study.codebook.criteria(of: entry.patientCase, at: .baseline, consensus)
    guard let criterion = criteria.first(where: { $0.title == title }) else { return "–" }
    let standing = criterion.standing
    let open = criterion.parts.filter { $0.standing == standing && standing != .met }.map(\.title)
    return Table.Cell(open.isEmpty ? standing.rawValue : "\(standing.rawValue): \(open.joined(separator: ", "))")
  }

  private var findingNotes: [String] {
    let all = study.codebook.findings(in: .baseline)
    let graded = Set(all.filter(isGraded).map(\.whole.id))
    func absent(_ isDerived: Bool) -> [String] {
      all.filter { $0.isDerived == isDerived && !graded.contains($0.whole.id) }.map(\.whole.title).reduce(into: []) {
        if !$0.contains($1) { $0.append($1) }
      }
    }
    let ofPictures = [
      "Signal is graded against normal marrow: hypo lower, iso the same, hyper higher; iso + hyper is mixed "
        + "intermediate and high."
    ]
    let criteria = study.codebook.partsOfCriteria(at: .baseline).map { title, parts in
      "\(title.capitalizedFirst) is derived: \(parts.joined(separator: ", "))."
    }
    let ungraded = [("Of no case stated or graded", absent(false)), ("Not decided of any case", absent(true))]
      .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))." }
    return (study.codebook.hasPictures ? ofPictures : []) + criteria + ungraded + gradeNotes
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
