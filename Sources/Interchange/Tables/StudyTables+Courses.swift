// Table 3: therapy, follow-up and outcome.

import Figures
import ReviewCore

extension StudyTables {
  var courses: Table {
    Table(
      "Therapy, follow-up and outcome of \(patientsInTitle)", number: "Table 3",
      columns: [.init("Case"), .init("Therapy"), .init("Follow-up (months)")]
        + (hasRule ? [.init("Change, first to last")] + (sign.map { [.init($0.title.capitalizedFirst)] } ?? []) : [])
        + followedUp.map { .init($0.whole.shortTitle.capitalizedFirst) }
        + [.init("Clinical outcome"), .init("Flags")],
      rows: cases.map(row), notes: courseNotes)
  }

  private func row(_ entry: TableCase) -> [Table.Cell] {
    let patient = entry.patientCase
    let months = patient.followUps.map(\.id.rawValue).joined(separator: ", ")
    let flags = flags(entry)
    return [
      Table.Cell(patient.id.rawValue),
      Table.Cell(patient.therapy.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? TableCase.notStated),
      Table.Cell(months.isEmpty ? "none" : months),
    ] + (hasRule ? [change(entry)] + (sign.map { [seen($0, entry)] } ?? []) : [])
      + followedUp.map { course(entry, $0) } + [
        Table.Cell(patient.outcome?.rawValue ?? TableCase.notStated),
        Table.Cell(flags.isEmpty ? "none" : flags.joined(separator: "; ")),
      ]
  }

  private var hasRule: Bool { study.codebook.hasFollowUpRule }
  private var sign: Finding? { study.codebook.signOfCourse }

  /// What is graded at follow-up and somebody graded, or rules gave; of places the first stands for all. Where a rule
  /// suggests a grade, that grade stands for what it is made of.
  private var followedUp: [Finding] {
    if hasRule { return [] }
    let graded = cases.reduce(into: Set<FindingID>()) { graded, entry in
      for (key, agreed) in entry.consensus?.grades ?? [:] where !key.examination.isBaseline && agreed.grade != nil {
        graded.insert(key.finding)
      }
    }
    let found = study.codebook.findings(in: .followUp).filter { graded.contains($0.id) }
    return found.filter { finding in found.first { $0.whole.id == finding.whole.id }?.id == finding.id }
  }

  /// The answers at each follow-up, a line each: `6: stable`.
  private func course(_ entry: TableCase, _ finding: Finding) -> Table.Cell {
    guard let consensus = entry.consensus else { return "no consensus" }
    guard study.codebook.of(consensus)[finding.whole.id] != nil else { return Table.Cell(TableCase.notAsked) }
    let cells = study.codebook.findings(in: .followUp).filter { $0.whole.id == finding.whole.id }
    let lines = entry.patientCase.followUps.compactMap { examination -> String? in
      let words = cells.compactMap { cell in
        entry.value(cell.id, at: examination.id).map {
          (cell.cell.map { "\($0.placeTitle) " } ?? "") + cell.words($0)
        }
      }
      return words.isEmpty ? nil : "\(examination.id.rawValue): \(words.joined(separator: ", "))"
    }
    return lines.isEmpty ? "–" : Table.Cell(lines)
  }

  private func flags(_ entry: TableCase) -> [String] {
    let own = entry.consensus.map { study.codebook.flags(of: entry.patientCase, $0) } ?? []
    guard hasRule, let course = entry.course(study.codebook) else { return own }
    let known = CourseFlag.allCases.filter(course.flags.contains).map(\.title)
    return known + own.filter { !known.contains($0) }
  }

  /// The change at the last examination, a derived one told as such; what is known of earlier ones as a remark.
  private func change(_ entry: TableCase) -> Table.Cell {
    guard let course = entry.course(study.codebook) else { return "no consensus" }
    guard let last = course.last else { return "no follow-up" }
    let earlier = course.points.filter { $0.standing != .baseline && $0.id != last.id && $0.change != nil }
    return Table.Cell(
      Self.words(last),
      remarks: earlier.map { point in
        let reasons = point.isDerived ? ": \(point.reasons.joined(separator: ", "))" : ""
        return "Case \(entry.id) at \(point.id.title): \(Self.words(point))\(reasons)"
      })
  }

  private static func words(_ point: Course.Point) -> String {
    switch point.standing {
    case .derived: "\(point.label), derived by the rule"
    case .silent where point.label == "nothing stated": TableCase.notStated
    default: point.label
    }
  }

  private func seen(_ sign: Finding, _ entry: TableCase) -> Table.Cell {
    switch entry.seen(sign.id) {
    case .seen(let examinations):
      let months = examinations.map(\.rawValue).joined(separator: ", ")
      return Table.Cell(months.isEmpty ? "present" : "present (\(months) months)")
    case .absent: return "absent"
    case .notStated: return Table.Cell(entry.consensus == nil ? "no consensus" : TableCase.notStated)
    }
  }

  private var courseNotes: [String] {
    var notes: [String] = []
    if let sign {
      let undated = cases.filter { $0.seen(sign.id) == .seen([]) }.map(\.id)
      if !undated.isEmpty {
        notes.append("The examination that showed the \(sign.title) is not stated of \(Self.list(undated)).")
      }
    }
    let called = cases.flatMap { $0.course(study.codebook)?.last?.called ?? [] }
    notes += study.codebook.namesOfGrades.filter(called.contains).compactMap(\.definition)
    let missing: [String?] = [
      notStated("therapy") { $0.therapy == nil }, notStated("clinical outcome") { $0.outcome == nil },
    ]
    return notes + missing.compactMap { $0 } + gradeNotes
  }
}
