// Another version of the codebook for a study that runs.

import Crypto
import Foundation
internal import GRDB
import ReviewCore

/// Proof that a study grades by another version of its codebook.
public struct CodebookReceipt: Hashable, Sendable {
  public var change: CodebookChange
  /// Where the file lies as it was before.
  public var backup: String
  public var receipt: Receipt
}

extension StudyStore {
  /// What another version of the codebook would change, and what stands against it; nothing is done. Coordinator only.
  public func codebookChange(to new: Codebook) throws -> CodebookChange {
    try checkCoordinator("changes the codebook")
    return try read { try $0.change(to: new).change }
  }

  /// Gives the study another version of its codebook. The file as it was is copied beside it first, for its owner only.
  ///
  /// What is signed stays as it is and goes on counting by the version that it was signed under: what the new one adds is not
  /// asked of it. Drafts are asked for it. Coordinator only; audited.
  ///
  /// - Parameter seen: what was shown of it.
  /// - Throws: `StoreError.badData` naming everything that stands against it, or where the study has changed since; nothing is
  ///   changed then.
  public func changeCodebook(to new: Codebook, seen: CodebookChange) throws -> CodebookReceipt {
    try checkCoordinator("changes the codebook")
    var backup: String?
    do {
      return try write { transaction in
        let (change, study) = try transaction.change(to: new)
        guard change.faults.isEmpty else { throw StoreError.badData(change.faults) }
        guard change == seen else {
          throw StoreError.badData(["the study has changed meanwhile: look at what the new codebook changes once more"])
        }
        let copy = try StudyDatabase.keep(path, as: "\(path).codebook-\(change.from)")
        backup = copy
        let receipt = try transaction.take(study, change)
        return CodebookReceipt(change: change, backup: copy, receipt: receipt)
      }
    } catch {
      if let backup { StudyFile.remove(backup) }
      throw error
    }
  }
}

extension Transaction {
  fileprivate func change(to new: Codebook) throws -> (change: CodebookChange, study: Study) {
    let next = study.changing(to: new, at: try Timestamp.date(Timestamp.text(environment.now())))
    var change = CodebookChange(from: codebook, to: next.codebook, held: try heldAnswers())
    guard change.faults.isEmpty else { return (change, next) }
    change.faults = studyFaults(next)
    // A series that the codebook never knew is no reason against a new version of it.
    let series = Set(next.codebook.series)
    let known = Set(codebook.series)
    for facts in try casesInOrder() {
      change.faults += caseFaults([facts.whole], codebook: next.codebook)
      let unknown = Set(facts.whole.examinations.flatMap(\.acquisitions).map(\.sequence))
        .subtracting(series).intersection(known)
      change.faults += unknown.map(\.rawValue).sorted().map {
        "case \(facts.whole.id) has the series ‘\($0)’, which the codebook does not know; put it back"
      }
      guard change.faults.count < 20 else { break }
    }
    return (change, next)
  }

  /// Every answer on record: of readings with all their steps, of sessions, and of what was imported.
  private func heldAnswers() throws -> [FindingID: Set<String>] {
    let tables = ["grade", "consensus_grade", "consensus_act_grade", "imported_grade", "imported_consensus_grade"]
    let answers = tables.map { "SELECT finding, value FROM \($0)" } + ["SELECT finding, NULL FROM draft_note"]
    var held: [FindingID: Set<String>] = [:]
    let cursor = try db.cursor(answers.joined(separator: " UNION "))
    while let row = try cursor.next() {
      let finding: String = try row[0]
      guard finding != Self.readingNote.rawValue else { continue }
      held[FindingID(finding), default: []].formUnion([try row[1] as String?].compactMap { $0 })
    }
    return held
  }

  /// Writes the study down, and brings the worklists in step.
  fileprivate func take(_ next: Study, _ change: CodebookChange) throws -> Receipt {
    let now = environment.now()
    try db.run("UPDATE study SET document = ?, codebook = ?", [try Document.text(next), next.codebook.version])
    try wrote(.study, seq: 1)
    let digest = Data(SHA256.hash(data: Data((next.codebook.origin?.text ?? "").utf8))).hexadecimal
    let head = try audit(
      .codebookChanged, detail: "\(next.codebook.id), version \(change.from) to \(change.to), SHA-256 \(digest)",
      at: Timestamp.text(now))
    let after = try Transaction(db, study: next, environment: environment, actor: actor)
    for facts in try after.casesInOrder() { try after.refreshAllRounds(facts) }
    return Receipt(at: now, head: head)
  }

  /// Of the signed readings that the principal may count, how many are under which version of the codebook.
  func signedUnder() throws -> [Int: Int] {
    let own = actor.flatMap { $0.isReader ? $0.seq : nil }
    let rows = try db.rows(
      """
      SELECT ifnull(s.codebook, ?1), count(*) FROM reading r JOIN signature s USING (case_seq, round, principal_seq, examination_seq, version)
      WHERE r.signed_at IS NOT NULL AND r.round = ?2 AND (?3 IS NULL OR r.principal_seq = ?3) GROUP BY 1
      """, [codebook.firstVersion, round, own]
    ) { try ($0[0] as Int, $0[1] as Int) }
    return Dictionary(rows) { $0 + $1 }
  }
}
