// Does what the grading screen asks for: grades, notes, signatures, and the time spent on them.

import CaseStore
import Foundation
import ReviewCore
import Workstation

final class GradingRunner {
  private let store: StudyStore
  var codebook: Codebook
  private var spent: (place: GradingPlace, time: Duration)?
  private var lastKey: ContinuousClock.Instant?

  init(store: StudyStore, codebook: Codebook) {
    self.store = store
    self.codebook = codebook
  }

  /// Counts the time spent on an examination: from key to key, what is longer than a minute being idle.
  /// It is written when the reader goes elsewhere, and every minute.
  func noteKey(on place: GradingPlace?) {
    let now = ContinuousClock.now
    if let spent, let last = lastKey {
      let pause = now - last
      if pause < .seconds(60) { self.spent = (spent.place, spent.time + pause) }
    }
    lastKey = now
    guard let spent else { return self.spent = place.map { ($0, .zero) } }
    guard spent.place != place || spent.time > .seconds(60) else { return }
    keepTime()
    self.spent = place.map { ($0, .zero) }
  }

  /// Writes the time spent so far. A reading that is signed takes no more, so a signature comes after it.
  private func keepTime() {
    guard let spent else { return }
    let seconds = spent.time.components.seconds
    try? store.addSeconds(Int(seconds), spent.place.caseID, spent.place.examination)
    self.spent = (spent.place, spent.time - .seconds(seconds))
  }

  func answer(_ effect: GradingEffect) throws -> [Action] {
    switch effect {
    case .record(let id, let examination, let grades):
      return recorded(try store.record(GradeChange(id, examination, grades: grades)))
    case .note(let id, let examination, let note):
      return recorded(try store.record(GradeChange(id, examination, readingNote: note ?? "")))
    case .undo(let id, let examination):
      return undone(try store.undo(id, examination), "undone")
    case .redo(let id, let examination):
      return undone(try store.redo(id, examination), "redone")
    case .sign(let id, let examination, let seen):
      keepTime()
      return try signing(seen) {
        let receipt = try store.sign(id, examination, seen: seen)
        return reloaded(id) + [.told("signed; receipt \(receipt.receipt.head.rawValue.prefix(16))")]
      }
    case .signAgain(let id, let examination, let grades, let seen):
      return try signing(seen) {
        let receipt = try store.sign(
          id, examination, with: GradeChange(id, examination, grades: grades), seen: seen)
        let reading = try store.caseView(id).reading(of: store.principal.id, examination)
        return reading.map { [.grading(.recorded($0, savedAt: Self.clock(receipt.receipt.at)))] } ?? []
      }
    case .amend(let id, let examination, let version, let reason):
      _ = try store.amend(id, examination, version: version, reason: reason)
      return reloaded(id) + [.told("a new version is open; sign it when it is right")]
    case .keepDraft(let id, let examination, let finding, let text):
      try store.keepDraft(DraftNote(finding, text ?? ""), id, examination)
      return []
    case .findDrafts(let id, let examination):
      return try store.draftNotes(id, examination).map { .grading(.draftFound($0.finding, $0.text)) }
    case .findNextToDo(let query, let index):
      return [.grading(.nextToDo(try store.nextToDo(in: query, after: index)))]
    }
  }

  private func recorded(_ result: GradingResult) -> [Action] {
    [.grading(.recorded(result.reading, savedAt: Self.clock(result.at)))]
  }

  /// What was shown is signed, or nothing: then the case is loaded again, and what changed is shown.
  private func signing(_ seen: SigningSheet, _ sign: () throws -> [Action]) throws -> [Action] {
    do { return try sign() } catch let error as StoreError {
      switch error {
      case .changedMeanwhile, .readingSigned, .caseOpened:
        return reloaded(seen.caseID) + [.grading(.changedBeforeSigning(seen))]
      default: throw error
      }
    }
  }

  private func undone(_ result: GradingResult, _ word: String) -> [Action] {
    let changes = result.changes.map { describe($0, codebook) }
    // Where one thing was changed the cursor goes there: the next key is meant for it.
    let place = result.changes.count == 1 ? result.changes.first?.key : nil
    return recorded(result) + (place.map { [.grading(.leadTo($0))] } ?? [])
      + [.told("\(word): " + changes.joined(separator: "; "))]
  }

  private func reloaded(_ id: CaseID) -> [Action] {
    (try? store.caseView(id)).map { [.caseLoaded($0, index: nil)] } ?? []
  }

  /// `14:02:11`, local time.
  private static func clock(_ date: Date) -> String {
    let parts = Calendar.current.dateComponents([.hour, .minute, .second], from: date)
    return [parts.hour, parts.minute, parts.second].map { part in
      let text = String(part ?? 0)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: ":")
  }
}
