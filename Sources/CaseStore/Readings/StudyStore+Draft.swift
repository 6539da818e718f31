// What a reader leaves beside the grades: time spent, and notes half typed.

internal import GRDB
import ReviewCore

extension StudyStore {
  /// Adds to the time spent on an examination that is not signed yet; idle time is the caller's to leave out.
  public func addSeconds(_ seconds: Int, _ id: CaseID, _ examination: ExaminationID = .baseline) throws {
    guard seconds > 0 else { return }
    try write { transaction in
      let key = try transaction.ownDraft(id, examination)
      try transaction.db.run(
        "INSERT INTO time_spent VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds",
        key.arguments + [min(seconds, 86_400)])
    }
  }

  /// Keeps a note that is being typed; an empty text throws it away. It is no part of the reading.
  public func keepDraft(_ note: DraftNote, _ id: CaseID, _ examination: ExaminationID = .baseline) throws {
    try write { transaction in
      try transaction.checkChosenSinceReset()
      let key = try transaction.ownDraft(id, examination)
      let finding = note.finding ?? Transaction.readingNote
      try transaction.db.run(
        "DELETE FROM draft_note WHERE \(ReadingKey.condition) AND finding = ?", key.arguments + [finding.rawValue])
      guard !note.text.isEmpty else { return }
      try transaction.db.run(
        """
        INSERT INTO draft_note (case_seq, round, principal_seq, examination_seq, finding, text)
        VALUES (?, ?, ?, ?, ?, ?)
        """, key.arguments + [finding.rawValue, String(note.text.prefix(10_000))])
    }
  }

  /// The notes that were being typed, when this reader was here last.
  public func draftNotes(_ id: CaseID, _ examination: ExaminationID = .baseline) throws -> [DraftNote] {
    try read { transaction in
      let key = try transaction.ownReading(id, examination)
      if try transaction.isLocked(key) { return [] }
      return try transaction.db.rows(
        "SELECT finding, text FROM draft_note WHERE \(ReadingKey.condition) ORDER BY finding", key.arguments
      ) { row in
        let finding = FindingID(try row[0] as String)
        return DraftNote(finding == Transaction.readingNote ? nil : finding, try row[1])
      }
    }
  }
}
