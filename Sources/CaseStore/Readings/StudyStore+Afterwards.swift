// What is asked once a case's readings are signed and its clinical data are shown: the impression again.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Grades in a signed reading what its protocol asks afterwards. The signed version stays as it is: grade and new
  /// signature are a version of their own, made in one act.
  func signAfterwards(_ change: GradeChange, seen: SigningSheet) throws -> SigningReceipt {
    try write { transaction in
      let key = try transaction.ownReading(change.caseID, change.examination, round: change.round)
      let own = try transaction.readings(key.facts, round: key.round, of: key.reader)
      let asked = Set(transaction.codebook.askedAfterwards.map(\.id))
      let names = change.grades.keys.map(\.finding).filter(asked.contains).sorted().map(\.rawValue)
      guard own.count == key.facts.examinations.count, own.allSatisfy(\.state.isSigned) else {
        throw StoreError.badData([
          "\(names.joined(separator: ", ")): asked once every examination of case \(change.caseID) is signed and its "
            + "clinical data are shown; sign first, then grade it"
        ])
      }
      guard change.readingNote == nil, change.grades.keys.allSatisfy({ asked.contains($0.finding) }) else {
        throw StoreError.readingSigned(change.caseID, change.examination)
      }
      guard change.grades.values.allSatisfy({ $0 != nil }) else {
        throw StoreError.badData([
          "\(names.joined(separator: ", ")): an answer is signed and is not taken away; give another, or not-assessable"
        ])
      }
      guard try !transaction.standing(key.facts, round: key.round).isOpened else {
        throw StoreError.caseOpened(change.caseID)
      }
      try transaction.checkUnlocked(key)
      let version = try transaction.version(key) + 1
      let stack = StepStack(try transaction.steps(key))
      guard let step = try transaction.step(change, to: key, on: stack, version: version) else {
        throw StoreError.badData(["\(names.joined(separator: ", ")): graded and signed so already"])
      }
      try transaction.amend(key, version: version, reason: Codebook.askedAgain)
      try transaction.append(step, to: key)
      try transaction.check(seen, key)
      return try transaction.sign(key, version: version, meaning: Transaction.meaning, missing: seen.missing)
    }
  }
}

extension Transaction {
  fileprivate static let meaning = "I graded this with the clinical data before me."
}
