// Answers as the first version kept them: the last only, without a date, choices by the place of their step.

import Foundation

extension LearnerResults {
  private struct First: Codable {
    enum Task: Codable {
      case grade(ExaminationID, FindingID)
      case choice(step: Int)
    }

    struct Entry: Codable {
      var caseID: CaseID
      var task: Task
      var answer: TeachingAnswer
      var judgement: Judgement
      var consensus: GradeValue?
    }

    var entries: [Entry]
  }

  /// Reads what the first version wrote. Its one answer becomes the first attempt, undated and so due at once; a choice,
  /// which was kept by its step, keeps that as its id and is asked no more.
  public init(firstVersion data: Data) throws {
    entries = try JSONDecoder().decode(First.self, from: data).entries.map { old in
      let task: TeachingTask.ID =
        switch old.task {
        case .grade(let examination, let finding): .grade(examination, finding)
        case .choice(let step): .question("step-\(step + 1)")
        }
      let words = if case .grade(let value) = old.answer { value.text } else { "" }
      return Entry(
        caseID: old.caseID, task: task, consensus: old.consensus,
        attempts: [Attempt(at: Attempt.undated, answer: old.answer, words: words, judgement: old.judgement)])
    }
  }
}
