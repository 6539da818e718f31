// Which steps of a reading stand, and which were taken back.

import ReviewCore

/// Plays the steps of a reading through.
struct StepStack {
  /// Graded steps that stand, oldest first, of all versions.
  private(set) var standing: [Step] = []
  /// Steps taken back since the last grading, the latest last.
  private(set) var undone: [Step] = []
  /// What the steps come to.
  private(set) var rows: [GradeRow.Key: GradeRow] = [:]
  private var version = 1

  init(_ steps: some Sequence<Step> = []) { for step in steps { play(step) } }

  mutating func play(_ step: Step) {
    // An amendment begins afresh: what was signed is not undone with a key.
    if step.version != version { undone = [] }
    version = step.version
    switch step.kind {
    case .graded:
      standing.append(step)
      undone = []
    case .undone:
      if let last = standing.popLast() { undone.append(last) }
    case .redone:
      if let last = undone.popLast() { standing.append(last) }
    }
    for row in step.rows { rows[row.key] = row.isEmpty ? nil : row }
  }

  /// The step that an undo takes back in this version.
  func undoable(version: Int) -> Step? { standing.last.flatMap { $0.version == version ? $0 : nil } }

  /// The step that a redo brings back in this version.
  func redoable(version: Int) -> Step? { undone.last.flatMap { $0.version == version ? $0 : nil } }

  /// The rows that take a step back: what each of its grades had been before.
  func rows(undoing step: Step) -> [GradeRow] {
    step.rows.map { row in
      let before = standing.dropLast().last { $0.rows.contains { $0.key == row.key } }
      return before?.rows.first { $0.key == row.key } ?? GradeRow(clearing: row.key)
    }
  }
}
