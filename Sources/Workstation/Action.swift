// What can happen: keys, and answers of the effect runner.

import Figures
import Foundation
import Grid
import ReviewCore

package enum Action: Sendable {
  case started
  case key(Key)
  case resized(Size)
  case pageLoaded(WorklistPage, for: WorklistQuery)
  case countsLoaded(WorklistCounts)
  /// A case was opened; its index in the worklist as it is filtered and sorted, if it is in there.
  case caseLoaded(CaseView, index: Int?)
  /// The store holds this now; drawn with a tick, because it came from the store.
  case recorded(Reading, savedAt: String)
  /// Nothing was signed: the store no longer holds what was shown.
  case changedBeforeSigning(SigningSheet)
  /// A half-typed note that was left by an earlier session; nil is the note on the whole reading.
  case draftFound(FindingID?, String)
  /// Something was done that the person should know.
  case told(String)
  /// Something was done to them, which they should know.
  case warned(String)
  /// The next case to grade; nil when there is none.
  case nextToDo(Int?)
  case studyLoaded(StudyOverview)
  case progressLoaded(ProgressReport)
  case historyLoaded(CaseID, [HistoryLine])
  case teachingLoaded(TeachingFile, LearnerResults, at: Date)
  /// The answers as they were kept, with their dates.
  case resultsKept(LearnerResults)
  /// Courses of the worklist's cases from an index on, and how many cases it has.
  case coursesLoaded([Course], offset: Int, total: Int)
  case session(SessionAction)
  case presentation(PresentationAction)
  case agreement(AgreementNews)
  /// Somebody else wrote to the study file.
  case changedElsewhere
  /// Nobody has touched a key for as long as the protocol allows.
  case paused
  /// The passphrase was right.
  case unlocked
  /// From now on it is asked for.
  case passphraseChosen
  /// An effect failed; the words name the thing and the cure.
  case failed(String)
}

/// What the study screen shows beside the study itself.
package struct StudyOverview: Hashable, Sendable {
  package var counts: WorklistCounts
  /// Per reader, how many cases are signed in the round.
  package var signed: [PrincipalID: Int]
  package var examinations: Int
  /// Path of the study file.
  package var file: String

  package init(counts: WorklistCounts, signed: [PrincipalID: Int], examinations: Int, file: String) {
    self.counts = counts
    self.signed = signed
    self.examinations = examinations
    self.file = file
  }
}
