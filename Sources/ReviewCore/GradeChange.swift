// What one act of grading does to a reading, and what came of it.

import struct Foundation.Date

/// Grades of one examination that change together: one key, one step, one undo.
public struct GradeChange: Codable, Hashable, Sendable {
  public var caseID: CaseID
  public var examination: ExaminationID
  /// The round it is meant for; nil for the one that is being read.
  public var round: Int?
  /// A nil grade clears.
  public var grades: [GradeKey: Grade?]
  /// The note of the whole reading: nil leaves it as it is, an empty text takes it away.
  public var readingNote: String?

  public init(
    _ caseID: CaseID, _ examination: ExaminationID = .baseline, round: Int? = nil, grades: [GradeKey: Grade?] = [:],
    readingNote: String? = nil
  ) {
    self.caseID = caseID
    self.examination = examination
    self.round = round
    self.grades = grades
    self.readingNote = readingNote
  }

  /// One grade against the baseline; nil clears it.
  public init(_ caseID: CaseID, _ examination: ExaminationID = .baseline, _ finding: FindingID, _ grade: Grade?) {
    self.init(caseID, examination, grades: [GradeKey(examination, finding): grade])
  }
}

/// One thing that changed in a reading.
public struct GradeDifference: Codable, Hashable, Sendable {
  /// Nil for the note of the whole reading.
  public var key: GradeKey?
  public var old: Grade?
  public var new: Grade?
  public var oldNote: String?
  public var newNote: String?

  public init(key: GradeKey?, old: Grade? = nil, new: Grade? = nil, oldNote: String? = nil, newNote: String? = nil) {
    self.key = key
    self.old = old
    self.new = new
    self.oldNote = oldNote
    self.newNote = newNote
  }
}

/// A reading as it lies on the disk after an act of grading: the tick is drawn from it.
public struct GradingResult: Codable, Hashable, Sendable {
  public var reading: Reading
  /// What the act changed, in the order of the codebook.
  public var changes: [GradeDifference]
  public var at: Date
  public var canUndo: Bool
  public var canRedo: Bool

  public init(reading: Reading, changes: [GradeDifference], at: Date, canUndo: Bool, canRedo: Bool) {
    self.reading = reading
    self.changes = changes
    self.at = at
    self.canUndo = canUndo
    self.canRedo = canRedo
  }
}

/// A note that is being typed, kept so that a dropped link does not lose it.
public struct DraftNote: Codable, Hashable, Sendable {
  /// Nil for the note of the whole reading.
  public var finding: FindingID?
  public var text: String

  public init(_ finding: FindingID?, _ text: String) {
    self.finding = finding
    self.text = text
  }
}

/// Proof of a signature.
public struct SigningReceipt: Codable, Hashable, Sendable {
  public var receipt: Receipt
  public var version: Int
  /// What the signature says.
  public var meaning: String
  /// Findings that were signed without a grade.
  public var missing: [FindingID]

  public init(receipt: Receipt, version: Int, meaning: String, missing: [FindingID]) {
    self.receipt = receipt
    self.version = version
    self.meaning = meaning
    self.missing = missing
  }
}
