// What a principal may take out of a study: through the same calls as every view of it, so that the seal holds.

import CaseStore
import Interchange
import ReviewCore

extension StudyStore {
  /// - Parameters:
  ///   - id: the study's own.
  ///   - teaching: of the finished cases, for formats that teach.
  /// - Throws: `Failure` for a learner, who is taught and takes no readings.
  package func export(
    id: String, program: String, hasNotes: Bool, teaching: TeachingFile = TeachingFile()
  ) throws -> StudyExport {
    guard principal.role != .learner else {
      throw Failure(
        .notPermitted, "\(principal.id) is a learner and takes no readings out of the study; the coordinator exports it"
      )
    }
    let views = try worklist(WorklistQuery(sort: .number), limit: .max).rows.map { try caseView($0.id) }
    let places = Dictionary(uniqueKeysWithValues: zip(views.map(\.id), 0...))
    let published = views.filter { $0.stage == .published }.map {
      OpenedCase(id: $0.id, round: $0.round, readings: [], consensus: $0.consensus)
    }
    let opened = (try openedCases() + published).sorted {
      (places[$0.id] ?? .max, $0.round) < (places[$1.id] ?? .max, $1.round)
    }
    let visible = views.filter(\.withheld.isEmpty)
    let study = try study()
    func released(_ whole: Case) -> Case { whole.without(study.studyProtocol.unreleased).withoutDates }
    var taught = teaching
    for index in taught.cases.indices {
      let entry = taught.cases[index]
      taught.cases[index].patientCase = released(entry.patientCase)
      // A script tells what it was written from: without some facts it is made anew of the others.
      guard !study.studyProtocol.unreleased.isEmpty else { continue }
      taught.cases[index].script = TeachingScript(
        derivedFrom: taught.cases[index].patientCase, consensus: entry.consensus, codebook: study.codebook)
    }
    return StudyExport(
      study: study, id: id, readers: try principals().filter { $0.role == .reader }.map(\.id),
      cases: visible.map { released($0.patientCase) }, withheld: views.filter { !$0.withheld.isEmpty }.map(\.id),
      opened: opened,
      votes: try votes(views), program: program, hasNotes: hasNotes, knowsSeed: principal.role == .coordinator,
      teaching: taught)
  }

  /// The last votes that were revealed, where their readers have names.
  private func votes(_ views: [CaseView]) throws -> [CaseID: [Int: [GradeKey: String]]] {
    var votes: [CaseID: [Int: [GradeKey: String]]] = [:]
    for view in views where view.stage.isOpen && !view.stage.isFromElsewhere {
      let table = try consensusTable(view.id)
      guard table.areNamed else { continue }
      for row in table.rows {
        guard let revealed = row.vote?.revealed else { continue }
        let said = zip(table.columns, revealed).compactMap { column, vote -> String? in
          guard case .cast(let value)? = vote else { return nil }
          return "\(column.title)=\(value?.text ?? "")"
        }
        votes[view.id, default: [:]][view.round, default: [:]][row.key] = said.joined(separator: "; ")
      }
    }
    return votes
  }
}
