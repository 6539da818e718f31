// All courses as a table: a row an examination, for the formats that do not draw.

import Figures
import ReviewCore

extension StudyTables {
  /// What the figure of all courses shows, examination by examination. Cases without consensus are told below.
  var courseList: Table {
    Table(
      "Follow-up of \(patientsInTitle), examination by examination",
      columns: [
        .init("Case"), .init("Patient"), .init("Months", .trailing), .init("Change"),
      ] + (study.codebook.signOfCourse.map { [.init($0.title.capitalizedFirst)] } ?? []) + [
        .init("Clinical outcome"), .init("Flags"),
      ],
      rows: cases.flatMap { entry in
        (entry.course(study.codebook).map { course in course.points.map { row($0, course, entry) } } ?? [])
      }, notes: courseListNotes)
  }

  private func row(_ point: Course.Point, _ course: Course, _ entry: TableCase) -> [Table.Cell] {
    let flags = CourseFlag.allCases.filter(course.flags.contains).map(\.title)
    let seen: [Table.Cell] =
      study.codebook.signOfCourse.map { sign in
        let value = entry.value(sign.id, at: point.id).map { $0.contains("present") ? "present" : "absent" }
        return [Table.Cell(point.id.isBaseline ? "" : value ?? TableCase.notStated)]
      } ?? []
    return [
      Table.Cell(entry.id.rawValue), Table.Cell(course.patient),
      Table.Cell(point.id.isBaseline ? "0" : point.id.rawValue),
      Table.Cell(
        point.fullLabel,
        remarks: point.isDerived
          ? ["Case \(entry.id) at \(point.id.title): derived by the rule, \(point.reasons.joined(separator: ", "))."]
          : []),
    ] + seen + [
      Table.Cell(course.outcome?.rawValue ?? TableCase.notStated),
      Table.Cell(flags.isEmpty ? "none" : flags.joined(separator: "; ")),
    ]
  }

  private var courseListNotes: [String] {
    ["Outcome and flags are of the whole course. Derived: no grade was given, and the follow-up rule's stands in."]
      + gradeNotes
  }

  /// The table of all courses in a format; `text` is drawn instead.
  package func courses(in format: TableFormat, _ width: @escaping CharacterWidth) -> String {
    format.write([courseList], width)
  }
}
