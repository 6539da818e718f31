// A case as it was imported: every fact, before anything is withheld.

internal import GRDB
import ReviewCore

/// All facts of a case, for the store's eyes only; `Seal` decides what a principal sees of them.
struct CaseFacts {
  var seq: Int64
  var whole: Case
  /// Local numbers of the examinations.
  var examinations: [ExaminationID: Int64]

  func examination(_ id: ExaminationID) throws(StoreError) -> Int64 {
    guard let seq = examinations[id] else {
      throw .noSuchExamination(id, whole.id, known: whole.examinations.map(\.id))
    }
    return seq
  }

  func id(ofExamination seq: Int64) -> ExaminationID? { examinations.first { $0.value == seq }?.key }
}

extension Transaction {
  /// - Throws: `StoreError.noSuchCase`; `.notAssigned` where the acting reader does not read it.
  func facts(_ id: CaseID) throws -> CaseFacts {
    guard let seq = try db.first("SELECT seq FROM patient_case WHERE id = ?", [id.rawValue], { try $0[0] as Int64 })
    else { throw try noSuchCase(id) }
    guard try mayRead(seq) else { throw StoreError.notAssigned(id) }
    return try facts(seq: seq)
  }

  /// Suggests an id only where there are few enough to look through at once.
  private func noSuchCase(_ id: CaseID) throws -> StoreError {
    let some = try db.rows("SELECT id FROM patient_case LIMIT 1000") { try $0[0] as String }
    return .noSuchCase(id, nearest: Spelling.nearest(to: id.rawValue, in: some))
  }

  func facts(seq: Int64) throws -> CaseFacts {
    var whole = try imported(seq)
    var numbers: [ExaminationID: Int64] = [:]
    let found = try db.rows(
      "SELECT seq, id, remarks, months FROM examination WHERE case_seq = ? ORDER BY months", [seq]
    ) {
      try ($0[0] as Int64, ExaminationID($0[1] as String), $0[2] as String, $0[3] as Double)
    }
    whole.examinations = try found.map { number, id, remarks, months in
      guard numbers.updateValue(number, forKey: id) == nil, id.months == months,
        id.isBaseline || (0.01...1200).contains(id.months)
      else {
        throw StoreError.unknownCode(id.rawValue, "an examination")
      }
      return try ExaminationText.examination(id, remarks, acquisitions: try acquisitions(number))
    }
    return CaseFacts(seq: seq, whole: whole, examinations: numbers)
  }

  /// What was imported of a case, without its examinations.
  ///
  /// - Throws: `StoreError.badData` naming the case, where its document is damaged or is another's.
  func imported(_ seq: Int64) throws -> Case {
    let stored = try db.first("SELECT id, document FROM patient_case WHERE seq = ?", [seq]) {
      try (id: CaseID($0[0] as String), document: $0[1] as String)
    }
    guard let (id, document) = stored else { throw StoreError.badData(["the study file lacks a case that it lists"]) }
    let whole = try Document.value(Case.self, document, of: "case \(id)")
    guard whole.id == id else {
      throw StoreError.badData([
        "case \(id) in the study file says that it is case ‘\(whole.id)’; somebody changed the file: go back to a backup"
      ])
    }
    guard whole.age.map((0...130).contains) != false else {
      throw StoreError.unknownCode("\(whole.age ?? 0)", "an age")
    }
    return whole
  }

  private func acquisitions(_ examination: Int64) throws -> [Acquisition] {
    let known = Set(codebook.series + MRSequence.others)
    return try db.rows(
      """
      SELECT sequence, is_acquired, plane, tr, te, ti, fat_suppressed, figure, remark
      FROM acquisition WHERE examination_seq = ? ORDER BY ordinal
      """, [examination]
    ) { row in
      let sequence: MRSequence = try .stored(row[0] as String, "a sequence")
      guard known.contains(sequence) else {
        throw StoreError.unknownCode(sequence.rawValue, "a sequence")
      }
      return try Acquisition(
        sequence, isAcquired: row[1],
        plane: .stored(row[2] as String?, "a plane"), tr: row[3],
        te: row[4], ti: row[5], fatSuppressed: row[6], figure: row[7], remark: row[8])
    }
  }
}
