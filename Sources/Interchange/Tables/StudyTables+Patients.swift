// Table 1: who the patients are, and what the diagnosis rests on.

import ReviewCore

extension StudyTables {
  var patients: Table {
    Table(
      "Patients, histology, cultures and diagnosis of \(patientsInTitle)", number: "Table 1",
      columns: [
        .init("Case"), .init("Sex"), .init("Age (years)", .trailing), .init("Biopsy sites and histology"),
        .init("Cultures"), .init("Basis of diagnosis"), .init("Original report"),
      ],
      rows: cases.map { row($0.patientCase) }, notes: patientNotes)
  }

  private func row(_ patient: Case) -> [Table.Cell] {
    let none = TableCase.notStated
    return [
      Table.Cell(patient.id.rawValue), Table.Cell(patient.sex?.letter ?? none),
      Table.Cell(patient.age.map(String.init) ?? none),
      Self.list(patient.biopsies, words), Self.list(patient.cultures, words),
      Table.Cell(patient.basisOfDiagnosis?.rawValue ?? none), Table.Cell(patient.originalReport.map(words) ?? none),
    ]
  }

  /// What is stated to be none is told from what is not stated.
  private static func list<T>(_ items: [T]?, _ words: (T) -> String) -> Table.Cell {
    guard let items else { return Table.Cell(TableCase.notStated) }
    return items.isEmpty ? "none" : Table.Cell(items.map(words))
  }

  private func words(_ biopsy: Biopsy) -> String {
    let tissue = biopsy.tissue.title + " biopsy"
    let taken = [biopsy.guidance.map { "\($0)-guided \(tissue)" } ?? tissue, biopsy.site].compactMap { $0 }
    return "\(taken.joined(separator: ", ")): \(biopsy.result)"
  }

  private func words(_ culture: Culture) -> String {
    "\(culture.specimen.rawValue): \(culture.result == .positive ? culture.organism ?? "positive" : "negative")"
  }

  private func words(_ report: OriginalReport) -> String {
    (report.misread ? "misread" : "not misread") + (report.takenFor.map { ", taken for \($0)" } ?? "")
  }

  private var patientNotes: [String] {
    let remarks = cases.map { $0.patientCase.biopsies?.filter { $0.tissue == .bone }.map(\.remark) ?? [nil] }.joined()
    let shared = Set(remarks)
    // A remark on every bone biopsy is said once.
    let common = shared.count == 1 ? shared.first.flatMap { $0 }.map { ["All bone biopsies: \($0)."] } ?? [] : []
    let missing: [String?] = [
      notStated("sex") { $0.sex == nil }, notStated("age") { $0.age == nil },
      notStated("biopsies") { $0.biopsies == nil }, notStated("cultures") { $0.cultures == nil },
      notStated("basis of diagnosis") { $0.basisOfDiagnosis == nil },
      notStated("original report") { $0.originalReport == nil },
      notStated("what the original report took it for") {
        $0.originalReport?.misread == true && $0.originalReport?.takenFor == nil
      },
    ]
    return common + missing.compactMap { $0 } + sourceNotes
  }
}
