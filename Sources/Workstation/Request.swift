// What a screen asks of the study, and what becomes of the answer: a value that the screen's own file makes, so that
// neither the workstation's actions nor its runner need know of the screen.

import Figures
import KeyImages
import ReviewCore

/// What requests read. The store is behind it.
package protocol StudyReading {
  func overview() throws -> StudyOverview
  func progressReport() throws -> ProgressReport
  /// How many cases a query finds.
  func count(_ query: WorklistQuery) throws -> Int
  /// Where a case stands among those that a query finds, from 0; nil where it is none of them.
  func index(of id: CaseID, in query: WorklistQuery) throws -> Int?
  func caseView(of id: CaseID) throws -> CaseView
  func history(of id: CaseID) throws -> [HistoryLine]
  /// Courses of a worklist's cases from an index on, and how many cases it has in all.
  func courses(_ query: WorklistQuery, offset: Int, limit: Int) throws -> (courses: [Course], total: Int)
  /// The pictures at one place of an examination; nil where there are none.
  ///
  /// - Parameters:
  ///   - slice: nil for the one in the middle.
  ///   - image: the slice that this one is on, where it is one of them.
  func keyImages(
    of patientCase: Case, at examination: ExaminationID, slice: Int?, showing image: KeyImageID?
  ) throws -> KeyImageSet?
  func imageOffsets() -> [ImageOffset: Int]
}

extension StudyReading {
  /// How this person set off the slices of examinations against each other.
  package func imageOffsets() -> [ImageOffset: Int] { [:] }
}

package struct Request: Hashable, Sendable {
  /// Puts an answer into the state, and says what is asked for next.
  package typealias Answer = @Sendable (inout State) -> [Effect]

  private let name: String
  private let subject: any Hashable & Sendable
  /// Reads, and answers.
  package let answer: @Sendable (any StudyReading) throws -> Answer

  /// - Parameters:
  ///   - name: what is asked for.
  ///   - subject: of what. Requests of one name and subject are the same.
  init(
    _ name: String, of subject: any Hashable & Sendable = "",
    answer: @escaping @Sendable (any StudyReading) throws -> Answer
  ) {
    self.name = name
    self.subject = subject
    self.answer = answer
  }

  package static func == (a: Request, b: Request) -> Bool {
    a.name == b.name && AnyHashable(a.subject) == AnyHashable(b.subject)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(AnyHashable(subject))
  }
}
