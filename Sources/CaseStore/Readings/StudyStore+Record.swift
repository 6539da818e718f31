// Grading: one act, one step, one transaction.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Records grades of one examination in this reader's own reading. When it returns they are on the disk.
  ///
  /// - Throws: `StoreError.badData` naming every grade that does not fit the codebook; `.readingSigned`,
  ///   `.caseOpened`, `.otherRound`, `.notAReader`. Nothing is changed then. What is asked once all is signed is not
  ///   recorded but signed, by `sign(_:_:with:amending:seen:)`.
  public func record(_ change: GradeChange) throws -> GradingResult {
    guard !change.asksAgain(wholeStudy.codebook) else {
      throw StoreError.badData(["grading what is asked with the clinical data signs the reading; sign what was shown"])
    }
    return try grade(change.caseID, change.examination, round: change.round) { transaction, key, stack, version in
      try transaction.step(change, to: key, on: stack, version: version)
    }
  }

  /// Takes the last standing step of the reading back, whoever of the reader's windows made it, and whenever.
  ///
  /// - Throws: `StoreError.nothingToUndo`.
  public func undo(_ id: CaseID, _ examination: ExaminationID = .baseline) throws -> GradingResult {
    try grade(id, examination, round: nil) { transaction, _, stack, version in
      guard let step = stack.undoable(version: version) else { throw StoreError.nothingToUndo }
      return transaction.step(.undone, stack.rows(undoing: step), version: version, about: step)
    }
  }

  /// Brings the step that was taken back last again.
  ///
  /// - Throws: `StoreError.nothingToRedo`.
  public func redo(_ id: CaseID, _ examination: ExaminationID = .baseline) throws -> GradingResult {
    try grade(id, examination, round: nil) { transaction, _, stack, version in
      guard let step = stack.redoable(version: version) else { throw StoreError.nothingToRedo }
      return transaction.step(.redone, step.rows, version: version, about: step)
    }
  }

  private func grade(
    _ id: CaseID, _ examination: ExaminationID, round: Int?,
    make: (Transaction, ReadingKey, StepStack, _ version: Int) throws -> Step?
  ) throws -> GradingResult {
    try write { transaction in
      let key = try transaction.ownDraft(id, examination, round: round)
      var stack = StepStack(try transaction.steps(key))
      let before = stack.rows
      let version = try transaction.version(key)
      if let step = try make(transaction, key, stack, version) {
        try transaction.append(step, to: key)
        try transaction.refresh(key.facts, in: [transaction.ownList()])
        stack.play(step)
      }
      return try transaction.result(key, stack, before: before, version: version)
    }
  }
}

extension Transaction {
  /// The acting reader's reading of an examination that they may see.
  ///
  /// - Throws: as if an examination that is withheld did not exist.
  func ownReading(_ id: CaseID, _ examination: ExaminationID, round wanted: Int? = nil) throws -> ReadingKey {
    guard let reader = actor, reader.isReader else {
      throw StoreError.notAReader(actor?.id ?? "", actor?.principal.role ?? .learner)
    }
    guard !isJoint else { throw StoreError.joint }
    if let wanted, wanted != round { throw StoreError.otherRound(wanted, reading: round) }
    let facts = try facts(id)
    let visible = try view(facts, in: ownList(), withSignatures: false).patientCase.examinations.map(\.id)
    guard visible.contains(examination) else { throw StoreError.noSuchExamination(examination, id, known: visible) }
    return try ReadingKey(facts, round: round, reader: reader, examination: examination)
  }

  /// The same, where it can still be changed.
  func ownDraft(_ id: CaseID, _ examination: ExaminationID, round: Int? = nil) throws -> ReadingKey {
    let key = try ownReading(id, examination, round: round)
    try checkReadHere(key.facts, round: key.round)
    guard try !isSigned(key) else { throw StoreError.readingSigned(id, examination) }
    try checkUnlocked(key)
    return key
  }

  func isSigned(_ key: ReadingKey) throws -> Bool {
    try db.first("SELECT signed_at IS NOT NULL FROM reading WHERE \(ReadingKey.condition)", key.arguments) { try $0[0] }
      ?? false
  }

  /// From 1; an amendment makes the next one.
  func version(_ key: ReadingKey) throws -> Int {
    try db.first("SELECT version FROM reading WHERE \(ReadingKey.condition)", key.arguments) { try $0[0] } ?? 1
  }

  /// The step that a change makes; nil where all of it is so already: undoing it would seem to do nothing.
  func step(_ change: GradeChange, to key: ReadingKey, on stack: StepStack, version: Int) throws -> Step? {
    let before = key.facts.whole.followUp(before: change.examination)
    let faults = gradeFaults(change, study: study, hasFollowUpBefore: before != nil, anatomy: key.facts.whole.bones)
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    var rows = change.grades.map { GradeRow($0.key, $0.value) }
    if let note = change.readingNote { rows.append(GradeRow(readingNote: note.isEmpty ? nil : note)) }
    rows = rows.filter { row in row.isEmpty ? stack.rows[row.key] != nil : stack.rows[row.key] != row }
    return rows.isEmpty ? nil : step(.graded, rows, version: version)
  }

  func step(_ kind: Step.Kind, _ rows: [GradeRow], version: Int, about: Step? = nil) -> Step {
    Step(
      uuid: environment.newID(), kind: kind, undoes: about.map { ($0.seq, $0.uuid) }, version: version,
      at: Timestamp.text(environment.now()), nonce: Self.nonce(), rows: rows.sorted { $0.key < $1.key })
  }

  /// The reading as it lies in the file now.
  func result(
    _ key: ReadingKey, _ stack: StepStack, before: [GradeRow.Key: GradeRow], version: Int
  ) throws -> GradingResult {
    let reading = try readings(key.facts, round: key.round, of: key.reader).first { $0.examination == key.examination }
    return GradingResult(
      reading: reading ?? Reading(reader: key.reader.id, examination: key.examination, round: key.round),
      changes: try differences(from: before, to: stack.rows, at: key.examination), at: environment.now(),
      canUndo: stack.undoable(version: version) != nil, canRedo: stack.redoable(version: version) != nil)
  }

  /// What differs between two states of a reading, in the order of the codebook, the reading's note last.
  func differences(
    from before: [GradeRow.Key: GradeRow], to after: [GradeRow.Key: GradeRow], at examination: ExaminationID
  ) throws -> [GradeDifference] {
    let places = Dictionary(uniqueKeysWithValues: zip(codebook.findings.map(\.id.rawValue), 0...))
    let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    return try changed.sorted {
      (places[$0.finding] ?? .max, $0.comparator) < (places[$1.finding] ?? .max, $1.comparator)
    }.map { key in
      if key.finding == Self.readingNote.rawValue {
        return GradeDifference(key: nil, oldNote: before[key]?.note, newNote: after[key]?.note)
      }
      return GradeDifference(
        key: GradeKey(examination, FindingID(key.finding), comparator: try .stored(key.comparator, "a comparison")),
        old: try before[key]?.grade(codebook), new: try after[key]?.grade(codebook))
    }
  }
}
