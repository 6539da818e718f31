// Builds a study with what no import can make: a published consensus, and readings made up for practice.

import Foundation
internal import GRDB
import ReviewCore

/// Takes the cases of a study that is being made, one after another.
package struct StudyBuilder {
  fileprivate let transaction: Transaction
  fileprivate let readers: [PrincipalID: PrincipalRecord]
  fileprivate let lists: [ListRecord]
  private let cases = Count()

  private final class Count { var value = 0 }

  fileprivate init(_ transaction: Transaction) throws {
    self.transaction = transaction
    readers = Dictionary(uniqueKeysWithValues: try transaction.readers().map { ($0.id, $0) })
    lists = try transaction.lists()
  }

  /// Writes down that cases came into the study.
  fileprivate func noteCases() throws {
    guard cases.value > 0 else { return }
    try transaction.audit(.casesImported, detail: cases.value == 1 ? "1 case added" : "\(cases.value) cases added")
    cases.value = 0
  }

  /// Adds a case, its published consensus, and readings by readers of the study. A reading whose state is `.signed` is
  /// signed at that time, any other is a draft.
  ///
  /// - Parameter revisions: values that a reading had first, each graded in a step of its own before the reading's.
  package func add(
    _ patientCase: Case, published: Consensus? = nil, readings: [Reading] = [],
    revisions: (Reading) -> [[GradeKey: Grade]] = { _ in [] }
  ) throws {
    let faults = caseFaults([patientCase], codebook: transaction.codebook)
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    let facts = try transaction.insert(patientCase)
    cases.value += 1
    // Now and then, so that what is to be written down does not pile up.
    if cases.value == 1000 { try noteCases() }
    if var published {
      published.origin = .published
      try transaction.append(published, to: facts)
    }
    for reading in readings {
      guard let reader = readers[reading.reader] else {
        throw StoreError.noSuchPrincipal(reading.reader, known: readers.keys.sorted())
      }
      let key = try ReadingKey(facts, round: 1, reader: reader, examination: reading.examination)
      // Nobody grades after they have signed.
      var at = transaction.environment.now()
      if case .signed(let date) = reading.state { at = date }
      for grades in revisions(reading) + [reading.grades] {
        try append(grades.map { GradeRow($0.key, $0.value) }, to: key, at: at)
      }
      if let note = reading.note { try append([GradeRow(readingNote: note)], to: key, at: at) }
      guard reading.state.isSigned else { continue }
      let missing = transaction.missing(reading, of: patientCase, among: readings)
      try sign(missing: missing, at: Timestamp.text(at), key)
    }
    try transaction.refreshStage(facts, round: 1)
    try transaction.refresh(facts, in: lists)
  }

  private func append(_ rows: [GradeRow], to key: ReadingKey, at date: Date) throws {
    guard !rows.isEmpty else { return }
    let step = Step(
      uuid: transaction.environment.newID(), kind: .graded, version: 1, at: Timestamp.text(date),
      nonce: Transaction.nonce(), rows: rows.sorted { $0.key < $1.key })
    try transaction.append(step, to: key)
  }

  private func sign(missing: [FindingID], at: String, _ key: ReadingKey) throws {
    let signature = Signature(
      uuid: transaction.environment.newID(), version: 1, at: at, meaning: StudyStore.meaning,
      missing: missing, nonce: Transaction.nonce())
    _ = try transaction.append(signature, to: key)
  }
}

extension StudyStore {
  /// What a signature says.
  public static let meaning = "I graded this examination independently."

  /// Makes a study whole, or not at all.
  ///
  /// - Parameter letters: the secret for the letters of consensus; nil draws one. A study for practice has one that
  ///   everybody can know, to be the same each time.
  package static func build(
    at path: String, study: Study, principals: [Principal], letters: String? = nil, environment: StoreEnvironment,
    content: (StudyBuilder) throws -> Void
  ) throws {
    try create(
      at: path, study: study, principals: principals, letters: letters, environment: environment
    ) { transaction in
      let builder = try StudyBuilder(transaction)
      try content(builder)
      try builder.noteCases()
      try transaction.renumber()
    }
  }
}
