// One patient as the tables take it: the case and the grades agreed on, or published, of it.

import Figures
import ReviewCore

package struct TableCase: Hashable, Sendable, Identifiable {
  package var patientCase: Case
  /// Nil where none is recorded: then tables say so, and nothing takes its place.
  package var consensus: Consensus?

  package var id: CaseID { patientCase.id }

  package init(_ patientCase: Case, consensus: Consensus?) {
    self.patientCase = patientCase
    self.consensus = consensus
  }

  static let notStated = "not stated"
  static let notAsked = "not asked"

  /// The grade agreed on, if it is an answer; what is missing, not assessable or unresolved counts as missing.
  func value(_ finding: FindingID, at examination: ExaminationID = .baseline) -> GradeValue? {
    consensus?.values(at: examination)[finding].flatMap { $0.isAnswer ? $0 : nil }
  }

  /// The grade agreed on as a cell, with its note as a remark; or why there is none.
  ///
  /// - Parameter codebook: the study's, by which it is told what was not asked yet.
  func cell(_ finding: Finding, _ codebook: Codebook, at examination: ExaminationID = .baseline) -> Table.Cell {
    guard let consensus else { return "no consensus" }
    guard let agreed = consensus.grades[GradeKey(examination, finding.id)] else {
      if codebook.of(consensus)[finding.id] == nil { return Table.Cell(Self.notAsked) }
      // What a rule gives is no grade: where it has none, something that it looks at is open.
      let why = finding.isDerived ? "not decided" : consensus.origin == .published ? Self.notStated : "not graded"
      return Table.Cell(why)
    }
    guard let grade = agreed.grade else { return "unresolved" }
    let bone = grade.bone.map { " (\($0.title))" } ?? ""
    return Table.Cell(finding.words(grade.value) + bone, remarks: grade.note.map { ["Case \(id): \($0)"] } ?? [])
  }

  /// Nil without a consensus.
  package func course(_ codebook: Codebook) -> Course? {
    consensus.map { consensus in
      Course(
        patientCase, codebook.of(consensus), silence: consensus.origin == .published ? "nothing stated" : "not graded",
        values: { consensus.values(at: $0) })
    }
  }

  /// The examinations on which the sign of a course was seen, as the healing edge.
  func seen(_ sign: FindingID) -> Seen {
    let graded = patientCase.followUps.compactMap { examination in
      value(sign, at: examination.id).map { (examination.id, $0.contains("present")) }
    }
    let seen = graded.filter(\.1).map(\.0)
    if !seen.isEmpty { return .seen(seen) }
    switch patientCase.course[sign] {
    case .some(let value) where value.isAnswer: return value.contains("present") ? .seen([]) : .absent
    default: return graded.isEmpty ? .notStated : .absent
    }
  }

  enum Seen: Hashable {
    /// On these examinations; none where that is not stated.
    case seen([ExaminationID])
    case absent
    case notStated
  }
}
