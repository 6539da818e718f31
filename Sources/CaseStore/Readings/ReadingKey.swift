// Which reading is meant: case, round, reader, examination.

internal import GRDB
import ReviewCore

struct ReadingKey {
  var facts: CaseFacts
  var round: Int
  var reader: PrincipalRecord
  var examination: ExaminationID
  var examinationSeq: Int64

  init(_ facts: CaseFacts, round: Int, reader: PrincipalRecord, examination: ExaminationID) throws {
    self.facts = facts
    self.round = round
    self.reader = reader
    self.examination = examination
    examinationSeq = try facts.examination(examination)
  }

  init(_ facts: CaseFacts, round: Int, reader: PrincipalRecord, _ examination: ExaminationID, seq: Int64) {
    (self.facts, self.round, self.reader) = (facts, round, reader)
    (self.examination, examinationSeq) = (examination, seq)
  }

  /// For `case_seq = ? AND round = ? AND principal_seq = ? AND examination_seq = ?`.
  var arguments: StatementArguments { [facts.seq, round, reader.seq, examinationSeq] }
  static let condition = "case_seq = ? AND round = ? AND principal_seq = ? AND examination_seq = ?"

  /// What every hash about the reading begins with.
  func add(to fields: inout HashedFields) {
    for text in [facts.whole.id.rawValue, String(round), reader.id.rawValue, examination.rawValue] { fields.add(text) }
  }
}
