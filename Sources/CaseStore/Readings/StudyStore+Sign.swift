// Signing a reading, and amending one.

import Foundation
internal import GRDB
import ReviewCore
import TextSafety

extension StudyStore {
  /// What signing an examination would sign: as it stands, or with a change that is still to be recorded.
  ///
  /// - Parameter reason: amends a signed reading first.
  /// - Throws: `.noSuchExamination`, `.otherRound`, `.notAReader`, `.readingLocked`.
  public func signingSheet(
    _ id: CaseID, _ examination: ExaminationID = .baseline, with change: GradeChange? = nil,
    amending reason: String? = nil
  ) throws -> SigningSheet {
    try read { transaction in
      let key = try transaction.ownReading(id, examination, round: change?.round)
      try transaction.checkUnlocked(key)
      return try transaction.sheet(key, with: change ?? GradeChange(id, examination), amending: reason)
    }
  }

  /// Signs this reader's reading of an examination with `StudyStore.meaning`. It cannot be changed after that, only
  /// amended. Findings without a grade are named in the signature.
  ///
  /// - Parameters:
  ///   - change: recorded in the same act; where it answers what is asked with the clinical data, that signs it.
  ///   - reason: amends a signed reading first, in the same act.
  ///   - seen: what was shown to the reader, with the change in it.
  /// - Throws: `StoreError.changedMeanwhile` where the file does not hold what was seen, `.notSignable` where a
  ///   confidence is missing or the rule is overruled without a reason, `.readingSigned`, `.caseOpened`, `.notAReader`.
  ///   Nothing is recorded then.
  public func sign(
    _ id: CaseID, _ examination: ExaminationID, with change: GradeChange? = nil, amending reason: String? = nil,
    seen: SigningSheet
  ) throws -> SigningReceipt {
    if let change, change.asksAgain(wholeStudy.codebook) { return try signAfterwards(change, seen: seen) }
    return try write { transaction in
      let key: ReadingKey
      if let reason {
        key = try transaction.begunAnew(id, examination, round: change?.round, reason: reason)
      } else {
        key = try transaction.ownDraft(id, examination, round: change?.round)
      }
      let version = try transaction.version(key)
      if let change {
        let stack = StepStack(try transaction.steps(key))
        if let step = try transaction.step(change, to: key, on: stack, version: version) {
          try transaction.append(step, to: key)
        }
      }
      try transaction.check(seen, key)
      return try transaction.sign(key, version: version, meaning: Self.meaning, missing: seen.missing)
    }
  }

  /// Takes a signed reading up again as a new version. The grades start as they were; the old version stays in the
  /// history.
  ///
  /// - Parameters:
  ///   - version: the signed version that was shown.
  ///   - change: what the new version changes at once, of the same examination; both happen, or neither.
  /// - Throws: `StoreError.badData` without a reason or for a grade that does not fit the codebook, `.notSigned`,
  ///   `.changedMeanwhile` where another version is signed by now, `.otherRound`, `.caseOpened` once the case is open.
  public func amend(
    _ id: CaseID, _ examination: ExaminationID = .baseline, version seen: Int, reason: String,
    with change: GradeChange? = nil
  ) throws -> GradingResult {
    try write { transaction in
      let key = try transaction.begunAnew(id, examination, round: change?.round, reason: reason)
      let version = try transaction.version(key)
      guard version == seen + 1 else { throw StoreError.changedMeanwhile(id, examination) }
      var stack = StepStack(try transaction.steps(key))
      let before = stack.rows
      if let change, let step = try transaction.step(change, to: key, on: stack, version: version) {
        try transaction.append(step, to: key)
        stack.play(step)
      }
      try transaction.refreshEverywhere(key.facts)
      return try transaction.result(key, stack, before: before, version: version)
    }
  }
}

extension Transaction {
  /// What is put before a reader who signs, with a change that is still to be recorded.
  func sheet(_ key: ReadingKey, with change: GradeChange? = nil, amending reason: String? = nil) throws -> SigningSheet
  {
    let view = try view(key.facts, in: ownList(), withSignatures: false).recording(
      change, amending: reason?.trimmingCharacters(in: .whitespacesAndNewlines), by: key.reader.id, codebook)
    guard let sheet = SigningSheet(view, key.examination, of: key.reader.id, in: study) else {
      throw StoreError.noSuchExamination(
        key.examination, key.facts.whole.id, known: view.patientCase.examinations.map(\.id))
    }
    return sheet
  }

  /// What was shown must be what the file holds and what was recorded, and fit to be signed. That something is not graded the
  /// signature says.
  func check(_ seen: SigningSheet, _ key: ReadingKey) throws {
    let now = try sheet(key)
    guard seen == now else { throw StoreError.changedMeanwhile(key.facts.whole.id, key.examination) }
    // Grades as they stand are derived: shown from there, and never signed where the record says something else.
    guard try Set(currentRows(key)) == Set(StepStack(try steps(key)).rows.values) else {
      throw StoreError.badData([
        "case \(key.facts.whole.id), \(key.examination.title): the grades that are shown are not the ones that were recorded; "
          + "nothing was signed. ‘endplate audit --verify’ says what was changed, ‘endplate rebuild’ restores it"
      ])
    }
    let obstacles = now.obstacles.filter { if case .notGraded = $0 { false } else { true } }
    guard obstacles.isEmpty else {
      throw StoreError.notSignable(key.facts.whole.id, key.examination, obstacles)
    }
  }

  func sign(_ key: ReadingKey, version: Int, meaning: String, missing: [FindingID]) throws -> SigningReceipt {
    let now = environment.now()
    let signature = Signature(
      uuid: environment.newID(), version: version, at: Timestamp.text(now), meaning: meaning, missing: missing,
      nonce: Self.nonce())
    let head = try append(signature, to: key)
    try db.run("DELETE FROM draft_note WHERE \(ReadingKey.condition)", key.arguments)
    try refreshEverywhere(key.facts)
    return SigningReceipt(
      receipt: Receipt(at: now, head: head), version: version, meaning: meaning, missing: missing)
  }

  /// A signed reading taken up again, in its new version.
  fileprivate func begunAnew(
    _ id: CaseID, _ examination: ExaminationID, round: Int?, reason: String
  ) throws -> ReadingKey {
    let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    guard reason.saysSomething else {
      throw StoreError.badData(["say in words why the reading is amended; the reason goes into the audit trail"])
    }
    guard !Codebook.isAutomatic(reason: reason) else {
      throw StoreError.badData(["‘\(reason)’ is what Endplate itself writes; say in words of your own why you amend"])
    }
    let key = try ownReading(id, examination, round: round)
    try checkReadHere(key.facts, round: key.round)
    guard try isSigned(key) else { throw StoreError.notSigned(id, examination) }
    try checkUnlocked(key)
    try amend(key, version: try version(key) + 1, reason: reason)
    return key
  }
}

/// A new version of a signed reading.
struct Amendment {
  var uuid: String
  var version: Int
  var at: String
  var reason: String
  var nonce: Data

  /// Salted, because a reason may tell a grade.
  func digest(_ key: ReadingKey) -> Data {
    var fields = HashedFields()
    fields.add(nonce)
    key.add(to: &fields)
    for text in [uuid, String(version), at, reason] { fields.add(text) }
    return fields.hash
  }
}

extension Transaction {
  func amend(_ key: ReadingKey, version: Int, reason: String) throws {
    let amendment = Amendment(
      uuid: environment.newID(), version: version, at: Timestamp.text(environment.now()), reason: reason,
      nonce: Self.nonce())
    try db.run(
      """
      INSERT INTO amendment (uuid, case_seq, round, principal_seq, examination_seq, version, at, reason, nonce)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [amendment.uuid] + key.arguments + [version, amendment.at, reason, amendment.nonce])
    try db.run(
      "UPDATE reading SET version = ?, signed_at = NULL WHERE \(ReadingKey.condition)", [version] + key.arguments)
    try audit(
      .amended, facts: key.facts, examination: key.examination, round: key.round, reason: reason,
      record: amendment.uuid, digest: amendment.digest(key), at: amendment.at, by: key.reader)
  }
}
