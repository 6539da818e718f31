// A row of a worklist, derived from what its principal may see of the case.

import Foundation
import ReviewCore

/// A worklist row with what it is sorted and found by.
struct WorklistEntry {
  var row: WorklistRow
  /// Readers who were assigned to the case; nil where nobody was.
  var required: Int?
  var lesionsRank: Int?
  /// Lower case: id, patient, title, symptoms.
  var search: String
  var terms: Set<Term>

  init(_ view: CaseView, standing signed: Int, required: Int?, reader: PrincipalID?, study: Study) {
    self.required = required
    let known = view.patientCase
    let examinations = known.examinations.map(\.id)
    // Nobody is called so: without a consensus, who is no reader sees no grades.
    let viewer = reader ?? PrincipalID("")
    let values = Dictionary(
      uniqueKeysWithValues: examinations.map { ($0, view.values(for: viewer, at: $0)) })
    let baseline = values[.baseline] ?? [:]
    let columns = study.codebook.columns
    row = WorklistRow(
      id: known.id, position: 0, sex: known.sex, age: known.age, title: known.title,
      bones: columns.first.flatMap { baseline[$0] }, lesions: columns.dropFirst().first.flatMap { baseline[$0] },
      own: Self.own(view, reader: reader, study: study), signed: signed, stage: view.stage,
      followUps: known.followUps.map(\.id.months),
      flags: CourseFlag.flags(
        study.codebook, of: known, outcome: known.outcome, isWhole: !view.withheld.contains(.laterExaminations)
      ) { values[$0] ?? [:] })
    lesionsRank = row.lesions?.levelIDs.first.flatMap { level in
      columns.dropFirst().first.flatMap { study.codebook[$0] }?.levels.firstIndex { $0.id == level }
    }
    let words = [known.id.rawValue, row.patient, known.title ?? ""] + (known.presentation?.symptoms ?? [])
    search = words.joined(separator: " ").lowercased()
    terms = Self.terms(row, grades: Array(values.values) + [known.course])
  }

  private static func own(_ view: CaseView, reader: PrincipalID?, study: Study) -> OwnState {
    guard let reader, study.studyProtocol.mode == .independent, view.stage != .imported else { return .none }
    let readings = view.readings.filter { $0.reader == reader && $0.round == view.round }
    // While a reading is not signed later examinations are not in the view, so none of them can be missing here.
    let asked = view.stage.isOpen ? [] : study.codebook.askedAfterwards.map(\.id)
    let answered = Set(readings.flatMap { $0.values().keys })
    if readings.count == view.patientCase.examinations.count, readings.allSatisfy(\.state.isSigned),
      asked.allSatisfy(answered.contains)
    {
      return .signed
    }
    let graded = readings.reduce(0) { $0 + $1.values().count }
    if graded == 0, !readings.contains(where: \.state.isSigned) { return .todo }
    let shown = view.patientCase.examinations.map { examination in
      let codebook = readings.first { $0.examination == examination.id }.map(study.codebook.of) ?? study.codebook
      return (examination.id, Set(codebook.asked(at: examination.id, of: view, by: reader).shown.map(\.id)))
    }
    let counted = shown.reduce(0) { count, entry in
      let values = readings.first { $0.examination == entry.0 }?.values() ?? [:]
      return count + values.keys.count { entry.1.contains($0) }
    }
    return .draft(graded: counted, of: shown.reduce(0) { $0 + $1.1.count })
  }

  private static func terms(_ row: WorklistRow, grades: [[FindingID: GradeValue]]) -> Set<Term> {
    var terms = Set(row.flags.map(Term.flag))
    if let sex = row.sex { terms.insert(.sex(sex)) }
    for status in [row.own.status, row.stage.status] { if let status { terms.insert(.status(status)) } }
    for (finding, value) in grades.joined() {
      for word in value.searchWords { terms.insert(.grade(finding, word)) }
    }
    return terms
  }
}
