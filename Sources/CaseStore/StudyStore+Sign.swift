// Signing a reading, and amending one.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Signs this reader's reading of an examination with `StudyStore.meaning`. It cannot be changed after that, only
  /// amended. Findings without a grade are named in the signature.
  ///
  /// - Parameter seen: the reading as it was shown to the reader; nil where nothing was shown.
  /// - Throws: `StoreError.changedMeanwhile` where the file's grades are not those seen, `.readingSigned`,
  ///   `.caseOpened`, `.notAReader`.
  public func sign(
    _ id: CaseID, _ examination: ExaminationID = .baseline, seen: Reading? = nil
  ) throws -> SigningReceipt {
    try write { transaction in
      let key = try transaction.ownDraft(id, examination)
      let reading =
        try transaction.readings(key.facts, round: key.round, of: key.reader).first { $0.examination == examination }
        ?? Reading(reader: key.reader.id, examination: examination, round: key.round)
      if let seen, seen.grades != reading.grades || seen.note != reading.note {
        throw StoreError.changedMeanwhile(id, examination)
      }
      let now = transaction.environment.now()
      let signature = Signature(
        uuid: transaction.environment.newID(), version: try transaction.version(key), at: Timestamp.text(now),
        meaning: Self.meaning, missing: transaction.missing(reading), nonce: Transaction.nonce())
      let head = try transaction.append(signature, to: key)
      try transaction.db.run("DELETE FROM draft_note WHERE \(ReadingKey.condition)", key.arguments)
      try transaction.refreshEverywhere(key.facts)
      return SigningReceipt(
        receipt: Receipt(at: now, head: head), version: signature.version, meaning: Self.meaning,
        missing: signature.missing)
    }
  }

  /// Takes a signed reading up again as a new version. The grades start as they were; the old version stays in the
  /// history.
  ///
  /// - Parameter change: what the new version changes at once, of the same examination; both happen, or neither.
  /// - Throws: `StoreError.badData` without a reason or for a grade that does not fit the codebook, `.notSigned`,
  ///   `.otherRound`, `.caseOpened` once the case is open.
  public func amend(
    _ id: CaseID, _ examination: ExaminationID = .baseline, reason: String, with change: GradeChange? = nil
  ) throws -> GradingResult {
    let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !reason.isEmpty else {
      throw StoreError.badData(["say why the reading is amended; the reason goes into the audit trail"])
    }
    return try write { transaction in
      let key = try transaction.ownReading(id, examination, round: change?.round)
      guard try !transaction.standing(key.facts, round: key.round).isOpened else { throw StoreError.caseOpened(id) }
      guard try transaction.isSigned(key) else { throw StoreError.notSigned(id, examination) }
      let version = try transaction.version(key) + 1
      try transaction.amend(key, version: version, reason: reason)
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

/// A new version of a signed reading.
struct Amendment {
  var uuid: String
  var version: Int
  var at: String
  var reason: String
  var nonce: Data

  /// Salted, because a reason may tell a grade.
  func digest(_ key: ReadingKey) -> Data {
    var fields = Fields()
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
