// The report of a teaching session: a row an answer, and nobody's name.

import Foundation
import ReviewCore

package struct SessionReport {
  private let session: TeachingSession

  package init(_ session: TeachingSession) { self.session = session }

  package var table: Table {
    let day = session.began.formatted(.iso8601.year().month().day())
    return Table(
      "Teaching session of \(day)",
      columns: [
        .init("Question"), .init("Answer"), .init("Right"), .init("Chosen", .trailing), .init("Answered", .trailing),
        .init("Open for", .trailing),
      ],
      sections: session.questions.map { question in
        Table.Section("Case \(question.caseID), \(question.title)", rows: rows(question))
      },
      notes: [
        "Counts only: nobody's answer is kept. In an audience of one or two it can be guessed.",
        "Several levels may be chosen of a set, so that the counts of a question need not add up to those who answered.",
      ])
  }

  private func rows(_ question: TeachingSession.Question) -> [[Table.Cell]] {
    question.options.enumerated().map { index, option in
      let isFirst = index == 0
      return [
        Table.Cell(isFirst ? question.ask : ""), Table.Cell(option),
        Table.Cell(question.right.contains(index) ? "✓" : ""),
        Table.Cell(question.counts.indices.contains(index) ? String(question.counts[index]) : "0"),
        Table.Cell(isFirst ? "\(question.answered) of \(question.audience)" : ""),
        Table.Cell(isFirst ? "\(question.seconds) s" : ""),
      ]
    }
  }
}
