// An act of a consensus session as rows: what happened, and the grades it is about.

import Foundation
internal import GRDB
import ReviewCore

struct ConsensusActRow {
  /// A finding that the act is about, with its grade where it has one.
  struct Grade {
    var examination: ExaminationID
    var row: GradeRow
    var how: String?
    var cause: String?
    var rationale: String?
  }

  var uuid: String
  var kind: ConsensusAct.Kind
  var by: PrincipalID
  /// Of an absence, who is absent.
  var subject: PrincipalID?
  var version: ConsensusVersion
  /// Reason of a dissent, an absence, a reopening.
  var reason: String?
  var at: String
  var nonce: Data
  var grades: [Grade] = []

  init(_ act: ConsensusAct, uuid: String, by: PrincipalID, version: ConsensusVersion, at: String, nonce: Data) {
    (self.uuid, self.by, self.version, self.at, self.nonce) = (uuid, by, version, at, nonce)
    kind = act.kind
    switch act {
    case .called(let key), .revealed(let key), .calledOff(let key): grades = [Grade(key, nil)]
    case .voted(let key, let vote):
      guard case .cast(let value) = vote else { break }
      grades = [Grade(key, value.map { ReviewCore.Grade($0) })]
    case .agreed(let agreed):
      grades = agreed.map { key, agreed in
        Grade(key, agreed.grade, how: agreed.how, cause: agreed.cause, rationale: agreed.rationale)
      }
    case .noted(let key, let text):
      grades = [Grade(key, nil)]
      grades[0].row.note = text
    case .confirmed: break
    case .dissented(let reason), .reopened(let reason): self.reason = reason
    case .absent(let reader, let reason): (subject, self.reason) = (reader, reason)
    }
    grades.sort { $0.place < $1.place }
  }

  /// Salted hash of everything in the act, as the audit trail keeps it.
  func digest(of id: CaseID, round: Int) -> Data {
    var fields = HashedFields()
    fields.add(nonce)
    for text in [id.rawValue, String(round), uuid, kind.rawValue, by.rawValue, subject?.rawValue, version.description] {
      fields.add(text)
    }
    for text in [reason, at] { fields.add(text) }
    for grade in grades {
      fields.add(grade.examination.rawValue)
      grade.row.add(to: &fields)
      for text in [grade.how, grade.cause, grade.rationale] { fields.add(text) }
    }
    return fields.hash
  }
}

extension ConsensusActRow.Grade {
  init(
    _ key: GradeKey, _ grade: Grade?, how: Agreed? = nil, cause: DiscrepancyCause? = nil, rationale: String? = nil
  ) {
    self.init(
      examination: key.examination, row: GradeRow(key, grade), how: how?.rawValue, cause: cause?.rawValue,
      rationale: rationale)
  }

  var place: (ExaminationID, GradeRow.Key) { (examination, row.key) }

  func key() throws -> GradeKey { try row.gradeKey(at: examination) }
}

extension ConsensusAct.Kind {
  /// How the audit trail calls it.
  var audit: AuditKind {
    switch self {
    case .called: .voteCalled
    case .voted: .voted
    case .revealed: .votesRevealed
    case .calledOff: .voteCalledOff
    case .agreed: .gradesAgreed
    case .noted: .consensusNoted
    case .confirmed: .consensusConfirmed
    case .dissented: .consensusDissented
    case .absent: .readerAbsent
    case .reopened: .consensusReopened
    }
  }
}
