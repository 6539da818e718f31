// What can happen: keys, and answers of the effect runner.

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
  /// A case is no longer this principal's to see.
  case caseGone(CaseID)
  case grading(GradingAction)
  /// Something was done that the person should know.
  case told(String)
  /// Something was done to them, which they should know.
  case warned(String)
  /// What a screen asked for is there.
  case answered(Request.Answer)
  case teaching(TeachingAction)
  case session(SessionAction)
  case presentation(PresentationAction)
  case agreement(AgreementNews)
  /// Somebody else wrote to the study file.
  case changedElsewhere
  /// The coordinator gave the study another version of its codebook.
  case studyChanged(Study)
  /// Nothing happened for a moment: pictures that no key waits for are made.
  case rested
  /// Nobody has touched a key for as long as the protocol allows.
  case paused
  /// The passphrase was right.
  case unlocked
  /// From now on it is asked for.
  case passphraseChosen
  /// An effect failed; the words name the thing and the cure.
  case failed(String)
}
