// One row a case: a column for each examination, finding, reader and round.

import ReviewCore
import TextSafety

/// Columns are named `baseline.rim_sign.R1`, of follow-ups `follow_up_1.foci.R1` with the months in
/// `follow_up_1.months`; rounds after the first end in `.round2`, comparisons with the examination before begin with
/// `follow_up_2.previous`. Cells are grades as `endplate grade` takes them, empty where nothing was graded.
package struct WideTable {
  let export: StudyExport

  package init(_ export: StudyExport) { self.export = export }

  private struct Column: Hashable {
    /// 0 is the baseline, 1 the first follow-up.
    var place: Int
    var comparator: Comparator
    var finding: FindingID
    var round: Int
    var reader: String

    var name: String {
      (place == 0 ? "baseline" : "follow_up_\(place)") + (comparator == .previous ? ".previous" : "")
        + ".\(finding).\(reader)" + (round > 1 ? ".round\(round)" : "")
    }
  }

  package var csv: String {
    var cells: [CaseID: [Column: String]] = [:]
    for source in export.readings where source.isNamed {
      guard let place = place(source.entry.id, source.reading.examination) else { continue }
      for (key, grade) in source.reading.grades {
        let column = Column(
          place: place, comparator: key.comparator, finding: key.finding, round: source.entry.round,
          reader: source.reader)
        cells[source.entry.id, default: [:]][column] = grade.value.text
      }
    }
    let columns = columns(of: Set(cells.values.flatMap(\.keys)))
    let followUps = cells.keys.compactMap { known[$0]?.followUps.count }.max() ?? 0
    let header = ["case"] + (0..<followUps).map { "follow_up_\($0 + 1).months" } + columns.map(\.name)
    let rows = export.cases.filter { cells[$0.id] != nil }.map { patientCase in
      [patientCase.id.rawValue]
        + (0..<followUps).map {
          patientCase.followUps.indices.contains($0) ? patientCase.followUps[$0].id.rawValue : ""
        }
        + columns.map { cells[patientCase.id]?[$0] ?? "" }
    }
    return Escape.csv([header] + rows)
  }

  private var known: [CaseID: Case] { Dictionary(export.cases.map { ($0.id, $0) }) { first, _ in first } }

  private func place(_ id: CaseID, _ examination: ExaminationID) -> Int? {
    known[id]?.examinations.firstIndex { $0.id == examination }
  }

  /// By examination, then in the order of the codebook, so that the readers of a finding stand side by side.
  private func columns(of found: Set<Column>) -> [Column] {
    let places = Dictionary(uniqueKeysWithValues: zip(export.codebook.findings.map(\.id), 0...))
    return found.sorted { a, b in
      (a.place, a.comparator.rawValue, places[a.finding] ?? .max, a.round, a.reader)
        < (b.place, b.comparator.rawValue, places[b.finding] ?? .max, b.round, b.reader)
    }
  }
}
